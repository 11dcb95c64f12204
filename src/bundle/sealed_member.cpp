#include "sealed_member.hpp"

#include <kluis/age/open/payload_reader.hpp>
#include <kluis/age/open/x25519_identity.hpp>
#include <kluis/age/seal/header.hpp>
#include <kluis/age/seal/payload_writer.hpp>
#include <kluis/age/seal/split.hpp>
#include <kluis/crypto/random.hpp>

namespace kluis::bundle {

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

base::Bytes open_member(base::Reader& member, const crypto::X25519Secret& case_key,
                        std::size_t most, std::string_view what) {
    age::SplitReader split(member);
    age::require_single_x25519_stanza(split.header());
    const auto key = age::unwrap(split.header(), age::X25519Identity(case_key));
    age::PayloadReader plain(key, split);
    return base::read_all(plain, most, what);
}

}  // namespace kluis::bundle
