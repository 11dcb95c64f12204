#include "target.hpp"

#include <kluis/age/open/payload_reader.hpp>
#include <kluis/age/seal/payload_writer.hpp>

#include <sys/mman.h>
#include <unistd.h>

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

// The same through a Reader; gives what was released.
bool reads(const age::FileKey& key, base::ByteView payload, base::MemoryWriter& released) {
    base::MemoryReader in(payload);
    try {
        age::PayloadReader reader(key, in);
        base::copy(reader, released);
        return true;
    } catch (const base::Error& error) {
        fuzz::require(error.kind() == base::ErrorKind::forged);
        return false;
    }
}

// The same from file to file.
bool opens_file(const age::FileKey& key, base::ByteView payload) {
    const base::Descriptor memory(::memfd_create("payload", MFD_CLOEXEC));
    for (base::ByteView rest = payload; !rest.empty();) {
        const auto count = ::write(memory.get(), rest.data(), rest.size());
        fuzz::require(count > 0);
        rest = rest.subspan(static_cast<std::size_t>(count));
    }
    const base::FileReader in("/proc/self/fd/" + std::to_string(memory.get()));
    // Never committed, so that it leaves nothing.
    base::AtomicFile out(std::filesystem::temp_directory_path() / "kluis-fuzz-payload",
                         base::FileMode::owner_only, base::Replace::yes);
    try {
        age::decrypt_payload(key, in, 0, out);
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
    base::MemoryWriter read;
    fuzz::require(reads(key, payload, read) != changed);
    fuzz::require(read.bytes() == released.bytes());
    fuzz::require(opens_file(key, payload) != changed);
    base::MemoryWriter ignored;
    static_cast<void>(opens(key, {data, size}, ignored));
    return 0;
}
