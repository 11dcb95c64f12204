#include "support/refusal.hpp"

#include <kluis/bundle/layout/info.hpp>
#include <kluis/crypto/random.hpp>

#include <doctest/doctest.h>

using namespace kluis;
using base::ErrorKind;

namespace {

bool refused(std::string_view text) {
    return test::refuses(ErrorKind::malformed,
                         [&] { return bundle::parse_bundle_info(base::as_bytes(text)); });
}

}  // namespace

TEST_CASE("a bundle's first member is one line of JSON and comes back from it") {
    const bundle::BundleInfo info{crypto::random_value<statement::BundleId>(), 12};
    const std::string text = bundle::encode(info);
    CHECK(text == "{\"bundle\":\"" + statement::to_text(info.bundle) +
                      "\",\"documents\":12,\"format\":0}\n");
    CHECK(bundle::parse_bundle_info(base::as_bytes(text)) == info);
}

TEST_CASE("a bundle of another format is refused as that") {
    const std::string text = bundle::encode({{}, 1});
    std::string other = text;
    other[other.size() - 3] = '1';
    const auto error =
        test::refusal([&] { return bundle::parse_bundle_info(base::as_bytes(other)); });
    REQUIRE(error);
    CHECK(error->code() == "other-format");
}

TEST_CASE("any other first member is refused") {
    const std::string text = bundle::encode({{}, 1});
    CHECK(refused(""));
    CHECK(refused(text.substr(0, text.size() - 1)));
    CHECK(refused(text + "\n"));
    CHECK(refused(" " + text));
    CHECK(refused(bundle::encode({{}, 0})));
    CHECK(refused("{\"format\":0}\n"));
    CHECK(refused(std::string(5000, ' ') + text));
    std::string surplus = text;
    surplus.insert(1, "\"a\":1,");
    CHECK(refused(surplus));
}
