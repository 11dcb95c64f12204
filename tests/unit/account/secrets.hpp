// Secrets for tests, and texts as secret buffers.
#pragma once

#include <kluis/account/secret.hpp>

namespace kluis::test {

inline crypto::SecretBuffer buffer(std::string_view text) {
    return crypto::SecretBuffer::copy_of(base::as_bytes(text));
}

inline account::AccountSecret secret_of(std::uint8_t first) {
    account::AccountSecret secret;
    for (std::uint8_t& byte : secret.writable())
        byte = first++;
    return secret;
}

}  // namespace kluis::test
