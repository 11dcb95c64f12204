// Attack 7: a valid age file for the owner's own recipient that no authorised depositor signed.
#include "scene.hpp"

#include <doctest/doctest.h>
#include <support/sealed_document.hpp>

namespace kluis::test {

using base::ErrorKind;

namespace {

// What anybody can make who knows the owner's card.
api::ViewDocument made_by_a_stranger(const statement::Card& owner,
                                     const statement::DocumentId& id) {
    const auto sealed = seal_document(base::as_bytes("I take all of it back"), "A confession");
    return {id, document::seal_header(sealed.key, owner.recipient), sealed.metadata, std::nullopt};
}

// Refused: what would be signed on top of it, without a word of it reaching the server.
void check_nothing_is_signed(OwnerScene& scene) {
    scene.server.forget();
    Scene::pin(scene.owner, "lawyer");
    CHECK(refuses(ErrorKind::forged, [&] {
        client::grant(scene.owner, scene.id, {scene.letter}, Scene::fingerprint("lawyer"),
                      std::nullopt);
        return 0;
    }));
    CHECK(refuses(ErrorKind::forged,
                  [&] { return client::fetch_deposit_target(scene.owner, scene.id); }));
    CHECK(scene.server.count("submit") == 0);
    CHECK(scene.server.count("put_payload") == 0);
    CHECK(scene.server.count("put_payloads") == 0);
}

}  // namespace

TEST_CASE("an age file for the owner that nobody deposited is an alarm and is not listed") {
    OwnerScene scene;
    const auto injected = value_of<statement::DocumentId>("injected");
    scene.server.mischief.view = [&](std::vector<api::ViewRecord>& records) {
        records.insert(records.end() - 1, made_by_a_stranger(Scene::card("owner"), injected));
    };
    const auto view = client::OwnerView::fetch(scene.owner, scene.id);
    CHECK(Scene::alarms(view.alarms()) ==
          std::vector<std::string>{"the server offers a document that nobody deposited"});
    CHECK(view.documents().size() == 2);
    CHECK_FALSE(view.documents().contains(injected));
    check_nothing_is_signed(scene);
}

TEST_CASE("an age file for the owner in the place of a deposited one is an alarm and not listed") {
    OwnerScene scene;
    scene.server.mischief.view = [&](std::vector<api::ViewRecord>& records) {
        for (auto& record : records) {
            auto* document = std::get_if<api::ViewDocument>(&record);
            if (document != nullptr && document->id == scene.photo) {
                *document = made_by_a_stranger(Scene::card("owner"), scene.photo);
            }
        }
    };
    const auto view = client::OwnerView::fetch(scene.owner, scene.id);
    REQUIRE(view.alarms().size() == 1);
    CHECK(view.alarms()[0].document == scene.photo);
    CHECK(view.documents().size() == 1);
    CHECK(view.documents().contains(scene.letter));
    check_nothing_is_signed(scene);
}

TEST_CASE("a deposit signed by a card that was never allowed breaks the chain") {
    OwnerScene scene;
    const auto injected = value_of<statement::DocumentId>("injected");
    const auto before = client::OwnerView::fetch(scene.owner, scene.id).state().dossier().value();
    const auto keyring = scene.owner.keyring();
    const auto document = made_by_a_stranger(Scene::card("owner"), injected);
    statement::Statement said;
    said.dossier = scene.id;
    said.previous = before.head;
    said.actor = Scene::fingerprint("stranger");
    said.time = before.last;
    said.salt = crypto::random_value<statement::Salt>();
    statement::DocumentDeposit act;
    act.document = injected;
    act.payloads[api::Role::content] = payload_of(base::Bytes(4128, 7));
    act.payloads[api::Role::metadata] = payload_of(document.metadata);
    act.commitment = crypto::random_value<statement::Commitment>();
    act.header = crypto::sha256(document.header);
    said.act = act;
    const auto forged = statement::sign(said, account::signer(Scene::secret("stranger")));
    scene.server.mischief.view = [&](std::vector<api::ViewRecord>& records) {
        std::get<api::ViewBegin>(records.front()).head = forged.hash;
        *std::get<api::ViewBegin>(records.front()).length += 1;
        std::get<api::ViewEnd>(records.back()).head = forged.hash;
        records.insert(records.end() - 1, api::ViewStatement{forged.envelope});
        records.insert(records.end() - 1, document);
    };
    CHECK(refuses(ErrorKind::forged,
                  [&] { return client::OwnerView::fetch(scene.owner, scene.id); }));
    CHECK(scene.owner.keyring() == keyring);
}

TEST_CASE("a grantee is shown nothing that the owner did not grant") {
    OwnerScene scene;
    auto lawyer = scene.join_and_open("lawyer");
    Scene::pin(scene.owner, "lawyer");
    client::grant(scene.owner, scene.id, {scene.letter}, lawyer.me(), std::nullopt);
    const auto injected = value_of<statement::DocumentId>("injected");
    scene.server.mischief.view = [&](std::vector<api::ViewRecord>& records) {
        records.insert(records.end() - 1, made_by_a_stranger(Scene::card("lawyer"), injected));
    };
    const auto granted = client::fetch_granted(lawyer, scene.id);
    CHECK(Scene::alarms(granted.alarms) ==
          std::vector<std::string>{"the server offers a document that was not granted"});
    CHECK(granted.documents.size() == 1);
    CHECK(granted.documents.contains(scene.letter));
}

TEST_CASE("another content than the deposited one is refused as forged") {
    OwnerScene scene;
    const auto view = client::OwnerView::fetch(scene.owner, scene.id);
    const auto readable = client::readable(view, scene.letter);
    scene.server.mischief.document = [](base::Bytes& bytes) { bytes.back() ^= 1; };
    const auto last_byte = refusal([&] {
        base::MemoryWriter out;
        client::fetch_content(scene.owner, readable, out, {});
        return 0;
    });
    REQUIRE(last_byte);
    CHECK(last_byte->kind() == ErrorKind::forged);
    scene.server.mischief.document = [](base::Bytes& bytes) { bytes.front() ^= 1; };
    const auto first_byte = refusal([&] {
        base::MemoryWriter out;
        client::fetch_content(scene.owner, readable, out, {});
        return 0;
    });
    REQUIRE(first_byte);
    CHECK(first_byte->kind() == ErrorKind::forged);
}

}  // namespace kluis::test
