#include <client/seen_heads.hpp>

namespace kluis::client {

namespace {

// The file is written anew each time, under a fresh nonce: its place in a row says nothing.
constexpr std::uint64_t kRevision = 1;

}  // namespace

SeenHeads SeenHeads::load(const Home& home, const account::AccountSecret& secret) {
    SeenHeads seen;
    const auto sealed = home.heads();
    if (!sealed) {
        return seen;
    }
    for (const auto& [dossier, pinned] :
         account::open_keyring(*sealed, secret, kRevision).dossiers) {
        if (pinned.seen) {
            seen.heads_.emplace(dossier, *pinned.seen);
        }
    }
    return seen;
}

void SeenHeads::save(const Home& home, const account::AccountSecret& secret) const {
    account::Keyring keyring;
    for (const auto& [dossier, head] : heads_) {
        keyring.dossiers[dossier].seen = head;
    }
    home.save_heads(account::seal_keyring(keyring, secret, kRevision));
}

std::optional<account::SeenHead> SeenHeads::of(const statement::DossierId& dossier) const {
    const auto found = heads_.find(dossier);
    return found == heads_.end() ? std::nullopt : std::optional(found->second);
}

void SeenHeads::set(const statement::DossierId& dossier, const account::SeenHead& head) {
    heads_.insert_or_assign(dossier, head);
}

void SeenHeads::require_one_chain(const account::Keyring& keyring) const {
    for (const auto& [dossier, head] : heads_) {
        const auto pinned = keyring.dossiers.find(dossier);
        if (pinned != keyring.dossiers.end() && pinned->second.seen &&
            pinned->second.seen->length == head.length && pinned->second.seen->head != head.head) {
            throw base::Error(base::ErrorKind::forged,
                              "the server shows your devices two different histories of a dossier",
                              "do not go on; compare the devices, and tell who keeps the server");
        }
    }
}

}  // namespace kluis::client
