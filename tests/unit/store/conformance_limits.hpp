// How much may be kept of what no statement vouches for yet, and of how many dossiers.
#pragma once

namespace kluis::test {

namespace {

store::StageRules small_rules() {
    store::StageRules rules;
    rules.documents = 3;
    rules.bytes = 10'000;
    rules.spare = 1;
    rules.bundles = 2;
    rules.member_bytes = 10'000;
    return rules;
}

}  // namespace

// Whether one more payload under these rules is kept; what is not kept leaves nothing behind.
inline bool stages(Vault& vault, const Person& by, const DocumentId& document, Role role,
                   std::size_t size) {
    const auto before = vault.store().staged(vault.dossier, by.id);
    const Bytes bytes = ciphertext(size);
    const bool kept = vault.store().stage(
        {{vault.dossier, document, role, by.id, {bytes, size, crypto::sha256(bytes)}, vault.now}},
        small_rules());
    const auto after = vault.store().staged(vault.dossier, by.id);
    if (!kept) {
        CHECK(after.documents == before.documents);
        CHECK(after.bytes == before.bytes);
    }
    return kept;
}

TEST_CASE_FIXTURE(Vault, "what one uploader has staged is bounded in documents") {
    std::vector<DocumentId> ids(4);
    for (DocumentId& id : ids)
        id = crypto::random_value<DocumentId>();
    for (int i = 0; i < 3; ++i)
        CHECK(stages(*this, owner, ids[static_cast<std::size_t>(i)], Role::content, 100));
    CHECK_FALSE(stages(*this, owner, ids[3], Role::content, 100));
    CHECK(stages(*this, owner, ids[0], Role::metadata, 100));
    allow(worker);
    CHECK(stages(*this, worker, ids[3], Role::content, 100));
    CHECK(store().staged(dossier, owner.id).documents == 3);
    CHECK(store().staged(dossier, owner.id).bytes == 400);
    now = now + kDay;
    store().expire(now);
    CHECK(stages(*this, owner, ids[3], Role::content, 100));
}

TEST_CASE_FIXTURE(Vault, "what one uploader has staged is bounded in bytes") {
    const auto document = crypto::random_value<DocumentId>();
    CHECK(stages(*this, owner, document, Role::content, 9'000));
    CHECK_FALSE(stages(*this, owner, document, Role::preview, 1'001));
    CHECK(stages(*this, owner, document, Role::preview, 1'000));
    CHECK(stages(*this, owner, document, Role::content, 9'000));
}

TEST_CASE_FIXTURE(Vault, "a depositor stages no more documents than may still be deposited") {
    act(owner, DepositorAllow{worker.card, std::nullopt, 2, false});
    deposit(worker);
    const auto any = [] { return crypto::random_value<DocumentId>(); };
    CHECK(stages(*this, worker, any(), Role::content, 100));
    // One to spare: an upload that was broken off.
    CHECK(stages(*this, worker, any(), Role::content, 100));
    CHECK_FALSE(stages(*this, worker, any(), Role::content, 100));
    store().expire(now + kDay);
    deposit(worker);
    CHECK_FALSE(stages(*this, worker, any(), Role::content, 100));
}

TEST_CASE_FIXTURE(Vault, "the members of bundles that a dossier keeps are bounded") {
    std::vector<BundleId> ids(3);
    for (BundleId& id : ids)
        id = crypto::random_value<BundleId>();
    const auto stages_member = [&](std::size_t at, Member member, std::size_t size) {
        const Bytes bytes = ciphertext(size);
        return store().stage_member(dossier, ids[at], member, {bytes, size, crypto::sha256(bytes)},
                                    now, small_rules());
    };
    CHECK(stages_member(0, Member::manifest, 5'000));
    CHECK(stages_member(1, Member::manifest, 4'000));
    CHECK_FALSE(stages_member(2, Member::manifest, 100));
    CHECK_FALSE(stages_member(1, Member::readers, 1'001));
    CHECK(stages_member(1, Member::readers, 1'000));
    CHECK(stages_member(0, Member::manifest, 5'000));
}

TEST_CASE_FIXTURE(Vault, "a card that owns as many dossiers as it may creates no more") {
    store::SubmitRules rules = rules_at(now);
    rules.dossiers_per_owner = 2;
    const auto create = [&](const Person& by) {
        return sign(statement_of(by, DossierCreate{by.card, "nl-commissie-2025"}, now), by.signer);
    };
    const Signed second = create(owner);
    CHECK(std::holds_alternative<Accepted>(store().submit({{second, {}}}, rules)));
    const auto result = store().submit({{create(owner), {}}}, rules);
    REQUIRE(std::holds_alternative<Refused>(result));
    CHECK(std::get<Refused>(result).why == Why::too_many_dossiers);
    CHECK(std::holds_alternative<Accepted>(store().submit({{second, {}}}, rules)));
    CHECK(std::holds_alternative<Accepted>(store().submit({{create(worker), {}}}, rules)));
    act(owner, DossierErase{});
    CHECK(std::holds_alternative<Accepted>(store().submit({{create(owner), {}}}, rules)));
}

}  // namespace kluis::test
