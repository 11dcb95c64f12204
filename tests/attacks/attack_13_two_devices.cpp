// Attack 13, before a person with two devices: the server shows one of them less, and hands the
// keyring that it wrote then to the other.
#include "scene.hpp"

#include <doctest/doctest.h>

namespace kluis::test {

using base::ErrorKind;

namespace {

// An owner who granted a letter and took it back; and what a device knew before that.
class RevokedScene : public OwnerScene {
  public:
    RevokedScene() {
        pin(owner, "lawyer");
        client::grant(owner, id, {letter}, fingerprint("lawyer"), std::nullopt);
        before = client::OwnerView::fetch(owner, id).state().dossier()->head;
        keyring_before = owner.keyring();
        client::revoke(owner, id, {letter}, fingerprint("lawyer"));
    }

    std::uint64_t revision() { return vault.service.keyring(owner.session()).revision; }

    // From now on the server hands out this keyring, as a device of the owner's wrote it.
    void give_keyring(const account::Keyring& keyring, std::uint64_t number) {
        const auto sealed = account::seal_keyring(keyring, secret("owner"), number);
        server.mischief.keyring = [=](api::KeyringReply& reply) { reply = {number, sealed}; };
    }

    statement::Digest before;
    account::Keyring keyring_before;
};

}  // namespace

TEST_CASE("a keyring of another device does not make this one forget a revocation") {
    RevokedScene scene;
    scene.give_keyring(scene.keyring_before, scene.revision() + 1);
    scene.server.mischief.view = [&](std::vector<api::ViewRecord>& records) {
        auto last = records.end() - 1;
        while (!std::holds_alternative<api::ViewStatement>(*last))
            --last;
        records.erase(last);
        std::get<api::ViewBegin>(records.front()).head = scene.before;
        std::get<api::ViewEnd>(records.back()).head = scene.before;
    };
    auto again = scene.open("owner");
    scene.server.forget();
    CHECK(refuses(ErrorKind::forged, [&] { return client::OwnerView::fetch(again, scene.id); }));
    CHECK(scene.server.count("put_keyring") == 0);
}

TEST_CASE(
    "a keyring of another device, of a longer chain that holds what was seen here, is taken") {
    RevokedScene scene;
    auto there = scene.owner.keyring();
    const auto friendly = Scene::fingerprint("friend");
    there.cards[friendly] = {Scene::card("friend"), "friend"};
    scene.give_keyring(there, scene.revision() + 1);
    auto again = scene.open("owner");
    CHECK(again.keyring().cards.contains(friendly));
    CHECK(client::OwnerView::fetch(again, scene.id).alarms().empty());
}

TEST_CASE("another head of the length that this device has seen is refused at once") {
    RevokedScene scene;
    auto there = scene.owner.keyring();
    there.dossiers.at(scene.id).seen->head = scene.before;
    scene.give_keyring(there, scene.revision() + 1);
    CHECK(refuses(ErrorKind::forged, [&] { return scene.open("owner"); }));
}

TEST_CASE("another keyring under the number that this device has seen is refused") {
    RevokedScene scene;
    scene.give_keyring(scene.owner.keyring(), scene.revision());
    CHECK(refuses(ErrorKind::forged, [&] { return scene.open("owner"); }));
}

TEST_CASE("the heads that this device keeps cannot be altered unseen") {
    RevokedScene scene;
    const auto home = scene.environment("owner").home;
    auto sealed = home.heads().value();
    sealed[sealed.size() / 2] ^= 1;
    home.save_heads(sealed);
    CHECK(refuses(ErrorKind::forged, [&] { return scene.open("owner"); }));
}

}  // namespace kluis::test
