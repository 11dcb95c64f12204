#include "testkit.hpp"

#include "readers.hpp"

#include <kluis/age/open/armor_reader.hpp>
#include <kluis/age/open/payload_reader.hpp>
#include <kluis/age/open/scrypt_identity.hpp>
#include <kluis/age/open/x25519_identity.hpp>
#include <kluis/age/seal/payload_writer.hpp>
#include <kluis/age/seal/split.hpp>
#include <kluis/base/encoding.hpp>
#include <kluis/crypto/hash.hpp>

#include <doctest/doctest.h>
#include <support/refusal.hpp>
#include <support/temporary_folder.hpp>

#include <memory>

using namespace kluis;
using base::ErrorKind;

namespace {

// The largest file that is read byte by byte; all but three are smaller.
constexpr std::size_t kMostSlowly = 1024 * 1024;

struct Outcome {
    std::string expect = "success";
    base::Bytes released;
    std::optional<age::FileKey> file_key;
};

std::vector<std::unique_ptr<age::Identity>> identities_of(const test::TestkitCase& vector) {
    std::vector<std::unique_ptr<age::Identity>> identities;
    for (const std::string& text : vector.identities) {
        identities.push_back(
            std::make_unique<age::X25519Identity>(age::X25519Identity::parse(text)));
    }
    for (const std::string& text : vector.passphrases) {
        identities.push_back(std::make_unique<age::ScryptIdentity>(
            crypto::SecretBuffer::copy_of(base::as_bytes(text))));
    }
    return identities;
}

// What the vectors call an error of the header's stage.
std::string header_failure(const base::Error& error) {
    switch (error.kind()) {
        case ErrorKind::wrong_key:
            return "no match";
        case ErrorKind::forged:
            return "HMAC failure";
        case ErrorKind::malformed:
        case ErrorKind::limit:
            return "header failure";
        default:
            return error.what();
    }
}

std::string payload_failure(const base::Error& error) {
    return error.kind() == ErrorKind::forged ? "payload failure" : error.what();
}

enum class How { whole, chunk_by_chunk };

void open_payload(const age::FileKey& file_key, base::Reader& payload, How how, Outcome& outcome) {
    base::MemoryWriter out;
    try {
        if (how == How::whole) {
            age::decrypt_payload(file_key, payload, out);
        } else {
            age::PayloadReader reader(file_key, payload);
            base::copy(reader, out);
        }
    } catch (const base::Error& error) {
        outcome.expect = payload_failure(error);
    }
    outcome.released = out.take();
}

// Whether the armor alone can be read to its end.
bool armor_fails(const base::Bytes& file) {
    base::MemoryReader memory(file);
    age::ArmorReader armor(memory);
    base::MemoryWriter out;
    return test::refuses(ErrorKind::malformed, [&] { return base::copy(armor, out); });
}

Outcome open(const test::TestkitCase& vector, base::Reader& file, How how) {
    Outcome outcome;
    if (vector.armored && armor_fails(vector.file)) {
        outcome.expect = "armor failure";
        return outcome;
    }
    age::ArmorReader armor(file);
    base::Reader& binary = vector.armored ? static_cast<base::Reader&>(armor) : file;
    try {
        age::SplitReader split(binary);
        const auto identities = identities_of(vector);
        std::vector<const age::Identity*> pointers;
        for (const auto& identity : identities)
            pointers.push_back(identity.get());
        outcome.file_key = age::unwrap(split.header(), pointers);
        open_payload(*outcome.file_key, split, how, outcome);
    } catch (const base::Error& error) {
        outcome.expect = header_failure(error);
    }
    return outcome;
}

// The suite counts the nonce as part of the header; to us it is the payload's.
std::string expected_of(const test::TestkitCase& vector) {
    const bool nonce = vector.name == "stream_no_nonce" || vector.name == "stream_short_nonce";
    return nonce ? "payload failure" : vector.expect;
}

void check(const test::TestkitCase& vector, const Outcome& outcome) {
    CAPTURE(vector.name);
    CHECK(outcome.expect == expected_of(vector));
    if (!vector.payload.empty()) {
        CHECK(base::hex_encode(crypto::sha256(outcome.released)) == vector.payload);
    }
}

}  // namespace

TEST_CASE("every vector of the testkit opens or fails as it says, from one read") {
    for (const test::TestkitCase& vector : test::testkit()) {
        if (vector.is_hybrid()) continue;
        base::MemoryReader file(vector.file);
        check(vector, open(vector, file, How::whole));
    }
}

TEST_CASE("every vector of the testkit opens or fails as it says, chunk by chunk") {
    for (const test::TestkitCase& vector : test::testkit()) {
        if (vector.is_hybrid() || !vector.passphrases.empty()) continue;
        base::MemoryReader file(vector.file);
        check(vector, open(vector, file, How::chunk_by_chunk));
    }
}

TEST_CASE("every vector of the testkit opens or fails as it says, byte by byte") {
    for (const test::TestkitCase& vector : test::testkit()) {
        if (vector.is_hybrid() || !vector.passphrases.empty()) continue;
        if (vector.file.size() > kMostSlowly) continue;
        test::SlowReader file(vector.file);
        check(vector, open(vector, file, How::whole));
        test::SlowReader again(vector.file);
        check(vector, open(vector, again, How::chunk_by_chunk));
    }
}

TEST_CASE("every vector of the testkit that reaches its payload opens or fails so in a file") {
    const test::TemporaryFolder folder;
    for (const test::TestkitCase& vector : test::testkit()) {
        if (vector.is_hybrid() || vector.armored || !vector.passphrases.empty()) continue;
        base::MemoryReader memory(vector.file);
        const Outcome outcome = open(vector, memory, How::whole);
        if (!outcome.file_key) continue;
        CAPTURE(vector.name);
        const auto in = folder.path() / vector.name;
        const auto out = folder.path() / (vector.name + ".out");
        base::write_file(in, vector.file, base::FileMode::shared, base::Replace::no);
        const base::FileReader reader(in);
        base::AtomicFile file(out, base::FileMode::owner_only, base::Replace::no);
        const std::size_t header = age::header_size(vector.file).value();
        const auto refusal = test::refusal([&] {
            age::decrypt_payload(*outcome.file_key, reader, header, file);
            return 0;
        });
        CHECK((refusal ? payload_failure(*refusal) : "success") == expected_of(vector));
        if (refusal) continue;
        file.commit();
        CHECK(base::read_file(out, 64 * 1024 * 1024) == outcome.released);
    }
}

TEST_CASE("every header of the testkit that is one has one spelling") {
    std::size_t parsed = 0;
    for (const test::TestkitCase& vector : test::testkit()) {
        if (vector.armored || vector.expect == "header failure") continue;
        CAPTURE(vector.name);
        const auto header = base::ByteView(vector.file).first(*age::header_size(vector.file));
        CHECK(base::equal(age::encode(age::parse_header(header)), header));
        ++parsed;
    }
    CHECK(parsed > 40);
}

TEST_CASE("encrypting the plaintext of a vector again with its nonce gives the vector") {
    std::size_t compared = 0;
    for (const test::TestkitCase& vector : test::testkit()) {
        if (vector.armored || vector.is_hybrid() || vector.expect != "success") continue;
        CAPTURE(vector.name);
        base::MemoryReader memory(vector.file);
        const Outcome outcome = open(vector, memory, How::whole);
        REQUIRE(outcome.file_key);
        const auto payload = base::ByteView(vector.file).subspan(*age::header_size(vector.file));
        const auto nonce = age::PayloadNonce::from(payload.first(age::PayloadNonce::kSize));
        base::MemoryReader plain(outcome.released);
        base::MemoryWriter sealed;
        age::encrypt_payload(*outcome.file_key, nonce, plain, sealed);
        CHECK(base::equal(sealed.bytes(), payload));
        ++compared;
    }
    CHECK(compared == 15);
}

TEST_CASE("an armored vector that opens is armored again as it was, but for white space and CRLF") {
    for (const test::TestkitCase& vector : test::testkit()) {
        const bool other_spelling = vector.name == "armor_crlf" || vector.name == "armor_no_eol" ||
                                    vector.name == "armor_whitespace_outside";
        if (!vector.armored || vector.expect != "success" || other_spelling) continue;
        CAPTURE(vector.name);
        base::MemoryReader memory(vector.file);
        age::ArmorReader reader(memory);
        base::MemoryWriter out;
        age::ArmorWriter writer(out);
        base::copy(reader, writer);
        writer.finish();
        CHECK(out.bytes() == vector.file);
    }
}

TEST_CASE("a post-quantum identity is refused as malformed, and never taken for another") {
    std::size_t seen = 0;
    for (const test::TestkitCase& vector : test::testkit()) {
        if (!vector.is_hybrid()) continue;
        CAPTURE(vector.name);
        CHECK(test::refuses(ErrorKind::malformed, [&] { return identities_of(vector); }));
        ++seen;
    }
    CHECK(seen == 19);
}
