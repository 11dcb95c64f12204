// The members of a bundle that are not a document's, as age files: sealed in memory, opened as a
// stream.
//
// Thread-safety: one thread at a time for each object.
#pragma once

#include <kluis/age/open/payload_reader.hpp>
#include <kluis/age/seal/recipient.hpp>
#include <kluis/age/seal/split.hpp>
#include <kluis/crypto/x25519.hpp>

#include <span>

namespace kluis::bundle {

// An age file of `plain`, one X25519 stanza for each recipient.
base::Bytes seal_member(base::ByteView plain, std::span<const crypto::X25519Public> recipients);

// The plaintext of a member that is encrypted to the case key alone.
class SealedMemberReader final : public base::Reader {
  public:
    // `member` must outlive this. Throws Error(malformed) unless it has exactly one X25519 stanza,
    // Error(forged) if that is not for `case_key`.
    SealedMemberReader(base::Reader& member, const crypto::X25519Secret& case_key);

    // As age::PayloadReader's: nothing is good before the end was reached without an Error.
    std::size_t read(base::MutableBytes out) override { return plain_.read(out); }

  private:
    age::SplitReader split_;
    age::PayloadReader plain_;
};

}  // namespace kluis::bundle
