#include <kluis/age/open/armor_reader.hpp>
#include <kluis/age/open/identity_file.hpp>
#include <kluis/age/open/payload_reader.hpp>
#include <kluis/age/seal/split.hpp>

namespace kluis::age {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::string_view kBinaryBegin = "age-encryption.org/";

void require_size(std::size_t size) {
    if (size > kMaxIdentityFileSize) {
        throw Error(ErrorKind::limit, "the identity file is larger than 1 MiB");
    }
}

X25519Identity parse_line(std::string_view line, std::size_t number) {
    try {
        return X25519Identity::parse(line);
    } catch (const Error& error) {
        throw Error(error.kind(), "line " + std::to_string(number) +
                                      " of the identity file is malformed: " + error.what());
    }
}

crypto::SecretBuffer read_all_secret(base::Reader& in) {
    crypto::SecretBuffer text(kMaxIdentityFileSize + 1);
    const std::size_t size = base::read_full(in, text.writable());
    require_size(size);
    return crypto::SecretBuffer::copy_of(text.view().first(size));
}

crypto::SecretBuffer open_binary(base::Reader& file, const Identity& passphrase) {
    SplitReader split(file);
    if (!is_for_passphrase(parse_header(split.header()))) {
        throw Error(ErrorKind::malformed,
                    "the identity file is encrypted, but not to a passphrase");
    }
    PayloadReader payload(unwrap(split.header(), passphrase), split);
    return read_all_secret(payload);
}

}  // namespace

IdentityFile parse_identity_file(const crypto::SecretBuffer& text) {
    require_size(text.size());
    IdentityFile file;
    std::string_view rest = text.text();
    for (std::size_t number = 1; !rest.empty(); ++number) {
        const std::size_t end = rest.find('\n');
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) continue;
        if (line.starts_with('#')) {
            file.comments.push_back(line);
        } else {
            file.identities.push_back(parse_line(line, number));
        }
    }
    if (file.identities.empty()) {
        throw Error(ErrorKind::malformed, "the identity file holds no identity");
    }
    return file;
}

bool is_encrypted_identity_file(base::ByteView file) {
    return is_armored(file) || base::as_text(file).starts_with(kBinaryBegin);
}

crypto::SecretBuffer open_identity_file(base::ByteView file, const Identity& passphrase) {
    base::MemoryReader memory(file);
    if (!is_armored(file)) return open_binary(memory, passphrase);
    ArmorReader armor(memory);
    return open_binary(armor, passphrase);
}

}  // namespace kluis::age
