#include "download_range.hpp"

#include <server/payload_upload.hpp>
#include <server/refusal.hpp>
#include <server/stored_reader.hpp>
#include <server/vault_service.hpp>

namespace kluis::server {

namespace {

std::string etag_of(const StoredFile& file) {
    crypto::Sha256 hash;
    file.identify(hash);
    return etag(hash.finish());
}

}  // namespace

struct VaultService::Document {
    StoredFile file;
    bool recorded = false;  // whether this read belongs in the owner's record
};

std::shared_ptr<void> VaultService::upload_slot(const api::Fingerprint& card, std::uint64_t size,
                                                std::uint64_t staged) {
    using Slots = std::pair<std::shared_ptr<void>, std::shared_ptr<void>>;
    return std::make_shared<Slots>(uploads_.take(card), uploading_.take(card, size, staged));
}

void VaultService::require_uploader(const store::Session& session,
                                    const api::DossierId& dossier) const {
    if (!sees(session, dossier, store::ViewAs::owner) &&
        !sees(session, dossier, store::ViewAs::depositor)) {
        throw unknown();
    }
}

void VaultService::put_payloads(const api::SessionToken& session, const api::DossierId& dossier,
                                const std::vector<api::SmallPayload>& payloads) {
    const store::Session who = session_of(session);
    require_uploader(who, dossier);
    // What they come to together, the store adds up.
    const auto slot = upload_slot(who.card, 0, 0);
    const base::Time now = clock_.now();
    std::vector<store::Staged> staged;
    staged.reserve(payloads.size());
    for (const api::SmallPayload& payload : payloads) {
        if (payload.role == api::Role::word) require_one_stanza(payload.stored);
        staged.push_back({dossier,
                          payload.document,
                          payload.role,
                          who.card,
                          {payload.stored, payload.stored.size(), crypto::sha256(payload.stored)},
                          now});
    }
    if (!store_.stage(staged, rules_.staging)) throw refusal("too-many-requests");
}

std::unique_ptr<api::Upload> VaultService::put_payload(const api::SessionToken& session,
                                                       const api::PayloadTarget& target,
                                                       std::uint64_t size) {
    const store::Session who = session_of(session);
    require_uploader(who, target.dossier);
    if (size == 0) throw refusal("malformed");
    if (size > statement::payload_limit(target.role)) throw refusal("limit");
    UploadPlan plan;
    plan.size = size;
    if (target.role == api::Role::word) plan.beginning = Beginning::one_stanza;
    plan.slot = upload_slot(who.card, size, store_.staged(target.dossier, who.card).bytes);
    plan.keep = [this, target, by = who.card](store::StoredPayload payload) {
        const store::Staged staged{target.dossier,     target.document, target.role, by,
                                   std::move(payload), clock_.now()};
        if (!store_.stage({staged}, rules_.staging)) throw refusal("too-many-requests");
    };
    return receive_payload(blobs_, std::move(plan));
}

VaultService::Document VaultService::find_document(const store::Session& session,
                                                   const api::PayloadTarget& target,
                                                   api::ViewAs as) const {
    const base::Time now = clock_.now();
    const store::Viewer viewer{static_cast<store::ViewAs>(as), session.card};
    if (as == api::ViewAs::depositor || !store_.dossier(target.dossier, viewer, now)) {
        throw unknown();
    }
    if (target.role == api::Role::word && as != api::ViewAs::owner) throw unknown();
    auto found = store_.payload(target.dossier, viewer, target.document, target.role, now);
    if (!found) throw unknown();
    if (target.role == api::Role::word) found->first.clear();  // it is an age file of its own
    return {StoredFile(std::move(found->first), std::move(found->second)),
            as == api::ViewAs::grantee};
}

api::Download VaultService::peek_document(const api::SessionToken& session,
                                          const api::PayloadTarget& target, api::ViewAs as) {
    const Document document = find_document(session_of(session), target, as);
    return whole(document.file.size(), etag_of(document.file));
}

api::Download VaultService::document(const api::SessionToken& session,
                                     const api::PayloadTarget& target, api::ViewAs as,
                                     const std::optional<api::ByteRange>& range) {
    const store::Session who = session_of(session);
    Document document = find_document(who, target, as);
    api::Download download = cut(whole(document.file.size(), etag_of(document.file)), range);
    if (document.recorded) {
        read_record_.note(target.dossier, {target.document}, who.card, clock_.now());
    }
    download.body = read_stored(std::move(document.file), blobs_, download.offset, download.length);
    return download;
}

}  // namespace kluis::server
