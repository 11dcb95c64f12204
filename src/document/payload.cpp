#include "payload.hpp"

#include <kluis/age/open/payload_reader.hpp>
#include <kluis/age/seal/payload_writer.hpp>

namespace kluis::document {

using base::Error;
using base::ErrorKind;

std::uint64_t stored_size(std::uint64_t plain) {
    return age::payload_size(plain);
}

const Payload& promised(const Promise& promise, Role role) {
    const auto found = promise.payloads.find(role);
    if (found == promise.payloads.end()) {
        throw Error(ErrorKind::forged,
                    "no " + std::string(name(role)) + " was deposited with this document");
    }
    return found->second;
}

void check_payload(const Payload& payload, base::ByteView stored, std::string_view what) {
    if (stored.size() != payload.size || crypto::sha256(stored) != payload.sha256) {
        throw Error(ErrorKind::forged, std::string(what) + " is not what was signed");
    }
}

SealedSmall with_payload(base::Bytes stored) {
    const Payload payload{crypto::sha256(stored), stored.size()};
    return {std::move(stored), payload};
}

SealedSmall seal_small(const age::FileKey& key, base::ByteView plain) {
    base::MemoryWriter stored;
    age::PayloadWriter payload(key, crypto::random_value<age::PayloadNonce>(), stored);
    payload.write(plain);
    payload.finish();
    return with_payload(stored.take());
}

base::Bytes open_small(const age::FileKey& key, base::Reader& stored, std::size_t most,
                       std::string_view what) {
    age::PayloadReader plain(key, stored);
    return base::read_all(plain, most, what);
}

}  // namespace kluis::document
