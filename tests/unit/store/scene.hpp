// A store with one dossier in it, as a fixture: its methods are what people do. Parameterised by a
// Backend, which has `store()`, `blobs()` and `reopen()` (a restart; what is in memory stays).
#pragma once

#include "people.hpp"

#include <doctest/doctest.h>
#include <support/refusal.hpp>

namespace kluis::test {

using store::Accepted;
using store::DocumentHeader;
using store::Member;
using store::Refused;
using store::StoredPayload;
using store::Submission;
using store::SubmitResult;
using store::ViewAs;
using store::Viewer;
using Why = store::Refused::Why;

template <class Backend>
struct Scene {
    Backend backend;
    Person owner, worker, lawyer, stranger;
    Time now = kNow;
    DossierId dossier;
    Digest head;

    Scene() {
        DossierCreate create{owner.card, "nl-commissie-2025"};
        const Signed created = sign(statement_of(owner, create, now), owner.signer);
        dossier = dossier_id(created);
        head = created.hash;
        accepted({{created, {}}});
    }

    store::Store& store() { return backend.store(); }

    // The next statement; the head follows it.
    Signed next(const Person& actor, Act act) {
        Statement statement = statement_of(actor, std::move(act), now);
        statement.dossier = dossier;
        statement.previous = head;
        Signed made = sign(statement, actor.signer);
        head = made.hash;
        return made;
    }

    SubmitResult submit(const std::vector<Submission>& run) {
        return store().submit(run, rules_at(now));
    }
    Accepted accepted(const std::vector<Submission>& run) {
        const auto result = submit(run);
        REQUIRE(std::holds_alternative<Accepted>(result));
        return std::get<Accepted>(result);
    }
    // The head stays what it was before the run.
    Refused refused(const Digest& before, const std::vector<Submission>& run) {
        const auto result = submit(run);
        REQUIRE(std::holds_alternative<Refused>(result));
        head = before;
        return std::get<Refused>(result);
    }
    Refused refused(const Person& actor, Act act, std::vector<DocumentHeader> headers = {}) {
        const Digest before = head;
        return refused(before, {{next(actor, std::move(act)), std::move(headers)}});
    }
    Signed act(const Person& actor, Act what, std::vector<DocumentHeader> headers = {}) {
        const Signed made = next(actor, std::move(what));
        accepted({{made, std::move(headers)}});
        return made;
    }

    // Large payloads become blobs, as the server makes them.
    StoredPayload stored(const Bytes& bytes) {
        StoredPayload payload{bytes, bytes.size(), crypto::sha256(bytes)};
        if (bytes.size() > store::kInlineLimit) {
            auto upload = backend.blobs().create();
            upload->write(bytes);
            payload.location = upload->finish();
        }
        return payload;
    }
    void stage(const Person& by, const DocumentId& document, Role role, const Bytes& bytes) {
        const bool kept = store().stage({{dossier, document, role, by.id, stored(bytes), now}}, {});
        REQUIRE(kept);
    }
    void stage(const Person& by, const Paper& paper) {
        for (const auto& [role, bytes] : paper.payloads)
            stage(by, paper.id, role, bytes);
    }

    void allow(const Person& depositor, std::optional<Time> until = std::nullopt) {
        act(owner, DepositorAllow{depositor.card, until, std::nullopt, false});
    }
    Paper deposit(const Person& by, Paper paper = {}) {
        stage(by, paper);
        paper.deposit = act(by, paper.act(), {paper.header}).hash;
        return paper;
    }
    Digest describe(const Paper& paper, const Bytes& metadata) {
        stage(owner, paper.id, Role::metadata, metadata);
        return act(owner, DocumentDescribe{paper.id, payload_of(metadata)}).hash;
    }
    DocumentHeader grant(const Paper& paper, const Person& to,
                         std::optional<Time> expires = std::nullopt,
                         std::optional<Digest> description = std::nullopt) {
        DocumentHeader header = header_of(paper.id);
        const Digest digest = crypto::sha256(header.header);
        act(owner, GrantCreate{to.id, expires, {{paper.id, paper.deposit, description, digest}}},
            {header});
        return header;
    }
    void revoke(const Paper& paper, const Person& from) {
        act(owner, GrantRevoke{from.id, {paper.id}});
    }
    DossierTransfer transfer_to(const Person& heir, const std::vector<DocumentHeader>& headers) {
        const Consent consent{dossier, owner.id, heir.id, crypto::random_value<Salt>()};
        std::map<DocumentId, Digest> list;
        for (const auto& [document, header] : headers)
            list[document] = crypto::sha256(header);
        return {heir.card, sign_consent(consent, heir.signer), header_list_digest(list)};
    }

    // --- what is seen ---
    Viewer as_owner() const { return {ViewAs::owner, owner.id}; }
    Viewer as_grantee() const { return {ViewAs::grantee, lawyer.id}; }
    Viewer as_depositor() const { return {ViewAs::depositor, worker.id}; }

    std::vector<Signed> seen(const Viewer& viewer) {
        std::vector<Signed> statements;
        for (const auto& placed : store().statements(dossier, viewer, 0, 100'000, now))
            statements.push_back(parse_signed(placed.envelope));
        return statements;
    }
    std::vector<std::string_view> types(const Viewer& viewer) {
        std::vector<std::string_view> names;
        for (const auto& placed : store().statements(dossier, viewer, 0, 100'000, now))
            names.push_back(type_name(parse_signed(placed.envelope).statement.act));
        return names;
    }
    std::vector<store::DocumentRow> documents(const Viewer& viewer) {
        return store().documents(dossier, viewer, 0, std::nullopt, 100'000, now);
    }
    Bytes read(const StoredPayload& payload) {
        if (const auto* bytes = std::get_if<Bytes>(&payload.location)) return *bytes;
        const auto blob = backend.blobs().open(std::get<store::BlobId>(payload.location));
        if (!blob) return {};
        Bytes bytes(static_cast<std::size_t>(blob->size()));
        bytes.resize(blob->read_at(0, bytes));
        return bytes;
    }
    // Nothing if the viewer may not read it.
    std::optional<Bytes> payload(const Viewer& viewer, const DocumentId& document, Role role) {
        const auto found = store().payload(dossier, viewer, document, role, now);
        return found ? std::optional(read(found->second)) : std::nullopt;
    }

    // --- bundles ---
    void stage_member(const BundleId& bundle, Member member, const Bytes& bytes) {
        const bool kept = store().stage_member(dossier, bundle, member, stored(bytes), now, {});
        REQUIRE(kept);
    }
    BundleSeal seal_of(const BundleId& bundle, const Bytes& manifest, std::uint64_t documents) {
        return {bundle, documents, crypto::sha256(manifest), {stranger.id}, 1, std::nullopt};
    }
    // All members but seal.age.
    BundleId seal(const std::vector<DocumentHeader>& headers) {
        const auto bundle = crypto::random_value<BundleId>();
        const Bytes manifest = ciphertext(3000);
        stage_member(bundle, Member::case_key, ciphertext(300));
        stage_member(bundle, Member::manifest, manifest);
        stage_member(bundle, Member::readers, ciphertext(216));
        act(owner, seal_of(bundle, manifest, headers.size()), headers);
        return bundle;
    }
    std::optional<store::StoredBundle> bundle(const BundleId& id) {
        return store().bundle(dossier, id, owner.id, now);
    }

    bool is_sound() { return store().check(true).missing.empty(); }
};

}  // namespace kluis::test
