#include <client/resuming_reader.hpp>

namespace kluis::client {

using base::Error;
using base::ErrorKind;

ResumingReader::ResumingReader(Open open, std::function<void(std::uint64_t)> received)
    : open_(std::move(open)),
      received_(std::move(received)),
      download_(open_(std::nullopt)),
      size_(download_.size) {}

std::size_t ResumingReader::read(base::MutableBytes out) {
    while (position_ < size_) {
        try {
            const auto count = download_.body->read(out);
            if (count == 0) {
                throw Error(ErrorKind::unavailable, "the server's reply was cut short");
            }
            position_ += count;
            breaks_ = 0;
            if (received_) {
                received_(count);
            }
            return count;
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::unavailable || ++breaks_ > kTries) {
                throw;
            }
        }
        reopen();
    }
    return 0;
}

void ResumingReader::reopen() {
    const auto etag = download_.etag;
    download_.body.reset();
    for (;;) {
        try {
            auto next = open_(api::ByteRange{position_, size_ - position_});
            if (next.size != size_ || next.etag != etag || next.offset != position_) {
                throw Error(ErrorKind::forged, "the server continues with another document");
            }
            download_ = std::move(next);
            return;
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::unavailable || ++breaks_ > kTries) {
                throw;
            }
        }
    }
}

}  // namespace kluis::client
