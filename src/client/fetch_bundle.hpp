// Getting a sealed bundle, which the server keeps for 30 days.
//
// Thread-safety: one thread at a time.
#pragma once

#include <client/owner_view.hpp>

#include <filesystem>
#include <functional>

namespace kluis::client {

// Told of each part of the bundle that was received, and then of each that was checked: `size` is
// that of both.
using BundleProgress = std::function<void(std::uint64_t done, std::uint64_t size)>;

// Checks the file that arrived against the dossier's chain; throws where it is not good.
using BundleCheck = std::function<void(const std::filesystem::path& file,
                                       const chain::Replay& replay, const BundleProgress& told)>;

// Downloads a bundle of an own dossier; the file appears under its name only when `check` has
// returned, and nothing else that is there is touched. Throws Error(conflict) if the file is there
// already, Error(not_found) if the server has no such bundle.
void receive_bundle(Client& client, const DossierId& dossier, const statement::BundleId& bundle,
                    const std::filesystem::path& out, const BundleProgress& progress,
                    const BundleCheck& check);

// Downloads a bundle of an own dossier and verifies it as its owner; the file appears under its
// name only then, and nothing else that is there is touched. Throws Error(conflict) if the file is
// there already, Error(not_found) if the server has no such bundle, Error(forged) if it is not what
// the dossier's chain says was sealed.
void fetch_bundle(Client& client, const DossierId& dossier, const statement::BundleId& bundle,
                  const std::filesystem::path& out, const BundleProgress& progress);

}  // namespace kluis::client
