// The four words of a head, which a person can note or compare.
#pragma once

#include <kluis/statement/ids.hpp>

namespace kluis::statement {

// The first 44 bits of SHA-256("bewijskluis.org/v1/words" || head), as four words of the BIP 39
// list joined by single spaces.
std::string four_words(const Digest& head);

}  // namespace kluis::statement
