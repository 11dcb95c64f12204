// What goes: erased, expired, swept.
#pragma once

namespace kluis::test {

// Blobs that are whole.
inline std::size_t blobs_in(Vault& vault) {
    vault.backend.reopen();
    std::size_t count = 0;
    vault.backend.blobs().sweep([&](const store::BlobId&) { ++count; });
    return count;
}

TEST_CASE_FIXTURE(Vault, "an erased document is gone, and so is what is granted of it") {
    Paper paper;
    paper.payloads[Role::content] = ciphertext(100'000);
    paper = deposit(owner, paper);
    grant(paper, lawyer);
    CHECK(blobs_in(*this) == 1);
    act(owner, DocumentErase{paper.id});
    CHECK(blobs_in(*this) == 0);
    CHECK(documents(as_owner()).empty());
    CHECK_FALSE(payload(as_owner(), paper.id, Role::content));
    CHECK(documents(as_grantee()).empty());
    CHECK(types(as_grantee()) == std::vector<std::string_view>{"dossier.create", "grant.create"});
    CHECK(types(as_owner()).size() == 4);
    stage(owner, paper);
    CHECK(refused(owner, paper.act(), {paper.header}).reason == chain::Reason::document_used);
    CHECK(is_sound());
}

TEST_CASE_FIXTURE(Vault, "of an erased dossier the envelope alone is left, for thirty days") {
    allow(worker);
    Paper paper;
    paper.payloads[Role::content] = ciphertext(100'000);
    paper = deposit(worker, paper);
    grant(paper, lawyer);
    stage_member(seal({header_of(paper.id)}), Member::seal, ciphertext(70'000));
    const Signed first = seen(as_owner()).front();
    const Signed erase = next(owner, DossierErase{});
    CHECK(accepted({{erase, {}}}).length == 6);
    CHECK(blobs_in(*this) == 0);
    CHECK(store().dossiers(owner.id, now).empty());
    CHECK_FALSE(store().dossier(dossier, as_owner(), now));
    CHECK_FALSE(store().owner_card(dossier));
    CHECK(seen(as_owner()).empty());
    CHECK_FALSE(store().card(worker.id));
    for (const Person* reader : {&owner, &worker, &lawyer})
        CHECK(store().erasure(dossier, reader->id, now) == erase.envelope);
    CHECK_FALSE(store().erasure(dossier, stranger.id, now));
    CHECK(refuses(base::ErrorKind::not_found, [&] { return stage(owner, Paper()), 0; }));

    CHECK(accepted({{erase, {}}}).length == 6);
    CHECK(refused(head, {{first, {}}}).reason == chain::Reason::dossier_erased);
    CHECK(refused(stranger, DepositorRemove{worker.id}).reason == chain::Reason::no_dossier);
    const Time end = now + kDay * 30;
    CHECK(store().erasure(dossier, owner.id, end - std::chrono::seconds(1)));
    CHECK_FALSE(store().erasure(dossier, owner.id, end));
    CHECK(store().expire(end) == 1);
    CHECK_FALSE(store().erasure(dossier, owner.id, now));
    CHECK(store().check(true).dossiers == 0);
}

TEST_CASE_FIXTURE(Vault, "after dossier.erase a run cannot go on") {
    const Digest before = head;
    const Signed erase = next(owner, DossierErase{});
    const Signed more = next(owner, DepositorRemove{worker.id});
    CHECK(refused(before, {{erase, {}}, {more, {}}}).reason == chain::Reason::dossier_erased);
    CHECK(store().dossier(dossier, as_owner(), now)->head == before);
}

TEST_CASE_FIXTURE(Vault, "a payload that no statement names goes after a day, or when replaced") {
    const auto document = crypto::random_value<DocumentId>();
    stage(owner, document, Role::content, ciphertext(100'000));
    stage(owner, document, Role::content, ciphertext(100'000));
    CHECK(blobs_in(*this) == 1);
    CHECK(store().expire(now + kDay - std::chrono::seconds(1)) == 0);
    CHECK(store().expire(now + kDay) == 1);
    CHECK(blobs_in(*this) == 0);
}

TEST_CASE_FIXTURE(Vault, "the same bytes staged again are kept, and by another too") {
    allow(worker);
    Paper paper;
    paper.payloads[Role::content] = ciphertext(100'000);
    stage(worker, paper);
    stage(worker, paper);
    stage(owner, paper);
    act(worker, paper.act(), {paper.header});
    CHECK(store().expire(now + kDay) == 2);
    CHECK(blobs_in(*this) == 1);
    CHECK(payload(as_owner(), paper.id, Role::content) == paper.payloads.at(Role::content));
    CHECK(is_sound());
}

TEST_CASE_FIXTURE(Vault, "a payload staged again in another role goes after a day") {
    allow(worker);
    Paper paper;
    paper.payloads[Role::content] = ciphertext(100'000);
    paper = deposit(worker, paper);
    stage(worker, paper.id, Role::preview, paper.payloads.at(Role::content));
    stage(worker, paper.id, Role::word, paper.payloads.at(Role::metadata));
    CHECK(blobs_in(*this) == 2);
    CHECK(store().expire(now + kDay) == 2);
    CHECK(blobs_in(*this) == 1);
    CHECK(payload(as_owner(), paper.id, Role::content) == paper.payloads.at(Role::content));
}

TEST_CASE_FIXTURE(Vault, "a word that is uploaded again after a transfer does not come back") {
    allow(worker);
    Paper paper;
    paper.payloads[Role::word] = ciphertext(2248);
    paper = deposit(worker, paper);
    const std::vector<DocumentHeader> headers{header_of(paper.id)};
    act(owner, transfer_to(stranger, headers), headers);
    const Viewer heir{ViewAs::owner, stranger.id};
    stage(worker, paper.id, Role::word, paper.payloads.at(Role::word));
    CHECK_FALSE(payload(heir, paper.id, Role::word));
    REQUIRE(documents(heir).size() == 1);
    CHECK_FALSE(documents(heir)[0].word);
    CHECK(store().expire(now + kDay) == 1);
    // Nor is it kept for anybody.
    CHECK(refuses(base::ErrorKind::storage, [&] {
        return store().sealed_payload(dossier, paper.id, Role::word,
                                      crypto::sha256(paper.payloads.at(Role::word)));
    }));
    CHECK(is_sound());
}

TEST_CASE_FIXTURE(Vault, "a payload that is gone is there again when it is uploaded again") {
    Paper paper;
    paper.payloads[Role::content] = ciphertext(100'000);
    paper = deposit(owner, paper);
    const BundleId id = seal({header_of(paper.id)});
    const auto location = store().payload(dossier, as_owner(), paper.id, Role::content, now);
    backend.blobs().remove(std::get<store::BlobId>(location->second.location));
    CHECK_FALSE(is_sound());
    stage(owner, paper.id, Role::content, paper.payloads.at(Role::content));
    CHECK(payload(as_owner(), paper.id, Role::content) == paper.payloads.at(Role::content));
    stage_member(id, Member::seal, ciphertext(1500));
    const auto sealed = store().sealed_payload(dossier, paper.id, Role::content,
                                               bundle(id)->documents[0].content.sha256);
    CHECK(read(sealed) == paper.payloads.at(Role::content));
    CHECK(is_sound());
    CHECK(blobs_in(*this) == 1);
}

TEST_CASE_FIXTURE(Vault, "sessions, invitations and reads go when they have had their time") {
    store().add_invitation(crypto::random_value<Digest>(), 0, now + kDay);
    store().add_session(crypto::random_value<Digest>(), {owner.id, true, now + kDay});
    store().add_reads(dossier, owner.id, now, {ciphertext(300)});
    CHECK(store().expire(now) == 0);
    CHECK(store().expire(now + kDay) == 2);
    CHECK(store().expire(now + kDay * 365 - std::chrono::seconds(1)) == 0);
    CHECK(store().expire(now + kDay * 365) == 1);
    CHECK(store().reads(dossier, 0, 9).empty());
}

TEST_CASE_FIXTURE(Vault, "a check sweeps blobs that nothing names, and counts the rest") {
    Paper paper;
    paper.payloads[Role::content] = ciphertext(100'000);
    paper = deposit(owner, paper);
    stored(ciphertext(100'000));
    backend.reopen();
    const auto report = store().check(false);
    CHECK(report.swept == 1);
    CHECK(report.dossiers == 1);
    CHECK(report.statements == 2);
    CHECK(report.documents == 1);
    CHECK(report.blobs == 1);
    CHECK(report.missing.empty());
    CHECK(payload(as_owner(), paper.id, Role::content) == paper.payloads.at(Role::content));
}

TEST_CASE_FIXTURE(Vault, "a check finds a blob that is gone") {
    Paper paper;
    paper.payloads[Role::content] = ciphertext(100'000);
    deposit(owner, paper);
    std::vector<store::BlobId> all;
    backend.reopen();
    backend.blobs().sweep([&](const store::BlobId& id) { all.push_back(id); });
    REQUIRE(all.size() == 1);
    backend.blobs().remove(all[0]);
    CHECK(store().check(false).missing.size() == 1);
}

}  // namespace kluis::test
