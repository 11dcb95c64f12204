#include "readers.hpp"

#include <kluis/age/open/armor_reader.hpp>

#include <doctest/doctest.h>
#include <support/random.hpp>
#include <support/refusal.hpp>

using namespace kluis;
using base::ErrorKind;

namespace {

const std::string kBegin = "-----BEGIN AGE ENCRYPTED FILE-----\n";
const std::string kEnd = "-----END AGE ENCRYPTED FILE-----\n";
const std::string kFull(64, 'A');

base::Bytes opened(std::string_view text) {
    base::MemoryReader in(base::as_bytes(text));
    age::ArmorReader armor(in);
    return base::read_all(armor, 1 << 24, "file");
}

bool is_malformed(const std::string& text) {
    return test::refuses(ErrorKind::malformed, [&] { return opened(text); });
}

std::string armored(base::ByteView bytes, std::size_t step) {
    base::MemoryWriter out;
    age::ArmorWriter armor(out);
    for (; !bytes.empty(); bytes = bytes.subspan(std::min(step, bytes.size())))
        armor.write(bytes.first(std::min(step, bytes.size())));
    armor.finish();
    return base::to_string(out.bytes());
}

}  // namespace

TEST_CASE("whatever is armored is read back, however it comes") {
    test::Random random;
    INFO(random.seed());
    for (const std::size_t size :
         {0, 1, 2, 3, 47, 48, 49, 95, 96, 97, 49151, 49152, 49153, 200'000}) {
        CAPTURE(size);
        const base::Bytes bytes = random.bytes(size);
        const std::string text = armored(bytes, 977);
        CHECK(text == armored(bytes, size + 1));
        CHECK(opened(text) == bytes);
        test::SlowReader slow(base::as_bytes(text));
        age::ArmorReader reader(slow);
        CHECK(base::read_all(reader, 1 << 24, "file") == bytes);
    }
}

TEST_CASE("armor has lines of 64 columns between its two marks") {
    CHECK(armored(base::Bytes(49), 100) == kBegin + kFull + "\nAA==\n" + kEnd);
    CHECK(armored(base::Bytes(48), 100) == kBegin + kFull + "\n" + kEnd);
}

TEST_CASE("armor is recognised by its first line, also behind white space") {
    CHECK(age::is_armored(base::as_bytes(kBegin)));
    CHECK(age::is_armored(base::as_bytes("\r\n \t" + kBegin)));
    const std::string most_white_space = std::string(1024, ' ') + kBegin + "AAAA\n" + kEnd;
    CHECK(age::is_armored(base::as_bytes(most_white_space)));
    CHECK(opened(most_white_space).size() == 3);
    CHECK(!age::is_armored(base::as_bytes("age-encryption.org/v1\n")));
    CHECK(!age::is_armored(base::as_bytes("-----BEGIN CERTIFICATE-----\n")));
    CHECK(!age::is_armored({}));
}

TEST_CASE("CRLF, a missing last line end and white space around are accepted") {
    CHECK(
        opened("-----BEGIN AGE ENCRYPTED FILE-----\r\nAAAA\r\n-----END AGE ENCRYPTED FILE-----\r\n")
            .size() == 3);
    CHECK(opened(kBegin + "AAAA\n-----END AGE ENCRYPTED FILE-----").size() == 3);
    CHECK(opened(" \n\t" + kBegin + "AAAA\n" + kEnd + "\r\n  ").size() == 3);
}

TEST_CASE("armor with another first or last line is refused") {
    CHECK(is_malformed(""));
    CHECK(is_malformed("-----BEGIN AGE ENCRYPTED FILE----\nAAAA\n" + kEnd));
    CHECK(is_malformed("-----begin age encrypted file-----\nAAAA\n" + kEnd));
    CHECK(is_malformed(kBegin));
    CHECK(is_malformed(kBegin + "AAAA\n"));
    CHECK(is_malformed(kBegin + "AAAA\n-----END AGE ENCRYPTED FILE----\n"));
    CHECK(is_malformed(kBegin + "AAAA\n-----END AGE ENCRYPTED FILE-----x"));
}

TEST_CASE("armor with lines of another length is refused") {
    CHECK(is_malformed(kBegin + "AAAA\nAAAA\n" + kEnd));
    CHECK(is_malformed(kBegin + kFull + "AAAA\n" + kEnd));
    CHECK(is_malformed(kBegin + kFull + "\n\n" + kEnd));
    CHECK(is_malformed(kBegin + "\nAAAA\n" + kEnd));
    CHECK(is_malformed(kBegin + "AA==\n" + kFull + "\n" + kEnd));
    CHECK(is_malformed(kBegin + kFull.substr(2) + "==\nAAAA\n" + kEnd));
}

TEST_CASE("armor that is not canonical base64 is refused") {
    CHECK(is_malformed(kBegin + "AAA\n" + kEnd));
    CHECK(is_malformed(kBegin + "AB==\n" + kEnd));
    CHECK(is_malformed(kBegin + "AA*A\n" + kEnd));
    CHECK(is_malformed(kBegin + " AAA\n" + kEnd));
    CHECK(is_malformed(kBegin + "AAAA \n" + kEnd));
}

TEST_CASE("armor with anything but white space around is refused") {
    CHECK(is_malformed("x\n" + kBegin + "AAAA\n" + kEnd));
    CHECK(is_malformed(kBegin + "AAAA\n" + kEnd + "x"));
    CHECK(is_malformed(kBegin + "AAAA\n" + kEnd + kBegin));
    CHECK(is_malformed(std::string(1100, ' ') + kBegin + "AAAA\n" + kEnd));
    CHECK(is_malformed(kBegin + "AAAA\n" + kEnd + std::string(1100, ' ')));
}
