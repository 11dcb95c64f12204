#include "story.hpp"

#include <stdexcept>

namespace kluis::test {

using store::Member;
using store::StoredPayload;

namespace {

void require(bool kept) {
    if (!kept) throw std::runtime_error("a step of the story was refused");
}

StoredPayload stored(const Bytes& bytes, store::BlobStore& blobs) {
    StoredPayload payload{bytes, bytes.size(), crypto::sha256(bytes)};
    if (bytes.size() > store::kInlineLimit) {
        auto upload = blobs.create();
        upload->write(bytes);
        payload.location = upload->finish();
    }
    return payload;
}

Bytes read(const StoredPayload& payload, const store::BlobStore& blobs) {
    if (const auto* bytes = std::get_if<Bytes>(&payload.location)) return *bytes;
    const auto blob = blobs.open(std::get<store::BlobId>(payload.location));
    if (!blob) throw std::runtime_error("a blob is gone");
    Bytes bytes(static_cast<std::size_t>(blob->size()));
    blob->read_at(0, bytes);
    return bytes;
}

Paper large_paper() {
    Paper paper;
    paper.payloads[Role::content] = ciphertext(100'000);
    paper.payloads[Role::word] = ciphertext(2248);
    return paper;
}

}  // namespace

Story::Story() {
    const Signed create =
        sign(statement_of(owner_, DossierCreate{owner_.card, "nl"}, kNow), owner_.signer);
    dossier_ = dossier_id(create);
    head_ = create.hash;
    submit({{create, {}},
            {next(owner_, DepositorAllow{worker_.card, std::nullopt, std::nullopt, false}), {}}});
    const Paper one = large_paper(), three = large_paper();
    Paper two;
    two.payloads[Role::preview] = ciphertext(4128);
    const Digest first = deposit(worker_, one);
    deposit(owner_, two);
    const store::DocumentHeader header = header_of(one.id);
    submit({{next(owner_, GrantCreate{lawyer_.id,
                                      std::nullopt,
                                      {{one.id, first, {}, crypto::sha256(header.header)}}}),
             {header}}});
    seal(erased_bundle_, {two.id, one.id});
    seal(kept_bundle_, {two.id});
    const Bytes metadata = ciphertext(2080);
    stage(owner_, one.id, Role::metadata, metadata);
    submit({{next(owner_, DocumentDescribe{one.id, payload_of(metadata)}), {}}});
    deposit(worker_, three);
    submit({{next(owner_, GrantRevoke{lawyer_.id, {one.id}}), {}}});
    submit({{next(owner_, DocumentErase{one.id}), {}}});
    steps_.emplace_back([](store::Store& store, store::BlobStore&) { store.expire(kNow + kDay); });
    transfer({two.id, three.id});
    submit({{next(heir_, DossierErase{}), {}}});
}

Signed Story::next(const Person& actor, Act act) {
    Statement statement = statement_of(actor, std::move(act), kNow);
    statement.dossier = dossier_;
    statement.previous = head_;
    Signed made = sign(statement, actor.signer);
    head_ = made.hash;
    return made;
}

void Story::submit(std::vector<store::Submission> run) {
    steps_.emplace_back([run = std::move(run)](store::Store& store, store::BlobStore&) {
        require(std::holds_alternative<store::Accepted>(store.submit(run, rules_at(kNow))));
    });
}

void Story::stage(const Person& by, const DocumentId& document, Role role, const Bytes& bytes) {
    steps_.emplace_back([=, this, id = by.id](store::Store& store, store::BlobStore& blobs) {
        require(store.stage({{dossier_, document, role, id, stored(bytes, blobs), kNow}}, {}));
    });
}

Digest Story::deposit(const Person& by, const Paper& paper) {
    for (const auto& [role, bytes] : paper.payloads)
        stage(by, paper.id, role, bytes);
    const Signed made = next(by, paper.act());
    submit({{made, {paper.header}}});
    return made.hash;
}

void Story::seal(const BundleId& bundle, const std::vector<DocumentId>& documents) {
    const Bytes manifest = ciphertext(70'000);
    std::vector<store::DocumentHeader> headers;
    for (const DocumentId& id : documents)
        headers.push_back(header_of(id));
    const auto member = [&](Member which, const Bytes& bytes) {
        steps_.emplace_back([=, this](store::Store& store, store::BlobStore& blobs) {
            require(store.stage_member(dossier_, bundle, which, stored(bytes, blobs), kNow, {}));
        });
    };
    member(Member::case_key, ciphertext(300));
    member(Member::manifest, manifest);
    member(Member::readers, ciphertext(216));
    const BundleSeal act{bundle, documents.size(), crypto::sha256(manifest), {heir_.id}, 1, {}};
    submit({{next(owner_, act), headers}});
    member(Member::seal, ciphertext(1500));
}

void Story::transfer(const std::vector<DocumentId>& standing) {
    const Consent consent{dossier_, owner_.id, heir_.id, crypto::random_value<Salt>()};
    std::vector<store::DocumentHeader> headers;
    std::map<DocumentId, Digest> list;
    for (const DocumentId& id : standing) {
        headers.push_back(header_of(id));
        list[id] = crypto::sha256(headers.back().header);
    }
    const DossierTransfer act{heir_.card, sign_consent(consent, heir_.signer),
                              header_list_digest(list)};
    submit({{next(owner_, act), headers}});
}

void Story::tell(std::size_t at, store::Store& store, store::BlobStore& blobs) const {
    steps_.at(at)(store, blobs);
}

Digest Story::print(store::Store& store, store::BlobStore& blobs) const {
    crypto::Sha256 digest;
    const store::Viewer viewers[] = {{store::ViewAs::owner, owner_.id},
                                     {store::ViewAs::owner, heir_.id},
                                     {store::ViewAs::depositor, worker_.id},
                                     {store::ViewAs::grantee, lawyer_.id}};
    for (const auto& viewer : viewers) {
        for (const auto& placed : store.statements(dossier_, viewer, 0, 1000, kNow))
            digest.update(encode(placed.envelope));
        for (const auto& row : store.documents(dossier_, viewer, 0, {}, 1000, kNow)) {
            digest.update(row.header).update(row.metadata).update(row.word.value_or(Bytes()));
            const auto content =
                store.payload(dossier_, viewer, row.id, Role::content, kNow).value();
            digest.update(content.first).update(read(content.second, blobs));
        }
        if (const auto erased = store.erasure(dossier_, viewer.card, kNow)) {
            digest.update(encode(*erased));
        }
    }
    print_bundle(digest, erased_bundle_, store, blobs);
    print_bundle(digest, kept_bundle_, store, blobs);
    return digest.finish();
}

void Story::print_bundle(crypto::Sha256& digest, const BundleId& id, store::Store& store,
                         store::BlobStore& blobs) const {
    auto bundle = store.bundle(dossier_, id, owner_.id, kNow);
    if (!bundle) bundle = store.bundle(dossier_, id, heir_.id, kNow);
    if (!bundle) return;
    for (const auto& [member, payload] : bundle->members)
        digest.update(read(payload, blobs));
    for (const auto& document : bundle->documents) {
        const auto update = [&](Role role, const Payload& payload) {
            digest.update(
                read(store.sealed_payload(dossier_, document.id, role, payload.sha256), blobs));
        };
        digest.update(document.header);
        update(Role::content, document.content);
        update(Role::metadata, document.metadata);
        if (document.preview) update(Role::preview, *document.preview);
    }
}

}  // namespace kluis::test
