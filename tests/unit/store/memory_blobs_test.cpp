#include "blob_conformance.hpp"

#include <store/memory/memory_blob_store.hpp>

namespace kluis::test {

TEST_CASE("blobs in memory do what all blobs do") {
    store::MemoryBlobStore blobs;
    SUBCASE("read at any place") {
        blobs_are_read_at_any_place(blobs);
    }
    SUBCASE("empty") {
        an_empty_blob_is_a_blob(blobs);
    }
    SUBCASE("removed while open") {
        an_open_blob_outlives_its_removal(blobs);
    }
    SUBCASE("named") {
        blobs_have_names_of_their_own(blobs);
    }
}

TEST_CASE("an upload that is given up leaves nothing in memory") {
    store::MemoryBlobStore blobs;
    blobs.create()->write(noise(100));
    CHECK(swept(blobs).empty());
    const auto id = put(blobs, noise(100));
    CHECK(swept(blobs) == std::set{id});
}

}  // namespace kluis::test
