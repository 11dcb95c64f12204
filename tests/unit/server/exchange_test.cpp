// HTTP requests as calls, without sockets.
#include "vault.hpp"

#include <api/wire.hpp>
#include <doctest/doctest.h>
#include <server/exchange.hpp>

using namespace kluis;
using test::code_of;
using test::Person;
using test::TestDossier;
using test::TestVault;

namespace {

server::RequestHead head(std::string method, std::string target) {
    server::RequestHead head;
    head.method = std::move(method);
    head.target = std::move(target);
    return head;
}

server::RequestHead head(std::string method, std::string target, const api::SessionToken& session) {
    server::RequestHead result = head(std::move(method), std::move(target));
    result.headers["authorization"] = api::bearer_text(session);
    return result;
}

server::Reply answer(TestVault& vault, server::RequestHead request, const base::Bytes& body = {}) {
    if (!body.empty()) request.length = body.size();
    server::Exchange exchange(vault.service, std::move(request));
    exchange.begin();
    if (exchange.upload()) {
        exchange.upload()->write(body);
        return exchange.finish({});
    }
    return exchange.finish(body);
}

std::string refused(TestVault& vault, server::RequestHead request, const base::Bytes& body = {}) {
    return code_of([&] { return answer(vault, std::move(request), body); });
}

std::string header(const server::Reply& reply, const std::string& name) {
    for (const auto& [key, value] : reply.headers) {
        if (key == name) return value;
    }
    return {};
}

}  // namespace

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
    CHECK(only_head.head_only);
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

TEST_CASE("a problem's reply has its media type, its status and nothing of the error's text") {
    const auto reply = server::problem_reply(
        base::Error(base::ErrorKind::denied, "J. may not").with_code("login-required"), "abc");
    CHECK(reply.status == 401);
    CHECK(header(reply, "Content-Type") == "application/problem+json");
    CHECK(header(reply, "WWW-Authenticate") == "Bearer");
    CHECK(reply.body.find("J.") == std::string::npos);
    CHECK(reply.body.find("\"request\":\"abc\"") != std::string::npos);
}
