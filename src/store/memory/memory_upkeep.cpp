// What expires, and what `kluisd check` finds, in memory.
#include "memory_store.hpp"

#include <store/payload_bytes.hpp>
#include <store/replay_check.hpp>

#include <mutex>

namespace kluis::store {

std::uint64_t MemoryStore::expire(Time now) {
    const std::unique_lock lock(mutex_);
    std::uint64_t gone =
        std::erase_if(invitations_, [&](const auto& entry) { return entry.second.expires <= now; });
    gone +=
        std::erase_if(sessions_, [&](const auto& entry) { return entry.second.expires <= now; });
    gone += std::erase_if(dossiers_, [&](const auto& entry) { return entry.second.is_gone(now); });
    for (auto& [id, dossier] : dossiers_)
        gone += dossier.expire(now);
    return gone;
}

CheckReport MemoryStore::check(bool deep) {
    const std::unique_lock lock(mutex_);
    CheckReport report;
    std::set<BlobId> named;
    for (const auto& [id, dossier] : dossiers_) {
        if (!dossier.is_erased()) check_dossier(id, dossier, deep, report, named);
    }
    report.blobs = named.size();
    std::vector<BlobId> unnamed;
    blobs_.sweep([&](const BlobId& id) {
        if (!named.contains(id)) unnamed.push_back(id);
    });
    for (const BlobId& id : unnamed)
        blobs_.remove(id);
    report.swept = unnamed.size();
    return report;
}

void MemoryStore::check_dossier(const DossierId& id, const MemoryDossier& dossier, bool deep,
                                CheckReport& report, std::set<BlobId>& named) const {
    ++report.dossiers;
    report.statements += dossier.chain().size();
    report.documents += dossier.standing().size();
    const std::string where = std::string(" of dossier ") + statement::to_text(id);
    for (const Held& held : dossier.all_payloads()) {
        if (const auto* blob = std::get_if<BlobId>(&held->get().location)) named.insert(*blob);
        if (!is_whole(held->get(), blobs_, deep)) {
            report.missing.push_back("a payload" + where + " is gone or altered");
        }
    }
    if (!deep) return;
    ReplayCheck replay;
    for (const auto& statement : dossier.chain()) {
        if (!replay.add(*statement)) {
            report.missing.push_back("the chain" + where + " does not replay");
            return;
        }
    }
    if (!replay.matches(dossier.full_state())) {
        report.missing.push_back("the state" + where + " is not that of its chain");
    }
}

}  // namespace kluis::store
