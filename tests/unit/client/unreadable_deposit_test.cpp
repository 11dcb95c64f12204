// What somebody who may deposit signed validly, and nobody can open.
#include <attacks/scene.hpp>
#include <client/author.hpp>
#include <doctest/doctest.h>
#include <support/sealed_document.hpp>

namespace kluis::test {

using base::ErrorKind;

namespace {

// An owner's dossier with a depositor of rubbish.
class RubbishScene : public OwnerScene {
  public:
    RubbishScene() {
        pin(owner, "depositor");
        client::allow_depositor(owner, id, depositor.me(), std::nullopt, std::nullopt);
        client::pin_dossier(depositor, id, "");
    }

    statement::Payload put(const statement::DocumentId& document, statement::Role role,
                           base::ByteView bytes) {
        auto upload = depositor.service().put_payload(depositor.session(), {id, document, role},
                                                      bytes.size());
        upload->write(bytes);
        upload->finish();
        return {crypto::sha256(bytes), bytes.size()};
    }

    // Signs and submits a deposit of these payloads, as they are.
    void deposit_as_is(const statement::DocumentId& document,
                       const statement::Commitment& commitment,
                       const std::map<statement::Role, base::Bytes>& payloads,
                       const base::Bytes& header) {
        statement::DocumentDeposit act;
        act.document = document;
        act.commitment = commitment;
        for (const auto& [role, bytes] : payloads)
            act.payloads[role] = put(document, role, bytes);
        act.header = crypto::sha256(header);
        auto target = client::fetch_deposit_target(depositor, id);
        std::vector<client::Draft> drafts;
        drafts.push_back({act, {{document, header}}});
        client::Author(depositor, target.tip).submit(std::move(drafts));
    }

    // A deposit of which no payload opens, its header sealed for `recipient`.
    statement::DocumentId deposit_rubbish(const std::string& recipient) {
        const auto document = crypto::random_value<statement::DocumentId>();
        const auto key = crypto::random_secret<age::FileKey>();
        deposit_as_is(document, {},
                      {{statement::Role::content, base::Bytes(5000, 1)},
                       {statement::Role::metadata, base::Bytes(3000, 2)}},
                      document::seal_header(key, card(recipient).recipient));
        return document;
    }

    client::OwnerView view() { return client::OwnerView::fetch(owner, id); }

    client::Client depositor = join_and_open("depositor");
};

}  // namespace

TEST_CASE("a deposit that does not open names its depositor, and the owner goes on") {
    RubbishScene scene;
    const auto for_owner = scene.deposit_rubbish("owner");
    const auto for_nobody = scene.deposit_rubbish("nobody");
    const auto view = scene.view();
    REQUIRE(view.alarms().size() == 2);
    for (const auto& alarm : view.alarms()) {
        CHECK(alarm.signer == scene.depositor.me());
        CHECK((alarm.document == for_owner || alarm.document == for_nobody));
    }
    CHECK(view.documents().size() == 2);
    Scene::pin(scene.owner, "lawyer");
    client::grant(scene.owner, scene.id, {scene.letter}, Scene::fingerprint("lawyer"),
                  std::nullopt);
    Scene::deposit(scene.owner, scene.id, "report");
    client::describe_document(scene.owner, scene.id, scene.letter,
                              [](dossier::Metadata& metadata) { metadata.note = "the first"; });
    CHECK(scene.view().documents().size() == 3);
}

TEST_CASE("a document that does not open is found by its id to be erased, and then all is well") {
    RubbishScene scene;
    const auto rubbish = scene.deposit_rubbish("owner");
    client::Library library(scene.owner);
    const auto error = refusal([&] { library.find_document(statement::to_text(rubbish)); });
    REQUIRE(error);
    CHECK(error->kind() == ErrorKind::forged);
    CHECK(error->hint() == "`kluis document erase " + statement::to_text(scene.id) + "/" +
                               statement::to_text(rubbish) + "` destroys it");
    client::erase_document(scene.owner, scene.id, rubbish);
    CHECK(scene.view().alarms().empty());
}

TEST_CASE("a dossier with a document that does not open is handed over once that is erased") {
    RubbishScene scene;
    const auto rubbish = scene.deposit_rubbish("owner");
    auto child = scene.join_and_open("child");
    Scene::pin(scene.owner, "child");
    const auto consent = client::make_consent(child, scene.id, scene.owner.me());
    const auto error = refusal([&] { client::transfer_dossier(scene.owner, scene.id, consent); });
    REQUIRE(error);
    CHECK(error->kind() == ErrorKind::conflict);
    CHECK(error->hint().starts_with("erase it first"));
    client::erase_document(scene.owner, scene.id, rubbish);
    client::transfer_dossier(scene.owner, scene.id, consent);
    CHECK(client::OwnerView::fetch(child, scene.id).documents().size() == 2);
}

TEST_CASE("an owner erases a document even while the server gives an alarm") {
    RubbishScene scene;
    const auto rubbish = scene.deposit_rubbish("owner");
    scene.server.mischief.view = [&](std::vector<api::ViewRecord>& records) {
        std::erase_if(records, [&](const api::ViewRecord& record) {
            const auto* document = std::get_if<api::ViewDocument>(&record);
            return document != nullptr && document->id == scene.photo;
        });
    };
    CHECK(refuses(ErrorKind::forged, [&] { Scene::deposit(scene.owner, scene.id, "report"); }));
    client::erase_document(scene.owner, scene.id, rubbish);
    scene.server.mischief.view = nullptr;
    CHECK(scene.view().state().documents().at(rubbish).erased);
}

TEST_CASE("a word to the owner that does not open leaves the document readable") {
    RubbishScene scene;
    const auto sealed = seal_document(base::as_bytes("what I saw"));
    dossier::Word word;
    word.paper = "at home";
    scene.deposit_as_is(sealed.promise.id, sealed.promise.commitment,
                        {{statement::Role::content, sealed.content},
                         {statement::Role::metadata, sealed.metadata},
                         {statement::Role::word,
                          document::seal_word(word, Scene::card("nobody").recipient).stored}},
                        document::seal_header(sealed.key, Scene::card("owner").recipient));
    const auto view = scene.view();
    REQUIRE(view.alarms().size() == 1);
    CHECK(view.alarms()[0].signer == scene.depositor.me());
    CHECK(view.documents().contains(sealed.promise.id));
    CHECK_NOTHROW(view.require_sound());
    CHECK_NOTHROW(view.require_complete());
}

TEST_CASE("metadata that the server altered are its own alarm, not the depositor's") {
    RubbishScene scene;
    scene.deposit_rubbish("owner");
    scene.server.mischief.view = [&](std::vector<api::ViewRecord>& records) {
        for (auto& record : records) {
            auto* document = std::get_if<api::ViewDocument>(&record);
            if (document != nullptr && document->id != scene.photo) document->metadata[0] ^= 1;
        }
    };
    const auto view = scene.view();
    CHECK(view.alarms().size() == 2);
    for (const auto& alarm : view.alarms())
        CHECK_FALSE(alarm.signer);
    CHECK(refuses(ErrorKind::forged, [&] { view.require_sound(); }));
}

}  // namespace kluis::test
