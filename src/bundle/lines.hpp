// The lines of a member's plaintext, one at a time, so that what is held of a stranger's file is
// never more than a line.
//
// Thread-safety: one thread at a time.
#pragma once

#include <kluis/base/stream.hpp>

#include <optional>
#include <string>

namespace kluis::bundle {

class LineReader {
  public:
    // `what` names the stream in messages. `in` must outlive this.
    LineReader(base::Reader& in, std::string what) : in_(in), what_(std::move(what)) {}

    // The next line without its line end, valid until the next call; nothing at the end of the
    // stream. Throws Error(malformed) if it is longer than `most` or has no end.
    std::optional<base::ByteView> next(std::size_t most);

  private:
    bool read_more();

    base::Reader& in_;
    std::string what_;
    base::Bytes buffer_;
    std::size_t begin_ = 0;  // of what was not given yet
};

}  // namespace kluis::bundle
