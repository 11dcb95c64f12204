#include "download_range.hpp"

#include <kluis/bundle/layout/info.hpp>
#include <kluis/bundle/layout/member.hpp>
#include <kluis/bundle/layout/tar.hpp>

#include <server/payload_upload.hpp>
#include <server/refusal.hpp>
#include <server/stored_reader.hpp>
#include <server/vault_service.hpp>

namespace kluis::server {

namespace {

using bundle::MemberKind;

static_assert(static_cast<int>(api::Member::case_key) ==
                  static_cast<int>(store::Member::case_key) &&
              static_cast<int>(api::Member::manifest) ==
                  static_cast<int>(store::Member::manifest) &&
              static_cast<int>(api::Member::seal) == static_cast<int>(store::Member::seal) &&
              static_cast<int>(api::Member::readers) == static_cast<int>(store::Member::readers));

MemberKind kind_of(api::Member member) {
    switch (member) {
        case api::Member::case_key:
            return MemberKind::case_key;
        case api::Member::manifest:
            return MemberKind::manifest;
        case api::Member::seal:
            return MemberKind::seal;
        case api::Member::readers:
            return MemberKind::readers;
    }
    return MemberKind::info;
}

// One member of the tar.
struct TarFile {
    MemberKind kind = MemberKind::info;
    const store::StoredPayload* member = nullptr;  // of the bundle itself, else:
    const store::BundleDocument* document = nullptr;
    store::Role role = store::Role::content;
    const statement::Payload* payload = nullptr;

    bundle::MemberName name() const {
        return {kind, document ? std::optional(document->id) : std::nullopt};
    }
    std::uint64_t size() const {
        return member ? member->size : document->header.size() + payload->size;
    }
};

// The members of a stored bundle in the order of the tar. The bytes of one at a time are held, from
// when they are read.
class BundleFiles final : public bundle::TarSource {
  public:
    // Both must outlive this.
    BundleFiles(store::StoredBundle stored, const store::Store& store,
                const store::BlobStore& blobs)
        : stored_(std::move(stored)), info_(info_of(stored_)), store_(store), blobs_(blobs) {
        files_.push_back({MemberKind::info, &info_});
        add(store::Member::case_key, MemberKind::case_key);
        add(store::Member::manifest, MemberKind::manifest);
        add(store::Member::seal, MemberKind::seal);
        for (const store::BundleDocument& document : stored_.documents)
            add(document);
        add(store::Member::readers, MemberKind::readers);
    }
    BundleFiles(const BundleFiles&) = delete;
    BundleFiles& operator=(const BundleFiles&) = delete;

    std::vector<bundle::TarMember> members() const {
        std::vector<bundle::TarMember> members;
        members.reserve(files_.size());
        for (const TarFile& file : files_)
            members.push_back({bundle::to_text(file.name()), file.size()});
        return members;
    }

    // The documents of a bundle are those of its seal for ever; its other members may be uploaded
    // again.
    std::string tag() const {
        crypto::Sha256 hash;
        hash.update(stored_.dossier).update(stored_.id);
        for (const auto& [member, payload] : stored_.members)
            hash.update(base::big_endian(payload.size)).update(payload.sha256);
        return etag(hash.finish());
    }

    void read_at(std::size_t member, std::uint64_t offset, base::MutableBytes out) override {
        if (!open_ || at_ != member) {
            open_ = open(files_[member]);
            at_ = member;
        }
        open_->read_at(blobs_, offset, out);
    }

  private:
    static store::StoredPayload info_of(const store::StoredBundle& stored) {
        base::Bytes bytes =
            base::to_bytes(bundle::encode(bundle::BundleInfo{stored.id, stored.documents.size()}));
        const std::uint64_t size = bytes.size();
        const crypto::Digest sha256 = crypto::sha256(bytes);
        return {std::move(bytes), size, sha256};
    }

    void add(store::Member member, MemberKind kind) {
        const auto found = stored_.members.find(member);
        if (found == stored_.members.end()) throw unknown();
        files_.push_back({kind, &found->second});
    }

    void add(const store::BundleDocument& document) {
        using store::Role;
        const auto add_payload = [&](MemberKind kind, Role role, const auto& payload) {
            files_.push_back({kind, nullptr, &document, role, &payload});
        };
        add_payload(MemberKind::content, Role::content, document.content);
        add_payload(MemberKind::metadata, Role::metadata, document.metadata);
        if (document.preview) add_payload(MemberKind::preview, Role::preview, *document.preview);
    }

    StoredFile open(const TarFile& file) const {
        if (file.member) return {base::Bytes(), *file.member};
        return {file.document->header, store_.sealed_payload(stored_.dossier, file.document->id,
                                                             file.role, file.payload->sha256)};
    }

    const store::StoredBundle stored_;
    const store::StoredPayload info_;
    const store::Store& store_;
    const store::BlobStore& blobs_;
    std::vector<TarFile> files_;
    std::optional<StoredFile> open_;
    std::size_t at_ = 0;
};

// A bundle's bytes with all that they are read from.
class BundleReader final : public base::Reader {
  public:
    BundleReader(store::StoredBundle stored, const store::Store& store,
                 const store::BlobStore& blobs)
        : files_(std::move(stored), store, blobs), plan_(files_.members()) {}

    std::uint64_t size() const { return plan_.size(); }
    std::string tag() const { return files_.tag(); }
    void open(std::uint64_t first, std::uint64_t count) {
        tar_ = bundle::read_tar(plan_, files_, first, count);
    }
    std::size_t read(base::MutableBytes out) override { return tar_->read(out); }

  private:
    BundleFiles files_;
    bundle::TarPlan plan_;
    std::unique_ptr<base::Reader> tar_;
};

std::unique_ptr<BundleReader> find_bundle(const store::Store& store, const store::BlobStore& blobs,
                                          const api::DossierId& dossier, const api::BundleId& id,
                                          const api::Fingerprint& owner, base::Time now) {
    if (!store.dossier(dossier, {store::ViewAs::owner, owner}, now)) throw unknown();
    auto stored = store.bundle(dossier, id, owner, now);
    if (!stored) throw unknown();
    return std::make_unique<BundleReader>(std::move(*stored), store, blobs);
}

}  // namespace

std::unique_ptr<api::Upload> VaultService::put_member(const api::SessionToken& session,
                                                      const api::DossierId& dossier,
                                                      const api::BundleId& bundle,
                                                      api::Member member, std::uint64_t size) {
    const store::Session who = session_of(session);
    require_owner(who, dossier);
    if (size == 0) throw refusal("malformed");
    if (size > bundle::member_limit(kind_of(member))) throw refusal("limit");
    UploadPlan plan;
    plan.size = size;
    // case.age has a stanza for each recipient; all else is encrypted to the case key alone.
    if (member != api::Member::case_key) plan.beginning = Beginning::one_stanza;
    plan.slot = upload_slot(who.card, size, 0);
    plan.keep = [this, dossier, bundle, member](const store::StoredPayload& payload) {
        if (!store_.stage_member(dossier, bundle, static_cast<store::Member>(member), payload,
                                 clock_.now(), rules_.staging)) {
            throw refusal("too-many-requests");
        }
    };
    return receive_payload(blobs_, std::move(plan));
}

api::Download VaultService::peek_bundle(const api::SessionToken& session,
                                        const api::DossierId& dossier,
                                        const api::BundleId& bundle) {
    const auto reader =
        find_bundle(store_, blobs_, dossier, bundle, session_of(session).card, clock_.now());
    return whole(reader->size(), reader->tag());
}

api::Download VaultService::bundle(const api::SessionToken& session, const api::DossierId& dossier,
                                   const api::BundleId& bundle,
                                   const std::optional<api::ByteRange>& range) {
    auto reader =
        find_bundle(store_, blobs_, dossier, bundle, session_of(session).card, clock_.now());
    api::Download download = cut(whole(reader->size(), reader->tag()), range);
    reader->open(download.offset, download.length);
    download.body = std::move(reader);
    return download;
}

}  // namespace kluis::server
