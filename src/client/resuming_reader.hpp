// A download that goes on where it was when the connection breaks.
//
// Thread-safety: one thread at a time.
#pragma once

#include <api/service.hpp>

#include <functional>

namespace kluis::client {

class ResumingReader final : public base::Reader {
  public:
    // Asks for the resource from a place on, or whole.
    using Open = std::function<api::Download(const std::optional<api::ByteRange>&)>;

    // `received` is told of each part, and may be empty.
    ResumingReader(Open open, std::function<void(std::uint64_t)> received);

    // Throws Error(unavailable) after kTries breaks without a byte in between, Error(forged) if the
    // resource is another one than at first (size or ETag).
    std::size_t read(base::MutableBytes out) override;

    std::uint64_t size() const { return download_.size; }

  private:
    static constexpr int kTries = 3;
    void reopen();

    Open open_;
    std::function<void(std::uint64_t)> received_;
    api::Download download_;
    std::uint64_t size_;
    std::uint64_t position_ = 0;
    int breaks_ = 0;
};

}  // namespace kluis::client
