#include "manifest_check.hpp"

#include "lines.hpp"

#include <ranges>
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

void check_documents(const Manifest& manifest) {
    std::uint64_t exhibit = 0;
    std::set<DocumentId> ids;
    for (const auto& document : manifest.documents) {
        require(document.exhibit > exhibit, "the manifest's exhibits do not ascend");
        require(ids.insert(document.document).second, "the manifest has a document twice");
        exhibit = document.exhibit;
    }
    const auto& profile = manifest.head.profile;
    require(!profile || ids.contains(*profile),
            "the manifest's profile is not one of its documents");
    check_paths(manifest.documents);
}

void require_seal_of(const Manifest& manifest, const statement::BundleSeal* seal,
                     const Digest& manifest_sha256) {
    if (seal == nullptr || seal->bundle != manifest.head.bundle ||
        seal->manifest != manifest_sha256 || seal->documents != manifest.documents.size() ||
        seal->set != manifest.head.anchors_set) {
        throw Error(ErrorKind::forged, "the seal is not the one of this manifest",
                    "a document may have been left out or put in after sealing");
    }
}

// All statements of the manifest in the order of their places.
std::vector<const PlacedStatement*> in_order(const Manifest& manifest) {
    std::vector<const PlacedStatement*> ordered;
    for (const auto& statement : manifest.head.statements) {
        ordered.push_back(&statement);
    }
    for (const auto& document : manifest.documents) {
        ordered.push_back(&document.deposit);
        if (document.description) {
            ordered.push_back(&*document.description);
        }
    }
    std::ranges::sort(ordered, {}, &PlacedStatement::place);
    const auto twice = std::ranges::adjacent_find(ordered, {}, &PlacedStatement::place);
    require(twice == ordered.end(), "two statements of the manifest have one place");
    return ordered;
}

// Replays the manifest's statements, and the seal last.
chain::State replayed(const Manifest& manifest, const statement::Signed& seal) {
    chain::PartialReplay replay(manifest.head.dossier);
    std::optional<Digest> last;
    std::uint64_t next_place = 0;
    for (const auto* placed : in_order(manifest)) {
        const auto statement = statement::parse_signed(placed->envelope);
        if (placed->place == next_place && statement.statement.previous != last) {
            throw Error(ErrorKind::forged, "two statements that follow each other are not linked");
        }
        replay.add(statement);
        last = statement.hash;
        next_place = placed->place + 1;
    }
    replay.add(seal);
    return replay.state();
}

void check_document(const ManifestDocument& document, const chain::State& state) {
    const auto found = state.documents().find(document.document);
    const auto deposit = statement::payload_hash(document.deposit.envelope);
    const std::optional<Digest> description =
        document.description
            ? std::optional(statement::payload_hash(document.description->envelope))
            : std::nullopt;
    if (found == state.documents().end() || found->second.erased ||
        found->second.deposit != deposit || found->second.description != description) {
        throw Error(ErrorKind::forged, "the statements of exhibit " +
                                           std::to_string(document.exhibit) +
                                           " are not about its document");
    }
}

// Those whom the statements of a manifest's head are about.
struct People {
    std::set<Fingerprint> owners;
    std::set<Fingerprint> permitted;  // allowed or removed as depositors
};

People people_of(const ManifestHead& head) {
    People people;
    for (const auto& placed : head.statements) {
        const auto statement = statement::parse_signed(placed.envelope).statement;
        if (const auto* create = std::get_if<statement::DossierCreate>(&statement.act)) {
            people.owners.insert(statement::fingerprint(create->card));
        } else if (const auto* transfer = std::get_if<statement::DossierTransfer>(&statement.act)) {
            people.owners.insert(statement::fingerprint(transfer->card));
        } else if (const auto* allow = std::get_if<statement::DepositorAllow>(&statement.act)) {
            people.permitted.insert(statement::fingerprint(allow->card));
        } else if (const auto* remove = std::get_if<statement::DepositorRemove>(&statement.act)) {
            people.permitted.insert(remove->depositor);
        } else {
            require(false, "the manifest's head has a statement that does not belong there");
        }
    }
    return people;
}

// Owners, the documents' depositors and the recipients have a card in the head, and nobody else;
// permissions are told of the documents' depositors alone.
void check_people(const Manifest& manifest, const chain::State& state,
                  const statement::BundleSeal& seal) {
    std::set<Fingerprint> depositors;
    for (const auto& document : manifest.documents) {
        depositors.insert(state.documents().at(document.document).depositor);
    }
    const auto people = people_of(manifest.head);
    if (!std::ranges::includes(depositors, people.permitted)) {
        throw Error(ErrorKind::forged,
                    "the manifest tells of a depositor who has no document in it");
    }
    auto needed = people.owners;
    needed.merge(depositors);
    needed.insert(seal.recipients.begin(), seal.recipients.end());
    if (!std::ranges::equal(needed, manifest.head.cards | std::views::keys)) {
        throw Error(ErrorKind::forged, "the manifest's cards are not those of its people");
    }
}

}  // namespace

Manifest parse_manifest(base::Reader& plain, const BundleInfo& label) {
    LineReader lines(plain, "the manifest");
    Manifest manifest;
    const auto head = lines.next(kManifestHeadLimit);
    require(head.has_value(), "the manifest is empty");
    manifest.head = parse_manifest_head(*head);
    bool as_labelled = manifest.head.bundle == label.bundle;
    while (const auto line = lines.next(kManifestDocumentLimit)) {
        as_labelled = as_labelled && manifest.documents.size() < label.documents;
        if (!as_labelled) {
            break;
        }
        manifest.documents.push_back(parse_manifest_document(*line));
    }
    if (!as_labelled || manifest.documents.size() != label.documents) {
        throw Error(ErrorKind::forged, "the bundle's label and its manifest do not agree");
    }
    check_documents(manifest);
    return manifest;
}

chain::State check_statements(const Manifest& manifest, const statement::Signed& seal,
                              const Digest& manifest_sha256) {
    const auto* act = std::get_if<statement::BundleSeal>(&seal.statement.act);
    require_seal_of(manifest, act, manifest_sha256);
    auto state = replayed(manifest, seal);
    for (const auto& document : manifest.documents) {
        check_document(document, state);
    }
    check_people(manifest, state, *act);
    return state;
}

}  // namespace kluis::bundle
