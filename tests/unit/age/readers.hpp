// Readers that give what a well-meaning one never would.
#pragma once

#include <kluis/base/stream.hpp>

namespace kluis::test {

// Gives one byte at a time.
class SlowReader final : public base::Reader {
  public:
    explicit SlowReader(base::ByteView bytes) : rest_(bytes) {}
    std::size_t read(base::MutableBytes out) override { return rest_.read(out.first(1)); }

  private:
    base::MemoryReader rest_;
};

// Fails after so many bytes.
class FailingReader final : public base::Reader {
  public:
    FailingReader(base::ByteView bytes, base::ErrorKind kind) : rest_(bytes), kind_(kind) {}
    std::size_t read(base::MutableBytes out) override {
        if (const std::size_t count = rest_.read(out)) return count;
        throw base::Error(kind_, "the source failed");
    }

  private:
    base::MemoryReader rest_;
    base::ErrorKind kind_;
};

// Takes so many bytes, then fails.
class FailingWriter final : public base::Writer {
  public:
    FailingWriter(std::size_t room, base::ErrorKind kind) : room_(room), kind_(kind) {}
    void write(base::ByteView bytes) override {
        if (bytes.size() > room_) throw base::Error(kind_, "the disk is full");
        room_ -= bytes.size();
    }

  private:
    std::size_t room_;
    base::ErrorKind kind_;
};

}  // namespace kluis::test
