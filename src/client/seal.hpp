// Sealing a dossier for a commission: the owner's device makes one small header for each document
// and the manifest; the server joins them to payloads that it cannot read.
//
// Thread-safety: one thread at a time.
#pragma once

#include <client/owner_view.hpp>

#include <filesystem>
#include <functional>

namespace kluis::client {

struct SealRequest {
    DossierId dossier;
    statement::CardSet set;
    std::vector<DocumentId> documents;  // empty: all that stand, but wish lists and old profiles
    std::vector<Fingerprint> without;   // cards of the set that do not receive it
    std::optional<statement::BundleId> supplements;
    std::string letter;
    std::filesystem::path out;
};

struct Sealed {
    statement::BundleId bundle;
    std::uint64_t documents = 0;
    std::uint64_t recipients = 0;
    statement::Digest manifest;
    statement::Digest head;
};

// Told of each part of the bundle that was received, and then of each that was checked.
using SealProgress = std::function<void(std::uint64_t done, std::uint64_t size)>;

// Seals, downloads the bundle to `request.out` and checks it as its readers will, with the case key
// that was made for it: the file appears under its name only then. Throws Error(conflict) if the
// file is there already; Error(untrusted) if the card set is for another jurisdiction, has ended,
// or is older than one seen before; Error(usage) if no recipient or no document is left;
// Error(forged) on any alarm. If what was sealed would be refused, it throws what its readers would
// be told, naming the exhibit where one is at fault: a depositor can have deposited what cannot be
// opened.
Sealed seal(Client& client, const SealRequest& request, const SealProgress& progress);

}  // namespace kluis::client
