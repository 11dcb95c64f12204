// Sealing: what the commission would refuse is found before the bundle is handed over.
#include <kluis/bundle/layout/member.hpp>
#include <kluis/bundle/layout/tar.hpp>

#include <attacks/scene.hpp>
#include <client/author.hpp>
#include <client/seal.hpp>
#include <client/tip.hpp>
#include <doctest/doctest.h>
#include <support/sealed_document.hpp>

namespace kluis::test {

namespace {

using statement::Role;

class SealScene : public OwnerScene {
  public:
    SealScene() {
        request.dossier = id;
        request.set.jurisdiction = kJurisdiction;
        request.set.version = 1;
        request.set.issued = vault.clock.now() - std::chrono::hours(1);
        request.set.end = vault.clock.now() + std::chrono::hours(1);
        request.set.cards = {{card("member"), request.set.issued, std::nullopt}};
        request.out = folder / "case.kluis";
    }

    // Deposits what `sealed` has, whatever it is, as a worker's own program could.
    void deposit_as_worker(const SealedDocument& sealed) {
        vault.clock.pass(std::chrono::seconds(1));  // after the owner's, so the last exhibit
        pin(owner, "worker");
        client::allow_depositor(owner, id, fingerprint("worker"), std::nullopt, std::nullopt);
        auto worker = join_and_open("worker");
        worker.change_keyring([&](account::Keyring& keyring) { keyring.dossiers[id] = {}; });
        auto target = client::fetch_deposit_target(worker, id);
        const auto put = [&](Role role, const base::Bytes& bytes) {
            auto upload = vault.service.put_payload(worker.session(), {id, sealed.promise.id, role},
                                                    bytes.size());
            upload->write(bytes);
            upload->finish();
        };
        put(Role::content, sealed.content);
        put(Role::metadata, sealed.metadata);
        put(Role::preview, *sealed.preview);
        const auto header = document::seal_header(sealed.key, card("owner").recipient);
        statement::DocumentDeposit act;
        act.document = sealed.promise.id;
        act.payloads = sealed.promise.payloads;
        act.commitment = sealed.promise.commitment;
        act.header = crypto::sha256(header);
        client::Draft draft;
        draft.act = std::move(act);
        draft.headers = {{sealed.promise.id, header}};
        std::vector<client::Draft> drafts;
        drafts.push_back(std::move(draft));
        client::Author(worker, target.tip).submit(std::move(drafts));
    }

    std::string told() {
        const auto error = refusal([&] { return client::seal(owner, request, {}).documents; });
        return error ? error->what() : "";
    }

    client::SealRequest request;
};

}  // namespace

TEST_CASE("a sealed bundle is there under its name, and opens for a member of the set") {
    SealScene scene;
    CHECK(scene.told() == "");
    const std::array identity{account::x25519_secret(Scene::secret("member"))};
    const bundle::TrustedSets trust{{}, {scene.request.set}};
    const auto opened = bundle::verify_fully(scene.request.out, identity, trust, nullptr, {});
    CHECK(opened.documents.size() == 2);
    CHECK(opened.verification.recipients.at(0).fingerprint == Scene::fingerprint("member"));
}

TEST_CASE("a file that cannot be written is found out before anything is signed") {
    SealScene scene;
    scene.request.out = scene.folder / "no such folder" / "case.kluis";
    scene.server.forget();
    const auto error =
        refusal([&] { return client::seal(scene.owner, scene.request, {}).documents; });
    REQUIRE(error);
    CHECK(error->kind() == base::ErrorKind::storage);
    CHECK(scene.server.calls().empty());
}

TEST_CASE("what a depositor made that nobody can open is found at sealing, and its exhibit named") {
    SealScene scene;
    auto sealed = seal_document(base::as_bytes("what happened"), "A statement");
    SUBCASE("a preview that does not open") {
        *sealed.preview = base::Bytes(5000, 'x');
        sealed.promise.payloads[Role::preview] = payload_of(*sealed.preview);
    }
    SUBCASE("content that does not open") {
        sealed.content.back() ^= 1;
        sealed.promise.payloads[Role::content] = payload_of(sealed.content);
    }
    scene.deposit_as_worker(sealed);
    CHECK(scene.told().starts_with("its readers would refuse this bundle: exhibit 3: "));
    CHECK_FALSE(scene.folder.names().contains("case.kluis"));
    CHECK_FALSE(scene.folder.names().contains("case.kluis.part"));
    // Without it, the rest can be sealed.
    scene.request.documents = {scene.letter, scene.photo};
    CHECK(scene.told() == "");
}

TEST_CASE("a bundle with another document of the dossier in a sealed one's place is not kept") {
    SealScene scene;
    scene.request.documents = {scene.letter};
    scene.server.mischief.bundle = [&](base::Bytes& tar) {
        // The same names, sizes and form: only the payloads are another document's.
        const auto other =
            bundle::to_text(bundle::MemberName{bundle::MemberKind::content, scene.photo});
        const auto chosen =
            bundle::to_text(bundle::MemberName{bundle::MemberKind::content, scene.letter});
        REQUIRE(other.size() == chosen.size());
        const auto place = std::ranges::search(tar, base::as_bytes(chosen));
        REQUIRE(!place.empty());
        const auto block = static_cast<std::size_t>(place.begin() - tar.begin());
        auto member =
            bundle::parse_tar_header(base::ByteView(tar).subspan(block, bundle::kTarBlock));
        member->name = other;
        std::ranges::copy(bundle::tar_header(*member), place.begin());
    };
    CHECK(scene.told().starts_with("its readers would refuse this bundle: "));
    CHECK_FALSE(scene.folder.names().contains("case.kluis"));
}

}  // namespace kluis::test
