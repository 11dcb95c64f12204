#include <kluis/base/text.hpp>

#include <client/seen_heads.hpp>

namespace kluis::client {

namespace {

// The file is written anew each time, under a fresh nonce: its place in a row says nothing.
constexpr std::uint64_t kRevision = 1;

account::Keyring open(const Home& home, base::ByteView sealed,
                      const account::AccountSecret& secret) {
    try {
        return account::open_keyring(sealed, secret, kRevision);
    } catch (const base::Error&) {
        throw base::Error(base::ErrorKind::forged,
                          "the file '" + base::printable(home.heads_file().string()) +
                              "' of this device was damaged or altered",
                          "remove that file; then compare what the server shows of your dossiers "
                          "with what you remember, for this device cannot");
    }
}

}  // namespace

SeenHeads SeenHeads::load(const Home& home, const account::AccountSecret& secret) {
    SeenHeads seen;
    const auto sealed = home.heads();
    if (!sealed) {
        return seen;
    }
    for (const auto& [dossier, pinned] : open(home, *sealed, secret).dossiers) {
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

void SeenHeads::note(const Home& home, const account::AccountSecret& secret,
                     const statement::DossierId& dossier, const account::SeenHead& head,
                     const IsOnChain& is_on_chain) {
    const auto lock = home.lock();
    auto seen = load(home, secret);
    seen.add(dossier, head, is_on_chain);
    seen.save(home, secret);
}

std::optional<account::SeenHead> SeenHeads::of(const statement::DossierId& dossier) const {
    const auto found = heads_.find(dossier);
    return found == heads_.end() ? std::nullopt : std::optional(found->second);
}

void SeenHeads::add(const statement::DossierId& dossier, const account::SeenHead& head,
                    const IsOnChain& is_on_chain) {
    auto& kept = heads_.emplace(dossier, head).first->second;
    if (kept == head || kept.length > head.length) {
        return;
    }
    if (kept.length == head.length || !is_on_chain(kept)) {
        throw base::Error(base::ErrorKind::forged,
                          "the server shows two different histories of a dossier on this device",
                          "do not go on; what was deposited, granted or revoked in one of them may "
                          "be missing");
    }
    kept = head;
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
