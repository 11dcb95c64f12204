// The keyring as JSON. include/kluis/account/keyring.hpp shows its members.
#include <kluis/account/keyring.hpp>
#include <kluis/base/encoding.hpp>

namespace kluis::account {
namespace {

using base::Error;
using base::ErrorKind;
using base::Json;
using base::JsonMembers;

constexpr std::uint64_t kFormat = 0;

[[noreturn]] void refuse(const std::string& why) {
    throw Error(ErrorKind::malformed, "the keyring " + why);
}

std::uint64_t positive(std::uint64_t number, const char* name) {
    if (number == 0) refuse("has a '" + std::string(name) + "' of zero");
    return number;
}

Json to_json(const PinnedCard& pinned) {
    Json json{{"card", statement::to_json(pinned.card)}};
    if (pinned.checked) json["checked"] = true;
    json.put_text("name", pinned.name);
    return json;
}

// An absent one is false; false is never written.
bool optional_truth(JsonMembers& members, std::string_view name) {
    const Json* json = members.optional(name);
    if (!json) return false;
    if (!json->boolean(name)) refuse("has a '" + std::string(name) + "' of false");
    return true;
}

PinnedCard parse_pinned_card(const Json& json, const Fingerprint& fingerprint) {
    JsonMembers members(json, "a card of the keyring");
    PinnedCard pinned{statement::parse_card(members.required("card")),
                      members.optional_text("name"), optional_truth(members, "checked")};
    members.finish();
    if (statement::fingerprint(pinned.card) != fingerprint) {
        refuse("has a card under another fingerprint");
    }
    return pinned;
}

Json to_json(const DocumentNote& note) {
    Json json;
    if (note.exhibit) json["exhibit"] = *note.exhibit;
    if (note.left_out) json["left_out"] = true;
    json.put_text("paper", note.paper);
    if (note.redaction_of) json["redaction"] = statement::to_text(*note.redaction_of);
    if (note.translation_of) json["translation"] = statement::to_text(*note.translation_of);
    return json;
}

std::optional<DocumentId> optional_document(JsonMembers& members, std::string_view name) {
    const Json* json = members.optional(name);
    if (!json) return std::nullopt;
    return statement::parse_id<DocumentId>(json->string(name));
}

DocumentNote parse_note(const Json& json) {
    JsonMembers members(json, "a note of the keyring");
    DocumentNote note;
    if (const Json* exhibit = members.optional("exhibit")) {
        note.exhibit = positive(exhibit->integer("exhibit"), "exhibit");
    }
    note.left_out = optional_truth(members, "left_out");
    note.paper = members.optional_text("paper");
    note.redaction_of = optional_document(members, "redaction");
    note.translation_of = optional_document(members, "translation");
    members.finish();
    return note;
}

Json to_json(const SeenHead& seen) {
    return Json{{"head", base::hex_encode(seen.head)}, {"length", seen.length}};
}

Json to_json(const PinnedDossier& pinned) {
    Json json;
    json.put_text("name", pinned.name);
    if (!pinned.notes.empty()) {
        Json::Object notes;
        for (const auto& [id, note] : pinned.notes)
            notes.emplace(statement::to_text(id), to_json(note));
        json["notes"] = std::move(notes);
    }
    if (pinned.owner) json["owner"] = statement::to_json(*pinned.owner);
    if (pinned.seen) json["seen"] = to_json(*pinned.seen);
    if (pinned.shown) json["shown"] = to_json(*pinned.shown);
    return json;
}

SeenHead parse_seen(const Json& json) {
    JsonMembers members(json, "a head of the keyring");
    SeenHead seen{base::from_hex<Digest>(members.string("head"), "head"),
                  positive(members.integer("length"), "length")};
    members.finish();
    return seen;
}

PinnedDossier parse_pinned_dossier(const Json& json) {
    JsonMembers members(json, "a dossier of the keyring");
    PinnedDossier pinned;
    pinned.name = members.optional_text("name");
    if (const Json* notes = members.optional("notes")) {
        for (const auto& [id, note] : notes->object("notes")) {
            pinned.notes.emplace(statement::parse_id<DocumentId>(id), parse_note(note));
        }
        if (pinned.notes.empty()) refuse("has a 'notes' without notes");
    }
    if (const Json* owner = members.optional("owner")) pinned.owner = statement::parse_card(*owner);
    if (const Json* seen = members.optional("seen")) pinned.seen = parse_seen(*seen);
    if (const Json* shown = members.optional("shown")) pinned.shown = parse_seen(*shown);
    members.finish();
    return pinned;
}

Json to_json(const SeenCredentials& seen) {
    return Json{{"sha256", base::hex_encode(seen.hash)}, {"time", base::to_string(seen.time)}};
}

SeenCredentials parse_credentials(const Json& json) {
    JsonMembers members(json, "the credentials of the keyring");
    const SeenCredentials seen{
        base::from_hex<Digest>(members.string("sha256"), "credentials"),
        base::parse_time(members.string("time"), "the time of the credentials")};
    members.finish();
    return seen;
}

}  // namespace

std::size_t size_of(const DocumentNote& note) {
    // Of an entry `"ID":NOTE,`.
    const std::size_t around = statement::to_text(DocumentId{}).size() + 4;
    return around + base::canonical_json(to_json(note), base::JsonText::utf8).size();
}

Json to_json(const Keyring& keyring) {
    Json::Object cards;
    for (const auto& [fingerprint, pinned] : keyring.cards)
        cards.emplace(statement::to_text(fingerprint), to_json(pinned));
    Json::Object dossiers;
    for (const auto& [id, pinned] : keyring.dossiers)
        dossiers.emplace(statement::to_text(id), to_json(pinned));
    Json::Object card_sets(keyring.card_sets.begin(), keyring.card_sets.end());
    Json json{{"card_sets", std::move(card_sets)},
              {"cards", std::move(cards)},
              {"dossiers", std::move(dossiers)},
              {"format", kFormat}};
    if (keyring.anchors > 0) json["anchors"] = keyring.anchors;
    if (keyring.credentials) json["credentials"] = to_json(*keyring.credentials);
    if (!keyring.granted.empty()) {
        Json::Object granted;
        for (const auto& [id, seen] : keyring.granted)
            granted.emplace(statement::to_text(id), to_json(seen));
        json["granted"] = std::move(granted);
    }
    return json;
}

Keyring parse_keyring(const Json& json) {
    JsonMembers members(json, "the keyring");
    const std::uint64_t format = members.integer("format");
    if (format != kFormat) {
        throw Error(ErrorKind::malformed,
                    "the keyring is of format " + std::to_string(format) +
                        ", and this program reads " + std::to_string(kFormat) + " only",
                    "use the program that wrote it");
    }
    Keyring keyring;
    for (const auto& [text, pinned] : members.required("cards").object("cards")) {
        const auto fingerprint = statement::parse_id<Fingerprint>(text);
        keyring.cards.emplace(fingerprint, parse_pinned_card(pinned, fingerprint));
    }
    for (const auto& [id, pinned] : members.required("dossiers").object("dossiers")) {
        keyring.dossiers.emplace(statement::parse_id<DossierId>(id), parse_pinned_dossier(pinned));
    }
    for (const auto& [root, version] : members.required("card_sets").object("card_sets")) {
        // A root key's id has the form of a fingerprint.
        statement::parse_id<Fingerprint>(root);
        keyring.card_sets.emplace(root, positive(version.integer("version"), "version"));
    }
    if (const Json* anchors = members.optional("anchors")) {
        keyring.anchors = positive(anchors->integer("anchors"), "anchors");
    }
    if (const Json* credentials = members.optional("credentials")) {
        keyring.credentials = parse_credentials(*credentials);
    }
    if (const Json* granted = members.optional("granted")) {
        for (const auto& [id, seen] : granted->object("granted")) {
            keyring.granted.emplace(statement::parse_id<DossierId>(id), parse_seen(seen));
        }
        if (keyring.granted.empty()) refuse("has a 'granted' without dossiers");
    }
    members.finish();
    return keyring;
}

}  // namespace kluis::account
