#include "bundle_file.hpp"
#include "manifest_check.hpp"
#include "sealed_member.hpp"
#include "who.hpp"

#include <kluis/age/seal/header.hpp>
#include <kluis/age/seal/split.hpp>
#include <kluis/bundle/case_key.hpp>
#include <kluis/bundle/reader.hpp>
#include <kluis/document/document.hpp>

namespace kluis::bundle {

namespace {

using base::Error;
using base::ErrorKind;
using statement::Role;

constexpr std::size_t kSealLimit = 8 * 1024 * 1024;
constexpr std::size_t kManifestLimit = 1024 * 1024 * 1024;

// Gives a member's bytes on while taking their digest.
class HashingReader final : public base::Reader {
  public:
    explicit HashingReader(base::Reader& in) : in_(in) {}
    std::size_t read(base::MutableBytes out) override {
        const auto count = in_.read(out);
        hash_.update(base::ByteView(out).first(count));
        return count;
    }
    // The digest of all; reads what is left.
    Digest finish() {
        base::Bytes rest(64 * 1024);
        while (read(rest) > 0) {
        }
        return hash_.finish();
    }

  private:
    base::Reader& in_;
    crypto::Sha256 hash_;
};

Role role_of(MemberKind kind) {
    return kind == MemberKind::content    ? Role::content
           : kind == MemberKind::metadata ? Role::metadata
                                          : Role::preview;
}

// What every reader can see of a document's members: one header for all of them.
class DocumentHeaders {
  public:
    // Reads the header off `member`, which then gives the payload.
    base::Bytes take(const BundleMember& member, age::SplitReader& split) {
        const auto header = base::to_bytes(split.header());
        age::require_single_x25519_stanza(header);
        if (member.name.kind == MemberKind::content) {
            header_ = header;
        } else if (header != header_) {
            throw Error(ErrorKind::malformed, "two members of document " +
                                                  statement::to_text(*member.name.document) +
                                                  " have different headers");
        }
        return header;
    }

  private:
    base::Bytes header_;
};

// Reads all members, calling `payload` with the digest and size of each document's payload and
// `manifest` with the digest of manifest.age.
Verification scan(
    BundleFile& file,
    const std::function<void(const BundleMember&, const Digest&, std::uint64_t)>& payload,
    const std::function<void(const Digest&)>& manifest) {
    DocumentHeaders headers;
    while (const auto member = file.next()) {
        if (is_of_document(member->name.kind)) {
            age::SplitReader split(file.body());
            const auto header = headers.take(*member, split);
            HashingReader hashed(split);
            const auto digest = hashed.finish();
            payload(*member, digest, member->size - header.size());
            continue;
        }
        HashingReader hashed(file.body());
        age::SplitReader split(hashed);
        if (member->name.kind != MemberKind::case_key) {
            age::require_single_x25519_stanza(split.header());
        } else {
            age::parse_header(split.header());
        }
        base::Bytes rest(64 * 1024);
        while (split.read(rest) > 0) {
        }
        const auto digest = hashed.finish();
        if (member->name.kind == MemberKind::manifest) {
            manifest(digest);
        }
    }
    Verification verification;
    verification.bundle = file.info().bundle;
    verification.documents = file.info().documents;
    return verification;
}

// The payloads that the chain allows for each document: those deposited, and every description.
using Allowed = std::map<std::pair<DocumentId, Role>, std::vector<statement::Payload>>;

Allowed allowed_payloads(const chain::Replay& replay) {
    Allowed allowed;
    for (const auto& link : replay.links()) {
        if (link.void_because) {
            continue;
        }
        const auto& act = link.statement.statement.act;
        if (const auto* deposit = std::get_if<statement::DocumentDeposit>(&act)) {
            for (const auto& [role, payload] : deposit->payloads) {
                allowed[{deposit->document, role}].push_back(payload);
            }
        }
        if (const auto* describe = std::get_if<statement::DocumentDescribe>(&act)) {
            allowed[{describe->document, Role::metadata}].push_back(describe->metadata);
        }
    }
    return allowed;
}

// Opens a bundle with a reader's identity, member after member.
class FullCheck {
  public:
    FullCheck(const std::filesystem::path& path, std::span<const crypto::X25519Secret> identities,
              const TrustedSets& trust, DocumentSink* sink, const Progress& progress)
        : file_(path, progress), trust_(trust), sink_(sink), case_key_(open_case_key(identities)) {}

    Opened run() {
        read_manifest();
        read_seal();
        for (const auto& document : manifest_.documents) {
            read_document(document);
        }
        read_readers();
        finish();
        opened_.head = std::move(manifest_.head);
        return std::move(opened_);
    }

  private:
    crypto::X25519Secret open_case_key(std::span<const crypto::X25519Secret> identities) {
        const auto member = file_.expect(MemberKind::case_key);
        const auto bytes = base::read_all(file_.body(), member.size, "case.age");
        case_readers_ = case_readers(bytes);
        return open_case(bytes, identities);
    }

    void read_manifest() {
        file_.expect(MemberKind::manifest);
        HashingReader hashed(file_.body());
        const auto plain = open_member(hashed, case_key_, kManifestLimit, "the manifest");
        manifest_sha256_ = hashed.finish();
        manifest_ = parse_manifest(plain);
        if (manifest_.head.bundle != file_.info().bundle ||
            manifest_.documents.size() != file_.info().documents) {
            throw Error(ErrorKind::forged, "the bundle's label and its manifest do not agree");
        }
    }

    void read_seal() {
        file_.expect(MemberKind::seal);
        const auto line = open_member(file_.body(), case_key_, kSealLimit, "the seal");
        if (line.empty() || line.back() != '\n') {
            throw Error(ErrorKind::malformed, "the seal has another form");
        }
        const auto json = base::parse_canonical_json(base::ByteView(line).first(line.size() - 1),
                                                     base::JsonText::ascii, "the seal");
        base::JsonMembers members(json, "the seal");
        seal_ = statement::parse_signed(statement::parse_envelope(members.required("envelope")));
        members.finish();
        state_ = check_statements(manifest_, *seal_, manifest_sha256_);
        who_.emplace(*seal_, state_, trust_);
    }

    void read_document(const ManifestDocument& line) {
        const auto state = *state_.document(line.document);
        const document::Promise promise{line.document, state.payloads, state.metadata(),
                                        state.commitment};
        const auto content = file_.expect(MemberKind::content, line.document);
        const auto described = file_.peek_following(content, {MemberKind::metadata, line.document});
        age::SplitReader split(file_.body());
        const auto header = base::to_bytes(split.header());
        require_header(line, header);
        const auto key = document::open_header(header, line.header_sha256, case_key_);
        const auto metadata =
            document::open_metadata(key, promise, without_header(described, header));
        auto* out = sink_ == nullptr ? nullptr : sink_->begin(line, metadata);
        if (out != nullptr) {
            document::open_content(key, promise, metadata, split, *out);
        } else {
            document::verify_content(key, promise, metadata, split);
        }

        file_.expect(MemberKind::metadata, line.document);
        if (base::read_all(file_.body(), described.size(), "the metadata") != described) {
            throw Error(ErrorKind::forged, "the bundle changed while it was read");
        }
        if (promise.payloads.contains(Role::preview)) {
            const auto preview = file_.expect(MemberKind::preview, line.document);
            const auto bytes = base::read_all(file_.body(), preview.size, "a preview");
            document::open_preview(key, promise, without_header(bytes, header));
        }
        if (sink_ != nullptr) {
            sink_->finish();
        }
        opened_.verification.verified.push_back(verified(line, metadata, state));
        opened_.documents.emplace_back(line, metadata);
    }

    VerifiedDocument verified(const ManifestDocument& line, const dossier::Metadata& metadata,
                              const chain::DocumentState& state) const {
        VerifiedDocument document;
        document.document = line.document;
        document.exhibit = line.exhibit;
        document.path = line.path;
        document.title = metadata.title;
        document.size = metadata.size;
        document.sha256 = metadata.sha256;
        document.deposited = state.deposited;
        document.depositor = who_->describe(state.depositor, state.deposited);
        document.depositor.through_link = state.through_link;
        document.describer = who_->describe(state.describer, state.deposited);
        document.describer.through_link = state.through_link && !state.description;
        return document;
    }

    static void require_header(const ManifestDocument& line, base::ByteView header) {
        age::require_single_x25519_stanza(header);
        if (header.size() != line.header_size) {
            throw Error(ErrorKind::forged, "exhibit " + std::to_string(line.exhibit) +
                                               " has another header than the manifest says");
        }
    }

    static base::ByteView without_header(base::ByteView member, base::ByteView header) {
        if (member.size() < header.size() || !base::equal(member.first(header.size()), header)) {
            throw Error(ErrorKind::forged, "two members of one document have different headers");
        }
        return member.subspan(header.size());
    }

    void read_readers() {
        file_.expect(MemberKind::readers);
        const auto lines = open_member(file_.body(), case_key_, kSealLimit, "the added readers");
        if (!lines.empty()) {
            throw Error(ErrorKind::malformed,
                        "the bundle has readers that this program cannot check",
                        "use a later release of kluis")
                .with_code("other-format");
        }
        // Nobody was added, so that the seal names all for whom the case key may be wrapped.
        const auto& seal = std::get<statement::BundleSeal>(seal_->statement.act);
        if (case_readers_ != seal.recipients.size()) {
            throw Error(
                ErrorKind::forged,
                "the bundle's case key is for another number of readers than the seal names");
        }
        if (file_.next()) {
            throw Error(ErrorKind::malformed, "the bundle goes on after its end");
        }
    }

    void finish() {
        auto& verification = opened_.verification;
        verification.depth = Depth::full;
        verification.bundle = manifest_.head.bundle;
        verification.dossier = manifest_.head.dossier;
        verification.documents = manifest_.documents.size();
        verification.sealed = seal_->statement.time;
        verification.set = manifest_.head.anchors_set;
        who_->complete(verification);
    }

    BundleFile file_;
    const TrustedSets& trust_;
    DocumentSink* sink_;
    std::size_t case_readers_ = 0;
    crypto::X25519Secret case_key_;
    Manifest manifest_;
    Digest manifest_sha256_;
    std::optional<statement::Signed> seal_;
    chain::State state_;
    std::optional<WhoIsWho> who_;
    Opened opened_;
};

}  // namespace

Verification verify_form(const std::filesystem::path& path, const Progress& progress) {
    BundleFile file(path, progress);
    auto verification = scan(
        file, [](const BundleMember&, const Digest&, std::uint64_t) {}, [](const Digest&) {});
    verification.checked = {
        "the file has the form of a bundle, complete to its end, with nothing in excess"};
    verification.not_proved = {
        "what is inside, who sealed it, and for whom: that needs the identity of a reader"};
    return verification;
}

Verification verify_as_owner(const std::filesystem::path& path, const chain::Replay& replay,
                             const Progress& progress) {
    BundleFile file(path, progress);
    const auto seal = replay.state().seal(file.info().bundle);
    if (!seal) {
        throw Error(ErrorKind::forged, "your dossier's chain has no seal of this bundle");
    }
    const auto allowed = allowed_payloads(replay);
    auto verification = scan(
        file,
        [&](const BundleMember& member, const Digest& digest, std::uint64_t size) {
            const auto found = allowed.find({*member.name.document, role_of(member.name.kind)});
            const statement::Payload payload{digest, size};
            if (found == allowed.end() ||
                std::ranges::find(found->second, payload) == found->second.end()) {
                throw Error(ErrorKind::forged, to_text(member.name) + " is not what was deposited");
            }
        },
        [&](const Digest& digest) {
            if (digest != seal->manifest) {
                throw Error(ErrorKind::forged, "the manifest is not the one that you sealed");
            }
        });
    if (verification.documents != seal->documents) {
        throw Error(ErrorKind::forged,
                    "the bundle has another number of documents than you sealed");
    }
    verification.depth = Depth::owner;
    verification.checked = {
        "the file has the form of a bundle, complete to its end, with nothing in excess",
        "the manifest is the one that you sealed",
        "every document's content, description and preview is as it was deposited"};
    verification.not_proved = {"that its readers can open it: that needs the identity of a reader"};
    return verification;
}

Opened verify_fully(const std::filesystem::path& path,
                    std::span<const crypto::X25519Secret> identities, const TrustedSets& trust,
                    DocumentSink* sink, const Progress& progress) {
    return FullCheck(path, identities, trust, sink, progress).run();
}

}  // namespace kluis::bundle
