#include "commitment.hpp"

#include <kluis/age/open/payload_reader.hpp>
#include <kluis/document/padding.hpp>

namespace kluis::document {
namespace {

using base::Error;
using base::ErrorKind;

[[noreturn]] void refuse(const char* why) {
    throw Error(ErrorKind::forged, why);
}

// What is stored, hashed as it passes, and refused as soon as it is more than was signed.
class HashingReader final : public base::Reader {
  public:
    HashingReader(base::Reader& in, const Payload& payload) : in_(in), payload_(payload) {}

    std::size_t read(base::MutableBytes out) override {
        const std::size_t count = in_.read(out);
        size_ += count;
        if (size_ > payload_.size) refuse("a document's content is longer than what was signed");
        hash_.update(out.first(count));
        return count;
    }

    // REQUIRES: the end was read.
    void check() {
        if (size_ != payload_.size || hash_.finish() != payload_.sha256) {
            refuse("a document's content is not what was signed");
        }
    }

  private:
    base::Reader& in_;
    const Payload& payload_;
    std::uint64_t size_ = 0;
    crypto::Sha256 hash_;
};

// Takes the padded content: gives on the true content, hashed, and wants nothing but zeros then.
class ContentWriter final : public base::Writer {
  public:
    // `out` may be null.
    ContentWriter(const dossier::Metadata& metadata, base::Writer* out)
        : metadata_(metadata),
          out_(out),
          content_left_(metadata.size),
          zeros_left_(padded_size(metadata.size) - metadata.size) {}

    void write(base::ByteView bytes) override {
        const base::ByteView content =
            bytes.first(std::min<std::uint64_t>(bytes.size(), content_left_));
        const base::ByteView zeros = bytes.subspan(content.size());
        if (!content.empty()) {
            hash_.update(content);
            if (out_) out_->write(content);
            content_left_ -= content.size();
        }
        if (zeros.size() > zeros_left_) refuse("a document's content is longer than it says");
        if (std::ranges::any_of(zeros, [](std::uint8_t byte) { return byte != 0; })) {
            refuse("a document's content is followed by something else than zeros");
        }
        zeros_left_ -= zeros.size();
    }

    void check() {
        if (content_left_ + zeros_left_ != 0 || hash_.finish() != metadata_.sha256) {
            refuse("a document's content is not what its description says");
        }
    }

  private:
    const dossier::Metadata& metadata_;
    base::Writer* out_;
    std::uint64_t content_left_;
    std::uint64_t zeros_left_;
    crypto::Sha256 hash_;
};

void check_content(const age::FileKey& key, const Promise& promise,
                   const dossier::Metadata& metadata, base::Reader& stored, base::Writer* out) {
    check_commitment(key, promise, metadata);
    HashingReader sealed(stored, promised(promise, Role::content));
    ContentWriter content(metadata, out);
    if (padded_size(metadata.size) > kLarge) {
        age::decrypt_payload(key, sealed, content);
    } else {
        age::PayloadReader plain(key, sealed);
        base::copy(plain, content);
    }
    sealed.check();
    content.check();
}

}  // namespace

void open_content(const age::FileKey& key, const Promise& promise,
                  const dossier::Metadata& metadata, base::Reader& stored, base::Writer& out) {
    check_content(key, promise, metadata, stored, &out);
}

void verify_content(const age::FileKey& key, const Promise& promise,
                    const dossier::Metadata& metadata, base::Reader& stored) {
    check_content(key, promise, metadata, stored, nullptr);
}

}  // namespace kluis::document
