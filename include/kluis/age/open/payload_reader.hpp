// Decrypting a payload: as a Reader, or a whole stream in one call that uses several cores.
//
// Each chunk is authenticated before it is given, but that the payload was cut short or goes on
// wrongly is known only at the end. So nothing that was read is good until the end was reached
// without an Error: output is committed only then (base::AtomicFile::commit).
//
// All throw Error(forged) if the payload was altered, cut short, reordered or continued.
// Thread-safety: one thread at a time for each object.
#pragma once

#include <kluis/age/seal/stream.hpp>
#include <kluis/base/file.hpp>

namespace kluis::age {

// The plaintext of the payload (nonce || STREAM) in another Reader; takes 128 KiB of memory.
class PayloadReader final : public base::Reader {
  public:
    // Reads the nonce. `payload` must outlive this.
    PayloadReader(const FileKey& file_key, base::Reader& payload);
    ~PayloadReader() override;

    std::size_t read(base::MutableBytes out) override;

  private:
    void next_chunk();

    AheadReader payload_;
    crypto::ChaCha20Poly1305 cipher_;
    base::Bytes sealed_;
    base::Bytes plain_;
    base::ByteView rest_;
    std::uint64_t index_ = 0;
    const char* failure_ = nullptr;
    bool ended_ = false;
};

// Decrypts all of `payload`; memory is fixed. `payload` and `out` are used by one thread at a time,
// but not always the same one. What was decrypted before an Error has been written.
void decrypt_payload(const FileKey& file_key, base::Reader& payload, base::Writer& out);

// The same from file to file, where threads need not wait for one another: all of `in` from
// `offset` on. REQUIRES: `in` is a regular file.
void decrypt_payload(const FileKey& file_key, const base::FileReader& in, std::uint64_t offset,
                     base::AtomicFile& out, const PayloadProgress& progress = {});

}  // namespace kluis::age
