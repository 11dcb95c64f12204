#include "target.hpp"

#include <kluis/age/open/scrypt_identity.hpp>
#include <kluis/age/open/x25519_identity.hpp>
#include <kluis/age/seal/header.hpp>

using namespace kluis;

namespace {

// Little work, so that a run is cheap.
constexpr unsigned kWork = 2;

const age::X25519Identity& key() {
    static const age::X25519Identity identity(
        crypto::X25519Secret::copy_of(base::as_bytes("the key of the corpus' headers..")));
    return identity;
}

const age::ScryptIdentity& passphrase() {
    static const age::ScryptIdentity identity(
        crypto::SecretBuffer::copy_of(base::as_bytes("passphrase")), kWork);
    return identity;
}

// The file key, or nothing if it is not for these identities, or the header is refused.
std::optional<age::FileKey> unwrapped(base::ByteView header,
                                      std::span<const age::Identity* const> identities) {
    return fuzz::opened([&] { return age::unwrap(header, identities); });
}

}  // namespace

// The input as a header; what any identity opens has a MAC of its own file key.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const base::ByteView header(data, size);
    const age::Identity* const all[] = {&key(), &passphrase()};
    for (std::size_t count = 1; count <= 2; ++count) {
        const auto identities = count == 2 ? std::span(all) : std::span(all).last(1);
        const auto file_key = unwrapped(header, identities);
        if (!file_key) continue;
        fuzz::require(age::header_mac(*file_key, header) == age::parse_header(header).mac);
    }
    return 0;
}
