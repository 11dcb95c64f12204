#include <kluis/base/text.hpp>
#include <kluis/bundle/manifest.hpp>

#include <algorithm>

namespace kluis::bundle {

namespace {

using base::Error;
using base::ErrorKind;
using base::Json;
using base::JsonMembers;

constexpr std::string_view kDataFolder = "data/";
constexpr std::size_t kPathLimit = 240;
constexpr std::size_t kSlugLimit = 60;
constexpr std::size_t kExtensionLimit = 8;

Json to_json(const PlacedStatement& placed) {
    return Json{{"envelope", statement::to_json(placed.envelope)}, {"place", placed.place}};
}

PlacedStatement parse_placed(const Json& json) {
    JsonMembers members(json, "a statement of the manifest");
    PlacedStatement placed;
    placed.envelope = statement::parse_envelope(members.required("envelope"));
    placed.place = members.integer("place");
    members.finish();
    return placed;
}

std::vector<PlacedStatement> parse_head_statements(const Json& json) {
    std::vector<PlacedStatement> statements;
    for (const auto& item : json.array("statements")) {
        statements.push_back(parse_placed(item));
        const auto count = statements.size();
        const bool in_order = count == 1
                                  ? statements[0].place == 0
                                  : statements[count - 2].place < statements[count - 1].place;
        if (!in_order) {
            throw Error(ErrorKind::malformed,
                        "the statements of the manifest's head are not in order");
        }
    }
    return statements;
}

std::map<Fingerprint, Card> parse_cards(const Json& json) {
    std::map<Fingerprint, Card> cards;
    std::string last;
    for (const auto& item : json.array("the manifest's cards")) {
        const auto card = statement::parse_card(item);
        const auto fingerprint = statement::fingerprint(card);
        const auto text = statement::to_text(fingerprint);
        if (text <= last) {
            throw Error(ErrorKind::malformed, "the manifest's cards are not in order");
        }
        last = text;
        cards.emplace(fingerprint, card);
    }
    return cards;
}

// Cards ascend by the text of their fingerprint, which is not the order of its bytes.
Json cards_json(const std::map<Fingerprint, Card>& cards) {
    std::map<std::string, const Card*> by_text;
    for (const auto& [fingerprint, card] : cards) {
        by_text.emplace(statement::to_text(fingerprint), &card);
    }
    Json::Array array;
    for (const auto& [text, card] : by_text) {
        array.push_back(statement::to_json(*card));
    }
    return array;
}

void require_format(std::uint64_t format) {
    if (format != kBundleFormat) {
        throw Error(ErrorKind::malformed,
                    "this bundle is of format " + std::to_string(format) +
                        ", and this program reads format " + std::to_string(kBundleFormat) +
                        " only",
                    "use the release of kluis that the bundle was made with")
            .with_code("other-format");
    }
}

bool is_path_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

// [a-z0-9] of `text`, everything between as single hyphens; at most `most` characters.
std::string slug(std::string_view text, std::size_t most) {
    std::string result;
    for (const char c : base::lower_ascii(text)) {
        if (result.size() == most) {
            break;
        }
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            result += c;
        } else if (!result.empty() && result.back() != '-') {
            result += '-';
        }
    }
    while (!result.empty() && result.back() == '-') {
        result.pop_back();
    }
    return result;
}

}  // namespace

std::string encode(const ManifestHead& head) {
    Json anchors{{"set", head.anchors_set}};
    if (head.anchors_organisations) {
        anchors["organisations"] = *head.anchors_organisations;
    }
    Json::Array statements;
    for (const auto& placed : head.statements) {
        statements.push_back(to_json(placed));
    }
    Json json{{"anchors", std::move(anchors)},
              {"bundle", statement::to_text(head.bundle)},
              {"cards", cards_json(head.cards)},
              {"coverage", head.coverage},
              {"dossier", statement::to_text(head.dossier)},
              {"format", kBundleFormat},
              {"letter", head.letter},
              {"salt", base::base64_encode(head.salt)},
              {"statements", std::move(statements)},
              {"timeline", head.timeline}};
    if (head.profile) {
        json["profile"] = statement::to_text(*head.profile);
    }
    return base::canonical_json(json, base::JsonText::utf8);
}

std::string encode(const ManifestDocument& document) {
    Json::Array statements{to_json(document.deposit)};
    if (document.description) {
        statements.push_back(to_json(*document.description));
    }
    Json json{{"document", statement::to_text(document.document)},
              {"exhibit", document.exhibit},
              {"header", Json{{"sha256", base::hex_encode(document.header_sha256)},
                              {"size", document.header_size}}},
              {"path", document.path},
              {"statements", std::move(statements)}};
    if (!document.paper.empty()) {
        json["paper"] = document.paper;
    }
    return base::canonical_json(json, base::JsonText::utf8);
}

ManifestHead parse_manifest_head(base::ByteView line) {
    const auto json = base::parse_canonical_json(line, base::JsonText::utf8, "the manifest's head");
    JsonMembers members(json, "the manifest's head");
    require_format(members.integer("format"));
    ManifestHead head;
    JsonMembers anchors(members.required("anchors"), "the manifest's anchors");
    head.anchors_set = anchors.integer("set");
    if (const auto* organisations = anchors.optional("organisations")) {
        head.anchors_organisations = organisations->integer("organisations");
    }
    anchors.finish();
    head.bundle = statement::parse_id<BundleId>(members.string("bundle"));
    head.cards = parse_cards(members.required("cards"));
    head.coverage = members.required("coverage");
    head.coverage.object("coverage");
    head.dossier = statement::parse_id<DossierId>(members.string("dossier"));
    head.letter = members.string("letter");
    if (const auto* profile = members.optional("profile")) {
        head.profile = statement::parse_id<DocumentId>(profile->string("profile"));
    }
    head.salt = base::from_base64<statement::Salt>(members.string("salt"), "the manifest's salt");
    head.statements = parse_head_statements(members.required("statements"));
    head.timeline = members.required("timeline");
    head.timeline.array("timeline");
    members.finish();
    return head;
}

ManifestDocument parse_manifest_document(base::ByteView line) {
    const auto json =
        base::parse_canonical_json(line, base::JsonText::utf8, "a document of the manifest");
    JsonMembers members(json, "a document of the manifest");
    ManifestDocument document;
    document.document = statement::parse_id<DocumentId>(members.string("document"));
    document.exhibit = members.integer("exhibit");
    JsonMembers header(members.required("header"), "a header of the manifest");
    document.header_sha256 = base::from_hex<Digest>(header.string("sha256"), "a header's digest");
    document.header_size = header.integer("size");
    header.finish();
    if (const auto* paper = members.optional("paper")) {
        document.paper = paper->string("paper");
        if (document.paper.empty()) {
            throw Error(ErrorKind::malformed,
                        "the manifest has an empty place of a paper original");
        }
    }
    document.path = members.string("path");
    const auto& statements = members.required("statements").array("statements");
    members.finish();
    if (statements.empty() || statements.size() > 2 || document.exhibit == 0 ||
        document.header_size != statement::kHeaderSize || !is_bundle_path(document.path)) {
        throw Error(ErrorKind::malformed, "a document of the manifest has another form");
    }
    document.deposit = parse_placed(statements[0]);
    if (statements.size() == 2) {
        document.description = parse_placed(statements[1]);
    }
    return document;
}

bool is_bundle_path(std::string_view path) {
    if (!path.starts_with(kDataFolder) || path.size() > kPathLimit) {
        return false;
    }
    auto rest = folder_path(path);
    if (const auto first = rest.substr(0, rest.find('/'));
        first == kDossierFile || first == kVerificationFile) {
        return false;
    }
    for (;;) {
        const auto slash = rest.find('/');
        const auto part = rest.substr(0, slash);
        if (part.empty() || part.front() == '.' || part.back() == '.' ||
            !std::ranges::all_of(part, is_path_character)) {
            return false;
        }
        if (slash == rest.npos) {
            return true;
        }
        rest = rest.substr(slash + 1);
    }
}

std::string_view folder_path(std::string_view path) {
    return path.substr(kDataFolder.size());
}

std::string bundle_path(std::uint64_t exhibit, std::string_view title, std::string_view name) {
    auto number = std::to_string(exhibit);
    if (number.size() < 3) {
        number.insert(0, 3 - number.size(), '0');
    }
    auto path = "data/documents/" + number;
    if (const auto words = slug(title, kSlugLimit); !words.empty()) {
        path += '-' + words;
    }
    const auto dot = name.rfind('.');
    if (dot != name.npos) {
        const auto extension = slug(name.substr(dot + 1), kExtensionLimit + 1);
        if (!extension.empty() && extension.size() <= kExtensionLimit) {
            path += '.' + extension;
        }
    }
    return path;
}

}  // namespace kluis::bundle
