#include "seal_text.hpp"

#include "lines.hpp"

#include <kluis/base/json.hpp>
#include <kluis/bundle/layout/member.hpp>

namespace kluis::bundle {

std::string encode_seal(const statement::Envelope& seal) {
    const base::Json json{{"envelope", statement::to_json(seal)}};
    return base::canonical_json(json, base::JsonText::ascii) + "\n";
}

statement::Signed parse_seal(base::Reader& plain) {
    LineReader lines(plain, "the seal");
    const auto line = lines.next(member_limit(MemberKind::seal));
    if (!line) {
        throw base::Error(base::ErrorKind::malformed, "the seal is empty");
    }
    const auto json = base::parse_canonical_json(*line, base::JsonText::ascii, "the seal");
    base::JsonMembers members(json, "the seal");
    auto seal = statement::parse_signed(statement::parse_envelope(members.required("envelope")));
    members.finish();
    if (lines.next(0)) {
        throw base::Error(base::ErrorKind::malformed, "the seal has more than one line");
    }
    return seal;
}

}  // namespace kluis::bundle
