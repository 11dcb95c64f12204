// What the process gives up at its start: files that others may read, and core dumps, which would
// hold keys.
#pragma once

#include <cstddef>

namespace kluis::server {

// Throws Error(internal) if the system refuses.
void harden_process();

// Raises the limit on open files as far as the system lets it, and returns it.
std::size_t raise_descriptor_limit();

}  // namespace kluis::server
