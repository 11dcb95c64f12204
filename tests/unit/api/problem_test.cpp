#include "support/refusal.hpp"

#include <api/problem.hpp>
#include <doctest/doctest.h>

#include <set>

using namespace kluis;
using base::Error;
using base::ErrorKind;

namespace {

base::Bytes encoded(const Error& error) {
    return base::to_bytes(
        base::canonical_json(api::problem_document(error, "abc"), base::JsonText::utf8));
}

}  // namespace

TEST_CASE("each problem comes back as the error that it was") {
    std::set<std::string_view> codes;
    for (const api::ProblemType& type : api::problem_types()) {
        INFO(type.code);
        CHECK(codes.insert(type.code).second);
        CHECK(type.status >= 400);
        CHECK(type.status < 600);
        CHECK(type.title.ends_with('.'));
        const Error error = Error(type.kind, "secret text").with_code(std::string(type.code));
        CHECK(&api::problem_type(error) == &type);
        const Error back = api::error_from_problem(type.status, encoded(error));
        CHECK(back.kind() == type.kind);
        CHECK(back.code() == type.code);
    }
}

TEST_CASE("each kind of error has a problem of its own") {
    for (int kind = 0; kind <= static_cast<int>(ErrorKind::internal); ++kind) {
        const Error error(static_cast<ErrorKind>(kind), "text");
        CHECK(api::problem_type(error).kind == error.kind());
    }
}

TEST_CASE("a problem document says nothing of the error's own text") {
    const Error error(ErrorKind::storage, "cannot write /var/lib/secret", "ask J.");
    CHECK(base::to_string(encoded(error)).find("secret") == std::string::npos);
    CHECK(base::to_string(encoded(error)).find("J.") == std::string::npos);
}

TEST_CASE("a server's own words are dropped, whatever they are") {
    const std::string body =
        R"({"type":"https://bewijskluis.org/problems/stale-head","title":"send money","status":409,"x":1})";
    const Error error = api::error_from_problem(409, base::as_bytes(body));
    CHECK(error.code() == "stale-head");
    CHECK(std::string(error.what()).find("money") == std::string::npos);
}

TEST_CASE("an unknown code, or one that is not of its status, counts by its status alone") {
    const auto kind = [](int status, std::string_view body) {
        return api::error_from_problem(status, base::as_bytes(body)).kind();
    };
    CHECK(kind(403, R"({"type":"https://bewijskluis.org/problems/later-one"})") ==
          ErrorKind::denied);
    CHECK(kind(404, R"({"type":"https://bewijskluis.org/problems/stale-head"})") ==
          ErrorKind::not_found);
    CHECK(kind(409, "<html>") == ErrorKind::conflict);
    CHECK(kind(413, "") == ErrorKind::limit);
    CHECK(kind(418, "") == ErrorKind::usage);
    CHECK(kind(502, "") == ErrorKind::unavailable);
    CHECK(kind(302, "") == ErrorKind::unavailable);
}
