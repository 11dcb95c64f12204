#include "dated.hpp"
#include "members.hpp"

#include <kluis/statement/card_set.hpp>
#include <kluis/statement/statement.hpp>

namespace kluis::statement {

using base::Error;
using base::ErrorKind;
using base::Json;

namespace {

constexpr std::size_t kNameLimit = 200;  // bytes

Root parse_root(const Json& json) {
    base::JsonMembers members(json, "a root key");
    Root root;
    root.jurisdiction = members.string("jurisdiction");
    root.key = base64_member<crypto::Ed25519Public>(members, "key");
    read_dates(members, root.from, root.until);
    members.finish();
    if (!is_jurisdiction_code(root.jurisdiction)) {
        throw Error(ErrorKind::malformed, "a root key is for no jurisdiction");
    }
    return root;
}

Organisation parse_organisation(const Json& json) {
    base::JsonMembers members(json, "an organisation");
    Organisation organisation;
    organisation.name = members.string("name");
    organisation.card = read_dated_card(members);
    members.finish();
    if (organisation.name.empty() || organisation.name.size() > kNameLimit) {
        throw Error(ErrorKind::malformed, "an organisation's name is empty or too long");
    }
    return organisation;
}

Json to_json(const Root& root) {
    Json::Object members{{"jurisdiction", root.jurisdiction}, {"key", base64_json(root.key)}};
    write_dates(members, root.from, root.until);
    return members;
}

Json to_json(const Organisation& organisation) {
    Json::Object members = dated_members(organisation.card);
    members["name"] = organisation.name;
    return members;
}

}  // namespace

Anchors parse_anchors(base::ByteView json) {
    const Json parsed = base::parse_json(json, "trust anchors");
    base::JsonMembers members(parsed, "trust anchors");
    Anchors anchors;
    for (const Json& item : members.required("organisations").array("organisations"))
        anchors.organisations.push_back(parse_organisation(item));
    for (const Json& item : members.required("roots").array("roots"))
        anchors.roots.push_back(parse_root(item));
    anchors.version = count_member(members, "version");
    members.finish();
    return anchors;
}

base::Bytes encode(const Anchors& anchors) {
    Json::Array organisations;
    for (const Organisation& organisation : anchors.organisations)
        organisations.push_back(to_json(organisation));
    Json::Array roots;
    for (const Root& root : anchors.roots)
        roots.push_back(to_json(root));
    return base::to_bytes(base::canonical_json({{"organisations", std::move(organisations)},
                                                {"roots", std::move(roots)},
                                                {"version", anchors.version}},
                                               base::JsonText::utf8) +
                          "\n");
}

}  // namespace kluis::statement
