// Secret memory: fixed-size keys of distinct types, and secret text. Each is move-only, lies in
// guarded, locked memory (sodium_malloc), never in a core dump, and is wiped when it goes.
//
// Each takes several pages of its own: hold them by the hundred, never by the ten thousand. To make
// one is cheap, since a thread keeps some wiped blocks of the usual key sizes for the next.
//
// Thread-safety: plain values; reading from several threads is fine.
#pragma once

#include <kluis/base/bytes.hpp>

namespace kluis::crypto {

// Guarded memory of a size fixed at construction. Keys are SecretBytes<Tag, N>; this is for what
// has a length of its own, such as a passphrase or an identity file.
class SecretBuffer {
  public:
    SecretBuffer() = default;
    explicit SecretBuffer(std::size_t size);
    // A copy of `bytes`; the caller wipes the original.
    static SecretBuffer copy_of(base::ByteView bytes);
    SecretBuffer(SecretBuffer&& other) noexcept;
    SecretBuffer& operator=(SecretBuffer&& other) noexcept;
    ~SecretBuffer();

    std::size_t size() const noexcept { return size_; }
    base::ByteView view() const noexcept { return {data_, size_}; }
    base::MutableBytes writable() noexcept { return {data_, size_}; }
    std::string_view text() const noexcept { return base::as_text(view()); }
    // Shortens the view; the bytes behind it stay until destruction. REQUIRES: size <= size().
    void shrink(std::size_t size) noexcept { size_ = size; }

  private:
    std::uint8_t* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t allocated_ = 0;
};

// N secret bytes whose meaning is Tag.
template <class Tag, std::size_t N>
class SecretBytes {
  public:
    static constexpr std::size_t kSize = N;

    SecretBytes() : buffer_(N) {}
    SecretBytes(SecretBytes&&) noexcept = default;
    SecretBytes& operator=(SecretBytes&&) noexcept = default;

    // A copy of `bytes`; the caller wipes the original. Throws Error(malformed) on another length.
    static SecretBytes copy_of(base::ByteView bytes) {
        if (bytes.size() != N) {
            throw base::Error(base::ErrorKind::malformed, std::string(Tag::kName) + " is not " +
                                                              std::to_string(N) + " bytes long");
        }
        SecretBytes result;
        std::memcpy(result.writable().data(), bytes.data(), N);
        return result;
    }
    // A second copy, for the few places that need one.
    SecretBytes duplicate() const { return copy_of(view()); }

    // Both throw Error(internal) if this was moved from: what is then empty would do as a key of
    // zeros, or as no key at all.
    base::ByteView view() const {
        require_whole();
        return buffer_.view();
    }
    base::MutableBytes writable() {
        require_whole();
        return buffer_.writable();
    }

  private:
    void require_whole() const {
        if (buffer_.size() != N) {
            throw base::Error(base::ErrorKind::internal,
                              std::string(Tag::kName) + " was used after it was moved away");
        }
    }

    SecretBuffer buffer_;
};

// Compares in constant time for a given length; false at once if the lengths differ.
bool equal_secrets(base::ByteView a, base::ByteView b) noexcept;

// Overwrites memory in a way that the compiler may not drop.
void wipe(base::MutableBytes bytes) noexcept;

// Wipes the referenced bytes when it goes out of scope: for the few buffers of secrets that cannot
// be SecretBuffers.
class WipeOnExit {
  public:
    explicit WipeOnExit(base::MutableBytes bytes) noexcept : bytes_(bytes) {}
    ~WipeOnExit() { wipe(bytes_); }
    WipeOnExit(const WipeOnExit&) = delete;
    WipeOnExit& operator=(const WipeOnExit&) = delete;

  private:
    base::MutableBytes bytes_;
};

}  // namespace kluis::crypto
