// Accepting statements: what is accepted, what is refused and why, and that a refused run leaves
// nothing.
#pragma once

namespace kluis::test {

TEST_CASE_FIXTURE(Vault, "a run that opens a dossier may go on in it") {
    const Signed create =
        sign(statement_of(stranger, DossierCreate{stranger.card, "nl"}, now), stranger.signer);
    dossier = dossier_id(create);
    head = create.hash;
    const Signed allowed =
        next(stranger, DepositorAllow{worker.card, std::nullopt, std::nullopt, false});
    const Accepted result = accepted({{create, {}}, {allowed, {}}});
    CHECK(result.head == allowed.hash);
    CHECK(result.length == 2);
    CHECK(store().owner_card(dossier) == stranger.card);
    CHECK(store().dossiers(worker.id, now).front().as == std::vector{ViewAs::depositor});
}

TEST_CASE_FIXTURE(Vault, "a run sent again is accepted again, with the result of the first time") {
    allow(worker);
    const Paper one, two;
    stage(worker, one);
    stage(worker, two);
    const std::vector<Submission> run{{next(worker, one.act()), {one.header}},
                                      {next(worker, two.act()), {two.header}}};
    const Accepted first = accepted(run);
    act(owner, DepositorRemove{worker.id});
    now = now + kDay;
    backend.reopen();
    const Accepted again = accepted(run);
    CHECK(again.head == first.head);
    CHECK(again.length == first.length);
    CHECK(store().dossier(dossier, as_owner(), now)->length == 5);
}

TEST_CASE_FIXTURE(Vault, "a run of which only a part is on the chain is on a stale head") {
    const Digest before = head;
    const Signed one = next(owner, DepositorAllow{worker.card, std::nullopt, std::nullopt, false});
    accepted({{one, {}}});
    const Signed two = next(owner, DepositorRemove{worker.id});
    const Refused why = refused(before, {{one, {}}, {two, {}}});
    CHECK(why.why == Why::stale_head);
    CHECK(why.head == one.hash);
}

TEST_CASE_FIXTURE(Vault, "of a run with one bad statement nothing is accepted") {
    allow(worker);
    const Digest before = head;
    const Paper good, bad;
    stage(worker, good);
    const Signed first = next(worker, good.act());
    const Signed second = next(worker, bad.act());
    const Refused why = refused(before, {{first, {good.header}}, {second, {bad.header}}});
    CHECK(why.why == Why::payload_missing);
    CHECK(why.place == 1);
    CHECK(why.document == bad.id);
    CHECK(why.head == before);
    CHECK(store().dossier(dossier, as_owner(), now)->head == before);
    CHECK(documents(as_owner()).empty());
    accepted({{first, {good.header}}});
    CHECK(is_sound());
}

TEST_CASE_FIXTURE(Vault, "a dossier whose first run is refused does not come to be") {
    const Signed create =
        sign(statement_of(stranger, DossierCreate{stranger.card, "nl"}, now), stranger.signer);
    dossier = dossier_id(create);
    head = create.hash;
    const Signed removed = next(stranger, DepositorRemove{worker.id});
    CHECK(refused(head, {{create, {}}, {removed, {}}}).reason == chain::Reason::not_allowed);
    CHECK(store().dossiers(stranger.id, now).empty());
    CHECK_FALSE(store().owner_card(dossier));
}

TEST_CASE_FIXTURE(Vault, "a statement more than ten minutes off the clock is refused") {
    const Time true_time = now;
    for (const auto off : {std::chrono::seconds(-601), std::chrono::seconds(601)}) {
        const Digest before = head;
        now = true_time + off;
        const Signed made =
            next(owner, DepositorAllow{worker.card, std::nullopt, std::nullopt, false});
        now = true_time;
        const Refused why = refused(before, {{made, {}}});
        CHECK(why.why == Why::clock_off);
        CHECK_FALSE(why.head);
    }
    now = true_time + std::chrono::seconds(600);
    const Signed made = next(owner, DepositorAllow{worker.card, std::nullopt, std::nullopt, false});
    now = true_time;
    accepted({{made, {}}});
}

TEST_CASE_FIXTURE(Vault, "a stale head is told to who has a card here, and to no stranger") {
    const Digest current = head;
    head = crypto::random_value<Digest>();
    const Refused known = refused(owner, DepositorRemove{worker.id});
    CHECK(known.why == Why::stale_head);
    CHECK(known.head == current);
    head = crypto::random_value<Digest>();
    const Refused unknown = refused(stranger, DepositorRemove{worker.id});
    CHECK(unknown.why == Why::chain);
    CHECK(unknown.reason == chain::Reason::unknown_actor);
    CHECK_FALSE(unknown.head);
    Person impostor;
    impostor.id = owner.id;
    const Refused forged = refused(impostor, DepositorRemove{worker.id});
    CHECK(forged.reason == chain::Reason::bad_signature);
    CHECK_FALSE(forged.head);
}

TEST_CASE_FIXTURE(Vault, "a statement without the right to it is refused and leaves no link") {
    allow(worker);
    const Refused why =
        refused(worker, DepositorAllow{stranger.card, std::nullopt, std::nullopt, false});
    CHECK(why.why == Why::chain);
    CHECK(why.reason == chain::Reason::not_owner);
    CHECK(why.head == head);
    CHECK(store().dossier(dossier, as_owner(), now)->length == 2);
}

TEST_CASE_FIXTURE(Vault, "a statement about a dossier that is not there is refused") {
    dossier = crypto::random_value<DossierId>();
    CHECK(refused(owner, DepositorRemove{worker.id}).reason == chain::Reason::no_dossier);
}

TEST_CASE_FIXTURE(Vault, "an empty run makes no sense") {
    CHECK(refuses(base::ErrorKind::usage, [&] { return submit({}); }));
}

TEST_CASE_FIXTURE(Vault, "a deposit comes with the header that it names, and no other") {
    const Paper paper;
    stage(owner, paper);
    const DocumentHeader other = header_of(paper.id);
    for (const auto& headers : std::vector<std::vector<DocumentHeader>>{
             {}, {other}, {paper.header, other}, {header_of(DocumentId())}}) {
        CHECK(refused(owner, paper.act(), headers).why == Why::header_mismatch);
    }
    act(owner, paper.act(), {paper.header});
    CHECK(documents(as_owner()).front().header == paper.header.header);
}

TEST_CASE_FIXTURE(Vault, "a statement that needs no header comes with none") {
    const Refused why =
        refused(owner, DepositorAllow{worker.card, std::nullopt, std::nullopt, false},
                {header_of(DocumentId())});
    CHECK(why.why == Why::header_mismatch);
}

TEST_CASE_FIXTURE(Vault, "a grant comes with a header for each of its documents") {
    const Paper one = deposit(owner), two = deposit(owner);
    const DocumentHeader first = header_of(one.id), second = header_of(two.id);
    GrantCreate grant_both{lawyer.id, std::nullopt, {}};
    grant_both.documents = {{one.id, one.deposit, {}, crypto::sha256(first.header)},
                            {two.id, two.deposit, {}, crypto::sha256(second.header)}};
    const Refused why = refused(owner, grant_both, {first});
    CHECK(why.why == Why::header_mismatch);
    CHECK(why.document == two.id);
    CHECK(refused(owner, grant_both, {first, first}).why == Why::header_mismatch);
    act(owner, grant_both, {second, first});
    CHECK(documents(as_grantee()).size() == 2);
}

TEST_CASE_FIXTURE(Vault, "payloads staged together are all there, or none is") {
    const Paper one, two;
    std::vector<store::Staged> payloads;
    for (const Paper* paper : {&one, &two}) {
        for (const auto& [role, bytes] : paper->payloads)
            payloads.push_back({dossier, paper->id, role, owner.id, stored(bytes), now});
    }
    auto with_a_stranger = payloads;
    with_a_stranger.push_back(payloads.front());
    with_a_stranger.back().dossier = crypto::random_value<DossierId>();
    CHECK(refuses(base::ErrorKind::not_found, [&] { return store().stage(with_a_stranger, {}); }));
    CHECK(refused(owner, one.act(), {one.header}).why == Why::payload_missing);
    REQUIRE(store().stage(payloads, {}));
    act(owner, one.act(), {one.header});
    act(owner, two.act(), {two.header});
}

TEST_CASE_FIXTURE(Vault, "a payload counts only if the actor staged it there, in that size") {
    allow(worker);
    const Paper paper;
    const DocumentDeposit signed_act = paper.act();
    const auto missing = [&](const Refused& why) { return why.why == Why::payload_missing; };
    CHECK(missing(refused(worker, signed_act, {paper.header})));
    stage(owner, paper);
    CHECK(missing(refused(worker, signed_act, {paper.header})));
    stage(worker, paper.id, Role::content, paper.payloads.at(Role::content));
    stage(worker, paper.id, Role::preview, paper.payloads.at(Role::metadata));
    CHECK(missing(refused(worker, signed_act, {paper.header})));
    stage(worker, paper);
    DocumentDeposit larger = signed_act;
    larger.payloads.at(Role::content).size += 1;
    CHECK(missing(refused(worker, larger, {paper.header})));
    stage(worker, paper.id, Role::content, ciphertext(4128));
    CHECK(missing(refused(worker, signed_act, {paper.header})));
    stage(worker, paper);
    act(worker, signed_act, {paper.header});
    CHECK(is_sound());
}

TEST_CASE_FIXTURE(Vault, "a payload is not staged for a dossier that is not there") {
    dossier = crypto::random_value<DossierId>();
    CHECK(refuses(base::ErrorKind::not_found, [&] { return stage(owner, Paper()), 0; }));
    CHECK(refuses(base::ErrorKind::not_found,
                  [&] { return stage_member(BundleId(), Member::seal, ciphertext(10)), 0; }));
}

TEST_CASE_FIXTURE(Vault, "one depositor deposits so many in an hour, the owner any number") {
    allow(worker);
    auto rules = rules_at(now);
    rules.deposits_per_hour = 2;
    const auto attempt = [&](const Person& by) {
        const Paper paper;
        stage(by, paper);
        const Digest before = head;
        const auto result = store().submit({{next(by, paper.act()), {paper.header}}}, rules);
        const auto* why = std::get_if<Refused>(&result);
        if (why) head = before;
        return !why || why->why != Why::too_many;
    };
    CHECK(attempt(worker));
    CHECK(attempt(worker));
    CHECK_FALSE(attempt(worker));
    CHECK(attempt(owner));
    CHECK(attempt(owner));
    CHECK(attempt(owner));
    now = now + std::chrono::hours(1);
    rules.now = now;
    CHECK(attempt(worker));
}

TEST_CASE_FIXTURE(Vault, "the limit on deposits holds within one run") {
    allow(worker);
    auto rules = rules_at(now);
    rules.deposits_per_hour = 2;
    std::vector<Submission> run;
    for (int i = 0; i < 3; ++i) {
        const Paper paper;
        stage(worker, paper);
        run.push_back({next(worker, paper.act()), {paper.header}});
    }
    const auto result = store().submit(run, rules);
    REQUIRE(std::holds_alternative<Refused>(result));
    CHECK(std::get<Refused>(result).why == Why::too_many);
    CHECK(std::get<Refused>(result).place == 2);
}

TEST_CASE_FIXTURE(Vault, "a transfer comes with a header for exactly the standing documents") {
    const Paper kept = deposit(owner), erased = deposit(owner), other = deposit(owner);
    act(owner, DocumentErase{erased.id});
    const std::vector<DocumentHeader> all{header_of(kept.id), header_of(other.id)};
    const auto mismatch = [&](const std::vector<DocumentHeader>& listed,
                              const std::vector<DocumentHeader>& given) {
        return refused(owner, transfer_to(stranger, listed), given).why == Why::header_mismatch;
    };
    CHECK(mismatch(all, {}));
    CHECK(mismatch({all[0]}, {all[0]}));
    CHECK(mismatch({all[0], all[1], header_of(erased.id)}, all));
    CHECK(mismatch(all, {all[0], header_of(other.id)}));
    act(owner, transfer_to(stranger, all), {all[1], all[0]});
    CHECK(store().owner_card(dossier) == stranger.card);
}

}  // namespace kluis::test
