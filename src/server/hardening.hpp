// What the process gives up at its start: files that others may read, and core dumps, which would
// hold keys.
#pragma once

namespace kluis::server {

// Throws Error(internal) if the system refuses.
void harden_process();

}  // namespace kluis::server
