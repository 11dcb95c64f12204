#include "sealed_member.hpp"

#include <kluis/age/open/x25519_identity.hpp>
#include <kluis/age/seal/header.hpp>
#include <kluis/age/seal/payload_writer.hpp>
#include <kluis/crypto/random.hpp>

namespace kluis::bundle {

namespace {

age::FileKey file_key(base::ByteView header, const crypto::X25519Secret& case_key) {
    age::require_single_x25519_stanza(header);
    try {
        return age::unwrap(header, age::X25519Identity(case_key));
    } catch (const base::Error& error) {
        if (error.kind() != base::ErrorKind::wrong_key) {
            throw;
        }
        throw base::Error(base::ErrorKind::forged,
                          "a member of the bundle is not encrypted to its case key");
    }
}

}  // namespace

base::Bytes seal_member(base::ByteView plain, std::span<const crypto::X25519Public> recipients) {
    std::vector<age::X25519Recipient> wrapping;
    for (const auto& recipient : recipients) {
        wrapping.emplace_back(recipient);
    }
    std::vector<const age::Recipient*> pointers;
    for (const auto& recipient : wrapping) {
        pointers.push_back(&recipient);
    }
    const auto key = crypto::random_secret<age::FileKey>();
    base::MemoryWriter out;
    out.write(age::make_header(key, pointers));
    base::MemoryReader in(plain);
    age::encrypt_payload(key, crypto::random_value<age::PayloadNonce>(), in, out);
    return out.take();
}

SealedMemberReader::SealedMemberReader(base::Reader& member, const crypto::X25519Secret& case_key)
    : split_(member), plain_(file_key(split_.header(), case_key), split_) {}

}  // namespace kluis::bundle
