#include "support/refusal.hpp"

#include <api/endpoints.hpp>
#include <doctest/doctest.h>

#include <set>

using namespace kluis;
using api::Endpoint;
using base::ErrorKind;

TEST_CASE("each endpoint has one route, and its path finds it again") {
    std::set<Endpoint> seen;
    for (const api::Route& route : api::routes()) {
        CHECK(seen.insert(route.endpoint).second);
        CHECK(&api::route(route.endpoint) == &route);
        std::vector<std::string> parameters;
        for (const char c : route.path) {
            if (c == '{') parameters.push_back("p" + std::to_string(parameters.size()));
        }
        const std::string path = api::path(route.endpoint, parameters);
        const auto matched = api::match(api::name(route.method), path);
        REQUIRE(matched);
        CHECK(matched->route == &route);
        CHECK(std::vector<std::string>(matched->parameters.begin(), matched->parameters.end()) ==
              parameters);
    }
    CHECK(seen.size() == static_cast<std::size_t>(Endpoint::bundle) + 1);
}

TEST_CASE("what needs no session is what comes before one") {
    std::set<Endpoint> open;
    for (const api::Route& route : api::routes()) {
        if (!route.session) open.insert(route.endpoint);
    }
    CHECK(open == std::set{Endpoint::status, Endpoint::challenge, Endpoint::register_account,
                           Endpoint::login});
}

TEST_CASE("a path that another method has is told apart from one that none has") {
    CHECK_FALSE(api::match("PATCH", "/api/v1/account/keyring"));
    const auto routes = api::routes_of("/api/v1/account/keyring");
    REQUIRE(routes.size() == 2);
    CHECK(routes[0]->endpoint == Endpoint::keyring);
    CHECK(routes[1]->endpoint == Endpoint::put_keyring);
    CHECK(api::routes_of("/api/v1/nothing").empty());
    CHECK(api::routes_of("/account/keyring").empty());
}

TEST_CASE("paths in another spelling are not matched") {
    for (const char* path :
         {"", "/", "/api/v1", "/api/v1/", "/api/v1//status", "/api/v1/status/", "/api/v2/status",
          "/API/v1/status", "api/v1/status", "/api/v1/cards/", "/api/v1/cards/A",
          "/api/v1/cards/%61", "/api/v1/cards/a/b", "/api/v1/cards/a b"}) {
        INFO(path);
        CHECK_FALSE(api::match("GET", path));
    }
}

TEST_CASE("a path is not made with a parameter that could change it") {
    for (const char* parameter : {"", "a/b", "..%2f", "A", "a?b"}) {
        CHECK(test::refuses(ErrorKind::internal,
                            [&] { return api::path(Endpoint::card, {parameter}); }));
    }
    CHECK(test::refuses(ErrorKind::internal, [] { return api::path(Endpoint::card); }));
}
