// Parts that several of the API's parsers share.
#pragma once

#include <api/types.hpp>

namespace kluis::api {

inline base::Error malformed(const std::string& message) {
    return base::Error(base::ErrorKind::malformed, message);
}

// The member `secret`: a sealed secret in base64.
inline Bytes parse_sealed_secret(base::JsonMembers& members) {
    Bytes sealed = base::base64_decode(members.string("secret"), "sealed secret");
    if (sealed.size() > kSealedSecretLimit) throw malformed("the sealed secret is too long");
    return sealed;
}

// The elements of the list `name`, at most `most`, each parsed by `parse`.
template <class Parse>
auto parse_list(base::JsonMembers& members, std::string_view name, std::size_t most, Parse parse) {
    const Json::Array& items = members.required(name).array(name);
    if (items.size() > most) throw malformed(std::string(name) + " has too many elements");
    std::vector<decltype(parse(items.front()))> result;
    result.reserve(items.size());
    for (const Json& item : items)
        result.push_back(parse(item));
    return result;
}

}  // namespace kluis::api
