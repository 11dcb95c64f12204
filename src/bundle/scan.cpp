// What can be checked of a bundle without its case key: its form, and by its owner that what lies
// in it is what the chain says was deposited.
#include "bundle_file.hpp"

#include <kluis/age/seal/header.hpp>
#include <kluis/age/seal/split.hpp>
#include <kluis/bundle/reader.hpp>

namespace kluis::bundle {

namespace {

using base::Error;
using base::ErrorKind;
using statement::Role;

// What a scan comes upon, in the order of the bundle.
class Finds {
  public:
    virtual ~Finds() = default;
    virtual void manifest(const Digest&) {}
    virtual void payload(const BundleMember&, const statement::Payload&) {}
};

// The digest of `start` and of all that `in` still has.
Digest digest_of(base::ByteView start, base::Reader& in, base::MutableBytes buffer) {
    crypto::Sha256 hash;
    hash.update(start);
    while (const auto count = in.read(buffer)) {
        hash.update(base::ByteView(buffer).first(count));
    }
    return hash.finish();
}

// Reads all members of a bundle.
class Scan {
  public:
    Scan(BundleFile& file, Finds& finds) : file_(file), finds_(finds), buffer_(64 * 1024) {}

    Verification run() {
        while (const auto member = file_.next()) {
            if (is_of_document(member->name.kind)) {
                read_of_document(*member);
            } else if (member->name.kind == MemberKind::manifest) {
                read_manifest();
            } else {
                read_header(*member);
            }
        }
        Verification verification;
        verification.bundle = file_.info().bundle;
        verification.documents = file_.info().documents;
        return verification;
    }

  private:
    void read_of_document(const BundleMember& member) {
        age::SplitReader split(file_.body());
        age::require_single_x25519_stanza(split.header());
        if (member.name.kind == MemberKind::content) {
            header_ = base::to_bytes(split.header());
        } else if (!base::equal(split.header(), header_)) {
            throw Error(ErrorKind::malformed, "two members of document " +
                                                  statement::to_text(*member.name.document) +
                                                  " have different headers");
        }
        const auto digest = digest_of({}, split, buffer_);
        finds_.payload(member, {digest, member.size - header_.size()});
    }

    void read_manifest() {
        age::SplitReader split(file_.body());
        age::require_single_x25519_stanza(split.header());
        finds_.manifest(digest_of(split.header(), split, buffer_));
    }

    void read_header(const BundleMember& member) {
        const age::SplitReader split(file_.body());
        if (member.name.kind == MemberKind::case_key) {
            age::parse_header(split.header());
        } else {
            age::require_single_x25519_stanza(split.header());
        }
    }

    BundleFile& file_;
    Finds& finds_;
    base::Bytes buffer_;
    base::Bytes header_;  // of the document at hand
};

using Payloads = std::map<Role, statement::Payload>;

// The payloads of every document that stood when `seal` was made, as they were then: from the part
// of the chain before it.
std::map<DocumentId, Payloads> sealed_payloads(const chain::Replay& replay,
                                               const chain::Seal& seal) {
    std::map<DocumentId, Payloads> documents;
    for (const auto& link : replay.links()) {
        if (link.statement.hash == seal.sealed_by) {
            break;
        }
        if (link.void_because) {
            continue;
        }
        const auto& act = link.statement.statement.act;
        if (const auto* deposit = std::get_if<statement::DocumentDeposit>(&act)) {
            documents[deposit->document] = deposit->payloads;
        } else if (const auto* describe = std::get_if<statement::DocumentDescribe>(&act)) {
            documents[describe->document][Role::metadata] = describe->metadata;
        } else if (const auto* erase = std::get_if<statement::DocumentErase>(&act)) {
            documents.erase(erase->document);
        }
    }
    return documents;
}

// Holds what lies in a bundle against the chain.
class AgainstChain final : public Finds {
  public:
    AgainstChain(const chain::Replay& replay, const chain::Seal& seal)
        : seal_(seal), documents_(sealed_payloads(replay, seal)) {}

    void manifest(const Digest& digest) override {
        if (digest != seal_.manifest) {
            throw Error(ErrorKind::forged, "the manifest is not the one that you sealed");
        }
    }

    void payload(const BundleMember& member, const statement::Payload& payload) override {
        const auto& name = member.name;
        if (name.kind == MemberKind::content) {
            require_preview();
            document_ = name.document;
            preview_due_ = promised(Role::preview) != nullptr;
        }
        const auto* expected = promised(role_of(name.kind));
        if (expected == nullptr || *expected != payload) {
            throw Error(ErrorKind::forged,
                        to_text(name) + " is not what stood in the dossier when it was sealed");
        }
        preview_due_ = preview_due_ && name.kind != MemberKind::preview;
    }

    void finish(std::uint64_t documents) const {
        require_preview();
        if (documents != seal_.documents) {
            throw Error(ErrorKind::forged,
                        "the bundle has another number of documents than you sealed");
        }
    }

  private:
    static Role role_of(MemberKind kind) {
        return kind == MemberKind::content    ? Role::content
               : kind == MemberKind::metadata ? Role::metadata
                                              : Role::preview;
    }

    const statement::Payload* promised(Role role) const {
        const auto document = documents_.find(*document_);
        if (document == documents_.end()) {
            return nullptr;
        }
        const auto found = document->second.find(role);
        return found == document->second.end() ? nullptr : &found->second;
    }

    void require_preview() const {
        if (preview_due_) {
            throw Error(ErrorKind::forged, "the preview of document " +
                                               statement::to_text(*document_) +
                                               " is not in the bundle");
        }
    }

    const chain::Seal& seal_;
    std::map<DocumentId, Payloads> documents_;
    std::optional<DocumentId> document_;  // at hand
    bool preview_due_ = false;
};

}  // namespace

Verification verify_form(const std::filesystem::path& path, const Progress& progress) {
    BundleFile file(path, progress);
    Finds none;
    auto verification = Scan(file, none).run();
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
    AgainstChain against(replay, *seal);
    auto verification = Scan(file, against).run();
    against.finish(verification.documents);
    verification.depth = Depth::owner;
    verification.checked = {
        "the file has the form of a bundle, complete to its end, with nothing in excess",
        "the manifest is the one that you sealed, and the number of documents too",
        "every document here stood in your dossier when you sealed it; its content, description "
        "and preview are as they were then"};
    verification.not_proved = {
        "that these are the documents that you chose: the manifest, which says so, is for readers",
        "that its readers can open it: that needs the identity of a reader"};
    return verification;
}

}  // namespace kluis::bundle
