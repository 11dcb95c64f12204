// What every BlobStore does. Called with a fresh one, for each store in a test of its own.
#pragma once

#include <kluis/base/encoding.hpp>
#include <kluis/crypto/random.hpp>

#include <doctest/doctest.h>
#include <store/blob_store.hpp>

#include <set>

namespace kluis::test {

inline base::Bytes noise(std::size_t size) {
    base::Bytes bytes(size);
    crypto::random_fill(bytes);
    return bytes;
}

inline store::BlobId put(store::BlobStore& blobs, const base::Bytes& bytes) {
    auto upload = blobs.create();
    for (std::size_t at = 0; at < bytes.size(); at += 30'000)
        upload->write(
            base::ByteView(bytes).subspan(at, std::min<std::size_t>(30'000, bytes.size() - at)));
    return upload->finish();
}

inline void blobs_are_read_at_any_place(store::BlobStore& blobs) {
    const base::Bytes bytes = noise(100'000);
    const auto blob = blobs.open(put(blobs, bytes));
    REQUIRE(blob);
    CHECK(blob->size() == bytes.size());
    base::Bytes part(1000);
    CHECK(blob->read_at(50'000, part) == 1000);
    CHECK(base::equal(part, base::ByteView(bytes).subspan(50'000, 1000)));
    CHECK(blob->read_at(99'500, part) == 500);
    CHECK(blob->read_at(100'000, part) == 0);
    CHECK(blob->read_at(std::uint64_t{1} << 40, part) == 0);
}

inline void an_empty_blob_is_a_blob(store::BlobStore& blobs) {
    const auto blob = blobs.open(put(blobs, {}));
    REQUIRE(blob);
    CHECK(blob->size() == 0);
}

inline void an_open_blob_outlives_its_removal(store::BlobStore& blobs) {
    const base::Bytes bytes = noise(5000);
    const store::BlobId id = put(blobs, bytes);
    const auto blob = blobs.open(id);
    blobs.remove(id);
    blobs.remove(id);
    CHECK_FALSE(blobs.open(id));
    base::Bytes read(5000);
    CHECK(blob->read_at(0, read) == 5000);
    CHECK(read == bytes);
}

inline void blobs_have_names_of_their_own(store::BlobStore& blobs) {
    const base::Bytes bytes = noise(10);
    CHECK(put(blobs, bytes) != put(blobs, bytes));
    CHECK_FALSE(blobs.open(crypto::random_value<store::BlobId>()));
}

inline std::set<store::BlobId> swept(store::BlobStore& blobs) {
    std::set<store::BlobId> ids;
    blobs.sweep([&](const store::BlobId& id) { ids.insert(id); });
    return ids;
}

}  // namespace kluis::test
