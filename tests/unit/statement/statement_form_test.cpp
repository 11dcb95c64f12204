// The forms that a statement must not have: each example is a good statement with one thing wrong.
#include "example_acts.hpp"

#include <doctest/doctest.h>
#include <support/refusal.hpp>

#include <functional>

using namespace kluis;
using namespace kluis::statement;
using base::ErrorKind;
using base::Json;
using test::refuses;
using test::value_of;

namespace {

Json json_of(const Act& act) {
    return base::parse_canonical_json(encode(test::example_statement(act)), base::JsonText::ascii,
                                      "a statement");
}

bool malformed(const Json& json) {
    const std::string payload = base::canonical_json(json, base::JsonText::utf8);
    return refuses(ErrorKind::malformed, [&] { return parse_statement(base::as_bytes(payload)); });
}

bool malformed_with(const Act& act, const std::string& member, const Json& value) {
    Json json = json_of(act);
    json[member] = value;
    return malformed(json);
}

Json::Array reversed(const Json& list) {
    Json::Array items = list.array("list");
    std::ranges::reverse(items);
    return items;
}

const std::uint64_t kOne = 1;
const std::uint64_t kZero = 0;

}  // namespace

TEST_CASE("a statement of any type without one of its members is refused") {
    const std::set<std::string> optional{"until", "count", "link", "expires", "supplements"};
    for (const Act& act : test::example_acts()) {
        CAPTURE(type_name(act));
        const Json whole = json_of(act);
        for (const auto& [member, value] : whole.object("a statement")) {
            if (optional.contains(member)) continue;
            CAPTURE(member);
            Json::Object members = whole.object("a statement");
            members.erase(member);
            CHECK(malformed(members));
        }
    }
}

TEST_CASE("a statement of any type with a member that does not belong there is refused") {
    for (const Act& act : test::example_acts()) {
        CAPTURE(type_name(act));
        CHECK(malformed_with(act, "note", "free text"));
        CHECK(malformed_with(act, "name", "N."));
    }
}

TEST_CASE("a statement with a member of another kind is refused") {
    for (const Act& act : test::example_acts()) {
        CAPTURE(type_name(act));
        const Json whole = json_of(act);
        for (const auto& [member, value] : whole.object("a statement")) {
            CAPTURE(member);
            // A list of readers may be empty.
            CHECK(malformed_with(act, member, Json::Array{}) == (member != "readers"));
            CHECK(malformed_with(act, member, true));
            CHECK(malformed_with(act, member, "?"));
        }
    }
}

TEST_CASE("a statement that is not in canonical JSON is refused") {
    const base::Bytes payload = encode(test::example_statement(DossierErase{}));
    const std::string text = base::to_string(payload);
    for (const std::string& other :
         {text + "\n", " " + text, "{ " + text.substr(1), text + text, text.substr(1),
          std::string(text).replace(text.find("dossier.erase"), 1, "\\u0064"), std::string(),
          std::string("[]"), std::string("\"dossier.erase\"")}) {
        CAPTURE(other);
        CHECK(
            refuses(ErrorKind::malformed, [&] { return parse_statement(base::as_bytes(other)); }));
    }
}

TEST_CASE("a statement of an unknown type is refused") {
    for (const char* type : {"dossier.open", "", "dossier.create ", "DOSSIER.ERASE", "erase"}) {
        CAPTURE(type);
        CHECK(malformed_with(DossierErase{}, "type", type));
    }
}

TEST_CASE("dossier.create that names a dossier or something before it is refused") {
    CHECK(
        malformed_with(test::example_create(), "dossier", to_text(value_of<DossierId>("dossier"))));
    CHECK(malformed_with(test::example_create(), "previous",
                         base::hex_encode(value_of<Digest>("previous"))));
}

TEST_CASE("dossier.create by another than its own card is refused") {
    CHECK(
        malformed_with(test::example_create(), "actor", to_text(test::Person("N.").fingerprint())));
}

TEST_CASE("a jurisdiction that is no code is refused") {
    for (const std::string& text :
         {std::string(), std::string("The Netherlands"), std::string("nl_commissie"),
          std::string("NL"), std::string(65, 'a')}) {
        CAPTURE(text);
        CHECK(malformed_with(test::example_create(), "jurisdiction", text));
    }
}

TEST_CASE("bundle.acknowledge that names a previous statement is refused") {
    const BundleSeal seal = test::example_seal();
    CHECK(malformed_with(BundleAcknowledge{seal.bundle, seal.manifest, {}}, "previous",
                         base::hex_encode(value_of<Digest>("previous"))));
}

TEST_CASE("ids, digests and salts of another length or spelling are refused") {
    const std::string hex = base::hex_encode(value_of<Digest>("previous"));
    for (const std::string& text : {hex.substr(2), hex + "00", std::string(64, 'A'),
                                    base::base64_encode(value_of<Digest>("x"))}) {
        CAPTURE(text);
        CHECK(malformed_with(DossierErase{}, "previous", text));
    }
    const std::string id = to_text(value_of<DocumentId>("document"));
    for (const std::string& text : {id.substr(1), id + "a", std::string(26, 'B'), id + "======"}) {
        CAPTURE(text);
        CHECK(malformed_with(DocumentErase{}, "document", text));
    }
    for (const std::size_t size : {0, 15, 17}) {
        CAPTURE(size);
        CHECK(malformed_with(DossierErase{}, "salt", base::base64_encode(base::Bytes(size))));
    }
}

TEST_CASE("a time that is not of whole seconds in UTC is refused") {
    for (const char* time :
         {"2027-01-15T08:00:00", "2027-01-15T08:00:00.5Z", "2027-01-15T08:00:00+01:00",
          "2027-02-30T08:00:00Z", "2027-01-15 08:00:00Z", "2027-01-15T24:00:00Z"}) {
        CAPTURE(time);
        CHECK(malformed_with(DossierErase{}, "time", time));
    }
}

TEST_CASE("an allowance with a count of zero or a link other than 1 is refused") {
    const DepositorAllow allow{test::Person("worker").card(), {}, {}, false};
    CHECK_FALSE(malformed_with(allow, "count", kOne));
    CHECK(malformed_with(allow, "count", kZero));
    CHECK_FALSE(malformed_with(allow, "link", kOne));
    CHECK(malformed_with(allow, "link", kZero));
    CHECK(malformed_with(allow, "link", std::uint64_t{2}));
}

TEST_CASE("a card of low order in a statement is refused") {
    Json json = json_of(DepositorAllow{test::Person("worker").card(), {}, {}, false});
    json["card"]["recipient"] = base::bech32_encode("age", crypto::X25519Public());
    CHECK(malformed(json));
}

TEST_CASE("a transfer whose consent is not a consent is refused") {
    Json json = json_of(test::example_transfer());
    json["consent"]["payloadType"] = kStatementType;
    CHECK(malformed(json));
    json = json_of(test::example_transfer());
    json["consent"]["payload"] = base::base64_encode(base::as_bytes("{}"));
    CHECK(malformed(json));
}

TEST_CASE("a deposit without content or without metadata is refused") {
    for (const Role role : {Role::content, Role::metadata}) {
        Json json = json_of(test::example_deposit());
        Json::Object payloads = json["payloads"].object("payloads");
        payloads.erase(std::string(name(role)));
        json["payloads"] = payloads;
        CHECK(malformed(json));
    }
}

TEST_CASE("a deposit with a payload of an unknown role is refused") {
    Json json = json_of(test::example_deposit());
    json["payloads"]["thumbnail"] = Json{{"sha256", std::string(64, '0')}, {"size", kOne}};
    CHECK(malformed(json));
}

TEST_CASE("a deposit with two payloads of one digest is refused") {
    Json json = json_of(test::example_deposit());
    json["payloads"]["preview"]["sha256"] = base::hex_encode(value_of<Digest>("content"));
    CHECK(malformed(json));
}

TEST_CASE("payloads up to their bound are accepted, one byte more is refused") {
    for (const auto& [role, limit] :
         std::initializer_list<std::pair<const char*, std::uint64_t>>{{"content", 8'000'000'000},
                                                                      {"preview", 8'390'672},
                                                                      {"metadata", 65'568},
                                                                      {"word", 65'736}}) {
        CAPTURE(role);
        Json json = json_of(test::example_deposit());
        json["payloads"][role]["size"] = limit;
        CHECK_FALSE(malformed(json));
        json["payloads"][role]["size"] = limit + 1;
        CHECK(malformed(json));
    }
    Json json =
        json_of(DocumentDescribe{value_of<DocumentId>("document"), {value_of<Digest>("m"), 2080}});
    json["metadata"]["size"] = std::uint64_t{65'569};
    CHECK(malformed(json));
}

TEST_CASE("a list of documents or recipients that is empty, unsorted or repeats is refused") {
    const GrantRevoke revoke{test::Person("lawyer").fingerprint(),
                             {value_of<DocumentId>("a"), value_of<DocumentId>("b")}};
    for (const auto& [act, member] :
         std::initializer_list<std::pair<Act, const char*>>{{revoke, "documents"},
                                                            {test::example_grant(), "documents"},
                                                            {test::example_seal(), "recipients"}}) {
        CAPTURE(type_name(act));
        const Json list = json_of(act)[member];
        const Json first = list.array(member).front();
        CHECK(malformed_with(act, member, Json::Array{}));
        CHECK(malformed_with(act, member, reversed(list)));
        CHECK(malformed_with(act, member, Json::Array{first, first}));
    }
}

TEST_CASE("an acknowledgement may name no readers, but none twice") {
    const BundleSeal seal = test::example_seal();
    const BundleAcknowledge act{seal.bundle, seal.manifest, {}};
    const Json reader = to_text(test::Person("expert").fingerprint());
    CHECK_FALSE(malformed_with(act, "readers", Json::Array{}));
    CHECK_FALSE(malformed_with(act, "readers", Json::Array{reader}));
    CHECK(malformed_with(act, "readers", Json::Array{reader, reader}));
}

TEST_CASE("a seal of no documents is refused") {
    CHECK(malformed_with(test::example_seal(), "documents", kZero));
}
