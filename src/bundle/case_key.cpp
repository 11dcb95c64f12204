#include "sealed_member.hpp"

#include <kluis/age/open/payload_reader.hpp>
#include <kluis/age/open/x25519_identity.hpp>
#include <kluis/age/seal/header.hpp>
#include <kluis/age/seal/split.hpp>
#include <kluis/bundle/case_key.hpp>

namespace kluis::bundle {

namespace {

using base::Error;
using base::ErrorKind;

// `AGE-SECRET-KEY-1` and 58 characters, and a line end.
constexpr std::size_t kCaseLine = 75;

// The header of case.age: X25519 stanzas alone.
age::Header case_header(const age::SplitReader& split) {
    auto header = age::parse_header(split.header());
    if (header.stanzas.size() > kCaseRecipients) {
        throw Error(ErrorKind::malformed, "the bundle names too many readers");
    }
    for (const auto& stanza : header.stanzas) {
        if (stanza.type() != age::kX25519StanzaType) {
            throw Error(ErrorKind::malformed, "the bundle's case key is wrapped in an unknown way");
        }
    }
    return header;
}

}  // namespace

base::Bytes seal_case(const crypto::X25519Secret& case_key,
                      std::span<const crypto::X25519Public> recipients) {
    const auto text = age::X25519Identity(case_key).text();
    crypto::SecretBuffer line(text.size() + 1);
    std::ranges::copy(text.view(), line.writable().begin());
    line.writable().back() = '\n';
    return seal_member(line.view(), recipients);
}

crypto::X25519Secret open_case(base::ByteView member,
                               std::span<const crypto::X25519Secret> identities) {
    base::MemoryReader file(member);
    age::SplitReader split(file);
    case_header(split);
    std::vector<age::X25519Identity> own;
    for (const auto& identity : identities) {
        own.emplace_back(identity);
    }
    std::vector<const age::Identity*> pointers;
    for (const auto& identity : own) {
        pointers.push_back(&identity);
    }
    const auto key = age::unwrap(split.header(), pointers);
    age::PayloadReader plain(key, split);
    crypto::SecretBuffer line(kCaseLine + 1);
    const auto size = base::read_full(plain, line.writable());
    if (size != kCaseLine || line.text()[kCaseLine - 1] != '\n') {
        throw Error(ErrorKind::malformed, "the bundle's case key has another form");
    }
    return age::X25519Identity::parse(line.text().substr(0, kCaseLine - 1)).secret().duplicate();
}

std::size_t case_readers(base::ByteView member) {
    base::MemoryReader file(member);
    const age::SplitReader split(file);
    return case_header(split).stanzas.size();
}

}  // namespace kluis::bundle
