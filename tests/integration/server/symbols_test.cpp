// kluisd is unable to read what it keeps: the code that opens anything is not in it.
#include <doctest/doctest.h>

#include <cstdio>
#include <set>
#include <string>

namespace {

// What kluisd must not have: layers, and of layers that it shares the half that opens.
constexpr const char* kOpening[] = {
    "kluis::account::",    "kluis::document::",    "kluis::dossier::",
    "kluis::client::",     "kluis::cli::",         "X25519Identity",
    "ScryptIdentity",      "kluis::age::unwrap",   "kluis::age::PayloadReader",
    "kluis::age::decrypt", "kluis::bundle::open_", "kluis::bundle::verify_"};

// The names of all symbols of a program, defined and not, demangled.
std::string symbols(const std::string& program) {
    const std::string command = std::string(KLUIS_NM) + " '" + program + "' | " KLUIS_CXXFILT;
    FILE* pipe = ::popen(command.c_str(), "r");
    REQUIRE(pipe);
    std::string text;
    char bytes[65536];
    while (const std::size_t count = std::fread(bytes, 1, sizeof bytes, pipe))
        text.append(bytes, count);
    REQUIRE(::pclose(pipe) == 0);
    return text;
}

}  // namespace

TEST_CASE("kluisd has no symbol of what opens headers, payloads, accounts or documents") {
    const std::string names = symbols(KLUISD);
    for (const char* name : kOpening) {
        INFO(name);
        CHECK(names.find(name) == std::string::npos);
    }
}

TEST_CASE("the list of symbols is one: what kluisd does have is in it") {
    const std::string names = symbols(KLUISD);
    for (const char* name : {"kluis::server::VaultService", "kluis::store::SqlcipherStore",
                             "kluis::age::make_header", "kluis::chain::step"}) {
        INFO(name);
        CHECK(names.find(name) != std::string::npos);
    }
}

TEST_CASE("the names that kluisd must not have are those of kluis, which does open") {
    const std::string names = symbols(KLUIS);
    for (const char* name : kOpening) {
        INFO(name);
        CHECK(names.find(name) != std::string::npos);
    }
}
