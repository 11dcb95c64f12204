// Attack 8, before the client: a lawyer who was granted a document, and so has its file key, works
// with the server against the owner and the other readers.
#include "reading.hpp"
#include "remade_bundle.hpp"

#include <client/author.hpp>
#include <support/sealed_document.hpp>

namespace kluis::test {

using base::ErrorKind;

namespace {

using Calls = std::vector<std::string>;

const std::string kTrue = "what the lease says";
const std::string kFalse = "what the lawyer says";

// A lease that is granted to the lawyer and to an expert, and what the lawyer makes under its key.
class ForgersScene : public ReadersScene {
  public:
    ForgersScene() {
        pin(owner, "expert");
        client::grant(owner, id, {lease}, expert.me(), std::nullopt);
        const Reader forger{lawyer, api::ViewAs::grantee};
        const auto read_by_lawyer = forger.readable(id, lease);
        forged = seal_document(base::as_bytes(kFalse), "A lease", forger.file_key(read_by_lawyer));
        // What the commitment allows to be said: another title, the same size and digest.
        auto retold = read_by_lawyer.metadata;
        retold.title = "a forgery";
        retitled = document::seal_metadata(forged.key, retold);
    }

    // Those who are to be deceived.
    std::vector<Reader> victims() {
        return {{owner, api::ViewAs::owner}, {expert, api::ViewAs::grantee}};
    }

    base::Bytes header_of(const Reader& reader) { return served(reader, id, lease).header; }

    // A statement on this dossier's head, signed by the lawyer as `actor`.
    statement::Signed signed_by_lawyer(const statement::Act& act,
                                       const statement::Fingerprint& actor) {
        const auto dossier = client::OwnerView::fetch(owner, id).state().dossier().value();
        statement::Statement said;
        said.dossier = id;
        said.previous = dossier.head;
        said.actor = actor;
        said.time = dossier.last;
        said.salt = crypto::random_value<statement::Salt>();
        said.act = act;
        return statement::sign(said, account::signer(secret("lawyer")));
    }

    // Shows this statement as the last of the view that is asked for, and `change` it.
    void show_last(const statement::Signed& made, const std::function<void(Records&)>& change) {
        server.mischief.view = [made, change](Records& records) {
            auto& begin = std::get<api::ViewBegin>(records.front());
            if (begin.head) {
                begin.head = made.hash;
                ++*begin.length;
                std::get<api::ViewEnd>(records.back()).head = made.hash;
            }
            records.insert(records.end() - 1, api::ViewStatement{made.envelope});
            change(records);
        };
        server.forget();
    }

    client::Client expert = join_and_open("expert");
    SealedDocument forged;
    document::SealedSmall retitled;
};

}  // namespace

TEST_CASE("another content under the file key, of a reader's making, leaves no file of anybody") {
    ForgersScene scene;
    for (const auto& reader : scene.victims()) {
        CAPTURE(api::name(reader.as));
        scene.server.mischief = {};
        const auto lease = reader.readable(scene.id, scene.lease);
        const auto same = seal_document(base::as_bytes(kTrue), "A lease", reader.file_key(lease));
        REQUIRE(same.described.sha256 == lease.metadata.sha256);
        for (const auto& content : {scene.forged.content, same.content}) {
            scene.server.mischief.document = [&](base::Bytes& bytes) {
                REQUIRE(bytes.size() == lease.header.size() + content.size());
                std::ranges::copy(content, bytes.begin() + statement::kHeaderSize);
            };
            CHECK(refuses_to_save(scene.server, reader.client, lease));
        }
        scene.server.mischief = {};
        CHECK_FALSE(saving(reader.client, lease));
    }
}

TEST_CASE("another description under the file key, true to the commitment or not, is an alarm") {
    ForgersScene scene;
    for (const auto& reader : scene.victims()) {
        CAPTURE(api::name(reader.as));
        scene.server.mischief = {};
        const auto before = reader.look(scene.id);
        for (const auto& metadata : {scene.retitled.stored, scene.forged.metadata}) {
            scene.server.mischief.view = [&](Records& records) {
                document_in(records, scene.lease).metadata = metadata;
            };
            scene.server.forget();
            check_hidden(reader.look(scene.id), before, scene.lease, kNotThatDescription);
            CHECK(scene.server.calls() == Calls{"dossier"});
        }
    }
}

TEST_CASE("a whole document of a reader's making, with a header of theirs too, is an alarm") {
    ForgersScene scene;
    for (const auto& reader : scene.victims()) {
        CAPTURE(api::name(reader.as));
        scene.server.mischief = {};
        const auto before = reader.look(scene.id);
        const auto lease = reader.readable(scene.id, scene.lease);
        const auto header = document::seal_header(scene.forged.key, reader.client.card().recipient);
        scene.server.mischief.view = [&](Records& records) {
            auto& shown = document_in(records, scene.lease);
            shown.header = header;
            shown.metadata = scene.forged.metadata;
        };
        check_hidden(reader.look(scene.id), before, scene.lease, kNotThatHeader);
        scene.server.mischief.document = [&](base::Bytes& bytes) {
            bytes = base::concat({header, scene.forged.content});
        };
        CHECK(refuses_to_save(scene.server, reader.client, lease));
    }
}

TEST_CASE("a description that a reader signed, in their own name or the owner's, is refused") {
    ForgersScene scene;
    const statement::DocumentDescribe act{scene.lease, scene.retitled.payload};
    for (const auto& actor : {scene.lawyer.me(), scene.owner.me()}) {
        const auto made = scene.signed_by_lawyer(act, actor);
        for (const auto& reader : scene.victims()) {
            CAPTURE(api::name(reader.as));
            const auto keyring = reader.client.keyring();
            scene.show_last(made, [&](Records& records) {
                document_in(records, scene.lease).metadata = scene.retitled.stored;
                records.insert(records.begin() + 1, api::ViewCard{Scene::card("lawyer")});
            });
            CHECK(refuses(ErrorKind::forged, [&] { return reader.look(scene.id).documents; }));
            CHECK(scene.server.calls() == Calls{"dossier"});
            CHECK(reader.client.keyring() == keyring);
            scene.server.mischief = {};
        }
    }
}

TEST_CASE("a description that a reader signed who may deposit is void, and never shown") {
    ForgersScene scene;
    client::allow_depositor(scene.owner, scene.id, scene.lawyer.me(), std::nullopt, std::nullopt);
    const auto made = scene.signed_by_lawyer(
        statement::DocumentDescribe{scene.lease, scene.retitled.payload}, scene.lawyer.me());
    // The chain has a place for such a statement, as a void one: so its alarm is all that tells.
    auto elsewhere = client::Client::open_by_secret(scene.environment("another device"), kOrigin,
                                                    Scene::secret("owner"));
    for (const bool with_description : {true, false}) {
        CAPTURE(with_description);
        scene.show_last(made, [&](Records& records) {
            if (with_description) {
                document_in(records, scene.lease).metadata = scene.retitled.stored;
            }
        });
        const auto view = client::OwnerView::fetch(elsewhere, scene.id);
        REQUIRE(view.alarms().size() == (with_description ? 2 : 1));
        CHECK(view.alarms()[0].text.starts_with("a statement without the right to it: "));
        CHECK(view.documents().contains(scene.lease) != with_description);
        if (with_description) {
            CHECK(view.alarms()[1].text == kNotThatDescription);
        } else {
            CHECK(view.documents().at(scene.lease).metadata.title == "lease");
        }
        CHECK(refuses(ErrorKind::forged, [&] { return (view.require_sound(), 0); }));
        CHECK(scene.server.count("submit") == 0);
    }
}

TEST_CASE("a grant that a reader made to another, with a header of theirs, is refused") {
    ForgersScene scene;
    const auto stranger = Scene::card("stranger");
    auto friendly = scene.join_and_open("stranger");
    const auto header = document::seal_header(scene.forged.key, stranger.recipient);
    const auto view = client::OwnerView::fetch(scene.owner, scene.id);
    statement::GrantCreate act;
    act.grantee = statement::fingerprint(stranger);
    act.documents = {{scene.lease, view.state().documents().at(scene.lease).deposit, std::nullopt,
                      crypto::sha256(header)}};
    const auto theirs = scene.true_view(scene.expert, api::ViewAs::grantee);
    // So that there is a view to be shown: of another document.
    Scene::pin(scene.owner, "stranger");
    client::grant(scene.owner, scene.id, {scene.payslip}, friendly.me(), std::nullopt);
    const auto metadata =
        scene.served({scene.expert, api::ViewAs::grantee}, scene.id, scene.lease).metadata;
    for (const auto& actor : {scene.lawyer.me(), scene.owner.me()}) {
        scene.show_last(scene.signed_by_lawyer(act, actor), [&](Records& records) {
            const auto deposit = std::ranges::find_if(theirs, says<statement::DocumentDeposit>);
            records.insert(records.begin() + 2, *deposit);
            records.insert(records.end() - 1,
                           api::ViewDocument{scene.lease, header, metadata, std::nullopt});
        });
        CHECK(refuses(ErrorKind::forged,
                      [&] { return client::fetch_granted(friendly, scene.id).documents.size(); }));
        CHECK(scene.server.calls() == Calls{"dossier"});
        CHECK_FALSE(friendly.keyring().granted.contains(scene.id));
        scene.server.mischief = {};
    }
    CHECK(client::fetch_granted(friendly, scene.id).documents.size() == 1);
}

TEST_CASE("a bundle with a reader's content or description in a document's place is not kept") {
    ForgersScene scene;
    const auto request = scene.seal_request();
    const auto names = scene.folder.names();
    const auto member = "documents/" + statement::to_text(scene.lease);
    for (const auto& [name, payload] :
         {std::pair(member + ".age", scene.forged.content),
          std::pair(member + ".metadata.age", scene.retitled.stored)}) {
        CAPTURE(name);
        scene.server.mischief.bundle = [&](base::Bytes& tar) {
            auto parts = parts_of(tar);
            const auto part = std::ranges::find(parts, name, &Part::name);
            REQUIRE(part != parts.end());
            REQUIRE(part->bytes.size() == statement::kHeaderSize + payload.size());
            std::ranges::copy(payload, part->bytes.begin() + statement::kHeaderSize);
            tar = tar_of(parts);
        };
        CHECK(refuses(ErrorKind::forged,
                      [&] { return client::seal(scene.owner, request, {}).documents; }));
        CHECK(scene.folder.names() == names);
    }
    scene.server.mischief = {};
    CHECK_NOTHROW(client::seal(scene.owner, request, {}));
}

}  // namespace kluis::test
