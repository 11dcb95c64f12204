// What a SqlcipherStore consists of, for the files that implement it.
//
// Thread-safety: as its members.
#pragma once

#include "readers.hpp"
#include "rows.hpp"
#include "sqlcipher_store.hpp"
#include "writer.hpp"

namespace kluis::store {

struct SqlcipherStore::Parts {
    Parts(const std::filesystem::path& file, const DatabaseKey& key, BlobStore& blobs);

    BlobStore& blobs;
    DatabaseKey key;
    sqlcipher::Readers readers;
    sqlcipher::Writer writer;
};

}  // namespace kluis::store
