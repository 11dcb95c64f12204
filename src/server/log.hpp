// The server's log: one JSON object a line, on standard error. It never holds an address, a handle,
// or an id of a person, a dossier or a document: callers give it none.
//
// Thread-safety: all operations.
#pragma once

#include <kluis/base/json.hpp>

#include <mutex>

namespace kluis::server {

class Log {
  public:
    explicit Log(int descriptor) : descriptor_(descriptor) {}

    // Adds the time and writes the line. A log that cannot be written stops nothing: a line for
    // which a full pipe has no room is dropped, and the next says how many were.
    void write(base::Json entry) noexcept;

  private:
    std::mutex mutex_;
    int descriptor_;
    std::uint64_t lost_ = 0;
};

}  // namespace kluis::server
