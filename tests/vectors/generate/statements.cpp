// Statements in their envelopes. `signing` is the key of the actor's card.
#include "vectors.hpp"

#include <unit/statement/example_acts.hpp>

namespace kluis::generate {

using base::Json;
using namespace statement;
using test::Person;
using test::value_of;

namespace {

constexpr const char* kTopic = "statements";

const Person& actor() {
    static const Person person("J.");
    return person;
}

Json json_of(const Act& act) {
    return base::parse_canonical_json(encode(test::example_statement(act)), base::JsonText::ascii,
                                      "a statement");
}

std::string envelope_text(const Envelope& envelope) {
    return base::canonical_json(to_json(envelope), base::JsonText::utf8);
}

// A payload as it is, signed: so that nothing but its form is wrong.
Envelope signed_payload(const std::string& payload) {
    return sign(kStatementType, base::to_bytes(payload), actor().signer(),
                to_text(actor().fingerprint()));
}

void add(Vectors& vectors, const std::string& name, const std::string& comment,
         const std::string& expect, const std::string& envelope) {
    vectors.add(kTopic, name, comment, expect,
                {{"envelope", envelope}, {"signing", base::base64_encode(actor().card().signing)}});
}

void malformed(Vectors& vectors, const std::string& name, const std::string& comment,
               const Json& json) {
    add(vectors, name, comment, "malformed",
        envelope_text(signed_payload(base::canonical_json(json, base::JsonText::utf8))));
}

void malformed_with(Vectors& vectors, const std::string& name, const std::string& comment,
                    const Act& act, const std::string& member, const Json& value) {
    Json json = json_of(act);
    json[member] = value;
    malformed(vectors, name, comment, json);
}

void add_accepted(Vectors& vectors) {
    std::map<std::string, int> seen;
    for (const Act& act : test::example_acts()) {
        const Signed statement = sign(test::example_statement(act), actor().signer());
        std::string name(type_name(act));
        std::ranges::replace(name, '.', '-');
        if (const int again = seen[name]++; again > 0) name += "-" + std::to_string(again + 1);
        vectors.add(kTopic, name, "a well-formed " + std::string(type_name(act)), "accept",
                    {{"envelope", envelope_text(statement.envelope)},
                     {"signing", base::base64_encode(actor().card().signing)},
                     {"payload", base::to_string(statement.envelope.payload)},
                     {"hash", base::hex_encode(statement.hash)},
                     {"entry", base::hex_encode(log_entry(statement.envelope))}});
    }
}

void add_envelopes(Vectors& vectors) {
    const Envelope good = sign(test::example_statement(DossierErase{}), actor().signer()).envelope;
    Envelope other = good;
    other.signature.writable()[0] ^= 1;
    add(vectors, "envelope-signature-altered", "one bit of the signature was changed", "forged",
        envelope_text(other));
    other = good;
    std::ranges::reverse(other.signature.writable());
    add(vectors, "envelope-signature-nonsense", "bytes that are no signature", "forged",
        envelope_text(other));
    other = sign(kStatementType, good.payload, Person("N.").signer(), good.key_id);
    add(vectors, "envelope-signed-by-another", "signed by another under the actor's key id",
        "forged", envelope_text(other));
    other = sign(kLoginType, good.payload, actor().signer(), good.key_id);
    add(vectors, "envelope-of-a-login", "signed as another kind of message", "malformed",
        envelope_text(other));
    other.payload_type = kStatementType;
    add(vectors, "envelope-relabelled", "signed as a login, offered as a statement", "forged",
        envelope_text(other));
    other = good;
    other.key_id = to_text(Person("N.").fingerprint());
    add(vectors, "envelope-other-key-id", "the key id is not the actor's", "malformed",
        envelope_text(other));

    Json json = to_json(good);
    const Json signature = json["signatures"].array("signatures").front();
    json["signatures"] = Json::Array{signature, signature};
    add(vectors, "envelope-two-signatures", "two signatures", "malformed",
        base::canonical_json(json, base::JsonText::ascii));
    json["signatures"] = Json::Array{};
    add(vectors, "envelope-no-signature", "no signature", "malformed",
        base::canonical_json(json, base::JsonText::ascii));
    json = to_json(good);
    json["version"] = std::uint64_t{1};
    add(vectors, "envelope-unknown-member", "a member that does not belong there", "malformed",
        base::canonical_json(json, base::JsonText::ascii));
    const std::string text = envelope_text(good);
    add(vectors, "envelope-trailing-line-end", "a byte after the end", "malformed", text + "\n");
    add(vectors, "envelope-space-within", "not canonical JSON", "malformed", "{ " + text.substr(1));
    add(vectors, "envelope-cut", "cut short", "malformed", text.substr(0, text.size() - 2));
}

void add_common(Vectors& vectors) {
    const std::string text = base::to_string(encode(test::example_statement(DossierErase{})));
    const std::pair<const char*, std::string> payloads[] = {
        {"trailing-byte", text + " "},
        {"space-within", "{ " + text.substr(1)},
        {"needless-escape", std::string(text).replace(text.find("dossier.erase"), 1, "\\u0064")},
        {"member-twice", "{" + text.substr(1, text.find(',')) + text.substr(1)},
        {"a-list", "[" + text + "]"},
        {"empty", ""}};
    for (const auto& [name, payload] : payloads)
        add(vectors, std::string("payload-") + name, "the payload is not in its one spelling",
            "malformed", envelope_text(signed_payload(payload)));
    malformed_with(vectors, "unknown-type", "a type that there is not", DossierErase{}, "type",
                   "dossier.open");
    malformed_with(vectors, "unknown-member", "a member that does not belong there", DossierErase{},
                   "note", "free text");
    malformed_with(vectors, "not-ascii", "a byte beyond ASCII", DossierErase{}, "salt", "\xc3\xa9");
    malformed_with(vectors, "boolean", "a boolean", DossierErase{}, "salt", true);
    for (const char* member : {"actor", "dossier", "previous", "salt", "time", "type"}) {
        Json::Object members = json_of(DossierErase{}).object("a statement");
        members.erase(member);
        malformed(vectors, std::string("without-") + member, "a member is missing", members);
    }
    malformed_with(vectors, "previous-in-upper-case", "hexadecimal has a second spelling",
                   DossierErase{}, "previous", std::string(64, 'A'));
    malformed_with(vectors, "salt-of-15-bytes", "a short salt", DossierErase{}, "salt",
                   base::base64_encode(base::Bytes(15)));
    malformed_with(vectors, "actor-in-upper-case", "base32 has a second spelling", DossierErase{},
                   "actor", std::string(32, 'B'));
    malformed_with(vectors, "time-with-fraction", "not whole seconds", DossierErase{}, "time",
                   "2027-01-15T08:00:00.0Z");
    malformed_with(vectors, "time-of-no-day", "no such day", DossierErase{}, "time",
                   "2027-02-29T08:00:00Z");
}

void add_dossiers(Vectors& vectors) {
    const Act create = test::example_create();
    malformed_with(vectors, "create-with-dossier", "it opens the dossier that it names", create,
                   "dossier", to_text(value_of<DossierId>("dossier")));
    malformed_with(vectors, "create-with-previous", "nothing is before it", create, "previous",
                   base::hex_encode(value_of<Digest>("previous")));
    malformed_with(vectors, "create-of-anothers-card", "the card is not the actor's", create,
                   "card", to_json(Person("N.").card()));
    malformed_with(vectors, "create-in-free-text", "a jurisdiction is a code", create,
                   "jurisdiction", "The Hague");
    malformed_with(vectors, "create-with-low-order-card", "the recipient gives an all-zero secret",
                   create, "card",
                   Json{{"recipient", base::bech32_encode("age", crypto::X25519Public())},
                        {"signing", base::base64_encode(actor().card().signing)}});
    Json transfer = json_of(test::example_transfer());
    transfer["consent"]["payloadType"] = kStatementType;
    malformed(vectors, "transfer-without-consent", "what is called a consent is none", transfer);
    transfer = json_of(test::example_transfer());
    const Json signature = transfer["consent"]["signatures"].array("signatures").front();
    transfer["consent"]["signatures"] =
        Json::Array{Json{{"keyid", to_text(actor().fingerprint())},
                         {"sig", signature.object("a signature").at("sig")}}};
    malformed(vectors, "transfer-consent-of-other-key-id", "the key id is not the new owner's",
              transfer);
    const Act allow = DepositorAllow{Person("worker").card(), {}, {}, false};
    malformed_with(vectors, "allow-count-of-0", "at least one", allow, "count", std::uint64_t{0});
    malformed_with(vectors, "allow-link-of-0", "absent or 1", allow, "link", std::uint64_t{0});
    malformed_with(vectors, "allow-link-of-2", "absent or 1", allow, "link", std::uint64_t{2});
}

void add_documents(Vectors& vectors) {
    const Act act = test::example_deposit();
    for (const char* role : {"content", "metadata"}) {
        Json json = json_of(act);
        Json::Object payloads = json["payloads"].object("payloads");
        payloads.erase(role);
        json["payloads"] = payloads;
        malformed(vectors, std::string("deposit-without-") + role, "a payload is missing", json);
    }
    Json json = json_of(act);
    json["payloads"]["thumbnail"] =
        Json{{"sha256", std::string(64, '0')}, {"size", std::uint64_t{1}}};
    malformed(vectors, "deposit-with-other-role", "a role that there is not", json);
    json = json_of(act);
    json["payloads"]["preview"]["sha256"] = base::hex_encode(value_of<Digest>("content"));
    malformed(vectors, "deposit-with-equal-payloads", "two payloads of one digest", json);
    const std::pair<const char*, std::uint64_t> limits[] = {{"content", kPayloadLimit},
                                                            {"preview", kPreviewLimit},
                                                            {"metadata", kMetadataLimit},
                                                            {"word", kWordLimit}};
    for (const auto& [role, limit] : limits) {
        json = json_of(act);
        json["payloads"][role]["size"] = limit + 1;
        malformed(vectors, std::string("deposit-with-too-large-") + role,
                  "one byte more than allowed", json);
    }
}

void add_sets(Vectors& vectors) {
    const GrantRevoke revoke{Person("lawyer").fingerprint(),
                             {value_of<DocumentId>("a"), value_of<DocumentId>("b")}};
    const std::tuple<const char*, Act, const char*> lists[] = {
        {"grant", test::example_grant(), "documents"},
        {"revoke", revoke, "documents"},
        {"seal", test::example_seal(), "recipients"}};
    for (const auto& [name, act, member] : lists) {
        const Json::Array items = json_of(act)[member].array(member);
        Json::Array reversed(items.rbegin(), items.rend());
        const std::string prefix = std::string(name) + "-";
        malformed_with(vectors, prefix + "of-none", "the list is empty", act, member,
                       Json::Array{});
        malformed_with(vectors, prefix + "unsorted", "the list does not ascend", act, member,
                       reversed);
        malformed_with(vectors, prefix + "of-one-twice", "the list repeats", act, member,
                       Json::Array{items[0], items[0]});
    }
    const Json letters = to_text(DocumentId());
    std::array<std::uint8_t, 16> bytes{};
    bytes[0] = 0xd0;
    const Json digits = to_text(DocumentId(bytes));
    malformed_with(vectors, "revoke-sorted-by-bytes",
                   "the list ascends by the bytes that base32 stands for, not by its text", revoke,
                   "documents", Json::Array{letters, digits});
    malformed_with(vectors, "seal-of-no-documents", "at least one", test::example_seal(),
                   "documents", std::uint64_t{0});
    malformed_with(vectors, "acknowledge-with-previous", "it is made outside the chain",
                   BundleAcknowledge{value_of<BundleId>("b"), value_of<Digest>("m"), {}},
                   "previous", base::hex_encode(value_of<Digest>("previous")));
}

}  // namespace

void add_statements(Vectors& vectors) {
    add_accepted(vectors);
    add_envelopes(vectors);
    add_common(vectors);
    add_dossiers(vectors);
    add_documents(vectors);
    add_sets(vectors);
}

}  // namespace kluis::generate
