#include <kluis/age/open/x25519_identity.hpp>
#include <kluis/document/document.hpp>

namespace kluis::document {

base::Bytes seal_header(const age::FileKey& key, const crypto::X25519Public& recipient) {
    return age::make_header(key, age::X25519Recipient(recipient));
}

age::FileKey open_header(base::ByteView header, const Digest& expected,
                         const crypto::X25519Secret& identity) {
    if (crypto::sha256(header) != expected) {
        throw base::Error(base::ErrorKind::forged, "a document's header is not what was signed");
    }
    age::require_single_x25519_stanza(header);
    return age::unwrap(header, age::X25519Identity(identity));
}

}  // namespace kluis::document
