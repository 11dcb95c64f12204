// Sealing a dossier for a commission: the owner's device makes one small header for each document
// and the manifest; the server joins them to payloads that it cannot read.
//
// Thread-safety: one thread at a time.
#pragma once

#include <kluis/dossier/warning.hpp>

#include <client/anchors.hpp>
#include <client/fetch_bundle.hpp>
#include <client/profile.hpp>

namespace kluis::client {

// The cards of a set that are trusted now, by this computer's clock and by the server's: what only
// one of them says has begun, or not ended, does not count. Throws as Client::agreed_now.
std::vector<statement::Card> trusted_now(const Client& client, const statement::CardSet& set);

struct SealRequest {
    DossierId dossier;
    SignedSet set;
    // Empty: all that open, but wish lists and other profiles than the one that counts.
    std::vector<DocumentId> documents;
    std::vector<Fingerprint> without;  // cards of the set that do not receive it
    std::optional<statement::BundleId> supplements;
    std::string letter;
    std::filesystem::path out;
    // Told what a person should see before it is sent, before anything is signed; again where
    // someone else signed meanwhile. May be empty.
    std::function<void(const std::vector<dossier::Warning>&)> warn;
};

struct Sealed {
    statement::BundleId bundle;
    std::uint64_t documents = 0;
    std::vector<Fingerprint> recipients;
    statement::Digest manifest;
    statement::Digest head;
    std::vector<Alarm> alarms;  // the documents that do not open: they are not in the bundle
    std::vector<ProfileWarning> profile_warnings;
    // A former owner sealed before: these exhibit numbers begin after all that he can have given,
    // and a document that he sealed has two.
    bool numbered_anew = false;
};

// Told of each part of the bundle that was received, and then of each that was checked.
using SealProgress = BundleProgress;

// Seals, downloads the bundle to `request.out` and checks it as its readers will, with the case key
// that was made for it: the file appears under its name only then. Throws Error(conflict) if the
// file is there already, Error(storage) if it cannot be written; Error(untrusted) if the card set
// is for another jurisdiction, has ended, or is older than one seen before, or if the clocks are
// too far apart to tell (Client::agreed_now); Error(usage) if no recipient or no document is left;
// Error(forged) on an alarm that is not a depositor's. If what was sealed would be refused, it
// throws what its readers would be told, naming the exhibit where one is at fault: a depositor can
// have deposited what cannot be opened. If the bundle was sealed and does not arrive, the hint says
// how to get it.
Sealed seal(Client& client, const SealRequest& request, const SealProgress& progress);

}  // namespace kluis::client
