#include "people.hpp"

#include <doctest/doctest.h>

using namespace kluis;
using namespace kluis::statement;
using namespace kluis::test;
using chain::Reason;

TEST_CASE("a deposit makes a document of what it names") {
    History history(owner());
    history.add(owner(), allow(worker()));
    const Signed made = history.add(worker(), deposit("a"));
    const auto document = history.state().document(document_id("a")).value();
    CHECK(document.deposit == made.hash);
    CHECK(document.depositor == worker().fingerprint());
    CHECK(document.deposited == made.statement.time);
    CHECK(document.payloads == deposit("a").payloads);
    CHECK(document.commitment == deposit("a").commitment);
    CHECK(document.header == deposit("a").header);
    CHECK(document.describer == worker().fingerprint());
    CHECK(document.metadata() == deposit("a").payloads.at(Role::metadata));
    CHECK_FALSE(document.erased);
}

TEST_CASE("a document's id is used once, erased or not") {
    History history(owner());
    history.add(owner(), deposit("a"));
    CHECK(history.refusal(owner(), deposit("a")) == Reason::document_used);
    history.add(owner(), DocumentErase{document_id("a")});
    CHECK(history.refusal(owner(), deposit("a")) == Reason::document_used);
}

TEST_CASE("the owner's description replaces the metadata") {
    History history(owner());
    history.add(owner(), allow(worker()));
    history.add(worker(), deposit("a"));
    const Signed first = history.add(owner(), description("a", 1));
    const Signed second = history.add(owner(), description("a", 2));
    const auto document = history.state().document(document_id("a")).value();
    CHECK(first.hash != second.hash);
    CHECK(document.description == second.hash);
    CHECK(document.metadata() == description("a", 2).metadata);
    CHECK(document.describer == owner().fingerprint());
    CHECK(document.depositor == worker().fingerprint());
}

TEST_CASE("nobody but the owner describes, not even the depositor") {
    History history(owner());
    history.add(owner(), allow(worker()));
    history.add(worker(), deposit("a"));
    CHECK(history.refusal(worker(), description("a", 1)) == Reason::not_owner);
}

TEST_CASE("describing or erasing what does not stand is void") {
    History history(owner());
    CHECK(history.refusal(owner(), description("a", 1)) == Reason::unknown_document);
    CHECK(history.refusal(owner(), DocumentErase{document_id("a")}) == Reason::unknown_document);
    history.add(owner(), deposit("a"));
    history.add(owner(), DocumentErase{document_id("a")});
    CHECK(history.refusal(owner(), description("a", 1)) == Reason::unknown_document);
    CHECK(history.refusal(owner(), DocumentErase{document_id("a")}) == Reason::unknown_document);
}

TEST_CASE("erasing a document ends its grants and leaves the others") {
    History history(owner());
    history.add(owner(), deposit("a"));
    history.add(owner(), deposit("b"));
    history.add(owner(), history.grant(lawyer(), {"a", "b"}));
    history.add(owner(), DocumentErase{document_id("a")});
    CHECK(history.state().document(document_id("a"))->erased);
    CHECK_FALSE(history.state().grant(document_id("a"), lawyer().fingerprint()));
    CHECK(history.state().grant(document_id("b"), lawyer().fingerprint()));
    CHECK(history.state().standing() == std::vector{document_id("b")});
}

TEST_CASE("standing documents are listed by the text of their ids") {
    History history(owner());
    for (int i = 0; i < 20; ++i)
        history.add(owner(), deposit(std::to_string(i)));
    CHECK(std::ranges::is_sorted(history.state().standing(), TextOrder()));
    CHECK_FALSE(std::ranges::is_sorted(history.state().standing()));
}

TEST_CASE("the owner erases whoever's document, at any time") {
    History history(owner());
    history.add(owner(), allow(worker()));
    history.add(worker(), deposit("a"));
    history.wait(std::chrono::hours(1000));
    CHECK(history.refusal(owner(), DocumentErase{document_id("a")}) == kAccepted);
}

TEST_CASE("a depositor erases up to 86,400 seconds after the deposit") {
    History history(owner());
    history.add(owner(), allow(worker()));
    const Signed made = history.add(worker(), deposit("a"));
    Statement draft = history.draft(worker(), DocumentErase{document_id("a")});
    draft.time = made.statement.time + std::chrono::seconds(86'400);
    CHECK(history.refusal(sign(draft, worker().signer())) == kAccepted);
    draft.time = draft.time + kSecond;
    CHECK(history.refusal(sign(draft, worker().signer())) == Reason::too_late);
}

TEST_CASE("a depositor who is not allowed any more erases nothing") {
    History history(owner());
    history.add(owner(), allow(worker()));
    history.add(worker(), deposit("a"));
    history.add(owner(), DepositorRemove{worker().fingerprint()});
    CHECK(history.refusal(worker(), DocumentErase{document_id("a")}) == Reason::not_depositor);
    history.add(owner(), allow(worker()));
    CHECK(history.refusal(worker(), DocumentErase{document_id("a")}) == kAccepted);
}

TEST_CASE("a depositor erases no one else's document, and does not learn whether it exists") {
    History history(owner());
    history.add(owner(), allow(worker()));
    history.add(owner(), deposit("a"));
    CHECK(history.refusal(worker(), DocumentErase{document_id("a")}) == Reason::not_owner);
    CHECK(history.refusal(worker(), DocumentErase{document_id("b")}) == Reason::not_owner);
}

TEST_CASE("a depositor who erases twice is told that the document is gone") {
    History history(owner());
    history.add(owner(), allow(worker()));
    history.add(worker(), deposit("a"));
    history.add(worker(), DocumentErase{document_id("a")});
    CHECK(history.refusal(worker(), DocumentErase{document_id("a")}) == Reason::unknown_document);
}
