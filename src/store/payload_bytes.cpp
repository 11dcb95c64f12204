#include <store/payload_bytes.hpp>

namespace kluis::store {

namespace {

bool is_blob_whole(const Blob& blob, const StoredPayload& payload, bool deep) {
    if (blob.size() != payload.size) return false;
    if (!deep) return true;
    crypto::Sha256 digest;
    Bytes buffer(256 * 1024);
    std::uint64_t offset = 0;
    while (const std::size_t count = blob.read_at(offset, buffer)) {
        digest.update(base::ByteView(buffer).first(count));
        offset += count;
    }
    return offset == payload.size && digest.finish() == payload.sha256;
}

}  // namespace

Bytes payload_bytes(const StoredPayload& payload, const BlobStore& blobs) {
    if (const auto* bytes = std::get_if<Bytes>(&payload.location)) return *bytes;
    const auto blob = blobs.open(std::get<BlobId>(payload.location));
    Bytes bytes(static_cast<std::size_t>(payload.size));
    if (!blob || blob->read_at(0, bytes) != bytes.size()) {
        throw base::Error(base::ErrorKind::storage, "a stored payload is gone or cut short");
    }
    return bytes;
}

bool is_whole(const StoredPayload& payload, const BlobStore& blobs, bool deep) {
    if (const auto* bytes = std::get_if<Bytes>(&payload.location)) {
        return bytes->size() == payload.size && (!deep || crypto::sha256(*bytes) == payload.sha256);
    }
    const auto blob = blobs.open(std::get<BlobId>(payload.location));
    return blob && is_blob_whole(*blob, payload, deep);
}

}  // namespace kluis::store
