#include "payload.hpp"

#include <kluis/age/seal/payload_writer.hpp>
#include <kluis/document/padding.hpp>

namespace kluis::document {
namespace {

using base::Error;
using base::ErrorKind;

// The content followed by zeros, hashing the content as it passes. age reads it in the turn of one
// thread while another writes, so that the two digests are computed side by side.
class PaddedReader final : public base::Reader {
  public:
    PaddedReader(base::Reader& in, std::uint64_t size, std::uint64_t padded)
        : in_(in), content_left_(size), zeros_left_(padded - size) {}

    std::size_t read(base::MutableBytes out) override {
        if (content_left_ > 0) return read_content(out);
        require_end();
        const std::size_t count = std::min<std::uint64_t>(out.size(), zeros_left_);
        std::ranges::fill(out.first(count), std::uint8_t{0});
        zeros_left_ -= count;
        return count;
    }

    // REQUIRES: the end was read.
    Digest digest() { return hash_.finish(); }

  private:
    std::size_t read_content(base::MutableBytes out) {
        const std::size_t most = std::min<std::uint64_t>(out.size(), content_left_);
        const std::size_t count = in_.read(out.first(most));
        if (count == 0) {
            throw Error(ErrorKind::conflict, "the file became shorter while it was read",
                        "do it again when nothing writes to the file");
        }
        hash_.update(out.first(count));
        content_left_ -= count;
        return count;
    }

    void require_end() {
        if (end_seen_) return;
        std::uint8_t more[1];
        if (in_.read(more) != 0) {
            throw Error(ErrorKind::conflict, "the file became longer while it was read",
                        "do it again when nothing writes to the file");
        }
        end_seen_ = true;
    }

    base::Reader& in_;
    std::uint64_t content_left_;
    std::uint64_t zeros_left_;
    bool end_seen_ = false;
    crypto::Sha256 hash_;
};

class HashingWriter final : public base::Writer {
  public:
    explicit HashingWriter(base::Writer& out) : out_(out) {}

    void write(base::ByteView bytes) override {
        hash_.update(bytes);
        size_ += bytes.size();
        out_.write(bytes);
    }

    Payload payload() { return {hash_.finish(), size_}; }

  private:
    base::Writer& out_;
    std::uint64_t size_ = 0;
    crypto::Sha256 hash_;
};

}  // namespace

SealedContent seal_content(const age::FileKey& key, base::Reader& in, std::uint64_t size,
                           base::Writer& out) {
    if (size > statement::kPayloadLimit ||
        stored_size(padded_size(size)) > statement::kPayloadLimit) {
        throw Error(ErrorKind::limit, "the file is larger than a document can be",
                    "a document holds nearly 8 GB at most");
    }
    const std::uint64_t padded = padded_size(size);
    const auto nonce = crypto::random_value<age::PayloadNonce>();
    PaddedReader plain(in, size, padded);
    HashingWriter stored(out);
    if (padded > kLarge) {
        age::encrypt_payload(key, nonce, plain, stored);
    } else {
        age::PayloadWriter payload(key, nonce, stored);
        base::copy(plain, payload);
        payload.finish();
    }
    return {stored.payload(), size, plain.digest()};
}

}  // namespace kluis::document
