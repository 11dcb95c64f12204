#include "target.hpp"

#include <kluis/document/document.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto owner =
        crypto::X25519Secret::copy_of(base::as_bytes("the owner of the corpus' words.."));
    const base::ByteView file(data, size);
    fuzz::parsed([&] {
        try {
            const dossier::Word word =
                document::open_word({crypto::sha256(file), file.size()}, file, owner);
            fuzz::require(dossier::parse_word(dossier::encode_padded(word)) == word);
        } catch (const base::Error& error) {
            if (error.kind() != base::ErrorKind::forged &&
                error.kind() != base::ErrorKind::wrong_key) {
                throw;
            }
        }
        return true;
    });
    return 0;
}
