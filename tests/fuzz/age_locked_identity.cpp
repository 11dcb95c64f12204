#include "target.hpp"

#include <kluis/age/open/identity_file.hpp>
#include <kluis/age/open/scrypt_identity.hpp>
#include <kluis/age/seal/split.hpp>
#include <kluis/base/stream.hpp>

using namespace kluis;

namespace {

// Little work, so that a run is cheap.
constexpr unsigned kWork = 2;

void open_locked(base::ByteView file) {
    static const age::ScryptIdentity passphrase(
        crypto::SecretBuffer::copy_of(base::as_bytes("passphrase")), kWork);
    try {
        fuzz::require(age::open_identity_file(file, passphrase).size() <=
                      age::kMaxIdentityFileSize);
    } catch (const base::Error& error) {
        fuzz::require(
            error.kind() == base::ErrorKind::malformed || error.kind() == base::ErrorKind::limit ||
            error.kind() == base::ErrorKind::forged || error.kind() == base::ErrorKind::wrong_key);
    }
}

}  // namespace

// The input as a protected identity file, and taken apart as an age file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const base::ByteView input(data, size);
    open_locked(input);
    fuzz::parsed([&] {
        base::MemoryReader file(input);
        age::SplitReader split(file);
        const auto header = base::to_bytes(split.header());
        const auto payload = base::read_all(split, size, "payload");
        fuzz::require(base::equal(base::concat({header, payload}), input));
        return true;
    });
    return 0;
}
