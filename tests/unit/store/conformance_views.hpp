// What owner, depositor and grantee see, as chain verifies it on their side.
#pragma once

#include <kluis/chain/replay.hpp>

namespace kluis::test {

inline chain::GranteeView verified(Vault& vault) {
    chain::GranteeEvidence evidence;
    evidence.statements = vault.seen(vault.as_grantee());
    evidence.cards = vault.store().cards(vault.dossier, vault.as_grantee(), vault.now);
    return chain::verify_grantee_view(vault.dossier, vault.lawyer.id, evidence, vault.now);
}

TEST_CASE_FIXTURE(Vault, "the owner sees all, after a restart too") {
    allow(worker);
    Paper paper;
    paper.payloads[Role::content] = ciphertext(200'000);
    paper.payloads[Role::preview] = ciphertext(4128);
    paper.payloads[Role::word] = ciphertext(2248);
    paper = deposit(worker, paper);
    deposit(owner);
    backend.reopen();
    chain::Replay replay(dossier);
    for (Signed& statement : seen(as_owner()))
        CHECK(replay.add(std::move(statement)));
    CHECK(replay.state().dossier()->head == head);
    CHECK(replay.links().size() == 4);
    for (const auto& [role, bytes] : paper.payloads)
        CHECK(payload(as_owner(), paper.id, role) == bytes);
    const auto rows = documents(as_owner());
    REQUIRE(rows.size() == 2);
    const auto& row = rows[rows[0].id == paper.id ? 0 : 1];
    CHECK(row.place == 2);
    CHECK(row.header == paper.header.header);
    CHECK(row.metadata == paper.payloads.at(Role::metadata));
    CHECK(row.word == paper.payloads.at(Role::word));
    const auto found = store().payload(dossier, as_owner(), paper.id, Role::content, now);
    CHECK(found->first == paper.header.header);
    CHECK(found->second.sha256 == crypto::sha256(paper.payloads.at(Role::content)));
    CHECK(store().payload(dossier, as_owner(), paper.id, Role::word, now)->first.empty());
    CHECK(store().cards(dossier, as_owner(), now).empty());
    CHECK(is_sound());
}

TEST_CASE_FIXTURE(Vault, "statements and documents come in pages") {
    std::set<DocumentId> ids;
    for (int i = 0; i < 5; ++i)
        ids.insert(deposit(owner).id);
    const auto page = store().statements(dossier, as_owner(), 4, 10, now);
    REQUIRE(page.size() == 2);
    CHECK(page[0].place == 4);
    CHECK(store().statements(dossier, as_owner(), 0, 2, now).back().place == 1);
    std::vector<DocumentId> found;
    std::optional<DocumentId> after;
    for (;;) {
        const auto rows = store().documents(dossier, as_owner(), 0, after, 2, now);
        if (rows.empty()) break;
        for (const auto& row : rows)
            found.push_back(row.id);
        after = found.back();
    }
    CHECK(std::ranges::equal(found, ids));
}

TEST_CASE_FIXTURE(Vault, "from a place on there are the documents deposited or described since") {
    const Paper still = deposit(owner);
    const Paper described = deposit(owner);
    const std::uint64_t from =
        store().statements(dossier, as_owner(), 0, 100, now).back().place + 1;
    const auto since = [&] {
        std::set<DocumentId> ids;
        for (const auto& row : store().documents(dossier, as_owner(), from, {}, 100, now))
            ids.insert(row.id);
        return ids;
    };
    CHECK(since().empty());
    const Bytes metadata = ciphertext(2080);
    describe(described, metadata);
    CHECK(since() == std::set{described.id});
    CHECK(store().documents(dossier, as_owner(), from, {}, 100, now)[0].metadata == metadata);
    const Paper later = deposit(owner);
    CHECK(since() == std::set{described.id, later.id});
    CHECK(documents(as_owner()).size() == 3);
    CHECK(store().documents(dossier, as_owner(), from + 1, {}, 100, now).size() == 1);
    CHECK(store().documents(dossier, as_owner(), from + 2, {}, 100, now).empty());
}

TEST_CASE_FIXTURE(Vault, "a stranger sees nothing in any role") {
    allow(worker);
    grant(deposit(owner), lawyer);
    for (const ViewAs as : {ViewAs::owner, ViewAs::depositor, ViewAs::grantee}) {
        CHECK_FALSE(store().dossier(dossier, {as, stranger.id}, now));
        CHECK(store().statements(dossier, {as, stranger.id}, 0, 10, now).empty());
        CHECK(store().documents(dossier, {as, stranger.id}, 0, {}, 10, now).empty());
        CHECK(store().cards(dossier, {as, stranger.id}, now).empty());
    }
    CHECK(store().dossiers(stranger.id, now).empty());
    CHECK_FALSE(store().dossier(dossier, {ViewAs::owner, worker.id}, now));
    CHECK_FALSE(store().dossier(dossier, {ViewAs::grantee, worker.id}, now));
    CHECK_FALSE(store().dossier(dossier, {ViewAs::depositor, lawyer.id}, now));
}

TEST_CASE_FIXTURE(Vault, "a depositor sees what is about him, and can read nothing") {
    const Person other;
    allow(worker);
    allow(other);
    const Paper own = deposit(worker);
    const Paper gone = deposit(worker);
    const Paper foreign = deposit(other);
    grant(own, lawyer);
    describe(own, ciphertext(2080));
    act(owner, DocumentErase{gone.id});
    act(owner, DocumentErase{foreign.id});
    CHECK(types(as_depositor()) ==
          std::vector<std::string_view>{"dossier.create", "depositor.allow", "document.deposit",
                                        "document.deposit", "document.erase"});
    const auto view = chain::verify_depositor_view(dossier, worker.id, seen(as_depositor()));
    CHECK(view.deposits.size() == 1);
    CHECK(store().dossier(dossier, as_depositor(), now)->head == head);
    CHECK(documents(as_depositor()).empty());
    CHECK_FALSE(payload(as_depositor(), own.id, Role::metadata));
    CHECK(store().cards(dossier, as_depositor(), now).empty());
}

TEST_CASE_FIXTURE(Vault, "a depositor whose permission has ended sees nothing") {
    allow(worker, now + kDay);
    deposit(worker);
    CHECK(store().dossier(dossier, as_depositor(), now + kDay));
    CHECK_FALSE(store().dossier(dossier, as_depositor(), now + kDay + std::chrono::seconds(1)));
    CHECK(store().dossiers(worker.id, now + kDay + std::chrono::seconds(1)).empty());
    act(owner, DepositorRemove{worker.id});
    CHECK_FALSE(store().dossier(dossier, as_depositor(), now));
    CHECK(seen(as_depositor()).empty());
}

TEST_CASE_FIXTURE(Vault, "a grantee sees exactly what is granted, and can check it") {
    const Person other;
    allow(worker);
    Paper paper;
    paper.payloads[Role::word] = ciphertext(2248);
    paper.payloads[Role::preview] = ciphertext(4128);
    paper = deposit(worker, paper);
    const Paper hidden = deposit(worker);
    const DocumentHeader header = grant(paper, lawyer);
    grant(hidden, other);
    CHECK(types(as_grantee()) ==
          std::vector<std::string_view>{"dossier.create", "document.deposit", "grant.create"});
    CHECK(store().cards(dossier, as_grantee(), now) == std::vector{worker.card});
    const auto view = verified(*this);
    REQUIRE(view.documents.size() == 1);
    CHECK(view.documents[0].depositor == worker.card);
    const auto rows = documents(as_grantee());
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].header == header.header);
    CHECK(rows[0].metadata == paper.payloads.at(Role::metadata));
    CHECK_FALSE(rows[0].word);
    CHECK(store().payload(dossier, as_grantee(), paper.id, Role::content, now)->first ==
          header.header);
    CHECK(payload(as_grantee(), paper.id, Role::preview) == paper.payloads.at(Role::preview));
    CHECK_FALSE(payload(as_grantee(), paper.id, Role::word));
    CHECK_FALSE(payload(as_grantee(), hidden.id, Role::metadata));
    CHECK(store().dossiers(lawyer.id, now).front().as == std::vector{ViewAs::grantee});
}

TEST_CASE_FIXTURE(Vault, "a grantee is given the owner's last description, and no earlier one") {
    const Paper paper = deposit(owner);
    const Digest first = describe(paper, ciphertext(2080));
    grant(paper, lawyer, std::nullopt, first);
    CHECK(verified(*this).documents[0].description->hash == first);
    const Bytes metadata = ciphertext(2080);
    const Digest last = describe(paper, metadata);
    CHECK(types(as_grantee()) == std::vector<std::string_view>{"dossier.create", "document.deposit",
                                                               "grant.create",
                                                               "document.describe"});
    CHECK(verified(*this).documents[0].description->hash == last);
    CHECK(documents(as_grantee())[0].metadata == metadata);
    CHECK(payload(as_grantee(), paper.id, Role::metadata) == metadata);
    CHECK(is_sound());
}

TEST_CASE_FIXTURE(Vault, "a grant is served while the clock is before its end") {
    const Paper paper = deposit(owner);
    const Time end = now + kDay;
    grant(paper, lawyer, end);
    now = end - std::chrono::seconds(1);
    CHECK(payload(as_grantee(), paper.id, Role::content));
    now = end;
    CHECK_FALSE(payload(as_grantee(), paper.id, Role::content));
    CHECK(documents(as_grantee()).empty());
    CHECK(types(as_grantee()) == std::vector<std::string_view>{"dossier.create", "grant.create"});
    CHECK(verified(*this).documents.empty());
    CHECK(store().expire(now) == 1);
    CHECK(store().expire(now) == 0);
    CHECK(is_sound());
    now = end - std::chrono::seconds(1);
    CHECK_FALSE(payload(as_grantee(), paper.id, Role::content));
    CHECK(payload(as_owner(), paper.id, Role::content));
    grant(paper, lawyer, end);
    CHECK(payload(as_grantee(), paper.id, Role::content));
}

TEST_CASE_FIXTURE(Vault, "a revoked grant is served no more, and its revocation is shown") {
    const Paper kept = deposit(owner), revoked = deposit(owner);
    grant(kept, lawyer);
    grant(revoked, lawyer);
    revoke(revoked, lawyer);
    backend.reopen();
    CHECK_FALSE(payload(as_grantee(), revoked.id, Role::content));
    CHECK(documents(as_grantee()).size() == 1);
    CHECK(types(as_grantee()).back() == "grant.revoke");
    CHECK(verified(*this).documents.size() == 1);
    revoke(kept, lawyer);
    CHECK(documents(as_grantee()).empty());
    CHECK(types(as_grantee()) == std::vector<std::string_view>{"dossier.create", "grant.create",
                                                               "grant.create", "grant.revoke",
                                                               "grant.revoke"});
    CHECK(verified(*this).documents.empty());
    CHECK(store().dossiers(lawyer.id, now).front().as == std::vector{ViewAs::grantee});
    CHECK(is_sound());
}

TEST_CASE_FIXTURE(Vault, "a transfer hands everything to the new owner but words and reads") {
    Paper paper;
    paper.payloads[Role::word] = ciphertext(2248);
    paper = deposit(owner, paper);
    store().add_reads(dossier, owner.id, now, {ciphertext(300)});
    grant(paper, stranger);
    const DocumentHeader header = header_of(paper.id);
    act(owner, transfer_to(stranger, {header}), {header});
    backend.reopen();
    const Viewer heir{ViewAs::owner, stranger.id};
    CHECK_FALSE(store().dossier(dossier, as_owner(), now));
    CHECK(store().dossiers(stranger.id, now).front().as == std::vector{ViewAs::owner});
    CHECK(documents(heir)[0].header == header.header);
    CHECK_FALSE(documents(heir)[0].word);
    CHECK_FALSE(payload(heir, paper.id, Role::word));
    CHECK(payload(heir, paper.id, Role::content) == paper.payloads.at(Role::content));
    CHECK(store().reads(dossier, 0, 9).empty());
    CHECK(is_sound());
}

TEST_CASE_FIXTURE(Vault, "the record of reads is kept in order, and given from a place on") {
    const std::vector<Bytes> entries{ciphertext(300), ciphertext(301), ciphertext(302)};
    CHECK(store().add_reads(dossier, owner.id, now, {entries[0], entries[1]}));
    CHECK(store().add_reads(dossier, owner.id, now, {entries[2]}));
    backend.reopen();
    const auto all = store().reads(dossier, 0, 9);
    REQUIRE(all.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(all[i].place == i + 1);
        CHECK(all[i].sealed == entries[i]);
    }
    const auto one = store().reads(dossier, 2, 1);
    REQUIRE(one.size() == 1);
    CHECK(one[0].sealed == entries[1]);
    CHECK(store().reads(dossier, 4, 9).empty());
    CHECK(refuses(base::ErrorKind::not_found,
                  [&] { return store().add_reads(DossierId(), owner.id, now, entries); }));
}

TEST_CASE_FIXTURE(Vault, "entries that are sealed to a former owner are not kept") {
    act(owner, transfer_to(stranger, {}));
    CHECK_FALSE(store().add_reads(dossier, owner.id, now, {ciphertext(300)}));
    CHECK(store().add_reads(dossier, stranger.id, now, {ciphertext(301)}));
    CHECK(store().reads(dossier, 0, 9).size() == 1);
}

TEST_CASE_FIXTURE(Vault, "what a grantee is shown has the same digest until it changes") {
    const Paper paper = deposit(owner);
    grant(paper, lawyer, now + kDay);
    const Digest shown = store().shown(dossier, lawyer.id, now);
    const Paper other = deposit(owner);
    grant(other, stranger);
    CHECK(store().shown(dossier, lawyer.id, now) == shown);
    CHECK(store().shown(dossier, stranger.id, now) != shown);
    CHECK(store().shown(dossier, lawyer.id, now + kDay) != shown);
    grant(other, lawyer);
    CHECK(store().shown(dossier, lawyer.id, now) != shown);
}

}  // namespace kluis::test
