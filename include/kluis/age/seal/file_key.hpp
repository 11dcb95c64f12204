// The file key: what a header wraps and a payload is encrypted under (C2SP age.md, "File key").
//
// Thread-safety: plain values.
#pragma once

#include <kluis/crypto/random.hpp>

namespace kluis::age {

struct FileKeyTag {
    static constexpr const char* kName = "file key";
};
// Made with crypto::random_secret<FileKey>(), once for each file.
using FileKey = crypto::SecretBytes<FileKeyTag, 16>;

}  // namespace kluis::age
