#include "people.hpp"

#include <doctest/doctest.h>
#include <support/refusal.hpp>

using namespace kluis;
using namespace kluis::statement;
using namespace kluis::test;

namespace {

chain::GranteeEvidence pick(const History& history, const std::vector<std::size_t>& places) {
    chain::GranteeEvidence evidence;
    for (const std::size_t place : places)
        evidence.statements.push_back(history.statements()[place]);
    evidence.cards = {worker().card()};
    return evidence;
}

chain::GranteeView verify(const History& history, const chain::GranteeEvidence& evidence) {
    return chain::verify_grantee_view(history.id(), lawyer().fingerprint(), evidence,
                                      history.now());
}

chain::GranteeView view(const History& history, const std::vector<std::size_t>& places) {
    return verify(history, pick(history, places));
}

bool forged(const History& history, const chain::GranteeEvidence& evidence) {
    return refuses(base::ErrorKind::forged, [&] { return verify(history, evidence); });
}

bool forged(const History& history, const std::vector<std::size_t>& places) {
    return forged(history, pick(history, places));
}

// 0 create, 1 allow worker, 2 deposit a (worker), 3 deposit b (owner), 4 describe b,
// 5 grant a and b to the lawyer, 6 grant b to a stranger.
History example() {
    History history(owner());
    history.add(owner(), allow(worker()));
    history.add(worker(), deposit("a"));
    history.add(owner(), deposit("b"));
    history.add(owner(), description("b", 1));
    history.add(owner(), history.grant(lawyer(), {"a", "b"}));
    history.add(owner(), history.grant(stranger(), {"b"}));
    return history;
}

const chain::GrantedView& granted(const chain::GranteeView& view, const std::string& name) {
    const auto found = std::ranges::find(
        view.documents, document_id(name),
        [](const chain::GrantedView& document) { return document.grant.document; });
    REQUIRE(found != view.documents.end());
    return *found;
}

}  // namespace

TEST_CASE("a grantee's view gives the granted documents with who deposited and described them") {
    const History history = example();
    const auto result = view(history, {0, 2, 3, 4, 5});
    CHECK(result.dossier == history.id());
    CHECK(result.owner == owner().fingerprint());
    CHECK(result.missing.empty());
    CHECK(result.documents.size() == 2);
    const auto a = granted(result, "a");
    CHECK(a.deposit.hash == history.statements()[2].hash);
    CHECK(a.depositor == worker().card());
    CHECK(a.describer == worker().fingerprint());
    CHECK(a.metadata() == deposit("a").payloads.at(Role::metadata));
    const auto b = granted(result, "b");
    CHECK(b.depositor == owner().card());
    CHECK(b.describer == owner().fingerprint());
    CHECK(b.metadata() == description("b", 1).metadata);
    CHECK(b.grant.granted_by == history.statements()[5].hash);
}

TEST_CASE("documents of a grantee's view are in the order of their ids' text") {
    History history(owner());
    std::vector<std::string> names;
    for (int i = 0; i < 20; ++i) {
        names.push_back(std::to_string(i));
        history.add(owner(), deposit(names.back()));
    }
    history.add(owner(), history.grant(lawyer(), names));
    chain::GranteeEvidence evidence;
    evidence.statements = history.statements();
    const auto result = verify(history, evidence);
    CHECK(result.documents.size() == 20);
    CHECK(std::ranges::is_sorted(
        result.documents, TextOrder(),
        [](const chain::GrantedView& document) { return document.grant.document; }));
}

TEST_CASE("a description later than the grant counts, if it is the owner's") {
    History history = example();
    history.add(owner(), description("b", 2));
    CHECK(granted(view(history, {0, 2, 3, 5, 7}), "b").metadata() == description("b", 2).metadata);
    history.add(owner(), history.transfer(owner(), heir()));
    history.add(heir(), description("a", 1));
    const auto result = view(history, {0, 2, 3, 5, 7, 8, 9});
    CHECK(granted(result, "a").describer == heir().fingerprint());
    CHECK(granted(result, "b").describer == owner().fingerprint());
}

TEST_CASE("a description by who does not own the dossier is refused") {
    History history = example();
    history.add(worker(), description("a", 1));
    CHECK(forged(history, {0, 2, 3, 4, 5, 7}));
}

TEST_CASE("a description by the former owner, shown after the transfer, is refused") {
    History history = example();
    history.add(owner(), history.transfer(owner(), heir()));
    history.add(owner(), description("a", 1));
    CHECK(forged(history, {0, 2, 3, 4, 5, 7, 8}));
}

TEST_CASE("the description that was granted may not be left out, nor an older one be shown") {
    History history = example();
    CHECK(forged(history, {0, 2, 3, 5}));
    history.add(owner(), description("b", 2));
    history.add(owner(), history.grant(lawyer(), {"b"}));
    CHECK_FALSE(forged(history, {0, 2, 3, 5, 7, 8}));
    CHECK(forged(history, {0, 2, 3, 4, 5, 8}));
    CHECK(forged(history, {0, 2, 3, 4, 5, 7, 8}));
}

TEST_CASE("a deposit that the grant does not name is refused") {
    History history(owner());
    history.add(owner(), deposit("a"));
    History fork(owner());
    DocumentDeposit other = deposit("a");
    other.commitment = value_of<Commitment>("other content");
    fork.add(owner(), other);
    fork.add(owner(), fork.grant(lawyer(), {"a"}));
    chain::GranteeEvidence evidence;
    evidence.statements = {history.statements()[0], history.statements()[1], fork.statements()[2]};
    REQUIRE(history.id() == fork.id());
    CHECK(forged(history, evidence));
    evidence.statements[1] = fork.statements()[1];
    CHECK_FALSE(forged(history, evidence));
}

TEST_CASE("a deposit needs its depositor's card, and that card's signature") {
    const History history = example();
    auto evidence = pick(history, {0, 2, 3, 4, 5});
    evidence.cards = {stranger().card()};
    CHECK(forged(history, evidence));
    evidence = pick(history, {0, 2, 3, 4, 5});
    evidence.statements[1].envelope.signature.writable()[5] ^= 1;
    CHECK(forged(history, evidence));
}

TEST_CASE("a document without its grant is refused") {
    const History history = example();
    CHECK(forged(history, {0, 2}));
    CHECK(forged(history, {0, 2, 3, 4}));
}

TEST_CASE("a granted document of which nothing is shown is named as missing") {
    const History history = example();
    const auto result = view(history, {0, 2, 5});
    CHECK(result.missing == std::vector{document_id("b")});
    CHECK(result.documents.size() == 1);
}

TEST_CASE("another's grant or revocation has no place in a grantee's view") {
    History history = example();
    CHECK(forged(history, {0, 2, 3, 4, 5, 6}));
    history.add(owner(), GrantRevoke{stranger().fingerprint(), {document_id("b")}});
    CHECK(forged(history, {0, 2, 3, 4, 5, 7}));
}

TEST_CASE("permissions, erasures and seals have no place in a grantee's view") {
    History history = example();
    CHECK(forged(history, {0, 1, 2, 3, 4, 5}));
    history.add(owner(), seal("1"));
    CHECK(forged(history, {0, 2, 3, 4, 5, 7}));
    history.add(owner(), DocumentErase{document_id("a")});
    CHECK(forged(history, {0, 2, 3, 4, 5, 8}));
}

TEST_CASE("what was revoked is not in the view") {
    History history = example();
    history.add(owner(), GrantRevoke{lawyer().fingerprint(), {document_id("a")}});
    for (const auto& places :
         {std::vector<std::size_t>{0, 2, 3, 4, 5, 7}, std::vector<std::size_t>{0, 3, 4, 5, 7}}) {
        const auto result = view(history, places);
        CHECK(result.documents.size() == 1);
        CHECK(result.documents[0].grant.document == document_id("b"));
        CHECK(result.missing.empty());
    }
}

TEST_CASE("a revocation of what is not granted is refused") {
    History history = example();
    history.add(owner(), GrantRevoke{lawyer().fingerprint(), {document_id("a")}});
    CHECK(forged(history, {0, 7}));
}

TEST_CASE("a grant is served while the clock is before its end") {
    History history(owner());
    history.add(owner(), deposit("a"));
    GrantCreate act = history.grant(lawyer(), {"a"});
    act.expires = history.now() + std::chrono::seconds(10);
    history.add(owner(), act);
    chain::GranteeEvidence evidence;
    evidence.statements = history.statements();
    const auto at = [&](base::Time now) {
        return chain::verify_grantee_view(history.id(), lawyer().fingerprint(), evidence, now)
            .documents.size();
    };
    CHECK(at(*act.expires - kSecond) == 1);
    CHECK(at(*act.expires) == 0);
}

TEST_CASE("a new grant replaces the old one in the view") {
    History history = example();
    history.add(owner(), history.grant(lawyer(), {"a"}));
    CHECK(granted(view(history, {0, 2, 3, 4, 5, 7}), "a").grant.granted_by ==
          history.statements()[7].hash);
}

TEST_CASE("a grant that ends before it begins is refused") {
    History history(owner());
    history.add(owner(), deposit("a"));
    GrantCreate act = history.grant(lawyer(), {"a"});
    act.expires = history.now();
    history.add(owner(), act);
    chain::GranteeEvidence evidence;
    evidence.statements = history.statements();
    CHECK(forged(history, evidence));
}

TEST_CASE("a grant by who does not own the dossier is refused") {
    History history = example();
    history.add(worker(), history.grant(lawyer(), {"a"}));
    CHECK(forged(history, {0, 2, 7}));
    Signed unsigned_grant = history.statements()[5];
    unsigned_grant.envelope.signature.writable()[0] ^= 1;
    auto evidence = pick(history, {0, 2, 3, 4});
    evidence.statements.push_back(unsigned_grant);
    CHECK(forged(history, evidence));
}

TEST_CASE("statements out of their order are refused") {
    History history = example();
    CHECK(forged(history, {0, 5, 2, 3, 4}));
    CHECK(forged(history, {0, 3, 2, 4, 5}));
    CHECK(forged(history, {2, 0, 5}));
    CHECK(forged(history, {0, 2, 2, 5}));
    CHECK(forged(history, chain::GranteeEvidence()));
}

TEST_CASE("a deposit or description of the same second, shown after the grant, is refused") {
    History history(owner());
    history.wait(-kSecond);
    history.add(owner(), deposit("a"));
    history.wait(-kSecond);
    history.add(owner(), deposit("b"));
    history.wait(-kSecond);
    history.add(owner(), description("a", 1));
    history.wait(-kSecond);
    history.add(owner(), deposit("c"));
    history.wait(-kSecond);
    history.add(owner(), history.grant(lawyer(), {"a"}));
    CHECK_FALSE(forged(history, {0, 1, 3, 5}));
    CHECK(forged(history, {0, 1, 5, 3}));
    CHECK(forged(history, {0, 5, 1, 3}));
}

TEST_CASE("a transfer that is hidden shows acts of one who is not the owner") {
    History history = example();
    history.add(owner(), history.transfer(owner(), heir()));
    history.add(heir(), GrantRevoke{lawyer().fingerprint(), {document_id("a")}});
    CHECK_FALSE(forged(history, {0, 2, 3, 4, 5, 7, 8}));
    CHECK(forged(history, {0, 2, 3, 4, 5, 8}));
}

TEST_CASE("a transfer away from the grantee's own card ends what was granted to it") {
    History history(owner());
    history.add(owner(), deposit("a"));
    history.add(owner(), history.grant(lawyer(), {"a"}));
    history.add(owner(), history.transfer(owner(), lawyer()));
    chain::GranteeEvidence evidence;
    evidence.statements = history.statements();
    CHECK(verify(history, evidence).documents.size() == 1);
    history.add(lawyer(), history.transfer(lawyer(), heir()));
    evidence.statements = history.statements();
    CHECK(verify(history, evidence).documents.empty());
}

TEST_CASE("a transfer without a good consent is refused") {
    History history = example();
    DossierTransfer act = history.transfer(owner(), heir());
    act.card = stranger().card();
    history.add(owner(), act);
    CHECK(forged(history, {0, 7}));
}

TEST_CASE("a view of another dossier is refused") {
    const History history = example();
    CHECK(refuses(base::ErrorKind::forged, [&] {
        return chain::verify_grantee_view(History(heir()).id(), lawyer().fingerprint(),
                                          pick(history, {0, 2, 3, 4, 5}), history.now());
    }));
}
