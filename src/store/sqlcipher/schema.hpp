// The tables of the database, as data. docs/store.md says what each keeps and why; a test holds
// tables and columns against a list, so that nothing more is kept about a person unnoticed.
//
// Thread-safety: constants, and functions on a Connection.
#pragma once

#include "database.hpp"

#include <span>

namespace kluis::store::sqlcipher {

inline constexpr std::int64_t kSchemaVersion = 1;

// The statements that make an empty database one of ours.
std::span<const char* const> schema();

// Makes the tables. REQUIRES: the database is empty, and no one else's.
void make_schema(Connection& connection);

// Throws Error(malformed) unless the database has our tables: an empty one is never taken for a new
// vault, and formats before version 1 are never migrated.
void require_schema(Connection& connection);

}  // namespace kluis::store::sqlcipher
