#include "target.hpp"

#include <kluis/age/open/payload_reader.hpp>
#include <kluis/age/seal/payload_writer.hpp>

using namespace kluis;

namespace {

// Opens `payload`; nothing if it is refused as forged. What was released is in `released`.
bool opens(const age::FileKey& key, base::ByteView payload, base::MemoryWriter& released) {
    base::MemoryReader in(payload);
    try {
        age::decrypt_payload(key, in, released);
        return true;
    } catch (const base::Error& error) {
        fuzz::require(error.kind() == base::ErrorKind::forged);
        return false;
    }
}

}  // namespace

// The first 4 bytes say where a good payload of the rest is changed, and how: not at all if the
// fourth is 0.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 4) return 0;
    static const age::FileKey key = age::FileKey::copy_of(base::Bytes(age::FileKey::kSize, 1));
    const base::ByteView plain(data + 4, size - 4);
    base::MemoryReader in(plain);
    base::MemoryWriter sealed;
    age::encrypt_payload(key, age::PayloadNonce(), in, sealed);
    base::Bytes payload = sealed.take();
    fuzz::require(payload.size() == age::payload_size(plain.size()));

    const std::size_t at = (data[0] | data[1] << 8 | data[2] << 16) % payload.size();
    const bool changed = data[3] != 0;
    payload[at] ^= data[3];
    base::MemoryWriter released;
    fuzz::require(opens(key, payload, released) != changed);
    fuzz::require(released.bytes().size() <= plain.size() &&
                  base::equal(released.bytes(), plain.first(released.bytes().size())));
    base::MemoryWriter ignored;
    static_cast<void>(opens(key, {data, size}, ignored));
    return 0;
}
