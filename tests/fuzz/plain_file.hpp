// An input as a file, for the parsers that take one by its name.
#pragma once

#include "target.hpp"

#include <kluis/base/file.hpp>

#include <fcntl.h>
#include <unistd.h>

namespace kluis::fuzz {

// Plainly: a sync for each input would take most of the time.
inline void write_plainly(const std::filesystem::path& path, base::ByteView bytes) {
    const base::Descriptor file(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    require(::write(file.get(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
}

}  // namespace kluis::fuzz
