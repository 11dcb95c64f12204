#include "bundle_file.hpp"
#include "manifest_check.hpp"
#include "readers.hpp"
#include "seal_text.hpp"
#include "sealed_member.hpp"
#include "who.hpp"

#include <kluis/age/seal/header.hpp>
#include <kluis/bundle/case_key.hpp>
#include <kluis/bundle/reader.hpp>
#include <kluis/document/document.hpp>

namespace kluis::bundle {

namespace {

using base::Error;
using base::ErrorKind;
using statement::Role;

// Gives a member's bytes on while taking their digest.
class HashingReader final : public base::Reader {
  public:
    explicit HashingReader(base::Reader& in) : in_(in) {}
    std::size_t read(base::MutableBytes out) override {
        const auto count = in_.read(out);
        hash_.update(base::ByteView(out).first(count));
        return count;
    }
    // REQUIRES: the end was read.
    Digest digest() { return hash_.finish(); }

  private:
    base::Reader& in_;
    crypto::Sha256 hash_;
};

// The case key out of case.age, or an Error.
using OpenCase = std::function<crypto::X25519Secret(base::ByteView case_age)>;

// Opens a bundle, member after member.
class FullCheck {
  public:
    FullCheck(const std::filesystem::path& path, const OpenCase& open, const TrustedSets& trust,
              DocumentSink* sink, const Progress& progress)
        : file_(path, progress), trust_(trust), sink_(sink), case_key_(open_case_key(open)) {}

    Opened run() {
        read_manifest();
        read_seal();
        for (auto& document : manifest_.documents) {
            read_document(document);
        }
        read_readers();
        finish();
        opened_.head = std::move(manifest_.head);
        opened_.manifest = manifest_sha256_;
        return std::move(opened_);
    }

    // The cards for which the case key may be wrapped. REQUIRES: run has returned.
    const std::vector<crypto::X25519Public>& readers() const { return readers_; }

  private:
    crypto::X25519Secret open_case_key(const OpenCase& open) {
        const auto member = file_.expect(MemberKind::case_key);
        const auto bytes = base::read_all(file_.body(), member.size, "case.age");
        case_readers_ = case_readers(bytes);
        return open(bytes);
    }

    void read_manifest() {
        file_.expect(MemberKind::manifest);
        HashingReader hashed(file_.body());
        SealedMemberReader plain(hashed, case_key_);
        manifest_ = parse_manifest(plain, file_.info());
        manifest_sha256_ = hashed.digest();
    }

    void read_seal() {
        file_.expect(MemberKind::seal);
        SealedMemberReader plain(file_.body(), case_key_);
        seal_ = parse_seal(plain);
        state_ = check_statements(manifest_, *seal_, manifest_sha256_);
        who_.emplace(*seal_, manifest_.head, state_, trust_);
    }

    // A fault of a document names its exhibit: that is what the owner can leave out or replace.
    void read_document(ManifestDocument& line) {
        try {
            open_members(line, state_.documents().at(line.document));
        } catch (const Error& error) {
            switch (error.kind()) {
                case ErrorKind::malformed:
                case ErrorKind::limit:
                case ErrorKind::forged:
                    throw Error(error.kind(), name_of(line) + error.what());
                case ErrorKind::wrong_key:
                    throw Error(ErrorKind::forged,
                                name_of(line) + "it is not encrypted to the bundle's case key");
                default:
                    throw;
            }
        }
    }

    static std::string name_of(const ManifestDocument& line) {
        return "exhibit " + std::to_string(line.exhibit) + ": ";
    }

    void open_members(ManifestDocument& line, const chain::DocumentState& state) {
        const document::Promise promise{line.document, state.payloads, state.metadata(),
                                        state.commitment};
        const auto content = file_.expect(MemberKind::content, line.document);
        const auto described = file_.peek_following(content, {MemberKind::metadata, line.document});
        age::SplitReader split(file_.body());
        const auto header = base::to_bytes(split.header());
        const auto key = document::open_header(header, line.header_sha256, case_key_);
        auto metadata = document::open_metadata(key, promise, without_header(described, header));
        if (line.document == manifest_.head.profile && metadata.kind != dossier::kProfileKind) {
            throw Error(ErrorKind::forged, "it is called the profile, and is none");
        }
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
        if (const auto preview = promise.payloads.find(Role::preview);
            preview != promise.payloads.end()) {
            read_preview(line, promise, key, header, preview->second.size);
        }
        if (sink_ != nullptr) {
            sink_->finish();
        }
        opened_.verification.verified.push_back(verified(line, metadata, state));
        opened_.documents.emplace_back(std::move(line), std::move(metadata));
    }

    void read_preview(const ManifestDocument& line, const document::Promise& promise,
                      const age::FileKey& key, base::ByteView header, std::uint64_t size) {
        const auto member = file_.expect(MemberKind::preview, line.document);
        if (member.size != header.size() + size) {
            throw Error(ErrorKind::forged, "a document's preview is not what was signed");
        }
        const auto bytes = base::read_all(file_.body(), member.size, "a preview");
        document::open_preview(key, promise, without_header(bytes, header));
    }

    VerifiedDocument verified(const ManifestDocument& line, const dossier::Metadata& metadata,
                              const chain::DocumentState& state) const {
        VerifiedDocument document;
        document.document = line.document;
        document.exhibit = line.exhibit;
        document.path = folder_path(line.path);
        document.title = metadata.title;
        document.size = metadata.size;
        document.sha256 = metadata.sha256;
        document.deposited = state.deposited;
        document.depositor = who_->describe(state.depositor, state.deposited);
        document.depositor.through_link = state.through_link;
        const auto described =
            line.description ? statement::parse_statement(line.description->envelope.payload).time
                             : state.deposited;
        document.describer = who_->describe(state.describer, described);
        document.describer.through_link = state.through_link && !state.description;
        return document;
    }

    static base::ByteView without_header(base::ByteView member, base::ByteView header) {
        if (member.size() < header.size() || !base::equal(member.first(header.size()), header)) {
            throw Error(ErrorKind::forged, "two members of one document have different headers");
        }
        return member.subspan(header.size());
    }

    void read_readers() {
        file_.expect(MemberKind::readers);
        SealedMemberReader plain(file_.body(), case_key_);
        const auto added = check_readers(plain, manifest_.head, *seal_);
        const auto& recipients = std::get<statement::BundleSeal>(seal_->statement.act).recipients;
        for (const auto& recipient : recipients) {
            readers_.push_back(manifest_.head.cards.at(recipient).recipient);
        }
        for (const auto& reader : added) {
            readers_.push_back(reader.card.recipient);
            opened_.verification.readers.push_back(
                {who_->describe(statement::fingerprint(reader.card), reader.time),
                 who_->describe(reader.actor, reader.time), reader.time});
        }
        if (case_readers_ != readers_.size()) {
            throw Error(ErrorKind::forged,
                        "the bundle's case key is for another number of readers than are named");
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
        verification.documents = opened_.documents.size();
        verification.sealed = seal_->statement.time;
        verification.set = manifest_.head.anchors_set;
        who_->complete(verification);
    }

    BundleFile file_;
    const TrustedSets& trust_;
    DocumentSink* sink_;
    std::size_t case_readers_ = 0;  // before case_key_, which sets it
    crypto::X25519Secret case_key_;
    Manifest manifest_;
    Digest manifest_sha256_;
    std::optional<statement::Signed> seal_;
    chain::State state_;
    std::optional<WhoIsWho> who_;
    std::vector<crypto::X25519Public> readers_;
    Opened opened_;
};

}  // namespace

Opened verify_fully(const std::filesystem::path& path,
                    std::span<const crypto::X25519Secret> identities, const TrustedSets& trust,
                    DocumentSink* sink, const Progress& progress) {
    const auto open = [&](base::ByteView case_age) { return open_case(case_age, identities); };
    FullCheck check(path, open, trust, sink, progress);
    auto opened = check.run();
    const bool named = std::ranges::any_of(identities, [&](const auto& identity) {
        const auto& readers = check.readers();
        return std::ranges::find(readers, crypto::x25519_public(identity)) != readers.end();
    });
    if (!named) {
        throw Error(ErrorKind::forged,
                    "the bundle opens with an identity that is not among its readers",
                    "somebody who could read it gave it on without saying so");
    }
    return opened;
}

Opened verify_sealed(const std::filesystem::path& path, const SealedHere& sealed,
                     const TrustedSets& trust, const Progress& progress) {
    const auto open = [&](base::ByteView case_age) {
        if (!base::equal(case_age, sealed.case_age)) {
            throw Error(ErrorKind::forged, "the bundle's case key is not the one that you sealed");
        }
        return sealed.case_key.duplicate();
    };
    auto opened = FullCheck(path, open, trust, nullptr, progress).run();
    if (opened.manifest != sealed.manifest) {
        throw Error(ErrorKind::forged, "the manifest is not the one that you sealed");
    }
    return opened;
}

}  // namespace kluis::bundle
