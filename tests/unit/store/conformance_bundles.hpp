// Sealed bundles.
#pragma once

namespace kluis::test {

TEST_CASE_FIXTURE(Vault, "a bundle is there when all four members are, in the order sealed") {
    Paper large;
    large.payloads[Role::content] = ciphertext(100'000);
    large.payloads[Role::preview] = ciphertext(4128);
    const Paper one = deposit(owner, large), two = deposit(owner), three = deposit(owner);
    const std::vector<DocumentHeader> headers{header_of(three.id), header_of(one.id),
                                              header_of(two.id)};
    const BundleId id = seal(headers);
    CHECK_FALSE(bundle(id));
    const Bytes seal_file = ciphertext(1500);
    stage_member(id, Member::seal, seal_file);
    backend.reopen();
    const auto found = bundle(id);
    REQUIRE(found);
    CHECK(read(found->members.at(Member::seal)) == seal_file);
    CHECK(found->sealed_at == now);
    REQUIRE(found->documents.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(found->documents[i].id == headers[i].document);
        CHECK(found->documents[i].header == headers[i].header);
    }
    const auto sealed = [&](const Payload& payload, Role role) {
        return read(store().sealed_payload(dossier, one.id, role, payload.sha256));
    };
    const auto& document = found->documents[1];
    CHECK(document.content == payload_of(one.payloads.at(Role::content)));
    CHECK(sealed(document.content, Role::content) == one.payloads.at(Role::content));
    CHECK(sealed(document.metadata, Role::metadata) == one.payloads.at(Role::metadata));
    CHECK(sealed(document.preview.value(), Role::preview) == one.payloads.at(Role::preview));
    CHECK_FALSE(found->documents[0].preview);
    CHECK_FALSE(store().bundle(dossier, id, worker.id, now));
    CHECK_FALSE(store().bundle(DossierId(), id, owner.id, now));
    CHECK(is_sound());
}

TEST_CASE_FIXTURE(Vault, "a later description does not change a sealed bundle") {
    const Paper paper = deposit(owner);
    const BundleId id = seal({header_of(paper.id)});
    stage_member(id, Member::seal, ciphertext(1500));
    const Bytes changed = ciphertext(2080);
    describe(paper, changed);
    describe(paper, ciphertext(4128));
    CHECK(bundle(id)->documents[0].metadata == payload_of(paper.payloads.at(Role::metadata)));
    const auto sealed = [&] {
        return read(store().sealed_payload(dossier, paper.id, Role::metadata,
                                           crypto::sha256(paper.payloads.at(Role::metadata))));
    };
    CHECK(sealed() == paper.payloads.at(Role::metadata));
    CHECK(is_sound());
    now = now + kDay * 30;
    CHECK_FALSE(bundle(id));
    CHECK(store().expire(now) > 0);
    CHECK(refuses(base::ErrorKind::storage, sealed));
    CHECK(is_sound());
    CHECK(documents(as_owner())[0].metadata.size() == 4128);
}

TEST_CASE_FIXTURE(Vault, "erasing a document ends the bundles that hold it, and no others") {
    const Paper kept = deposit(owner), erased = deposit(owner);
    const BundleId without = seal({header_of(kept.id)});
    const BundleId with = seal({header_of(kept.id), header_of(erased.id)});
    stage_member(without, Member::seal, ciphertext(1500));
    stage_member(with, Member::seal, ciphertext(1500));
    REQUIRE(bundle(with));
    act(owner, DocumentErase{erased.id});
    CHECK_FALSE(bundle(with));
    CHECK(bundle(without));
    CHECK(is_sound());
}

TEST_CASE_FIXTURE(Vault, "a seal needs its manifest and a header for each of its documents") {
    const Paper one = deposit(owner), erased = deposit(owner);
    act(owner, DocumentErase{erased.id});
    const auto id = crypto::random_value<BundleId>();
    const Bytes manifest = ciphertext(3000);
    const auto why = [&](std::uint64_t count, const std::vector<DocumentHeader>& headers) {
        return refused(owner, seal_of(id, manifest, count), headers).why;
    };
    CHECK(why(1, {header_of(one.id)}) == Why::payload_missing);
    stage_member(id, Member::manifest, ciphertext(3000));
    CHECK(why(1, {header_of(one.id)}) == Why::payload_missing);
    stage_member(id, Member::manifest, manifest);
    CHECK(why(2, {header_of(one.id)}) == Why::header_mismatch);
    CHECK(why(2, {header_of(one.id), header_of(one.id)}) == Why::header_mismatch);
    CHECK(why(1, {header_of(erased.id)}) == Why::header_mismatch);
    CHECK(why(1, {header_of(DocumentId())}) == Why::header_mismatch);
    act(owner, seal_of(id, manifest, 1), {header_of(one.id)});
}

TEST_CASE_FIXTURE(Vault, "the manifest of a sealed bundle is not replaced by another") {
    const Paper paper = deposit(owner);
    const BundleId id = seal({header_of(paper.id)});
    CHECK(refuses(base::ErrorKind::conflict,
                  [&] { return stage_member(id, Member::manifest, ciphertext(3000)), 0; }));
    stage_member(id, Member::seal, ciphertext(1500));
    CHECK(bundle(id));
}

TEST_CASE_FIXTURE(Vault, "a member kept longest is there as long as its bundle is uploaded to") {
    const Paper paper = deposit(owner);
    const auto id = crypto::random_value<BundleId>();
    const Bytes manifest = ciphertext(3000);
    stage_member(id, Member::manifest, manifest);
    now = now + kDay - std::chrono::hours(1);
    stage_member(id, Member::case_key, ciphertext(300));
    now = now + std::chrono::hours(2);
    CHECK(store().expire(now) == 0);
    act(owner, seal_of(id, manifest, 1), {header_of(paper.id)});
}

TEST_CASE_FIXTURE(Vault, "members of a bundle that is never sealed go after a day") {
    const auto id = crypto::random_value<BundleId>();
    stage_member(id, Member::manifest, ciphertext(100'000));
    now = now + kDay;
    CHECK(store().expire(now) == 1);
    backend.reopen();
    CHECK(store().check(true).swept == 0);
    CHECK(refused(owner, seal_of(id, ciphertext(1), 1), {header_of(DocumentId())}).why ==
          Why::header_mismatch);
}

}  // namespace kluis::test
