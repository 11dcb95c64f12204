#include "target.hpp"

#include <api/endpoints.hpp>
#include <api/wire.hpp>

using namespace kluis;

namespace {

// Cards of low order are refused as untrusted, which is no form.
template <class Parse>
void round_trip(const base::Json& json, Parse parse) {
    try {
        const auto value = fuzz::parsed([&] { return parse(json); });
        if (value) fuzz::require(api::to_json(*value) == json);
    } catch (const base::Error& error) {
        fuzz::require(error.kind() == base::ErrorKind::untrusted);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const base::ByteView input(data, size);
    api::match("GET", base::as_text(input));
    const auto json = fuzz::parsed([&] { return base::parse_json(input, "input"); });
    if (!json) return 0;
    round_trip(*json, api::parse_status);
    round_trip(*json, api::parse_register_request);
    round_trip(*json, api::parse_account_reply);
    round_trip(*json, api::parse_login_reply);
    round_trip(*json, api::parse_credentials_request);
    round_trip(*json, api::parse_dossiers_reply);
    round_trip(*json, api::parse_submissions);
    round_trip(*json, api::parse_submit_reply);
    fuzz::parsed([&] { return api::parse_challenge(*json); });
    round_trip(*json, api::parse_invite);
    return 0;
}
