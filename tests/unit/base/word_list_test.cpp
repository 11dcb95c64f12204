#include <kluis/base/encoding.hpp>
#include <kluis/base/words.hpp>
#include <kluis/crypto/hash.hpp>

#include <doctest/doctest.h>

using namespace kluis;

TEST_CASE("the word list is BIP 39's English one to the last byte") {
    std::string list;
    for (std::size_t i = 0; i < base::kWordCount; ++i)
        list.append(base::word(i)) += '\n';
    CHECK(base::hex_encode(crypto::sha256(base::as_bytes(list))) ==
          "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda");
}
