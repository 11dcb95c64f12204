// The files of src/dossier/data, put into the library by CMake.
#pragma once

#include <kluis/base/bytes.hpp>

namespace kluis::dossier::embedded {

extern const std::span<const base::ByteView> criteria;
extern const std::span<const base::ByteView> kinds;
extern const std::span<const base::ByteView> texts;
extern const std::span<const base::ByteView> jurisdictions;

}  // namespace kluis::dossier::embedded
