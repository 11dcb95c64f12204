// Attack 5: whoever has seized the server, with the key of its database, guesses passphrases.
// Nothing that is sent or kept is a cheaper check of a guess than Argon2id, and there are 2^77 to
// guess.
#include <kluis/crypto/password.hpp>

#include <client/account.hpp>
#include <doctest/doctest.h>
#include <support/hostile_service.hpp>
#include <support/temporary_folder.hpp>
#include <unit/server/vault.hpp>
#include <unit/store/backend_sqlcipher.hpp>

#include <deque>

namespace kluis::test {

using base::Bytes;
using base::ErrorKind;
using store::sqlcipher::Connection;

namespace {

account::Passphrase parse(std::string_view text) {
    return account::Passphrase::parse(crypto::SecretBuffer::copy_of(base::as_bytes(text)));
}

constexpr std::string_view kWords = "abandon ability able about above absent absorb";
constexpr std::string_view kOtherWords = "zoo zone zero youth young you year";

// A server whose store is on a disk, and a person who has an account there.
class DiskScene {
  public:
    client::Environment environment() {
        return {client::Home(folder / "home"),
                [this](const std::string&) { return server.connect(); },
                {},
                &clock};
    }

    client::Client create(std::string_view words) {
        auto code = crypto::random_secret<api::InvitationCode>();
        backend.store().add_invitation(crypto::sha256(code.view()), 0,
                                       clock.now() + std::chrono::hours(1));
        return client::create_account(environment(), kOrigin, code, parse(words));
    }

    Backend backend;
    TestClock clock;
    server::VaultService service{backend.store(), backend.blobs(), rules(), clock};
    HostileServer server{service};
    TemporaryFolder folder;

  private:
    static server::VaultRules rules() {
        server::VaultRules rules;
        rules.origin = kOrigin;
        return rules;
    }
};

using Row = std::map<std::string, Bytes>;                // by column
using Tables = std::map<std::string, std::vector<Row>>;  // by name

// The whole database, as one reads it who has its key.
Tables seized(const Backend& backend) {
    Connection connection(backend.database(), backend.key(), Connection::Access::read_only);
    std::map<std::string, std::vector<std::string>> columns;
    auto found = connection.query(
        "SELECT t.name, c.name FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c"
        " WHERE t.type = 'table' ORDER BY t.name, c.cid");
    while (found.step())
        columns[found.text(0)].push_back(found.text(1));
    Tables tables;
    static std::deque<std::string> kept;  // a connection knows its queries by their address
    for (const auto& [table, names] : columns) {
        auto rows = connection.query(kept.emplace_back("SELECT * FROM " + table).c_str());
        while (rows.step()) {
            Row row;
            for (std::size_t i = 0; i < names.size(); ++i)
                row[names[i]] = rows.bytes(static_cast<int>(i));
            tables[table].push_back(std::move(row));
        }
    }
    return tables;
}

// Everything that can be taken out of `bytes`: itself, and what is in it as JSON, base64, base32
// and hex, to the end.
void take_apart(const Bytes& bytes, std::vector<Bytes>& found);

void take_apart(const base::Json& json, std::vector<Bytes>& found) {
    if (const auto* text = std::get_if<std::string>(&json.variant())) {
        take_apart(base::to_bytes(*text), found);
    } else if (const auto* list = std::get_if<base::Json::Array>(&json.variant())) {
        for (const auto& item : *list)
            take_apart(item, found);
    } else if (const auto* object = std::get_if<base::Json::Object>(&json.variant())) {
        for (const auto& [name, member] : *object)
            take_apart(member, found);
    }
}

void take_apart(const Bytes& bytes, std::vector<Bytes>& found) {
    found.push_back(bytes);
    if (bytes.empty()) return;
    const auto text = base::as_text(bytes);
    const auto attempt = [&](const auto& decode) {
        if (!refusal([&] { return decode(); })) take_apart(decode(), found);
    };
    attempt([&] { return base::parse_json(bytes, "something"); });
    attempt([&] { return base::base64_decode(text, "something"); });
    attempt([&] { return base::base32_decode(text, "something"); });
    attempt([&] { return base::hex_decode(text, "something"); });
}

std::vector<Bytes> taken_apart(const Tables& tables) {
    std::vector<Bytes> found;
    for (const auto& [name, rows] : tables) {
        for (const auto& row : rows) {
            for (const auto& [column, value] : row)
                take_apart(value, found);
        }
    }
    return found;
}

struct Guess {
    std::string how;
    Bytes bytes;
};

// What a guess of the passphrase gives without Argon2id.
std::vector<Guess> cheap_guesses(std::string_view words, const statement::Handle& handle,
                                 const statement::Fingerprint& card) {
    std::string joined(words);
    std::erase(joined, ' ');
    const auto salt =
        crypto::sha256({base::as_bytes("bewijskluis.org/v1/salt"), base::as_bytes(handle.text)});
    const Bytes short_salt = base::to_bytes(salt.view().first(16));
    std::vector<Guess> guesses;
    for (const std::string& text : {std::string(words), std::string(words) + "\n", joined,
                                    std::string(words) + handle.text}) {
        const auto input = base::as_bytes(text);
        const auto add = [&](const std::string& how, base::ByteView bytes) {
            guesses.push_back({how + " of '" + text + "'", base::to_bytes(bytes)});
        };
        add("the text", input);
        const auto digest = crypto::sha256(input);
        add("SHA-256", digest);
        add("SHA-256 twice", crypto::sha256(digest));
        for (const base::ByteView mixed :
             {base::as_bytes(handle.text), salt.view(), base::ByteView(short_salt), card.view()}) {
            add("SHA-256 after something", crypto::sha256({mixed, input}));
            add("SHA-256 before something", crypto::sha256({input, mixed}));
            add("HMAC under something", crypto::hmac_sha256(mixed, input));
            add("HMAC over something", crypto::hmac_sha256(input, mixed));
            for (const std::string_view label :
                 {"", "bewijskluis.org/v1/secret", "bewijskluis.org/v1/keyring",
                  "bewijskluis.org/v1/x25519", "bewijskluis.org/v1/ed25519"}) {
                Bytes output(64);
                crypto::hkdf_sha256(input, mixed, base::as_bytes(label), output);
                add("HKDF", output);
                add("HKDF, second half", base::ByteView(output).subspan(32));
            }
        }
        add("scrypt", crypto::scrypt(input, short_salt, 4).view());
    }
    return guesses;
}

// The beginning that is looked for: nobody keeps less of a digest.
constexpr std::size_t kEnough = 8;

bool is_among(const Guess& guess, const std::vector<Bytes>& kept) {
    const auto wanted = base::ByteView(guess.bytes).first(std::min(guess.bytes.size(), kEnough));
    return std::ranges::any_of(
        kept, [&](const Bytes& bytes) { return !std::ranges::search(bytes, wanted).empty(); });
}

// What the account's public half and sealed secret say of 32 bytes that are tried as a key.
bool fits(base::ByteView key, const api::AccountReply& account) {
    const auto card = statement::fingerprint(account.card);
    const auto seed = [&] { return crypto::Ed25519Seed::copy_of(key); };
    const auto login = statement::parse_credentials(account.credentials).login;
    return !refusal([&] {
        return account::open_secret(account.sealed_secret, crypto::AeadKey::copy_of(key), card);
    }) || crypto::Ed25519Signer(seed()).public_key() == login ||
           crypto::Ed25519Signer(seed()).public_key() == account.card.signing ||
           crypto::x25519_public(crypto::X25519Secret::copy_of(key)) == account.card.recipient ||
           statement::fingerprint(account::card(account::AccountSecret::copy_of(key))) == card;
}

std::set<std::string> members_of(const base::Json& json) {
    std::set<std::string> names;
    for (const auto& [name, member] : json.object("an object"))
        names.insert(name);
    return names;
}

}  // namespace

TEST_CASE("a registration sends a login key and a wrapped secret of the passphrase, and no more") {
    DiskScene scene;
    const auto owner = scene.create(kWords);
    REQUIRE(scene.server.registered.size() == 1);
    const auto request = base::parse_json(scene.server.registered[0], "a registration");
    CHECK(members_of(request) ==
          std::set<std::string>{"card", "credentials", "invitation", "secret"});
    const auto parsed = api::parse_register_request(request);
    CHECK(members_of(base::parse_json(parsed.credentials.payload, "credentials")) ==
          std::set<std::string>{"fingerprint", "handle", "login", "secret", "time"});
    // A nonce, the 32 bytes of the secret, and a tag.
    CHECK(parsed.sealed_secret.size() == 24 + 32 + 16);
    CHECK(statement::fingerprint(parsed.card) == owner.me());
    // The card and its signature are of the account secret, which no passphrase gives.
    CHECK(statement::verify(parsed.credentials, statement::kCredentialsType, parsed.card.signing));
}

TEST_CASE("nothing that is sent or kept checks a guess without Argon2id") {
    DiskScene scene;
    api::AccountReply account;
    {
        auto owner = scene.create(kWords);
        owner.change_keyring([](account::Keyring& keyring) {
            keyring.dossiers[value_of<statement::DossierId>("dossier")].name = "mine";
        });
        account = owner.account().value();
    }
    client::Client::open(scene.environment(), parse(kWords));
    CHECK(refuses(ErrorKind::wrong_key,
                  [&] { return client::Client::open(scene.environment(), parse(kOtherWords)); }));

    auto kept = taken_apart(seized(scene.backend));
    for (const auto& registered : scene.server.registered)
        take_apart(registered, kept);
    for (const auto& login : scene.server.logins)
        take_apart(statement::encode(login), kept);
    // The person's own device keeps what the server has, and is seized as easily.
    for (const auto& entry : std::filesystem::recursive_directory_iterator(scene.folder.path())) {
        if (entry.is_regular_file()) take_apart(base::read_file(entry.path(), 1 << 20), kept);
    }
    // These were taken apart indeed.
    CHECK(is_among({"", base::to_bytes(account.card.signing.view())}, kept));
    CHECK(is_among({"", account.sealed_secret}, kept));

    const auto card = statement::fingerprint(account.card);
    for (const auto words : {kWords, kOtherWords}) {
        for (const Guess& guess : cheap_guesses(words, account.handle, card)) {
            CAPTURE(guess.how);
            CHECK_FALSE(is_among(guess, kept));
            if (guess.bytes.size() >= 32) {
                CHECK_FALSE(fits(base::ByteView(guess.bytes).first(32), account));
            }
        }
    }
    // What Argon2id gives, on the other hand, fits, so that the checks above can tell.
    const auto salt = crypto::sha256(
        {base::as_bytes("bewijskluis.org/v1/salt"), base::as_bytes(account.handle.text)});
    const auto dear = [&](std::string_view words) {
        return crypto::argon2id(base::as_bytes(words), salt.view().first(16));
    };
    CHECK(fits(dear(kWords).view().first(32), account));
    CHECK(fits(dear(kWords).view().last(32), account));
    CHECK_FALSE(fits(dear(kOtherWords).view().first(32), account));
    CHECK_FALSE(is_among({"", base::to_bytes(dear(kWords).view().first(32))}, kept));
    CHECK_FALSE(is_among({"", base::to_bytes(dear(kWords).view().last(32))}, kept));
}

TEST_CASE(
    "another passphrase changes login key and wrapped secret, and nothing else that is kept") {
    DiskScene scene;
    auto secret = scene.create(kWords).secret().duplicate();
    const auto before = seized(scene.backend);
    client::recover_account(scene.environment(), kOrigin, secret.duplicate(), parse(kOtherWords));
    const auto after = seized(scene.backend);

    REQUIRE(before.at("accounts").size() == 1);
    REQUIRE(after.at("accounts").size() == 1);
    std::set<std::string> changed;
    for (const auto& [column, value] : before.at("accounts")[0]) {
        if (after.at("accounts")[0].at(column) != value) changed.insert(column);
    }
    CHECK(changed == std::set<std::string>{"credentials", "login", "sealed_secret"});
    for (const auto& [table, rows] : after) {
        CAPTURE(table);
        // Sessions come and go; the keyring, which notes the new credentials, is the secret's
        // alone.
        if (table == "accounts" || table == "sessions" || table == "keyrings") continue;
        CHECK((before.contains(table) && before.at(table) == rows));
    }
    const auto& keyring = after.at("keyrings").at(0).at("sealed");
    const auto revision = client::Home(scene.folder / "home").account()->keyring_revision;
    CHECK_NOTHROW(account::open_keyring(keyring, secret, revision));
}

TEST_CASE("two accounts with one passphrase have nothing in common that shows it") {
    DiskScene one, two;
    const auto first = one.create(kWords).account().value();
    const auto second = two.create(kWords).account().value();
    CHECK(first.handle != second.handle);
    CHECK(first.sealed_secret != second.sealed_secret);
    CHECK(statement::parse_credentials(first.credentials).login !=
          statement::parse_credentials(second.credentials).login);
}

TEST_CASE("a passphrase is seven words of the list: there is no own choice, and no shorter one") {
    static_assert(!std::is_constructible_v<account::Passphrase, std::string>);
    static_assert(!std::is_constructible_v<account::Passphrase, crypto::SecretBuffer>);
    static_assert(!std::is_default_constructible_v<account::Passphrase>);
    CHECK(parse(kWords).text().text() == kWords);
    for (const std::string_view own :
         {"", "password", "correct horse battery staple", "hunter2",
          "abandon ability able about above absent",
          "abandon ability able about above absent absorb abstract",
          "Abandon ability able about above absent absorb",
          "abandon  ability able about above absent absorb",
          "abandon-ability-able-about-above-absent-absorb",
          "abandon ability able about above absent absorbs", "aban abil able abou abov abse abso",
          "letmein letmein letmein letmein a b c", "abandon ability able about above absent 7",
          "\xd9\x82\xd8\xb5\xd8\xa9 ability able about above absent absorb"}) {
        CAPTURE(own);
        CHECK(refuses(ErrorKind::malformed, [&] { return parse(own); }));
    }
}

TEST_CASE("a generated passphrase draws each of its seven words from the whole list") {
    std::set<std::string> passphrases;
    std::vector<std::set<std::string>> words(7);
    for (int i = 0; i < 2000; ++i) {
        const auto passphrase = account::Passphrase::generate();
        const std::string text(passphrase.text().text());
        CHECK(parse(text).text().text() == text);
        passphrases.insert(text);
        std::size_t place = 0;
        for (std::size_t at = 0; at < text.size(); ++place) {
            const auto end = std::min(text.find(' ', at), text.size());
            words.at(place).insert(text.substr(at, end - at));
            at = end + 1;
        }
    }
    CHECK(passphrases.size() == 2000);
    // 2,000 draws of 2,048 words leave 1,277 different ones, give or take 20.
    for (const auto& drawn : words)
        CHECK(drawn.size() > 1150);
}

}  // namespace kluis::test
