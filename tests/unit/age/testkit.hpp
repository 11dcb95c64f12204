// The vectors of C2SP/CCTV (tests/vectors/age/testkit).
#pragma once

#include <kluis/base/bytes.hpp>

#include <string>
#include <vector>

namespace kluis::test {

struct TestkitCase {
    std::string name;
    std::string expect;
    std::string payload;  // SHA-256 in hex; empty where nothing is said
    std::vector<std::string> identities;
    std::vector<std::string> passphrases;
    bool armored = false;
    base::Bytes file;

    // Whether it needs a post-quantum identity.
    bool is_hybrid() const;
};

// All of them, by name. Throws unless there are as many as there must be.
std::vector<TestkitCase> testkit();

}  // namespace kluis::test
