#include "made_bundle.hpp"

#include <kluis/age/seal/header.hpp>
#include <kluis/age/seal/payload_writer.hpp>
#include <kluis/base/file.hpp>
#include <kluis/bundle/case_key.hpp>
#include <kluis/bundle/layout/member.hpp>
#include <kluis/bundle/layout/tar.hpp>

namespace kluis::test {

namespace {

using bundle::MemberKind;

constexpr std::size_t kMost = 256 * 1024 * 1024;
constexpr const char* kJurisdiction = "nl-commissie-2025";

class Members final : public bundle::TarSource {
  public:
    void add(const bundle::MemberName& name, base::Bytes bytes) {
        names_.push_back({bundle::to_text(name), bytes.size()});
        bytes_.push_back(std::move(bytes));
    }
    void read_at(std::size_t member, std::uint64_t offset, base::MutableBytes out) override {
        std::ranges::copy(base::ByteView(bytes_[member]).subspan(offset, out.size()), out.begin());
    }
    base::Bytes tar() {
        const bundle::TarPlan plan(names_);
        return base::read_all(*bundle::read_tar(plan, *this, 0, plan.size()), kMost, "a tar");
    }

  private:
    std::vector<bundle::TarMember> names_;
    std::vector<base::Bytes> bytes_;
};

base::Bytes sealed_to(const crypto::X25519Secret& case_key, base::ByteView plain) {
    const auto key = crypto::random_secret<age::FileKey>();
    base::MemoryWriter out;
    out.write(age::make_header(key, age::X25519Recipient(crypto::x25519_public(case_key))));
    base::MemoryReader in(plain);
    age::encrypt_payload(key, crypto::random_value<age::PayloadNonce>(), in, out);
    return out.take();
}

}  // namespace

MadeBundle::MadeBundle()
    : letter(seal_document(base::as_bytes("what happened"), "A letter")),
      report(seal_document(base::as_bytes("what was seen"), "A report")),
      other(seal_document(base::as_bytes("not for them"), "Another paper")) {
    say(owner, statement::DossierCreate{owner.card(), kJurisdiction});
    dossier = statement::dossier_id(chain.front());
    say(owner, statement::DepositorAllow{helper.card(), {}, {}, false});
    say(owner, statement::DepositorAllow{bystander.card(), {}, {}, false});
    letter_place = deposit(owner, letter);
    report_place = deposit(helper, report);
    other_place = deposit(owner, other);
    report.described.title = "A report, described by the owner";
    auto described = document::seal_metadata(report.key, report.described);
    report.promise.metadata = described.payload;
    report.metadata = std::move(described.stored);
    description_place =
        say(owner, statement::DocumentDescribe{report.promise.id, report.promise.metadata});

    head.anchors_set = 3;
    head.bundle = value_of<statement::BundleId>("the bundle");
    head.dossier = dossier;
    head.salt = value_of<statement::Salt>("salt");
    head.timeline = base::Json(base::Json::Array{});
    head.statements = {placed(0), placed(1)};
    for (const auto* person : {&owner, &helper, &member, &second}) {
        head.cards.emplace(person->fingerprint(), person->card());
    }
    act.bundle = head.bundle;
    act.documents = 2;
    act.recipients = {member.fingerprint(), second.fingerprint()};
    act.set = head.anchors_set;
    info = {head.bundle, 2};
    include(letter, "data/documents/001-a-letter.txt", placed(letter_place));
    include(report, "data/documents/002-a-report.txt", placed(report_place),
            placed(description_place));

    statement::CardSet set;
    set.jurisdiction = kJurisdiction;
    set.version = head.anchors_set;
    set.issued = now - std::chrono::hours(24);
    set.end = now + std::chrono::hours(24);
    set.cards = {{member.card(), set.issued, std::nullopt}, {second.card(), set.issued, set.end}};
    trust.sets = {set};
}

std::size_t MadeBundle::say(const Person& actor, statement::Act said) {
    statement::Statement statement;
    statement.actor = actor.fingerprint();
    statement.time = now = now + std::chrono::seconds(60);
    statement.salt = crypto::random_value<statement::Salt>();
    if (!chain.empty()) {
        statement.dossier = dossier;
        statement.previous = chain.back().hash;
    }
    statement.act = std::move(said);
    chain.push_back(statement::sign(statement, actor.signer()));
    return chain.size() - 1;
}

bundle::PlacedStatement MadeBundle::placed(std::size_t place) const {
    return {chain.at(place).envelope, place};
}

std::size_t MadeBundle::deposit(const Person& actor, const SealedDocument& sealed) {
    statement::DocumentDeposit deposit;
    deposit.document = sealed.promise.id;
    deposit.payloads = sealed.promise.payloads;
    deposit.commitment = sealed.promise.commitment;
    deposit.header = value_of<statement::Digest>("the owner's header");
    return say(actor, std::move(deposit));
}

chain::Replay MadeBundle::replay() const {
    chain::Replay replay(dossier);
    for (const auto& statement : chain) {
        replay.add(statement);
    }
    return replay;
}

void MadeBundle::include(const SealedDocument& sealed, const std::string& path,
                         const bundle::PlacedStatement& deposit,
                         const std::optional<bundle::PlacedStatement>& description) {
    const auto header = document::seal_header(sealed.key, crypto::x25519_public(case_key));
    bundle::ManifestDocument line;
    line.document = sealed.promise.id;
    line.exhibit = lines.size() + 1;
    line.header_sha256 = crypto::sha256(header);
    line.header_size = header.size();
    line.path = path;
    line.deposit = deposit;
    line.description = description;
    lines.push_back(std::move(line));
    documents.push_back(
        {sealed.promise.id, header, sealed.content, sealed.metadata, sealed.preview, {}});
}

base::Bytes MadeBundle::tar() {
    if (seal_place_ > 0 && seal_place_ + 1 == chain.size()) {
        chain.pop_back();
    }
    std::vector<crypto::X25519Public> keys;
    for (const auto* reader : readers) {
        keys.push_back(reader->card().recipient);
    }
    auto sealed = bundle::seal_members(case_key, keys, head, lines);
    if (manifest) {
        sealed.manifest = sealed_to(case_key, base::as_bytes(*manifest));
        sealed.manifest_sha256 = crypto::sha256(sealed.manifest);
    }
    act.manifest = sealed.manifest_sha256;
    seal_place_ = say(*sealer, act);
    sealed.readers = sealed_to(case_key, base::as_bytes(added()));
    if (alter) {
        alter(sealed);
    }
    Members members;
    members.add({MemberKind::info, {}}, base::to_bytes(bundle::encode(info)));
    members.add({MemberKind::case_key, {}}, sealed.case_age);
    members.add({MemberKind::manifest, {}}, sealed.manifest);
    members.add({MemberKind::seal, {}}, seal_line ? sealed_to(case_key, *seal_line)
                                                  : bundle::seal_seal(case_key, seal().envelope));
    for (const auto& document : documents) {
        const auto add = [&](MemberKind kind, const base::Bytes& payload) {
            members.add({kind, document.id}, base::concat({document.header, payload}));
        };
        add(MemberKind::content, document.content);
        members.add(
            {MemberKind::metadata, document.id},
            base::concat({document.metadata_header.value_or(document.header), document.metadata}));
        if (document.preview) {
            add(MemberKind::preview, *document.preview);
        }
    }
    members.add({MemberKind::readers, {}}, sealed.readers);
    return members.tar();
}

std::string MadeBundle::reader_line(const Person& actor, const Person& reader) const {
    return reader_line(actor, reader_payload(actor, reader));
}

base::Json MadeBundle::reader_payload(const Person& actor, const Person& reader) const {
    return base::Json{{"actor", statement::to_text(actor.fingerprint())},
                      {"bundle", statement::to_text(head.bundle)},
                      {"card", statement::to_json(reader.card())},
                      {"previous", base::hex_encode(seal().hash)},
                      {"salt", base::base64_encode(value_of<statement::Salt>("salt"))},
                      {"time", base::to_string(now + std::chrono::hours(1))},
                      {"type", "reader.add"}};
}

std::string MadeBundle::reader_line(const Person& signer, const base::Json& payload) const {
    const auto text = base::canonical_json(payload, base::JsonText::ascii);
    const auto envelope =
        statement::sign(statement::kReaderType, base::to_bytes(text), signer.signer(),
                        statement::to_text(signer.fingerprint()));
    return base::to_string(statement::encode(envelope)) + "\n";
}

std::filesystem::path MadeBundle::file() {
    auto path = folder / (std::to_string(++files_) + ".kluis");
    base::write_file(path, tar(), base::FileMode::owner_only, base::Replace::no);
    return path;
}

std::string MadeBundle::told_to(const Person& reader) {
    const auto path = file();
    return text_of(refusal([&] {
        return bundle::verify_fully(path, std::span(&reader.recipient_secret(), 1), trust, nullptr,
                                    {});
    }));
}

std::string MadeBundle::told_to_owner() {
    const auto path = file();
    return text_of(refusal([&] { return bundle::verify_as_owner(path, replay(), {}); }));
}

bundle::Opened MadeBundle::opened() {
    return bundle::verify_fully(file(), std::span(&member.recipient_secret(), 1), trust, nullptr,
                                {});
}

std::string text_of(const std::optional<base::Error>& error) {
    return error ? std::string(base::name(error->kind())) + ": " + error->what() : "";
}

}  // namespace kluis::test
