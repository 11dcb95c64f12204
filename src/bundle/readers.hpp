// readers.age: whom recipients added after the sealing, one signed line for each.
// docs/format.md, "Added readers".
//
// Thread-safety: pure functions.
#pragma once

#include <kluis/base/stream.hpp>
#include <kluis/bundle/manifest.hpp>

namespace kluis::bundle {

struct ReaderAdded {
    Card card;          // of the reader
    Fingerprint actor;  // the recipient who added them
    base::Time time;    // as the recipient claims
};

// What a line says, before anything of it is checked.
struct ReaderLine {
    ReaderAdded added;
    BundleId bundle;
    Digest previous;  // the hash of the line before, or of the seal
};

// Parses the payload of a line's envelope. Throws Error(malformed) on anything but the one
// spelling.
ReaderLine parse_reader_line(const Envelope& envelope);

// The lines of `plain`, which is read to its end. Throws Error(malformed) on another form or more
// lines than case.age can have readers; Error(forged) unless each line is signed by a recipient of
// `seal` (an added reader may not add), is about this bundle, follows the line before (the first:
// the seal), is not earlier than that, and adds a card that is neither a recipient's nor added
// before. REQUIRES: `head` has a card for each recipient of `seal`, which is a bundle.seal.
std::vector<ReaderAdded> check_readers(base::Reader& plain, const ManifestHead& head,
                                       const statement::Signed& seal);

}  // namespace kluis::bundle
