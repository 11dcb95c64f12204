#include "manifest_check.hpp"

#include <set>

namespace kluis::bundle {

namespace {

using base::Error;
using base::ErrorKind;

void require(bool holds, const char* why) {
    if (!holds) {
        throw Error(ErrorKind::malformed, why);
    }
}

// Paths are unique, and none is a folder of another.
void check_paths(const std::vector<ManifestDocument>& documents) {
    std::set<std::string> folders;
    std::set<std::string_view> paths;
    for (const auto& document : documents) {
        require(paths.insert(document.path).second, "two documents of the manifest have one path");
        for (auto slash = document.path.find('/'); slash != std::string::npos;
             slash = document.path.find('/', slash + 1)) {
            folders.insert(document.path.substr(0, slash));
        }
    }
    for (const auto& path : paths) {
        require(!folders.contains(std::string(path)),
                "the path of one document is the folder of another");
    }
}

// All statements of the bundle, the seal left out, in the order of their places.
std::vector<statement::Signed> ordered_statements(const Manifest& manifest) {
    std::map<std::uint64_t, statement::Signed> placed;
    const auto add = [&](const PlacedStatement& statement) {
        const bool free =
            placed.emplace(statement.place, statement::parse_signed(statement.envelope)).second;
        require(free, "two statements of the manifest have one place");
    };
    for (const auto& statement : manifest.head.statements) {
        add(statement);
    }
    for (const auto& document : manifest.documents) {
        add(document.deposit);
        if (document.description) {
            add(*document.description);
        }
    }
    std::vector<statement::Signed> ordered;
    for (auto& [place, statement] : placed) {
        ordered.push_back(std::move(statement));
    }
    return ordered;
}

void check_document(const ManifestDocument& document, const chain::State& state) {
    const auto found = state.document(document.document);
    const auto deposit = statement::payload_hash(document.deposit.envelope);
    const std::optional<Digest> description =
        document.description
            ? std::optional(statement::payload_hash(document.description->envelope))
            : std::nullopt;
    if (!found || found->erased || found->deposit != deposit || found->description != description) {
        throw Error(ErrorKind::forged, "the statements of exhibit " +
                                           std::to_string(document.exhibit) +
                                           " are not about its document");
    }
}

// The kinds of statement that a manifest's head may hold.
void check_head_statements(const ManifestHead& head) {
    for (const auto& placed : head.statements) {
        const auto& act = statement::parse_signed(placed.envelope).statement.act;
        require(std::holds_alternative<statement::DossierCreate>(act) ||
                    std::holds_alternative<statement::DossierTransfer>(act) ||
                    std::holds_alternative<statement::DepositorAllow>(act) ||
                    std::holds_alternative<statement::DepositorRemove>(act),
                "the manifest's head has a statement that does not belong there");
    }
}

// Owners, the documents' depositors and the recipients have a card in the head, and nobody else.
void check_cards(const Manifest& manifest, const chain::State& state,
                 const statement::BundleSeal& seal) {
    std::set<Fingerprint> needed(seal.recipients.begin(), seal.recipients.end());
    for (const auto& placed : manifest.head.statements) {
        const auto signed_statement = statement::parse_signed(placed.envelope);
        const auto& act = signed_statement.statement.act;
        if (const auto* create = std::get_if<statement::DossierCreate>(&act)) {
            needed.insert(statement::fingerprint(create->card));
        }
        if (const auto* transfer = std::get_if<statement::DossierTransfer>(&act)) {
            needed.insert(statement::fingerprint(transfer->card));
        }
    }
    for (const auto& document : manifest.documents) {
        needed.insert(state.document(document.document)->depositor);
    }
    bool same = needed.size() == manifest.head.cards.size();
    for (const auto& fingerprint : needed) {
        same = same && manifest.head.cards.contains(fingerprint);
    }
    if (!same) {
        throw Error(ErrorKind::forged, "the manifest's cards are not those of its people");
    }
}

}  // namespace

Manifest parse_manifest(base::ByteView plain) {
    Manifest manifest;
    bool first = true;
    while (!plain.empty()) {
        const auto end = std::ranges::find(plain, '\n');
        require(end != plain.end(), "the manifest's last line has no end");
        const auto line = base::ByteView(plain.begin(), end);
        if (first) {
            require(line.size() <= kManifestLineLimit, "the manifest's head is too long");
            manifest.head = parse_manifest_head(line);
        } else {
            require(line.size() <= kManifestDocumentLimit, "a line of the manifest is too long");
            manifest.documents.push_back(parse_manifest_document(line));
        }
        first = false;
        plain = base::ByteView(end + 1, plain.end());
    }
    require(!manifest.documents.empty(), "the manifest has no documents");
    std::uint64_t exhibit = 0;
    bool has_profile = !manifest.head.profile;
    std::set<DocumentId> ids;
    for (const auto& document : manifest.documents) {
        require(document.exhibit > exhibit, "the manifest's exhibits do not ascend");
        require(ids.insert(document.document).second, "the manifest has a document twice");
        exhibit = document.exhibit;
        has_profile = has_profile || document.document == manifest.head.profile;
    }
    require(has_profile, "the manifest's profile is not one of its documents");
    check_paths(manifest.documents);
    check_head_statements(manifest.head);
    return manifest;
}

chain::State check_statements(const Manifest& manifest, const statement::Signed& seal,
                              const Digest& manifest_sha256) {
    const auto* act = std::get_if<statement::BundleSeal>(&seal.statement.act);
    if (act == nullptr || act->bundle != manifest.head.bundle || act->manifest != manifest_sha256 ||
        act->documents != manifest.documents.size() || act->set != manifest.head.anchors_set) {
        throw Error(ErrorKind::forged, "the seal is not the one of this manifest",
                    "a document may have been left out or put in after sealing");
    }
    chain::PartialReplay replay(manifest.head.dossier);
    for (const auto& statement : ordered_statements(manifest)) {
        replay.add(statement);
    }
    replay.add(seal);
    const auto& state = replay.state();
    for (const auto& document : manifest.documents) {
        check_document(document, state);
    }
    check_cards(manifest, state, *act);
    return state;
}

}  // namespace kluis::bundle
