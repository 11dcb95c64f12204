// What the metadata of a document must keep to.
#pragma once

#include "payload.hpp"

#include <kluis/document/document.hpp>

namespace kluis::document {

// Throws Error(forged) unless key, size and digest are those committed to, and the content payload
// has the size that goes with them.
void check_commitment(const age::FileKey& key, const Promise& promise,
                      const dossier::Metadata& metadata);

}  // namespace kluis::document
