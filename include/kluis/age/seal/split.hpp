// Taking an age file apart into header and payload, and putting the two together.
//
// Thread-safety: one thread at a time for each object; functions may be called from any thread.
#pragma once

#include <kluis/age/seal/header.hpp>
#include <kluis/base/stream.hpp>

namespace kluis::age {

// The size of the header that `start`, the beginning of an age file, begins with; nothing if it
// ends before its header does. Throws Error(malformed) if no header can begin so, or Error(limit).
// What lies between the first line and the MAC is not looked at: parse_header does that.
std::optional<std::size_t> header_size(base::ByteView start);

// An age file as header and payload. Reading gives the payload (nonce || STREAM).
class SplitReader final : public base::Reader {
  public:
    // Reads the header from `file`, which must outlive this, and a little more, which it keeps.
    // Throws Error(malformed) if it does not begin with a header, or Error(limit).
    explicit SplitReader(base::Reader& file);

    // The header's bytes, for parse_header or unwrap.
    base::ByteView header() const noexcept { return base::ByteView(start_).first(header_size_); }

    std::size_t read(base::MutableBytes out) override;

  private:
    base::Reader& file_;
    base::Bytes start_;
    std::size_t header_size_ = 0;
    std::size_t given_ = 0;
};

// Writes an age file from a header and a payload that were kept apart; returns its size. Throws
// Error(malformed) if `header` is not a header.
std::uint64_t join(base::ByteView header, base::Reader& payload, base::Writer& file);

}  // namespace kluis::age
