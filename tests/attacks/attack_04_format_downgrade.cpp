// Attack 4: another version or form of something is offered, in the hope that a weaker one is
// taken. Nothing is negotiated: there is one form, and all else is refused.
#include "other_forms.hpp"
#include "scene.hpp"

#include <kluis/age/seal/payload_writer.hpp>

#include <client/account.hpp>
#include <doctest/doctest.h>
#include <support/sealed_document.hpp>

namespace kluis::test {

using base::ErrorKind;

namespace {

using Records = std::vector<api::ViewRecord>;
using Calls = std::vector<std::string>;

struct Odd {
    std::string what;
    base::Bytes bytes;
};

// A header of these stanzas, with a true MAC.
base::Bytes header_of(const age::FileKey& key, std::vector<age::Stanza> stanzas) {
    age::Header header{std::move(stanzas), {}};
    header.mac = age::header_mac(key, age::encode(header));
    return age::encode(header);
}

// Headers of `key` for `card` in every form but the one.
std::vector<Odd> odd_headers(const age::FileKey& key, const statement::Card& card) {
    const age::X25519Recipient recipient(card.recipient);
    const auto good = document::seal_header(key, card.recipient);
    const auto stanza = recipient.wrap(key);
    const age::Stanza unknown{{"example.org/new", "argument"}, base::Bytes(32, 7)};
    const age::Stanza ssh{{"ssh-ed25519", "AAAA", "AAAA"}, base::Bytes(32, 7)};
    const age::ScryptRecipient scrypt(crypto::SecretBuffer::copy_of(base::as_bytes("passphrase")),
                                      1);
    const std::string version = "age-encryption.org/v1\n";
    return {
        {"armor", armored(good)},
        {"version 2", with_text(good, "/v1", "/v2")},
        {"version 0", with_text(good, "/v1", "/v0")},
        {"version 1 in capitals", with_text(good, "/v1", "/V1")},
        {"carriage returns", with_text(good, version, "age-encryption.org/v1\r\n")},
        {"an unknown stanza only", header_of(key, {unknown})},
        {"an unknown stanza first", header_of(key, {unknown, stanza})},
        {"an unknown stanza last", header_of(key, {stanza, unknown})},
        {"an ssh stanza only", header_of(key, {ssh})},
        {"a passphrase only", age::make_header(key, scrypt)},
        {"two stanzas", header_of(key, {stanza, recipient.wrap(key)})},
        {"no stanza", header_of(key, {})},
        {"bytes after it", base::concat({good, base::as_bytes("\n")})},
        {"nothing", {}},
    };
}

base::Bytes sealed_text(const age::FileKey& key, std::string text, std::size_t size = 2048) {
    if (text.size() < size) text.resize(size, ' ');
    base::MemoryReader in(base::as_bytes(text));
    base::MemoryWriter out;
    age::encrypt_payload(key, crypto::random_value<age::PayloadNonce>(), in, out);
    return out.take();
}

// Descriptions under the true file key in every form but the one.
std::vector<Odd> odd_metadata(const SealedDocument& sealed) {
    auto json = dossier::to_json(sealed.described);
    const auto text = base::canonical_json(json, base::JsonText::utf8);
    auto versioned = json;
    versioned["format"] = std::uint64_t{2};
    auto other = json;
    other["encryption"] = "none";
    const auto utf8 = base::JsonText::utf8;
    return {
        {"armor", armored(sealed.metadata)},
        {"not encrypted", base::to_bytes(text)},
        {"a format", sealed_text(sealed.key, base::canonical_json(versioned, utf8))},
        {"a member more", sealed_text(sealed.key, base::canonical_json(other, utf8))},
        {"white space", sealed_text(sealed.key, "{ " + text.substr(1))},
        {"a line end for padding", sealed_text(sealed.key, text + "\n")},
        {"a byte order mark", sealed_text(sealed.key, "\xef\xbb\xbf" + text)},
        {"a list", sealed_text(sealed.key, "[" + text + "]")},
        {"another form", sealed_text(sealed.key, "<metadata/>")},
    };
}

// An owner whose friend may deposit. The server shows one deposit more, by the friend and rightly
// signed: what it names is as odd as they like, and has the digests that it names.
class FriendScene : public OwnerScene {
  public:
    FriendScene() {
        join("friend");
        pin(owner, "friend");
        client::allow_depositor(owner, id, fingerprint("friend"), std::nullopt, std::nullopt);
        sealed = seal_document(base::as_bytes("what I saw"), "What I saw");
        header = document::seal_header(sealed.key, card("owner").recipient);
    }

    statement::Signed deposit_on(const statement::Digest& head) const {
        statement::Statement said;
        said.dossier = id;
        said.previous = head;
        said.actor = fingerprint("friend");
        said.time = vault.clock.now();
        said.salt = crypto::random_value<statement::Salt>();
        statement::DocumentDeposit act;
        act.document = sealed.promise.id;
        act.payloads = {{api::Role::content, payload_of(base::ByteView(sealed.content))},
                        {api::Role::metadata, payload_of(base::ByteView(sealed.metadata))}};
        act.commitment = sealed.promise.commitment;
        act.header = crypto::sha256(header);
        said.act = act;
        return statement::sign(said, account::signer(secret("friend")));
    }

    void show() {
        server.mischief.view = [this](Records& records) {
            auto& begin = std::get<api::ViewBegin>(records.front());
            const auto made = deposit_on(*begin.head);
            begin.head = made.hash;
            ++*begin.length;
            std::get<api::ViewEnd>(records.back()).head = made.hash;
            records.insert(records.end() - 1, api::ViewStatement{made.envelope});
            records.insert(records.end() - 1, api::ViewDocument{sealed.promise.id, header,
                                                                sealed.metadata, std::nullopt});
        };
        server.forget();
    }

    // The same for what a true server takes too, since it cannot read it.
    void store() {
        auto friendly = open("friend");
        const auto put = [&](api::Role role, const base::Bytes& bytes) {
            vault.put(friendly.session(), {id, sealed.promise.id, role}, bytes);
        };
        put(api::Role::content, sealed.content);
        put(api::Role::metadata, sealed.metadata);
        const auto head = vault.service.dossiers(owner.session()).front().head.value();
        vault.service.submit(friendly.session(), id,
                             {{deposit_on(head).envelope, {{sealed.promise.id, header}}}});
    }

    // Not shown, with an alarm that names it and who signed it: a depositor's fault, which does
    // not keep the owner from going on.
    void check_alarm() {
        show();
        const auto view = client::OwnerView::fetch(owner, id);
        REQUIRE(view.alarms().size() == 1);
        CHECK(view.alarms()[0].document == sealed.promise.id);
        CHECK_FALSE(view.documents().contains(sealed.promise.id));
        CHECK(view.documents().size() == 2);
        CHECK(server.calls() == Calls{"dossier", "put_keyring"});
        CHECK(view.alarms()[0].signer == fingerprint("friend"));
        CHECK_NOTHROW(view.require_sound());
    }

    SealedDocument sealed;
    base::Bytes header;
};

}  // namespace

TEST_CASE("a server that speaks another format is refused, and not asked for more") {
    Scene scene;
    scene.join("owner");
    for (const std::uint64_t format : {1, 2, 99}) {
        scene.server.mischief.status = [&](api::Status& status) { status.format = format; };
        scene.server.forget();
        const auto error = refusal([&] { return scene.open("owner"); });
        REQUIRE(error);
        CHECK(error->kind() == ErrorKind::malformed);
        CHECK(error->code() == "other-format");
        CHECK(scene.server.calls() == Calls{"challenge", "login", "status", "logout"});
        scene.server.forget();
        CHECK(refuses(ErrorKind::malformed, [&] {
            return client::create_account(scene.environment("new"), kOrigin,
                                          scene.vault.invitation(),
                                          account::Passphrase::generate());
        }));
        CHECK(scene.server.calls() == Calls{"status"});
        CHECK_FALSE(scene.environment("new").home.account());
    }
}

TEST_CASE("a view of another dossier, role or order is refused") {
    OwnerScene scene;
    using Change = std::function<void(Records&)>;
    const auto other = value_of<statement::DossierId>("another");
    const std::vector<Change> changes{
        [](Records& records) {
            std::get<api::ViewBegin>(records.front()).as = api::ViewAs::grantee;
        },
        [](Records& records) {
            std::get<api::ViewBegin>(records.front()).as = api::ViewAs::depositor;
        },
        [&](Records& records) { std::get<api::ViewBegin>(records.front()).id = other; },
        [](Records& records) { records.insert(records.begin(), records.front()); },
        [](Records& records) { records.erase(records.begin()); },
        [](Records& records) { records.push_back(records.back()); },
        [](Records& records) { records.push_back(records[1]); },
        [](Records& records) { std::swap(records[0], records[1]); },
    };
    for (std::size_t i = 0; i < changes.size(); ++i) {
        CAPTURE(i);
        scene.server.mischief.view = changes[i];
        scene.server.forget();
        CHECK(refuses(ErrorKind::malformed,
                      [&] { return client::OwnerView::fetch(scene.owner, scene.id); }));
        CHECK(scene.server.calls() == Calls{"dossier"});
    }
}

TEST_CASE("a statement of another payload type is refused, though its actor signed it so") {
    OwnerScene scene;
    const auto signer = account::signer(Scene::secret("owner"));
    for (const std::string type : {"application/vnd.bewijskluis.statement.v2+json",
                                   "application/vnd.bewijskluis.statement.v0+json",
                                   "application/vnd.bewijskluis.statement+json",
                                   "application/vnd.bewijskluis.statement.v1+cbor",
                                   "Application/vnd.bewijskluis.statement.v1+json",
                                   "application/vnd.in-toto+json", "application/json", ""}) {
        CAPTURE(type);
        scene.server.mischief.view = [&](Records& records) {
            for (auto& record : records) {
                auto* statement = std::get_if<api::ViewStatement>(&record);
                if (statement == nullptr) continue;
                auto& envelope = statement->envelope;
                envelope = statement::sign(type, envelope.payload, signer, envelope.key_id);
            }
        };
        scene.server.forget();
        CHECK(refuses(ErrorKind::malformed,
                      [&] { return client::OwnerView::fetch(scene.owner, scene.id); }));
        CHECK(scene.server.calls() == Calls{"dossier"});
    }
}

TEST_CASE("a document in the one form is shown, with no alarm") {
    FriendScene scene;
    scene.show();
    const auto view = client::OwnerView::fetch(scene.owner, scene.id);
    CHECK(view.alarms().empty());
    CHECK(view.documents().contains(scene.sealed.promise.id));
}

TEST_CASE("a header in any other form is an alarm, and its document is not shown") {
    const auto count =
        odd_headers(crypto::random_secret<age::FileKey>(), Scene::card("owner")).size();
    for (std::size_t i = 0; i < count; ++i) {
        FriendScene scene;
        const auto odd = odd_headers(scene.sealed.key, Scene::card("owner"))[i];
        CAPTURE(odd.what);
        scene.header = odd.bytes;
        scene.check_alarm();
    }
}

TEST_CASE("a description in any other form is an alarm, and its document is not shown") {
    const auto count = odd_metadata(seal_document(base::as_bytes("text"))).size();
    for (std::size_t i = 0; i < count; ++i) {
        FriendScene scene;
        const auto odd = odd_metadata(scene.sealed)[i];
        CAPTURE(odd.what);
        scene.sealed.metadata = odd.bytes;
        scene.check_alarm();
    }
}

TEST_CASE("a content that is deposited in armor or not encrypted is not opened") {
    for (const bool in_armor : {true, false}) {
        CAPTURE(in_armor);
        FriendScene scene;
        const auto size = scene.sealed.content.size();
        if (in_armor) {
            // Cut to the size that its description must give.
            scene.sealed.content = armored(scene.sealed.content);
            scene.sealed.content.resize(size);
        } else {
            scene.sealed.content = base::to_bytes("what I saw");
            scene.sealed.content.resize(size);
        }
        scene.store();
        const auto view = client::OwnerView::fetch(scene.owner, scene.id);
        const auto readable = client::readable(view, scene.sealed.promise.id);
        scene.server.forget();
        base::MemoryWriter out;
        CHECK(refuses(ErrorKind::forged,
                      [&] { return (client::fetch_content(scene.owner, readable, out, {}), 0); }));
        CHECK(out.take().empty());
        CHECK(scene.server.calls() == Calls{"document"});
    }
}

TEST_CASE("a download in armor, of another version, or without its header is refused") {
    OwnerScene scene;
    const auto view = client::OwnerView::fetch(scene.owner, scene.id);
    const auto readable = client::readable(view, scene.letter);
    const auto header_size = readable.header.size();
    using Change = std::function<void(base::Bytes&)>;
    const std::vector<Change> changes{
        [](base::Bytes& bytes) { bytes = armored(bytes); },
        [](base::Bytes& bytes) { bytes = with_text(bytes, "/v1", "/v2"); },
        [&](base::Bytes& bytes) {
            bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(header_size));
        },
        [&](base::Bytes& bytes) {
            const auto more = header_of(view.file_key(scene.owner, scene.letter),
                                        {age::Stanza{{"example.org/new"}, base::Bytes(32)}});
            bytes = base::concat({more, base::ByteView(bytes).subspan(header_size)});
        },
    };
    for (std::size_t i = 0; i < changes.size(); ++i) {
        CAPTURE(i);
        scene.server.mischief.document = changes[i];
        scene.server.forget();
        const auto error = refusal([&] {
            base::MemoryWriter out;
            client::fetch_content(scene.owner, readable, out, {});
            return 0;
        });
        REQUIRE(error);
        CHECK((error->kind() == ErrorKind::forged || error->kind() == ErrorKind::malformed));
        CHECK(scene.server.calls() == Calls{"document"});
    }
}

TEST_CASE("a granted document whose header has another form is an alarm and not shown") {
    const auto count =
        odd_headers(crypto::random_secret<age::FileKey>(), Scene::card("lawyer")).size();
    for (std::size_t i = 0; i < count; ++i) {
        OwnerScene scene;
        auto lawyer = scene.join_and_open("lawyer");
        Scene::pin(scene.owner, "lawyer");
        client::grant(scene.owner, scene.id, {scene.letter}, lawyer.me(), std::nullopt);
        const auto key =
            client::OwnerView::fetch(scene.owner, scene.id).file_key(scene.owner, scene.letter);
        const auto odd = odd_headers(key, Scene::card("lawyer"))[i];
        CAPTURE(odd.what);
        // As an owner who works with the server makes it: the grant names the odd header.
        scene.server.mischief.view = [&](Records& records) {
            for (auto& record : records) {
                if (auto* document = std::get_if<api::ViewDocument>(&record)) {
                    document->header = odd.bytes;
                }
                auto* shown = std::get_if<api::ViewStatement>(&record);
                if (shown == nullptr) continue;
                auto statement = statement::parse_statement(shown->envelope.payload);
                auto* grant = std::get_if<statement::GrantCreate>(&statement.act);
                if (grant == nullptr) continue;
                grant->documents[0].header = crypto::sha256(odd.bytes);
                shown->envelope =
                    statement::sign(statement, account::signer(Scene::secret("owner"))).envelope;
            }
        };
        scene.server.forget();
        const auto granted = client::fetch_granted(lawyer, scene.id);
        CHECK(granted.documents.empty());
        REQUIRE(granted.alarms.size() == 1);
        CHECK(granted.alarms[0].document == scene.letter);
        CHECK(scene.server.calls() == Calls{"dossier", "put_keyring"});
    }
}

}  // namespace kluis::test
