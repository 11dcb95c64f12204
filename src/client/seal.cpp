#include <kluis/base/file.hpp>
#include <kluis/bundle/writer.hpp>
#include <kluis/crypto/random.hpp>
#include <kluis/dossier/catalogue.hpp>
#include <kluis/dossier/coverage.hpp>
#include <kluis/dossier/sealing_check.hpp>
#include <kluis/dossier/timeline.hpp>

#include <client/author.hpp>
#include <client/exhibits.hpp>
#include <client/kept_words.hpp>
#include <client/seal.hpp>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;

constexpr int kSealTries = 30;

std::vector<statement::Card> recipients_of(Client& client, const SealRequest& request,
                                           std::string_view jurisdiction) {
    const auto now = client.agreed_now();
    if (request.set.jurisdiction != jurisdiction) {
        throw Error(ErrorKind::untrusted,
                    "this card set is for another jurisdiction than the dossier");
    }
    if (request.set.end < now) {
        throw Error(ErrorKind::untrusted,
                    "this card set ended at " + base::to_string(request.set.end),
                    "ask the commission for its present card set");
    }
    require_newest(client.keyring(), request.set, client.trust());
    auto cards = trusted_now(client, request.set);
    for (const auto& fingerprint : request.without) {
        const auto removed = std::erase_if(cards, [&](const statement::Card& card) {
            return statement::fingerprint(card) == fingerprint;
        });
        if (removed == 0) {
            throw Error(ErrorKind::usage,
                        "card " + statement::to_text(fingerprint) +
                            " is not in the card set now, so it cannot be left out");
        }
    }
    if (cards.empty()) {
        throw Error(ErrorKind::usage, "no recipient is left: nobody could open the bundle");
    }
    return cards;
}

std::vector<DocumentId> chosen_documents(const OwnerView& view, const SealRequest& request,
                                         const std::optional<DocumentId>& profile) {
    std::set<DocumentId> chosen;
    for (const auto& id : request.documents) {
        if (!view.documents().contains(id)) {
            throw Error(ErrorKind::not_found,
                        "no document " + statement::to_text(id) + " stands in this dossier");
        }
        chosen.insert(id);
    }
    if (request.documents.empty()) {
        for (const auto& [id, document] : view.documents()) {
            const auto& kind = document.metadata.kind;
            if (kind != dossier::kWishListKind &&
                (kind != dossier::kProfileKind || id == profile)) {
                chosen.insert(id);
            }
        }
    }
    if (chosen.empty()) {
        throw Error(ErrorKind::usage, "there is no document to seal");
    }
    return {chosen.begin(), chosen.end()};
}

// Where each statement of the chain is, and which of them a bundle needs.
class ChainExtract {
  public:
    explicit ChainExtract(const chain::Replay& replay) : replay_(replay) {}

    bundle::PlacedStatement by_hash(const statement::Digest& hash) const {
        const auto place = replay_.place_of(hash).value();
        return {replay_.links()[place].statement.envelope, place};
    }

    // dossier.create, transfers, every allow and remove of the depositors; void ones left out.
    std::vector<bundle::PlacedStatement> head_statements(
        const std::set<Fingerprint>& depositors) const {
        std::vector<bundle::PlacedStatement> statements;
        for (std::size_t place = 0; place < replay_.links().size(); ++place) {
            const auto& link = replay_.links()[place];
            if (!link.void_because && is_needed(link.statement.statement.act, depositors)) {
                statements.push_back({link.statement.envelope, place});
            }
        }
        return statements;
    }

    // The cards of everyone who ever owned the dossier.
    std::vector<statement::Card> owners() const {
        std::vector<statement::Card> cards;
        for (const auto& link : replay_.links()) {
            const auto& act = link.statement.statement.act;
            if (const auto* create = std::get_if<statement::DossierCreate>(&act)) {
                cards.push_back(create->card);
            }
            if (const auto* transfer = std::get_if<statement::DossierTransfer>(&act);
                transfer != nullptr && !link.void_because) {
                cards.push_back(transfer->card);
            }
        }
        return cards;
    }

  private:
    static bool is_needed(const statement::Act& act, const std::set<Fingerprint>& depositors) {
        if (const auto* allow = std::get_if<statement::DepositorAllow>(&act)) {
            return depositors.contains(statement::fingerprint(allow->card));
        }
        if (const auto* remove = std::get_if<statement::DepositorRemove>(&act)) {
            return depositors.contains(remove->depositor);
        }
        return std::holds_alternative<statement::DossierCreate>(act) ||
               std::holds_alternative<statement::DossierTransfer>(act);
    }

    const chain::Replay& replay_;
};

// What one sealing made: what is told of it, and what is kept until it was read back.
struct Made {
    Sealed sealed;
    bundle::SealedHere here;
};

// One sealing on one state of the chain.
class Sealing {
  public:
    Sealing(Client& client, const SealRequest& request)
        : client_(client),
          request_(request),
          view_(OwnerView::fetch(client, request.dossier)),
          case_key_(crypto::random_secret<crypto::X25519Secret>()),
          case_public_(crypto::x25519_public(case_key_)),
          bundle_(crypto::random_value<statement::BundleId>()) {
        view_.require_sound();
        recipients_ = recipients_of(client, request, view_.state().dossier()->jurisdiction);
        profile_ = fetch_profile(client, view_);
        documents_ = chosen_documents(view_, request, profile_.document);
    }

    Made run() {
        make_document_lines();
        auto members = bundle::seal_members(case_key_, recipient_keys(), head(), lines_);
        upload(api::Member::case_key, members.case_age);
        upload(api::Member::manifest, members.manifest);
        upload(api::Member::readers, members.readers);
        const auto sealed = sign(members.manifest_sha256);
        upload(api::Member::seal, bundle::seal_seal(case_key_, sealed.envelope));
        return {{bundle_, documents_.size(), fingerprints(), members.manifest_sha256, sealed.hash,
                 view_.alarms(), profile_.warnings, numbers_of_former_owners(view_.replay()) > 0},
                {std::move(case_key_), std::move(members.case_age), members.manifest_sha256}};
    }

  private:
    void make_document_lines() {
        const ChainExtract extract(view_.replay());
        const auto numbers = exhibit_numbers(client_, view_, documents_);
        const auto& pinned = client_.keyring().dossiers.at(view_.id());
        for (const auto& id : documents_) {
            const auto& document = view_.documents().at(id);
            auto header = document::seal_header(view_.file_key(client_, id), case_public_);
            bundle::ManifestDocument line;
            line.document = id;
            line.exhibit = numbers.at(id);
            line.header_sha256 = crypto::sha256(header);
            line.header_size = header.size();
            line.paper = note_of(pinned, id, document).paper;
            line.path =
                bundle::bundle_path(line.exhibit, document.metadata.title, document.metadata.name);
            line.deposit = extract.by_hash(document.state.deposit);
            if (document.state.description) {
                line.description = extract.by_hash(*document.state.description);
            }
            headers_.emplace(line.exhibit, api::DocumentHeader{id, std::move(header)});
            lines_.push_back(std::move(line));
        }
        std::ranges::sort(lines_, {}, &bundle::ManifestDocument::exhibit);
    }

    bundle::ManifestHead head() {
        const ChainExtract extract(view_.replay());
        bundle::ManifestHead head;
        head.anchors_set = request_.set.version;
        head.bundle = bundle_;
        head.dossier = view_.id();
        head.letter = request_.letter;
        head.salt = crypto::random_value<statement::Salt>();
        std::set<Fingerprint> depositors;
        for (const auto& id : documents_) {
            depositors.insert(view_.documents().at(id).state.depositor);
        }
        head.statements = extract.head_statements(depositors);
        for (const auto& card : extract.owners()) {
            head.cards.emplace(statement::fingerprint(card), card);
        }
        for (const auto& fingerprint : depositors) {
            head.cards.emplace(fingerprint, view_.state().cards().at(fingerprint));
        }
        for (const auto& card : recipients_) {
            head.cards.emplace(statement::fingerprint(card), card);
        }
        add_domain(head);
        return head;
    }

    // Profile, coverage and timeline of what is sealed.
    void add_domain(bundle::ManifestHead& head) {
        const std::set<DocumentId> chosen(documents_.begin(), documents_.end());
        auto entries = view_.entries(client_);
        std::erase_if(entries, [&](const auto& entry) { return !chosen.contains(entry.id); });
        const bool with_profile = profile_.document && chosen.contains(*profile_.document);
        if (with_profile) {
            head.profile = profile_.document;
        }
        const auto* known = with_profile ? profile_.known() : nullptr;
        const auto today = base::date_of(client_.now());
        const auto* jurisdiction =
            dossier::catalogue().jurisdiction(view_.state().dossier()->jurisdiction);
        head.coverage =
            jurisdiction == nullptr
                ? base::Json()
                : dossier::to_json(dossier::coverage(entries, *jurisdiction, known, today));
        head.timeline = dossier::to_json(dossier::timeline(entries, known, today));
        if (request_.warn && jurisdiction != nullptr) {
            request_.warn(dossier::check_sealing(entries, *jurisdiction, known, today));
        }
        // Both are a convenience, which whoever reads the documents can compute again: so many
        // documents that the head would be too long for them are sealed without.
        for (auto* part : {&head.timeline, &head.coverage}) {
            if (bundle::encode(head).size() > bundle::kManifestHeadLimit) {
                *part = part == &head.timeline ? base::Json(base::Json::Array{}) : base::Json();
            }
        }
    }

    std::vector<crypto::X25519Public> recipient_keys() const {
        std::vector<crypto::X25519Public> keys;
        for (const auto& card : recipients_) {
            keys.push_back(card.recipient);
        }
        return keys;
    }

    std::vector<Fingerprint> fingerprints() const {
        std::vector<Fingerprint> fingerprints;
        for (const auto& card : recipients_) {
            fingerprints.push_back(statement::fingerprint(card));
        }
        return fingerprints;
    }

    void upload(api::Member member, base::ByteView bytes) {
        auto upload = client_.service().put_member(client_.session(), view_.id(), bundle_, member,
                                                   bytes.size());
        upload->write(bytes);
        upload->finish();
    }

    statement::Signed sign(const statement::Digest& manifest) {
        statement::BundleSeal act;
        act.bundle = bundle_;
        act.documents = documents_.size();
        act.manifest = manifest;
        act.set = request_.set.version;
        act.supplements = request_.supplements;
        act.recipients = fingerprints();
        std::vector<api::DocumentHeader> headers;
        for (auto& [exhibit, header] : headers_) {
            headers.push_back(std::move(header));
        }
        for (int tries = 1;; ++tries) {
            const auto dossier = *view_.state().dossier();
            Tip tip{view_.id(), dossier.head, dossier.length, dossier.last};
            std::vector<Draft> drafts;
            drafts.push_back({act, headers});
            try {
                return Author(client_, tip).submit(std::move(drafts)).front();
            } catch (const Error& error) {
                if (error.code() != "stale-head" || tries == kSealTries || !still_as_made()) {
                    throw;
                }
            }
        }
    }

    // Whether what was made still holds: depositors may have gone on (what they add is not in this
    // bundle), but the owner signed nothing elsewhere, and no chosen document is gone.
    bool still_as_made() {
        const auto known = view_.replay().links().size();
        view_.catch_up(client_);
        view_.require_sound();
        const auto& links = view_.replay().links();
        const bool by_others =
            std::all_of(links.begin() + static_cast<std::ptrdiff_t>(known), links.end(),
                        [&](const chain::Link& link) {
                            return link.statement.statement.actor != client_.me();
                        });
        return by_others && std::ranges::all_of(documents_, [&](const DocumentId& id) {
                   return view_.documents().contains(id);
               });
    }

    Client& client_;
    const SealRequest& request_;
    OwnerView view_;
    crypto::X25519Secret case_key_;
    crypto::X25519Public case_public_;
    statement::BundleId bundle_;
    std::vector<statement::Card> recipients_;
    FoundProfile profile_;
    std::vector<DocumentId> documents_;
    std::vector<bundle::ManifestDocument> lines_;
    std::map<std::uint64_t, api::DocumentHeader> headers_;  // by exhibit: the manifest's order
};

// A seal stays on the chain for ever: that the file can be written is found out before.
void require_writable(const std::filesystem::path& out) {
    if (std::filesystem::exists(out)) {
        throw Error(ErrorKind::conflict, out.string() + " is there already", "choose another name");
    }
    const base::AtomicFile nameless(out, base::FileMode::owner_only, base::Replace::no);
}

// Checks what was received as its readers will, and that it is what was sealed.
void check(const SealRequest& request, const Made& made, const chain::Replay& replay,
           const Trust& trust, const std::filesystem::path& path, const BundleProgress& told) {
    const auto seal = replay.state().seal(made.sealed.bundle);
    if (!seal || seal->manifest != made.sealed.manifest) {
        throw Error(ErrorKind::forged, "the dossier's chain does not have what you sealed");
    }
    const bundle::TrustedSets sets{trust.anchors, {request.set}};
    try {
        bundle::verify_sealed(path, made.here, sets, told);
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::forged && error.kind() != ErrorKind::malformed &&
            error.kind() != ErrorKind::limit) {
            throw;
        }
        throw Error(error.kind(),
                    "its readers would refuse this bundle: " + std::string(error.what()),
                    "if an exhibit is at fault, have that document deposited anew or leave it out, "
                    "and seal again")
            .with_code(error.code());
    }
}

}  // namespace

std::vector<statement::Card> trusted_now(const Client& client, const statement::CardSet& set) {
    auto cards = statement::cards_at(set, client.agreed_now());
    const auto earlier = statement::cards_at(set, client.earlier_now());
    std::erase_if(cards, [&](const statement::Card& card) {
        return std::ranges::find(earlier, card) == earlier.end();
    });
    return cards;
}

Sealed seal(Client& client, const SealRequest& request, const SealProgress& progress) {
    require_writable(request.out);
    std::optional<Made> made;
    retry_on_stale_head([&] { made = Sealing(client, request).run(); });
    client.change_keyring(
        [&](account::Keyring& keyring) { remember_set(keyring, request.set, client.trust()); });
    try {
        receive_bundle(client, request.dossier, made->sealed.bundle, request.out, progress,
                       [&](const std::filesystem::path& path, const chain::Replay& replay,
                           const BundleProgress& told) {
                           check(request, *made, replay, client.trust(), path, told);
                       });
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::forged || error.kind() == ErrorKind::malformed ||
            error.kind() == ErrorKind::limit) {
            throw;
        }
        const auto bundle = statement::to_text(made->sealed.bundle);
        throw Error(error.kind(),
                    "bundle " + bundle + " is sealed, but did not arrive: " + error.what(),
                    "get it with `kluis seal DOSSIER --again " + bundle + " -o FILE`")
            .with_code(error.code());
    }
    return made->sealed;
}

}  // namespace kluis::client
