#include "remade_bundle.hpp"

#include <kluis/age/open/payload_reader.hpp>
#include <kluis/age/open/x25519_identity.hpp>
#include <kluis/age/seal/payload_writer.hpp>
#include <kluis/age/seal/split.hpp>
#include <kluis/base/file.hpp>
#include <kluis/bundle/case_key.hpp>
#include <kluis/bundle/layout/reader.hpp>
#include <kluis/bundle/writer.hpp>

#include <client/seal.hpp>
#include <doctest/doctest.h>

#include <fstream>

namespace kluis::test {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMost = 256 * 1024 * 1024;

class PartSource final : public bundle::TarSource {
  public:
    explicit PartSource(const Parts& parts) : parts_(parts) {}
    void read_at(std::size_t member, std::uint64_t offset, base::MutableBytes out) override {
        std::ranges::copy(base::ByteView(parts_[member].bytes).subspan(offset, out.size()),
                          out.begin());
    }

  private:
    const Parts& parts_;
};

std::array<crypto::X25519Secret, 1> member_identity() {
    return {account::x25519_secret(Scene::secret("member"))};
}

}  // namespace

base::Bytes tar_of(const Parts& parts) {
    std::vector<bundle::TarMember> members;
    for (const Part& part : parts)
        members.push_back({part.name, part.bytes.size()});
    const bundle::TarPlan plan(std::move(members));
    PartSource source(parts);
    return base::read_all(*bundle::read_tar(plan, source, 0, plan.size()), kMost, "a tar");
}

Parts parts_of(base::ByteView tar) {
    base::MemoryReader in(tar);
    bundle::TarReader reader(in, 100);
    Parts parts;
    while (const auto member = reader.next())
        parts.push_back({member->name, base::read_all(reader.body(), kMost, "a member")});
    return parts;
}

base::Bytes seal_to(const crypto::X25519Public& recipient, base::ByteView plain) {
    const auto key = crypto::random_secret<age::FileKey>();
    base::MemoryWriter out;
    out.write(age::make_header(key, age::X25519Recipient(recipient)));
    base::MemoryReader in(plain);
    age::encrypt_payload(key, crypto::random_value<age::PayloadNonce>(), in, out);
    return out.take();
}

base::Bytes open_with(const crypto::X25519Secret& identity, base::ByteView file) {
    base::MemoryReader in(file);
    age::SplitReader split(in);
    const auto key = age::unwrap(split.header(), age::X25519Identity(identity));
    age::PayloadReader plain(key, split);
    return base::read_all(plain, kMost, "an age file");
}

Part& TakenApart::part(const std::string& name) {
    const auto found = std::ranges::find(parts, name, &Part::name);
    REQUIRE(found != parts.end());
    return *found;
}

void TakenApart::put_manifest() {
    auto text = bundle::encode(head) + "\n";
    for (const auto& document : documents)
        text += bundle::encode(document) + "\n";
    put_manifest(base::as_bytes(text));
}

void TakenApart::put_manifest(base::ByteView text) {
    part("manifest.age").bytes = seal_to(case_public(), text);
}

void TakenApart::put_seal(const statement::Fingerprint& actor,
                          const crypto::Ed25519Signer& signer) {
    auto statement = seal.statement;
    auto& act = std::get<statement::BundleSeal>(statement.act);
    act.documents = documents.size();
    act.manifest = crypto::sha256(part("manifest.age").bytes);
    statement.actor = actor;
    seal = statement::sign(statement, signer);
    put_seal();
}

void TakenApart::put_seal() {
    part("seal.age").bytes = bundle::seal_seal(case_key, seal.envelope);
}

void TakenApart::put_info(std::uint64_t count) {
    part("bewijskluis-bundle.json").bytes =
        base::to_bytes(bundle::encode(bundle::BundleInfo{head.bundle, count}));
}

SealedScene::SealedScene() {
    statement::CardSet set;
    set.jurisdiction = kJurisdiction;
    set.version = 1;
    set.issued = vault.clock.now() - std::chrono::hours(1);
    set.end = vault.clock.now() + std::chrono::hours(1);
    set.cards = {{card("member"), set.issued, std::nullopt}};
    trust.sets.push_back(set);
    fs::create_directory(folder / "bundles");
    sealed = seal(owner, id, "Geachte commissie");
}

base::Bytes SealedScene::seal(client::Client& client, const statement::DossierId& dossier,
                              const std::string& cover_letter) {
    client::SealRequest request;
    request.dossier = dossier;
    request.set = {trust.sets.front(), ""};
    request.letter = cover_letter;
    request.out = folder / ("bundles/" + std::to_string(++count_) + ".kluis");
    client::seal(client, request, {});
    return base::read_file(request.out, kMost);
}

TakenApart SealedScene::take_apart(base::ByteView tar) {
    TakenApart apart;
    apart.parts = parts_of(tar);
    apart.case_key = bundle::open_case(apart.part("case.age").bytes, member_identity());
    const auto manifest = open_with(apart.case_key, apart.part("manifest.age").bytes);
    base::ByteView rest = manifest;
    while (!rest.empty()) {
        const auto end = std::ranges::find(rest, '\n');
        const base::ByteView line(rest.begin(), end);
        if (rest.data() == manifest.data()) {
            apart.head = bundle::parse_manifest_head(line);
        } else {
            apart.documents.push_back(bundle::parse_manifest_document(line));
        }
        rest = base::ByteView(end + 1, rest.end());
    }
    const auto seal =
        base::parse_json(open_with(apart.case_key, apart.part("seal.age").bytes), "the seal");
    base::JsonMembers members(seal, "the seal");
    apart.seal = statement::parse_signed(statement::parse_envelope(members.required("envelope")));
    return apart;
}

std::optional<base::Error> SealedScene::opening(base::ByteView tar) {
    const auto file = folder / "bundles/tried.kluis";
    const auto target = folder / "bundles/opened";
    // Not waiting for the disk: there are hundreds of these.
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(tar.data()), static_cast<std::streamsize>(tar.size()));
    const auto before = tree();
    const auto identity = member_identity();
    auto error =
        refusal([&] { return (bundle::open_to_folder(file, identity, trust, target, {}), 0); });
    CHECK(fs::exists(target) == !error);
    fs::remove_all(target);
    CHECK(tree() == before);
    return error;
}

bool SealedScene::refuses_to_open(base::ErrorKind kind, base::ByteView tar) {
    const auto error = opening(tar);
    if (error) {
        const std::string said = error->what();
        CAPTURE(said);
        CHECK(error->kind() == kind);
    }
    return error && error->kind() == kind;
}

std::map<std::string, std::uintmax_t> SealedScene::tree() const {
    std::map<std::string, std::uintmax_t> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder.path())) {
        found[entry.path().native()] = entry.is_regular_file() ? entry.file_size() : 0;
    }
    return found;
}

}  // namespace kluis::test
