#include "testkit.hpp"

#include <kluis/base/file.hpp>

#include <zlib.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

namespace kluis::test {
namespace {

constexpr std::size_t kCases = 143;
constexpr std::size_t kMost = 64 * 1024 * 1024;

base::Bytes inflated(base::ByteView compressed) {
    base::Bytes out(kMost);
    uLongf size = out.size();
    if (::uncompress(out.data(), &size, compressed.data(), compressed.size()) != Z_OK) {
        throw std::runtime_error("a vector cannot be decompressed");
    }
    out.resize(size);
    return out;
}

void set(TestkitCase& result, const std::string& key, const std::string& value, bool& compressed) {
    if (key == "expect") {
        result.expect = value;
    } else if (key == "payload") {
        result.payload = value;
    } else if (key == "identity") {
        result.identities.push_back(value);
    } else if (key == "passphrase") {
        result.passphrases.push_back(value);
    } else if (key == "armored") {
        result.armored = value == "yes";
    } else if (key == "compressed") {
        compressed = value == "zlib";
    } else if (key != "file key" && key != "comment") {
        throw std::runtime_error("a vector has the unknown key " + key);
    }
}

TestkitCase parse(const std::filesystem::path& path) {
    const base::Bytes bytes = base::read_file(path, kMost);
    std::string_view rest = base::as_text(bytes);
    TestkitCase result;
    result.name = path.filename().native();
    bool compressed = false;
    for (;;) {
        const std::size_t end = rest.find('\n');
        const std::string line(rest.substr(0, end));
        rest.remove_prefix(end + 1);
        if (line.empty()) break;
        const std::size_t colon = line.find(": ");
        set(result, line.substr(0, colon), line.substr(colon + 2), compressed);
    }
    const base::ByteView file = base::as_bytes(rest);
    result.file = compressed ? inflated(file) : base::to_bytes(file);
    return result;
}

}  // namespace

bool TestkitCase::is_hybrid() const {
    return std::ranges::any_of(identities, [](const std::string& identity) {
        return identity.starts_with("AGE-SECRET-KEY-PQ-");
    });
}

std::vector<TestkitCase> testkit() {
    std::vector<TestkitCase> cases;
    const auto folder = std::filesystem::path(KLUIS_TEST_DATA) / "vectors/age/testkit";
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        cases.push_back(parse(entry.path()));
    if (cases.size() != kCases) throw std::runtime_error("vectors are missing");
    std::ranges::sort(cases, {}, &TestkitCase::name);
    return cases;
}

}  // namespace kluis::test
