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

// The members of a stored bundle in the order of the tar, each with where its bytes are.
class BundleFiles final : public bundle::TarSource {
  public:
    BundleFiles(store::StoredBundle stored, const store::BlobStore& blobs) : blobs_(blobs) {
        add_info(stored);
        add(stored, store::Member::case_key, MemberKind::case_key);
        add(stored, store::Member::manifest, MemberKind::manifest);
        add(stored, store::Member::seal, MemberKind::seal);
        for (store::BundleDocument& document : stored.documents)
            add(document);
        add(stored, store::Member::readers, MemberKind::readers);
    }

    std::vector<bundle::TarMember> members() const {
        std::vector<bundle::TarMember> members;
        for (std::size_t i = 0; i < files_.size(); ++i)
            members.push_back({names_[i], files_[i].size()});
        return members;
    }

    std::string tag() const {
        crypto::Sha256 hash;
        for (const StoredFile& file : files_)
            file.identify(hash);
        return etag(hash.finish());
    }

    void read_at(std::size_t member, std::uint64_t offset, base::MutableBytes out) override {
        if (open_ != member) {
            files_[open_].close();
            open_ = member;
        }
        files_[member].read_at(blobs_, offset, out);
    }

  private:
    void add(const bundle::MemberName& name, base::Bytes header, store::StoredPayload payload) {
        names_.push_back(bundle::to_text(name));
        files_.emplace_back(std::move(header), std::move(payload));
    }

    void add_info(const store::StoredBundle& stored) {
        const std::string text =
            bundle::encode(bundle::BundleInfo{stored.id, stored.documents.size()});
        base::Bytes bytes = base::to_bytes(text);
        const crypto::Digest digest = crypto::sha256(bytes);
        const std::uint64_t size = bytes.size();
        add({MemberKind::info, std::nullopt}, {}, {std::move(bytes), size, digest});
    }

    void add(store::StoredBundle& stored, store::Member member, MemberKind kind) {
        const auto found = stored.members.find(member);
        if (found == stored.members.end()) throw unknown();
        add({kind, std::nullopt}, {}, std::move(found->second));
    }

    void add(store::BundleDocument& document) {
        add({MemberKind::content, document.id}, document.header, std::move(document.content));
        add({MemberKind::metadata, document.id}, document.header, std::move(document.metadata));
        if (document.preview) {
            add({MemberKind::preview, document.id}, document.header, std::move(*document.preview));
        }
    }

    const store::BlobStore& blobs_;
    std::vector<std::string> names_;
    std::vector<StoredFile> files_;
    std::size_t open_ = 0;
};

// A bundle's bytes with all that they are read from.
class BundleReader final : public base::Reader {
  public:
    explicit BundleReader(store::StoredBundle stored, const store::BlobStore& blobs)
        : files_(std::move(stored), blobs), plan_(files_.members()) {}

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
    return std::make_unique<BundleReader>(std::move(*stored), blobs);
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
    plan.slot = upload_slot(who.card);
    plan.keep = [this, dossier, bundle, member](store::StoredPayload payload) {
        store_.stage_member(dossier, bundle, static_cast<store::Member>(member), payload,
                            clock_.now());
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
