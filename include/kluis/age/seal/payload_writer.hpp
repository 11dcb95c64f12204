// Encrypting a payload: as a Writer that takes plaintext bit by bit, or a whole stream in one call
// that uses several cores.
//
// With one file key, a nonce encrypts one plaintext, for ever: who tries again after a failure does
// so with the same bytes or another nonce.
// Thread-safety: one thread at a time for each object.
#pragma once

#include <kluis/age/seal/stream.hpp>
#include <kluis/base/file.hpp>

namespace kluis::age {

// Writes nonce || STREAM to another Writer; takes 64 KiB of memory.
class PayloadWriter final : public base::Writer {
  public:
    // `out` must outlive this.
    PayloadWriter(const FileKey& file_key, const PayloadNonce& nonce, base::Writer& out);
    // Wipes what was not sealed, since something threw.
    ~PayloadWriter() override;
    PayloadWriter(const PayloadWriter&) = delete;
    PayloadWriter& operator=(const PayloadWriter&) = delete;

    void write(base::ByteView plain) override;

    // Writes the last chunk. Without it the payload is cut short, and refused by every reader.
    // REQUIRES: called once, last.
    void finish();

  private:
    void write_chunk(bool last);

    crypto::ChaCha20Poly1305 cipher_;
    base::Writer& out_;
    base::Bytes chunk_;
    std::size_t filled_ = 0;
    std::uint64_t index_ = 0;
};

// Encrypts all of `in`; memory is fixed. `in` and `out` are used by one thread at a time, but not
// always the same one.
void encrypt_payload(const FileKey& file_key, const PayloadNonce& nonce, base::Reader& in,
                     base::Writer& out);

// The same from file to file, where threads need not wait for one another: the first `size` bytes
// of `in`, to `out` from `offset` on. Throws Error(conflict) if `in` turns out shorter. REQUIRES:
// `in` is a regular file.
void encrypt_payload(const FileKey& file_key, const PayloadNonce& nonce, const base::FileReader& in,
                     std::uint64_t size, base::AtomicFile& out, std::uint64_t offset,
                     const PayloadProgress& progress = {});

}  // namespace kluis::age
