#include <kluis/account/secret.hpp>
#include <kluis/base/file.hpp>
#include <kluis/base/text.hpp>
#include <kluis/crypto/random.hpp>
#include <kluis/dossier/catalogue.hpp>

#include <cli/commission.hpp>
#include <cli/identities.hpp>
#include <cli/passphrase.hpp>
#include <cli/sealed_file.hpp>
#include <client/card_source.hpp>

#include <filesystem>

namespace kluis::cli {

namespace {

using base::Error;
using base::ErrorKind;
using base::Json;
namespace fs = std::filesystem;

constexpr std::size_t kFileLimit = 4 * 1024 * 1024;
constexpr std::chrono::hours kSetLife{24 * 730};

fs::path root_file(const fs::path& folder) {
    return folder / "root.age";
}
fs::path anchors_file(const fs::path& folder) {
    return folder / "anchors.json";
}
fs::path set_file(const fs::path& folder) {
    return folder / "cards.json";
}

// When a set ends: as typed, else `otherwise`.
base::Time end_of(const std::string& end, base::Time otherwise, base::Time now) {
    const auto time = end.empty() ? otherwise : parse_until(end);
    if (time <= now) {
        throw Error(ErrorKind::usage, "a card set cannot end at " + base::to_string(time) +
                                          ", which is not after now");
    }
    return time;
}

// The signed set as a file, after it was read as everyone will: what they would refuse must never
// take the place of a good set.
base::Bytes signed_set(const statement::CardSet& set, const crypto::Ed25519Signer& root) {
    const auto envelope = statement::sign_card_set(set, root);
    statement::parse_card_set(envelope);
    return statement::encode(envelope);
}

// A commission's folder with its root key unlocked.
struct Ceremony {
    crypto::Ed25519Signer root;
    statement::CardSet set;
};

Ceremony unlock(const Context& context, const fs::path& folder) {
    auto anchors = statement::parse_anchors(base::read_file(anchors_file(folder), kFileLimit));
    const auto envelope = statement::parse_envelope(base::read_file(set_file(folder), kFileLimit));
    auto set = statement::verified_card_set(envelope, anchors);
    const auto text = open_sealed_file(
        root_file(folder), read_passphrase(context.passphrase_file, "passphrase of the root key"));
    auto seed = crypto::Ed25519Seed::copy_of(text.view());
    return {crypto::Ed25519Signer(seed), std::move(set)};
}

// Signs `next` as the version after the present one.
void publish(const Context& context, const fs::path& folder, const Ceremony& ceremony,
             statement::CardSet next) {
    next.version = ceremony.set.version + 1;
    next.issued = std::max(base::system_clock().now(), ceremony.set.issued);
    if (!statement::may_follow(ceremony.set, next)) {
        throw Error(ErrorKind::internal, "the new card set does not follow the present one");
    }
    base::write_file(set_file(folder), signed_set(next, ceremony.root), base::FileMode::shared,
                     base::Replace::yes);
    Json::Array cards;
    std::vector<std::string> lines{"version  " + std::to_string(next.version),
                                   "end      " + base::to_string(next.end)};
    for (const auto& dated : next.cards) {
        const auto text = statement::to_text(statement::fingerprint(dated.card));
        cards.emplace_back(text);
        lines.push_back("card     " + text +
                        (dated.until ? "  until " + base::to_string(*dated.until) : ""));
    }
    context.show(Json{{"cards", std::move(cards)},
                      {"end", base::to_string(next.end)},
                      {"version", next.version}},
                 lines);
}

statement::Card read_card(const std::string& text) {
    if (const auto card = client::read_card(text)) {
        return *card;
    }
    throw Error(ErrorKind::not_found,
                "'" + base::printable(text) + "' is neither a file nor the text of a card");
}

// The root key is moved away after the ceremony: what it signed is as good a sign of it.
void require_no_commission(const fs::path& folder) {
    for (const auto& file : {root_file(folder), anchors_file(folder), set_file(folder)}) {
        if (fs::exists(file)) {
            throw Error(ErrorKind::conflict,
                        "the folder holds a commission's " + file.filename().string() + " already",
                        "choose another folder");
        }
    }
}

void require_free(const fs::path& file) {
    if (fs::exists(file)) {
        throw Error(ErrorKind::conflict, file.string() + " is there already",
                    "choose another name");
    }
}

// Compares a card with the fingerprint that its holder reads out.
void require_fingerprint(const statement::Card& card, const std::string& read_out) {
    const auto fingerprint = statement::fingerprint(card);
    if (!read_out.empty() && parse_read_out(read_out) != fingerprint) {
        throw Error(ErrorKind::forged,
                    "this card has another fingerprint: " + statement::to_text(fingerprint),
                    "sign nothing; ask its holder for the right card");
    }
}

}  // namespace

void commission_keygen(const Context& context, const std::string& folder,
                       const std::string& jurisdiction, const std::string& end) {
    dossier::jurisdiction(jurisdiction);
    const fs::path path(folder);
    require_no_commission(path);
    const auto seed = crypto::random_secret<crypto::Ed25519Seed>();
    const crypto::Ed25519Signer root(seed);
    const auto now = base::system_clock().now();
    const auto until = end_of(end, now + kSetLife, now);
    statement::Anchors anchors;
    anchors.version = 1;
    anchors.roots.push_back({jurisdiction, root.public_key(), now, std::nullopt});
    statement::CardSet set;
    set.jurisdiction = jurisdiction;
    set.version = 1;
    set.issued = now;
    set.end = until;
    const auto set_bytes = signed_set(set, root);
    auto passphrase = read_new_passphrase(context.passphrase_file, "passphrase for the root key");
    if (fs::create_directories(path)) {
        fs::permissions(path, fs::perms::owner_all);
    }
    write_sealed_file(root_file(path), seed.view(), std::move(passphrase));
    base::write_file(anchors_file(path), statement::encode(anchors), base::FileMode::shared,
                     base::Replace::no);
    base::write_file(set_file(path), set_bytes, base::FileMode::shared, base::Replace::no);
    context.show(
        Json{{"jurisdiction", jurisdiction}, {"root", statement::root_key_id(root.public_key())}},
        {"root key  " + statement::root_key_id(root.public_key()),
         "keep " + root_file(path).string() +
             " offline; give anchors.json and cards.json "
             "to everyone"});
}

void member_keygen_command(const Context& context, const std::string& file) {
    const auto secret = crypto::random_secret<account::AccountSecret>();
    const auto card = account::card(secret);
    const auto text = statement::card_text(card);
    const auto card_file = file + ".card";
    require_free(file);
    require_free(card_file);
    write_sealed_file(
        file, account::identity_file(secret).view(),
        read_new_passphrase(context.passphrase_file, "passphrase for the identity file"));
    base::write_file(card_file, base::as_bytes(text + "\n"), base::FileMode::shared,
                     base::Replace::no);
    context.show(Json{{"card", statement::to_json(card)},
                      {"file", file},
                      {"fingerprint", statement::to_text(statement::fingerprint(card))}},
                 {"fingerprint  " + statement::to_text(statement::fingerprint(card)),
                  "card         " + card_file + ", for the commission's card set"});
}

void member_add(const Context& context, const std::string& text, const std::string& folder,
                const std::string& end, const std::string& read_out) {
    const auto card = read_card(text);
    require_fingerprint(card, read_out);
    const auto ceremony = unlock(context, folder);
    auto next = ceremony.set;
    const auto now = base::system_clock().now();
    for (const auto& dated : next.cards) {
        if (dated.card == card) {
            throw Error(ErrorKind::conflict,
                        dated.until ? "this card's time in the set has ended"
                                    : "this card is in the set already",
                        "a member who comes back gets a new card");
        }
    }
    next.cards.push_back({card, now, std::nullopt});
    std::ranges::sort(next.cards, {}, [](const statement::DatedCard& dated) {
        return statement::to_text(statement::fingerprint(dated.card));
    });
    next.end = end_of(end, std::max(next.end, now + kSetLife), now);
    publish(context, folder, ceremony, std::move(next));
}

void member_remove(const Context& context, const std::string& text, const std::string& folder) {
    const auto ceremony = unlock(context, folder);
    const auto now = base::system_clock().now();
    const auto fingerprint = client::find_card_among(statement::cards_at(ceremony.set, now), text);
    auto next = ceremony.set;
    const auto found = std::ranges::find_if(next.cards, [&](const statement::DatedCard& dated) {
        return statement::fingerprint(dated.card) == fingerprint && !dated.until;
    });
    if (found == next.cards.end()) {
        throw Error(ErrorKind::conflict, "this card's time in the set has an end already");
    }
    found->until = std::max(now, found->from + std::chrono::seconds(1));
    publish(context, folder, ceremony, std::move(next));
}

}  // namespace kluis::cli
