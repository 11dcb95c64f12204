// SQLite's way to files, with a hook before each call that changes one: a test lets a call fail, or
// ends the process there. Once made default, all connections of this process go through it.
#pragma once

#include <functional>
#include <string_view>

namespace kluis::test {

enum class FileCall { write, sync, truncate, remove };

// What happens instead of the call: nothing special, or that the disk is full.
enum class Fate { done, disk_full };

using FileHook = std::function<Fate(FileCall call, std::string_view file)>;

// Makes it the default, once, and sets the hook (empty: none), which may be called by any thread.
// REQUIRES: no connection is in use meanwhile.
void install_faulty_vfs(FileHook hook);

}  // namespace kluis::test
