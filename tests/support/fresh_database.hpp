// A database as `kluisd init` makes it, for tests of what lies above the store.
#pragma once

#include <kluis/crypto/random.hpp>

#include <store/sqlcipher/sqlcipher_store.hpp>

namespace kluis::test {

// Makes it at `file` and returns its key.
inline store::DatabaseKey fresh_database(const std::filesystem::path& file) {
    auto key = crypto::random_secret<store::DatabaseKey>();
    store::SqlcipherStore::make(file, key);
    return key;
}

}  // namespace kluis::test
