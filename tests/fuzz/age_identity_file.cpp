#include "target.hpp"

#include <kluis/age/open/identity_file.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = crypto::SecretBuffer::copy_of({data, size});
    const auto file = fuzz::parsed([&] { return age::parse_identity_file(text); });
    if (!file) return 0;
    for (const age::X25519Identity& identity : file->identities) {
        const auto line = identity.text();
        fuzz::require(text.text().find(line.text()) != std::string_view::npos);
    }
    for (const std::string_view comment : file->comments)
        fuzz::require(comment.starts_with('#'));
    return 0;
}
