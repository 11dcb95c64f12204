// Errors of the file system, in words.
#pragma once

#include <kluis/base/error.hpp>

#include <filesystem>
#include <string>

namespace kluis::base {

// `path` in quotes, safe to show.
std::string quoted(const std::filesystem::path& path);

// Throws Error(storage): `doing` ("cannot write"), what it was done to, and the text of `code`, an
// errno.
[[noreturn]] void throw_storage(const std::string& doing, const std::string& object, int code);

}  // namespace kluis::base
