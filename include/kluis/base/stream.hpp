// Streams of bytes: the two interfaces that everything of unbounded size goes through, so that
// memory stays flat whatever a file's size.
//
// Thread-safety: one thread at a time for each object.
#pragma once

#include <kluis/base/bytes.hpp>

namespace kluis::base {

class Reader {
  public:
    virtual ~Reader() = default;

    // Reads at least 1 byte and at most out.size() bytes into `out` and returns their number; 0 means
    // the end, for ever. Throws Error(storage) or Error(unavailable) if the source fails: a source
    // that ends early is an error there, never a shorter stream.
    // REQUIRES: out is not empty.
    virtual std::size_t read(MutableBytes out) = 0;
};

class Writer {
  public:
    virtual ~Writer() = default;

    // Takes all of `bytes` or throws Error(storage) or Error(unavailable).
    virtual void write(ByteView bytes) = 0;
};

// Reads until `out` is full or the stream ends; returns the number of bytes read.
std::size_t read_full(Reader& in, MutableBytes out);

// The whole stream. Throws Error(limit), naming `what`, if it holds more than `most` bytes.
Bytes read_all(Reader& in, std::size_t most, std::string_view what);

// Copies to the end and returns the number of bytes.
std::uint64_t copy(Reader& in, Writer& out);

// A view as a stream. The bytes must outlive this.
class MemoryReader final : public Reader {
  public:
    explicit MemoryReader(ByteView bytes) : rest_(bytes) {}
    std::size_t read(MutableBytes out) override;

  private:
    ByteView rest_;
};

class MemoryWriter final : public Writer {
  public:
    void write(ByteView bytes) override { append(bytes_, bytes); }
    const Bytes& bytes() const noexcept { return bytes_; }
    Bytes take() noexcept { return std::move(bytes_); }

  private:
    Bytes bytes_;
};

}  // namespace kluis::base
