#include "../../src/bundle/sealed_member.hpp"
#include "target.hpp"

#include <kluis/bundle/case_key.hpp>

using namespace kluis;

namespace {

const crypto::X25519Secret& reader() {
    static const auto secret =
        crypto::X25519Secret::copy_of(base::as_bytes("the reader of the corpus' bundle"));
    return secret;
}

// The case key in `member`; nothing if it is refused. Any refusal but of a defect is as it must be.
std::optional<crypto::X25519Secret> opened(base::ByteView member) {
    return fuzz::opened([&] { return bundle::open_case(member, std::span(&reader(), 1)); });
}

}  // namespace

// The input as the member case.age, and as what is sealed in one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::array to_reader{crypto::x25519_public(reader())};
    static_cast<void>(opened({data, size}));
    if (const auto key = opened(bundle::seal_member({data, size}, to_reader))) {
        const auto again = opened(bundle::seal_case(*key, to_reader));
        fuzz::require(again && crypto::equal_secrets(again->view(), key->view()));
        fuzz::require(size == 75 && data[74] == '\n');
    }
    return 0;
}
