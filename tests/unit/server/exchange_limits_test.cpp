// How much a request may take of the server.
#include "exchanges.hpp"

#include <doctest/doctest.h>
#include <server/handlers.hpp>

#include <algorithm>

using namespace kluis;
using test::answer;
using test::code_of;
using test::head;
using test::header;
using test::Person;
using test::refused;
using test::TestDossier;
using test::TestVault;

TEST_CASE("one card has only so many bytes of bodies gathered, and so many downloads, at once") {
    server::VaultRules rules;
    rules.gathered_at_once = 1500;
    rules.downloads_at_once = 1;
    TestVault vault(std::move(rules));
    TestDossier dossier(vault);
    const auto session = vault.join(Person("N"));
    const auto keyring = [&](const api::SessionToken& by) {
        auto request = head("PUT", "/api/v1/account/keyring", by);
        request.headers["content-type"] = "application/octet-stream";
        request.length = 1000;
        return request;
    };
    {
        server::Exchange first(vault.service, keyring(session));
        first.begin();
        CHECK(refused(vault, keyring(session)) == "too-many-requests");
        server::Exchange others(vault.service, keyring(dossier.session));
        others.begin();
    }
    CHECK(refused(vault, keyring(session)) == "revision-needed");
    const std::string target = "/api/v1/dossiers/" + statement::to_text(dossier.id()) + "?as=owner";
    {
        server::Exchange first(vault.service, head("GET", target, dossier.session));
        first.begin();
        CHECK(refused(vault, head("GET", target, dossier.session)) == "too-many-requests");
    }
    CHECK(refused(vault, head("GET", target, dossier.session)) == "");
}

TEST_CASE("all cards have only so many bytes of long bodies gathered at once, short ones always") {
    server::VaultRules rules;
    rules.gathered_in_all = 200'000;
    TestVault vault(std::move(rules));
    TestDossier dossier(vault);
    const Person worker("worker");
    dossier.act(statement::DepositorAllow{worker.card(), std::nullopt, std::nullopt, false});
    const auto payloads = [&](const api::SessionToken& by, std::uint64_t size) {
        auto request = head(
            "POST", api::path(api::Endpoint::put_payloads, {statement::to_text(dossier.id())}), by);
        request.headers["content-type"] = "application/octet-stream";
        request.length = size;
        return request;
    };
    const auto keyring = [&](const Person& person, std::uint64_t size) {
        auto request = head("PUT", "/api/v1/account/keyring", vault.join(person));
        request.headers["content-type"] = "application/octet-stream";
        request.length = size;
        return request;
    };
    const auto begin = [&](server::RequestHead asked) {
        return code_of([&] {
            server::Exchange exchange(vault.service, std::move(asked));
            exchange.begin();
            return 0;
        });
    };
    // Of a card that has no account.
    server::Exchange workers(vault.service, payloads(vault.log_in(worker), 150'000));
    workers.begin();
    CHECK(workers.must_hurry());
    CHECK(begin(payloads(vault.log_in(worker), 100'000)) == "too-many-requests");

    server::Exchange first(vault.service, payloads(dossier.session, 100'000));
    first.begin();
    CHECK_FALSE(first.must_hurry());
    {
        server::Exchange second(vault.service, keyring(Person("second"), 100'000));
        second.begin();
        CHECK(first.must_hurry());
        CHECK(begin(keyring(Person("third"), 100'000)) == "too-many-requests");
        server::Exchange brief(vault.service, keyring(Person("fourth"), server::kShortBody));
        brief.begin();
        CHECK_FALSE(brief.must_hurry());
    }
    CHECK(begin(keyring(Person("fifth"), 100'000)) == "");
}

TEST_CASE("a JSON body counts as the memory that it takes, and the largest fits alone") {
    TestVault vault;
    TestDossier dossier(vault);
    const std::string id = statement::to_text(dossier.id());
    const auto request = [&](api::Endpoint endpoint, const std::string& type, std::uint64_t size) {
        const auto& route = api::route(endpoint);
        auto result =
            head(std::string(api::name(route.method)), api::path(endpoint, {id}), dossier.session);
        result.headers["content-type"] = type;
        result.length = size;
        return result;
    };
    const auto run = [&](std::uint64_t size) {
        return request(api::Endpoint::submit, "application/json", size);
    };
    const auto payloads = [&](std::uint64_t size) {
        return request(api::Endpoint::put_payloads, "application/octet-stream", size);
    };
    const auto begin = [&](server::RequestHead asked) {
        return code_of([&] {
            server::Exchange exchange(vault.service, std::move(asked));
            exchange.begin();
            return 0;
        });
    };
    server::Exchange largest(vault.service, run(api::kRequestLimit));
    largest.begin();
    CHECK(begin(run(1)) == "too-many-requests");
    CHECK(begin(payloads(1)) == "too-many-requests");
    server::Exchange others(vault.service, head("GET", "/api/v1/status"));
    CHECK(code_of([&] { return (others.begin(), 0); }) == "");
}

TEST_CASE("a body of more values than any of ours has is refused before they are all made") {
    TestVault vault;
    TestDossier dossier(vault);
    std::string zeros = "[0";
    while (zeros.size() < 60'000)
        zeros += ",0";
    const base::Bytes body = base::to_bytes(zeros + "]");
    const auto why = [&](server::RequestHead request) {
        request.headers["content-type"] = "application/json";
        const auto error = test::refusal([&] { return answer(vault, std::move(request), body); });
        REQUIRE(error);
        CHECK(error->kind() == base::ErrorKind::malformed);
        return std::string(error->what());
    };
    const std::string expected = "request holds too many values for its length";
    CHECK(why(head("POST", "/api/v1/sessions")) == expected);
    CHECK(why(head("POST", "/api/v1/accounts")) == expected);
    CHECK(why(head("POST", "/api/v1/dossiers", dossier.session)) == expected);
}

TEST_CASE("the run and the reply with most values for their length stay below the bounds") {
    TestVault vault;
    TestDossier dossier(vault);
    const auto parses = [](const base::Json& json, std::size_t bytes_per_value) {
        const std::string text = base::canonical_json(json, base::JsonText::ascii);
        CHECK(text.size() > 100 * 1024);
        return !test::refusal(
            [&] { return base::parse_json(base::as_bytes(text), "it", bytes_per_value); });
    };
    const Person heir("heir");
    std::vector<api::DocumentHeader> headers(api::kRunLimit);
    for (auto& header : headers)
        header.header = test::header_for(heir.card());
    std::vector<api::Submission> run(
        api::kRunLimit, dossier.author.sign(dossier.owner, statement::DossierErase{}, {}));
    CHECK(parses(api::to_json(run), 60));
    CHECK(parses(api::to_json(std::vector<api::Submission>{{run[0].envelope, headers}}), 60));
    const std::vector<api::DossierReply> dossiers(
        5000,
        {dossier.id(), std::nullopt, std::nullopt, {api::ViewAs::depositor, api::ViewAs::grantee}});
    CHECK(parses(api::to_json(dossiers), 14));
    static_assert(60 > server::kRequestBytesPerValue && 8 > base::kJsonBytesPerValue);
}
