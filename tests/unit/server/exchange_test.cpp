// What each kind of request is answered.
#include "exchanges.hpp"

#include <doctest/doctest.h>

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

TEST_CASE("unknown paths, other methods, and other spellings are refused") {
    TestVault vault;
    CHECK(answer(vault, head("GET", "/api/v1/status")).status == 200);
    CHECK(refused(vault, head("GET", "/")) == "not-found");
    CHECK(refused(vault, head("GET", "/api/v1/nothing")) == "not-found");
    CHECK(refused(vault, head("POST", "/api/v1/status")) == "method-not-allowed");
    CHECK(refused(vault, head("HEAD", "/api/v1/status")) == "method-not-allowed");
    CHECK(refused(vault, head("GET", "/api/v1/status?as=owner")) == "malformed");
    CHECK(refused(vault, head("GET", "/api/v1/../v1/status")) == "not-found");
    CHECK(refused(vault, head("GET", "http://127.0.0.1/api/v1/status")) == "not-found");
}

TEST_CASE("without a session, or with an unknown one, what needs one is refused alike") {
    TestVault vault;
    for (const api::Route& route : api::routes()) {
        if (!route.session) continue;
        std::vector<std::string> parameters(3, "a");
        const auto target = api::path(route.endpoint, parameters);
        const std::string method(api::name(route.method));
        CHECK(refused(vault, head(method, target)) == "login-required");
        CHECK(refused(vault, head(method, target, crypto::random_secret<api::SessionToken>())) ==
              "login-required");
    }
}

TEST_CASE("a body needs its length and its media type, and has a limit") {
    TestVault vault;
    server::RequestHead request = head("POST", "/api/v1/sessions");
    CHECK(refused(vault, request) == "length-required");
    request.length = 2;
    CHECK(refused(vault, request) == "media-type");
    request.headers["content-type"] = "application/json";
    CHECK(refused(vault, request, base::to_bytes("{}")) == "malformed");
    CHECK(refused(vault, request, base::to_bytes("no json")) == "malformed");
    CHECK(refused(vault, request, base::Bytes(64 * 1024 + 1, ' ')) == "limit");
    CHECK(refused(vault, head("GET", "/api/v1/status"), base::to_bytes("{}")) == "malformed");
    request.repeated = true;
    CHECK(refused(vault, request) == "malformed");
}

TEST_CASE("ids and names that are none are not found, and a query is read once") {
    TestVault vault;
    TestDossier dossier(vault);
    const std::string id = statement::to_text(dossier.id());
    const auto get = [&](const std::string& target) {
        return refused(vault, head("GET", "/api/v1" + target, dossier.session));
    };
    CHECK(get("/dossiers/abc?as=owner") == "not-found");
    CHECK(get("/cards/abc") == "not-found");
    CHECK(get("/dossiers/" + id) == "malformed");
    CHECK(get("/dossiers/" + id + "?as=king") == "malformed");
    CHECK(get("/dossiers/" + id + "?as=owner&as=owner") == "malformed");
    CHECK(get("/dossiers/" + id + "?as=owner&x=1") == "malformed");
    for (const std::string query : {"?", "?as", "?as=owner&", "?&as=owner", "?as=owner&&from=1"}) {
        CAPTURE(query);
        CHECK(get("/dossiers/" + id + query) == "malformed");
    }
    CHECK(get("/dossiers/" + id + "?as=owner") == "");
}

TEST_CASE("a document is answered whole, in part, not at all, and by its head") {
    TestVault vault;
    TestDossier dossier(vault);
    const auto document = dossier.add(base::Bytes(1000, 4));
    const std::string target = api::path(api::Endpoint::document, {statement::to_text(dossier.id()),
                                                                   statement::to_text(document)}) +
                               "?as=owner";
    auto whole = answer(vault, head("GET", target, dossier.session));
    CHECK(whole.status == 200);
    const std::string tag = header(whole, "ETag");
    CHECK(header(whole, "Accept-Ranges") == "bytes");

    auto request = head("GET", target, dossier.session);
    request.headers["range"] = "bytes=10-19";
    auto part = answer(vault, request);
    CHECK(part.status == 206);
    CHECK(part.length == 10);
    CHECK(header(part, "Content-Range") == "bytes 10-19/" + std::to_string(*whole.length));
    request.headers["if-range"] = "\"other\"";
    CHECK(answer(vault, request).status == 200);
    request.headers["if-range"] = tag;
    CHECK(answer(vault, request).status == 206);
    request.headers["range"] = "bytes=100000-";
    CHECK(refused(vault, request) == "range");
    request.headers["range"] = "bytes=0-1,5-6";
    CHECK(answer(vault, request).status == 200);

    request = head("GET", target, dossier.session);
    request.headers["if-none-match"] = tag;
    CHECK(answer(vault, request).status == 304);

    const auto only_head = answer(vault, head("HEAD", target, dossier.session));
    CHECK(only_head.status == 200);
    CHECK(only_head.length == whole.length);
    CHECK(header(only_head, "ETag") == tag);
}

TEST_CASE("a keyring's revision travels as its tag") {
    TestVault vault;
    const auto session = vault.join(Person("N"));
    auto put = head("PUT", "/api/v1/account/keyring", session);
    put.headers["content-type"] = "application/octet-stream";
    CHECK(refused(vault, put, base::Bytes(10, 1)) == "revision-needed");
    put.headers["if-match"] = "\"0\"";
    CHECK(header(answer(vault, put, base::Bytes(10, 1)), "ETag") == "\"1\"");
    CHECK(refused(vault, put, base::Bytes(10, 1)) == "keyring-changed");
    const auto get = answer(vault, head("GET", "/api/v1/account/keyring", session));
    CHECK(header(get, "ETag") == "\"1\"");
    CHECK(get.body.size() == 10);
}

TEST_CASE("an upload streams to its place") {
    TestVault vault;
    TestDossier dossier(vault);
    auto put = head("PUT",
                    api::path(api::Endpoint::put_payload,
                              {statement::to_text(dossier.id()), std::string(26, 'a'), "content"}),
                    dossier.session);
    put.headers["content-type"] = "application/octet-stream";
    CHECK(answer(vault, put, base::Bytes(10, 1)).status == 204);
    put.target.replace(put.target.rfind('/') + 1, std::string::npos, "title");
    CHECK(refused(vault, put, base::Bytes(10, 1)) == "not-found");
}

TEST_CASE("payloads sent together are taken within their limit, in their one form") {
    TestVault vault;
    TestDossier dossier(vault);
    auto post =
        head("POST", api::path(api::Endpoint::put_payloads, {statement::to_text(dossier.id())}),
             dossier.session);
    CHECK(refused(vault, post, base::Bytes(10, 1)) == "media-type");
    post.headers["content-type"] = "application/octet-stream";
    const std::vector<api::SmallPayload> payloads{{{}, api::Role::content, base::Bytes(10, 1)}};
    auto body = api::encode_payloads(payloads);
    CHECK(answer(vault, post, body).status == 204);
    body.push_back(0);
    CHECK(refused(vault, post, body) == "malformed");
    CHECK(refused(vault, post, base::Bytes(api::kPayloadsLimit + 1, 0)) == "limit");
}

TEST_CASE("a header that would make something else of an upload is refused, and nothing is kept") {
    TestVault vault;
    TestDossier dossier(vault);
    const auto id = crypto::random_value<statement::DocumentId>();
    const base::Bytes content(10, 1);
    const auto put = [&](const std::string& name, const std::string& value) {
        auto request =
            head("PUT",
                 api::path(api::Endpoint::put_payload,
                           {statement::to_text(dossier.id()), statement::to_text(id), "content"}),
                 dossier.session);
        request.headers["content-type"] = "application/octet-stream";
        if (!name.empty()) request.headers[name] = value;
        return refused(vault, request, content);
    };
    for (const auto& [name, value] :
         std::vector<std::pair<std::string, std::string>>{{"content-range", "bytes 0-9/20"},
                                                          {"tus-resumable", "1.0.0"},
                                                          {"upload-checksum", "sha1 AAAA"},
                                                          {"upload-concat", "partial"},
                                                          {"upload-defer-length", "1"},
                                                          {"upload-length", "10"},
                                                          {"upload-metadata", "filename AAAA"},
                                                          {"upload-offset", "0"},
                                                          {"x-http-method", "DELETE"},
                                                          {"x-http-method-override", "DELETE"},
                                                          {"x-method-override", "DELETE"}}) {
        INFO(name);
        CHECK(put(name, value) == "malformed");
    }
    vault.put(dossier.session, {dossier.id(), id, api::Role::metadata}, TestVault::metadata_of(id));
    const auto deposit =
        vault.signed_deposit(dossier.owner, dossier.author, dossier.owner, id, content);
    CHECK(code_of([&] { return vault.service.submit(dossier.session, dossier.id(), {deposit}); }) ==
          "payload-missing");
    CHECK(put("", "") == "");
    vault.service.submit(dossier.session, dossier.id(), {deposit});
}

TEST_CASE("who may not do something is told before the body is read") {
    TestVault vault;
    TestDossier dossier(vault);
    const Person worker("worker");
    const auto strangers = vault.join(Person("stranger"));
    dossier.act(statement::DepositorAllow{worker.card(), std::nullopt, std::nullopt, false});
    const auto without_account = vault.log_in(worker);
    const auto begin = [&](api::Endpoint endpoint, const api::SessionToken& session,
                           const std::string& type) {
        const auto& route = api::route(endpoint);
        auto request = head(std::string(api::name(route.method)),
                            api::path(endpoint, {statement::to_text(dossier.id())}), session);
        request.headers["content-type"] = type;
        request.length = 1000;
        return code_of([&] {
            server::Exchange exchange(vault.service, std::move(request));
            exchange.begin();
            return 0;
        });
    };
    const std::string json = "application/json";
    const std::string bytes = "application/octet-stream";
    CHECK(begin(api::Endpoint::put_keyring, without_account, bytes) == "account-needed");
    CHECK(begin(api::Endpoint::create_dossier, without_account, json) == "account-needed");
    CHECK(begin(api::Endpoint::submit, strangers, json) == "not-found");
    CHECK(begin(api::Endpoint::put_payloads, strangers, bytes) == "not-found");
    CHECK(begin(api::Endpoint::submit, without_account, json) == "");
    CHECK(begin(api::Endpoint::put_payloads, without_account, bytes) == "");
}

TEST_CASE("a refused method is told which there are, and a refused range how much there is") {
    TestVault vault;
    TestDossier dossier(vault);
    const auto headers_of = [&](server::RequestHead request, const std::string& code) {
        server::Exchange exchange(vault.service, std::move(request));
        CHECK(code_of([&] { return (exchange.begin(), exchange.finish({})); }) == code);
        return exchange.refusal_headers();
    };
    const auto id = dossier.add(base::Bytes(1000, 4));
    const std::string target = api::path(api::Endpoint::document, {statement::to_text(dossier.id()),
                                                                   statement::to_text(id)}) +
                               "?as=owner";
    using Headers = server::Headers;
    CHECK(headers_of(head("DELETE", "/api/v1/account/keyring"), "method-not-allowed") ==
          Headers{{"Allow", "GET, PUT"}});
    CHECK(headers_of(head("PUT", target), "method-not-allowed") == Headers{{"Allow", "GET, HEAD"}});
    CHECK(headers_of(head("HEAD", "/api/v1/status"), "method-not-allowed") ==
          Headers{{"Allow", "GET"}});
    auto request = head("GET", target, dossier.session);
    request.headers["range"] = "bytes=100000-";
    const auto size = vault.service
                          .peek_document(dossier.session, {dossier.id(), id, api::Role::content},
                                         api::ViewAs::owner)
                          .size;
    CHECK(headers_of(std::move(request), "range") ==
          Headers{{"Content-Range", "bytes */" + std::to_string(size)}});
}

TEST_CASE("the record of reads is answered as lines, from a place on") {
    TestVault vault;
    TestDossier dossier(vault);
    const Person lawyer("lawyer");
    const auto session = vault.join(lawyer);
    for (int i = 0; i < 3; ++i) {
        const auto id = dossier.add(base::Bytes(100, 1));
        dossier.grant(lawyer, id);
        vault.service.document(session, {dossier.id(), id, api::Role::content},
                               api::ViewAs::grantee, std::nullopt);
    }
    const auto lines = [&](const std::string& query) {
        auto reply = answer(
            vault,
            head("GET", "/api/v1/dossiers/" + statement::to_text(dossier.id()) + "/reads" + query,
                 dossier.session));
        CHECK(header(reply, "Content-Type") == "application/jsonl");
        const auto body = base::read_all(*reply.stream, 1'000'000, "reads");
        return std::ranges::count(body, '\n');
    };
    CHECK(lines("") == 4);
    CHECK(lines("?from=2") == 3);
    CHECK(lines("?from=9") == 1);
    CHECK(refused(
              vault,
              head("GET", "/api/v1/dossiers/" + statement::to_text(dossier.id()) + "/reads?from=02",
                   dossier.session)) == "malformed");
}

TEST_CASE("an owner's view is read on from a place, which has one spelling, and no other's is") {
    TestVault vault;
    TestDossier dossier(vault);
    for (std::size_t i = 0; i < 3; ++i)
        dossier.add(base::Bytes(100, 1));
    const auto target = "/api/v1/dossiers/" + statement::to_text(dossier.id());
    const auto lines = [&](const std::string& query) {
        auto reply = answer(vault, head("GET", target + query, dossier.session));
        const auto body = base::read_all(*reply.stream, 1'000'000, "a view");
        return std::ranges::count(body, '\n');
    };
    // Beginning, create, three deposits with their documents, end.
    CHECK(lines("?as=owner") == 9);
    CHECK(lines("?as=owner&from=1") == 8);
    CHECK(lines("?as=owner&from=3") == 4);
    CHECK(lines("?as=owner&from=4") == 2);
    CHECK(lines("?as=owner&from=99") == 2);
    for (const std::string query :
         {"?as=owner&from=", "?as=owner&from=0", "?as=owner&from=01", "?as=owner&from=1x",
          "?as=owner&from=9007199254740992", "?as=owner&from=9223372036854775808",
          "?as=owner&from=1&from=1", "?as=grantee&from=1", "?as=depositor&from=1"}) {
        CAPTURE(query);
        CHECK(refused(vault, head("GET", target + query, dossier.session)) == "malformed");
    }
}

TEST_CASE("the log's name of a request is its method and template") {
    TestVault vault;
    server::Exchange exchange(vault.service, head("GET", "/api/v1/status"));
    CHECK(exchange.route() == "");
    exchange.begin();
    CHECK(exchange.route() == "GET /status");
}

TEST_CASE("a problem's reply has its media type, its status and nothing of the error's text") {
    const auto reply = server::problem_reply(
        base::Error(base::ErrorKind::denied, "J. may not").with_code("login-required"), "abc");
    CHECK(reply.status == 401);
    CHECK(header(reply, "Content-Type") == "application/problem+json");
    CHECK(header(reply, "WWW-Authenticate") == "Bearer");
    CHECK(reply.body.find("J.") == std::string::npos);
    CHECK(reply.body.find("\"request\":\"abc\"") != std::string::npos);
}
