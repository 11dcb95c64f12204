// Attack 24: a bundle made anew without one of its documents, or with another in its place, by
// someone in between, by a recipient, who has the case key, or by a stranger.
#include "remade_bundle.hpp"

#include <kluis/base/file.hpp>
#include <kluis/bundle/case_key.hpp>

#include <client/seal.hpp>
#include <doctest/doctest.h>
#include <support/sealed_document.hpp>

namespace kluis::test {

using base::ErrorKind;

namespace {

std::string content_name(const statement::DocumentId& id) {
    return "documents/" + statement::to_text(id) + ".age";
}

std::string metadata_name(const statement::DocumentId& id) {
    return "documents/" + statement::to_text(id) + ".metadata.age";
}

void drop_members(TakenApart& apart, const statement::DocumentId& id) {
    CHECK(std::erase_if(apart.parts, [&](const Part& part) {
              return part.name == content_name(id) || part.name == metadata_name(id);
          }) == 2);
}

void drop_line(TakenApart& apart, const statement::DocumentId& id) {
    CHECK(std::erase_if(apart.documents, [&](const auto& line) { return line.document == id; }) ==
          1);
}

bundle::ManifestDocument& line_of(TakenApart& apart, const statement::DocumentId& id) {
    return *std::ranges::find(apart.documents, id, &bundle::ManifestDocument::document);
}

// What a recipient can do: read the file key of a document off its header.
age::FileKey key_of(TakenApart& apart, const statement::DocumentId& id, base::Bytes& header) {
    const auto& file = apart.part(content_name(id)).bytes;
    header.assign(file.begin(),
                  file.begin() + static_cast<std::ptrdiff_t>(line_of(apart, id).header_size));
    return document::open_header(header, line_of(apart, id).header_sha256, apart.case_key);
}

// Puts a document with another content in the place of `id`, under its own file key and header.
SealedDocument put_another(TakenApart& apart, const statement::DocumentId& id) {
    base::Bytes header;
    auto sealed = seal_document(base::as_bytes("I take all of it back"), "A confession",
                                key_of(apart, id, header));
    apart.part(content_name(id)).bytes = base::concat({header, sealed.content});
    apart.part(metadata_name(id)).bytes = base::concat({header, sealed.metadata});
    return sealed;
}

// A deposit of what stands there now, with all digests true, by whoever signs it.
void sign_deposit(TakenApart& apart, const statement::DocumentId& id, const SealedDocument& sealed,
                  const statement::Fingerprint& actor, const crypto::Ed25519Signer& signer) {
    auto& placed = line_of(apart, id).deposit;
    auto statement = statement::parse_statement(placed.envelope.payload);
    auto& act = std::get<statement::DocumentDeposit>(statement.act);
    act.payloads = {{statement::Role::content, payload_of(sealed.content)},
                    {statement::Role::metadata, payload_of(sealed.metadata)}};
    act.commitment =
        document::commitment(sealed.key, id, sealed.described.size, sealed.described.sha256);
    statement.actor = actor;
    placed.envelope = statement::sign(statement, signer).envelope;
}

crypto::Ed25519Signer signer_of(const std::string& name) {
    return account::signer(Scene::secret(name));
}

}  // namespace

TEST_CASE("a bundle put together again as it was opens, and shows who sealed it") {
    SealedScene scene;
    auto apart = SealedScene::take_apart(scene.sealed);
    CHECK(apart.tar() == scene.sealed);
    CHECK_FALSE(scene.opening(scene.sealed));
    // A recipient can write the manifest again in other bytes; what is refused below is not that.
    apart.put_manifest();
    CHECK(scene.refuses_to_open(ErrorKind::forged, apart.tar()));
    apart.put_seal(Scene::fingerprint("owner"), signer_of("owner"));
    CHECK_FALSE(scene.opening(apart.tar()));
}

TEST_CASE("a bundle of which a document was taken out is refused") {
    SealedScene scene;
    for (const auto& missing : {scene.letter, scene.photo}) {
        auto apart = SealedScene::take_apart(scene.sealed);
        drop_members(apart, missing);
        CHECK(scene.refuses_to_open(ErrorKind::malformed, apart.tar()));
        apart.put_info(1);
        CHECK(scene.refuses_to_open(ErrorKind::forged, apart.tar()));
    }
}

TEST_CASE("a bundle of which a recipient took a document out of the manifest too is refused") {
    SealedScene scene;
    auto apart = SealedScene::take_apart(scene.sealed);
    drop_members(apart, scene.letter);
    drop_line(apart, scene.letter);
    apart.put_info(1);
    apart.put_manifest();
    CHECK(scene.refuses_to_open(ErrorKind::forged, apart.tar()));
    SUBCASE("with a seal signed by the recipient") {
        apart.put_seal(Scene::fingerprint("member"), signer_of("member"));
        CHECK(scene.refuses_to_open(ErrorKind::forged, apart.tar()));
    }
    SUBCASE("with a seal in the owner's name, signed by the recipient") {
        apart.put_seal(Scene::fingerprint("owner"), signer_of("member"));
        CHECK(scene.refuses_to_open(ErrorKind::forged, apart.tar()));
    }
    SUBCASE("with the owner's signature over the seal as it was") {
        const auto signature = apart.seal.envelope.signature;
        apart.put_seal(Scene::fingerprint("owner"), signer_of("member"));
        apart.seal.envelope.signature = signature;
        apart.put_seal();
        CHECK(scene.refuses_to_open(ErrorKind::forged, apart.tar()));
    }
    SUBCASE("but for the owner, it would have been a bundle") {
        apart.put_seal(Scene::fingerprint("owner"), signer_of("owner"));
        CHECK_FALSE(scene.opening(apart.tar()));
    }
}

TEST_CASE("a document that a recipient replaced under its own file key is refused") {
    SealedScene scene;
    auto apart = SealedScene::take_apart(scene.sealed);
    const auto sealed = put_another(apart, scene.letter);
    CHECK(scene.refuses_to_open(ErrorKind::forged, apart.tar()));
    SUBCASE("with a deposit signed by the recipient") {
        sign_deposit(apart, scene.letter, sealed, Scene::fingerprint("member"),
                     signer_of("member"));
    }
    SUBCASE("with a deposit in the owner's name, signed by the recipient") {
        sign_deposit(apart, scene.letter, sealed, Scene::fingerprint("owner"), signer_of("member"));
    }
    apart.put_manifest();
    CHECK(scene.refuses_to_open(ErrorKind::forged, apart.tar()));
    // Not even under a seal by the owner: the deposit is nobody's who might.
    apart.put_seal(Scene::fingerprint("owner"), signer_of("owner"));
    CHECK(scene.refuses_to_open(ErrorKind::forged, apart.tar()));
}

TEST_CASE("a document that a recipient replaced under a new file key and header is refused") {
    SealedScene scene;
    auto apart = SealedScene::take_apart(scene.sealed);
    const auto sealed = seal_document(base::as_bytes("I take all of it back"), "A confession");
    const auto header = document::seal_header(sealed.key, apart.case_public());
    apart.part(content_name(scene.letter)).bytes = base::concat({header, sealed.content});
    apart.part(metadata_name(scene.letter)).bytes = base::concat({header, sealed.metadata});
    CHECK(scene.refuses_to_open(ErrorKind::forged, apart.tar()));
    line_of(apart, scene.letter).header_sha256 = crypto::sha256(header);
    line_of(apart, scene.letter).header_size = header.size();
    apart.put_manifest();
    CHECK(scene.refuses_to_open(ErrorKind::forged, apart.tar()));
    apart.put_seal(Scene::fingerprint("owner"), signer_of("owner"));
    CHECK(scene.refuses_to_open(ErrorKind::forged, apart.tar()));
}

TEST_CASE("two documents that were exchanged, whole or in part, are refused") {
    SealedScene scene;
    const auto exchange = [&](TakenApart& apart, const std::string& one, const std::string& two) {
        std::swap(apart.part(one).bytes, apart.part(two).bytes);
        CHECK(scene.opening(apart.tar()));
    };
    auto contents = SealedScene::take_apart(scene.sealed);
    exchange(contents, content_name(scene.letter), content_name(scene.photo));
    exchange(contents, metadata_name(scene.letter), metadata_name(scene.photo));
    auto descriptions = SealedScene::take_apart(scene.sealed);
    exchange(descriptions, metadata_name(scene.letter), metadata_name(scene.photo));
    auto roles = SealedScene::take_apart(scene.sealed);
    exchange(roles, content_name(scene.letter), metadata_name(scene.letter));
}

TEST_CASE("a document put in by a recipient is refused") {
    SealedScene scene;
    auto apart = SealedScene::take_apart(scene.sealed);
    const auto sealed = seal_document(base::as_bytes("one more"), "One more");
    const auto id = sealed.promise.id;
    const auto header = document::seal_header(sealed.key, apart.case_public());
    const Parts more{{content_name(id), base::concat({header, sealed.content})},
                     {metadata_name(id), base::concat({header, sealed.metadata})}};
    apart.parts.insert(apart.parts.end() - 1, more.begin(), more.end());
    CHECK(scene.refuses_to_open(ErrorKind::malformed, apart.tar()));
    apart.put_info(3);
    CHECK(scene.refuses_to_open(ErrorKind::forged, apart.tar()));
    auto line = apart.documents.back();
    line.document = id;
    ++line.exhibit;
    line.path = bundle::bundle_path(line.exhibit, "One more", "more.txt");
    line.header_sha256 = crypto::sha256(header);
    line.header_size = header.size();
    line.deposit.place += 1;
    apart.documents.push_back(line);
    sign_deposit(apart, id, sealed, Scene::fingerprint("member"), signer_of("member"));
    apart.put_manifest();
    CHECK(scene.refuses_to_open(ErrorKind::forged, apart.tar()));
}

TEST_CASE("the seal of another bundle of the same dossier is refused") {
    SealedScene scene;
    auto apart = SealedScene::take_apart(scene.sealed);
    Scene::deposit(scene.owner, scene.id, "report");
    const auto other = SealedScene::take_apart(scene.seal(scene.owner, scene.id, "a later bundle"));
    apart.seal = other.seal;
    apart.put_seal();
    CHECK(scene.refuses_to_open(ErrorKind::forged, apart.tar()));
    apart.head.bundle = other.head.bundle;
    apart.put_info(2);
    apart.put_manifest();
    CHECK(scene.refuses_to_open(ErrorKind::forged, apart.tar()));
}

TEST_CASE("a case key wrapped for one more person than the seal names is refused") {
    SealedScene scene;
    auto apart = SealedScene::take_apart(scene.sealed);
    const std::array<crypto::X25519Public, 2> readers{Scene::card("member").recipient,
                                                      Scene::card("stranger").recipient};
    apart.part("case.age").bytes = bundle::seal_case(apart.case_key, readers);
    CHECK(scene.refuses_to_open(ErrorKind::forged, apart.tar()));
    apart.part("case.age").bytes = bundle::seal_case(apart.case_key, std::span(readers).first(1));
    CHECK_FALSE(scene.opening(apart.tar()));
}

TEST_CASE("readers that nobody can check are refused, not passed over") {
    SealedScene scene;
    auto apart = SealedScene::take_apart(scene.sealed);
    apart.part("readers.age").bytes = seal_to(apart.case_public(), base::as_bytes("{}\n"));
    CHECK(scene.refuses_to_open(ErrorKind::malformed, apart.tar()));
}

TEST_CASE("a bundle sealed anew by a stranger, from nothing, is refused") {
    SealedScene scene;
    auto apart = SealedScene::take_apart(scene.sealed);
    // Anybody can encrypt to the members. The manifest is what the stranger makes of the dossier,
    // with statements of their own in the place of the owner's.
    apart.case_key = crypto::random_secret<crypto::X25519Secret>();
    const std::array readers{Scene::card("member").recipient};
    apart.part("case.age").bytes = bundle::seal_case(apart.case_key, readers);
    apart.part("readers.age").bytes = seal_to(apart.case_public(), {});
    const auto stranger = signer_of("stranger");
    bool in_own_name = false;
    SUBCASE("in the owner's name") {
        for (auto& placed : apart.head.statements) {
            placed.envelope = statement::sign(statement::kStatementType, placed.envelope.payload,
                                              stranger, placed.envelope.key_id);
        }
    }
    SUBCASE("in their own, on the owner's true dossier.create") {
        in_own_name = true;
    }
    const auto actor = Scene::fingerprint(in_own_name ? "stranger" : "owner");
    for (auto& line : apart.documents) {
        const auto sealed = seal_document(base::as_bytes("of my own making"), "Mine");
        const auto header = document::seal_header(sealed.key, apart.case_public());
        apart.part(content_name(line.document)).bytes = base::concat({header, sealed.content});
        apart.part(metadata_name(line.document)).bytes = base::concat({header, sealed.metadata});
        line.header_sha256 = crypto::sha256(header);
        line.header_size = header.size();
        sign_deposit(apart, line.document, sealed, actor, stranger);
    }
    apart.put_manifest();
    apart.put_seal(actor, stranger);
    CHECK(scene.refuses_to_open(ErrorKind::forged, apart.tar()));
}

TEST_CASE("a stranger's own dossier is shown as theirs and nobody else's") {
    SealedScene scene;
    auto stranger = scene.join_and_open("stranger");
    const auto id = client::create_dossier(stranger, kJurisdiction, "mine");
    Scene::deposit(stranger, id, "letter");
    const auto tar = scene.seal(stranger, id, "I am the owner of the other dossier");
    auto apart = SealedScene::take_apart(tar);
    SUBCASE("as it is") {
        const std::array identity{account::x25519_secret(Scene::secret("member"))};
        base::write_file(scene.folder / "theirs.kluis", tar, base::FileMode::owner_only,
                         base::Replace::no);
        const auto opened =
            bundle::verify_fully(scene.folder / "theirs.kluis", identity, scene.trust, nullptr, {});
        CHECK(opened.verification.dossier == id);
        CHECK(opened.verification.owner->fingerprint == Scene::fingerprint("stranger"));
        CHECK(opened.verification.owner->anchor.empty());
    }
    SUBCASE("called by the id of another dossier") {
        apart.head.dossier = scene.id;
        apart.put_manifest();
        apart.put_seal(Scene::fingerprint("stranger"), signer_of("stranger"));
        CHECK(scene.refuses_to_open(ErrorKind::forged, apart.tar()));
    }
    SUBCASE("with a document of another dossier and its true deposit") {
        auto other = SealedScene::take_apart(scene.sealed);
        base::Bytes header;
        const auto key = key_of(other, scene.letter, header);
        const auto own_header = document::seal_header(key, apart.case_public());
        for (const auto& name : {content_name(scene.letter), metadata_name(scene.letter)}) {
            const auto payload = base::ByteView(other.part(name).bytes).subspan(header.size());
            apart.parts.insert(apart.parts.end() - 1, {name, base::concat({own_header, payload})});
        }
        auto line = line_of(other, scene.letter);
        line.exhibit = apart.documents.back().exhibit + 1;
        line.path = bundle::bundle_path(line.exhibit, "letter", "letter.txt");
        line.deposit.place += 100;
        line.header_sha256 = crypto::sha256(own_header);
        line.header_size = own_header.size();
        apart.documents.push_back(line);
        apart.head.cards.emplace(Scene::fingerprint("owner"), Scene::card("owner"));
        apart.put_info(2);
        apart.put_manifest();
        apart.put_seal(Scene::fingerprint("stranger"), signer_of("stranger"));
        CHECK(scene.refuses_to_open(ErrorKind::forged, apart.tar()));
    }
    SUBCASE("with statements by the owner of another dossier") {
        const auto other = SealedScene::take_apart(scene.sealed);
        apart.head.statements = other.head.statements;
        apart.put_manifest();
        apart.put_seal(Scene::fingerprint("stranger"), signer_of("stranger"));
        CHECK(scene.refuses_to_open(ErrorKind::forged, apart.tar()));
    }
}

TEST_CASE("a bundle sealed to a card that the commission's set never had is refused") {
    SealedScene scene;
    auto apart = SealedScene::take_apart(scene.sealed);
    std::get<statement::BundleSeal>(apart.seal.statement.act).recipients = {
        Scene::fingerprint("stranger")};
    apart.head.cards.erase(Scene::fingerprint("member"));
    apart.head.cards.emplace(Scene::fingerprint("stranger"), Scene::card("stranger"));
    apart.put_manifest();
    apart.put_seal(Scene::fingerprint("owner"), signer_of("owner"));
    CHECK(scene.refuses_to_open(ErrorKind::forged, apart.tar()));
}

TEST_CASE("an owner is given back a bundle without a document, and refuses to keep it") {
    SealedScene scene;
    const auto remade = [&](base::Bytes& tar) {
        auto parts = parts_of(tar);
        std::erase_if(parts, [&](const Part& part) {
            return part.name == content_name(scene.letter) ||
                   part.name == metadata_name(scene.letter);
        });
        const auto info = bundle::parse_bundle_info(parts.front().bytes);
        parts.front().bytes = base::to_bytes(bundle::encode(bundle::BundleInfo{info.bundle, 1}));
        tar = tar_of(parts);
    };
    const auto altered = [&](base::Bytes& tar) {
        auto parts = parts_of(tar);
        std::ranges::find(parts, content_name(scene.letter), &Part::name)->bytes.back() ^= 1;
        tar = tar_of(parts);
    };
    const auto another = [&](base::Bytes& tar) { tar = scene.sealed; };
    std::vector<std::string> calls;
    for (const auto& mischief :
         std::vector<std::function<void(base::Bytes&)>>{remade, altered, another}) {
        scene.server.mischief.bundle = mischief;
        client::SealRequest request;
        request.dossier = scene.id;
        request.set = {scene.trust.sets.front(), ""};
        request.out = scene.folder / "again.kluis";
        scene.server.forget();
        CHECK(refuses(ErrorKind::forged,
                      [&] { return client::seal(scene.owner, request, {}).documents; }));
        CHECK(scene.folder.names() == std::set<std::string>{"bundles", "owner"});
        // What is sent does not tell which it was.
        auto sent = scene.server.calls();
        std::erase(sent, "put_keyring");
        if (calls.empty()) calls = sent;
        CHECK(sent == calls);
        CHECK(sent.back() == "dossier");
    }
}

}  // namespace kluis::test
