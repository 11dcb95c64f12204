// The ends of chains that this device has seen with its own eyes. The keyring has them too, but it
// comes from the server: one that was written after another device was shown less would make this
// device forget.
//
// Thread-safety: one thread at a time.
#pragma once

#include <kluis/account/keyring.hpp>

#include <client/home.hpp>

#include <functional>

namespace kluis::client {

// Whether a head lies on the chain that is at hand.
using IsOnChain = std::function<bool(const account::SeenHead&)>;

class SeenHeads {
  public:
    // What `home` keeps, sealed as a keyring is; nothing if it keeps none. Throws Error(forged),
    // with the file's name, if it was damaged or altered.
    static SeenHeads load(const Home& home, const account::AccountSecret& secret);
    // Adds a head, as `add` does, to what `home` keeps by now. Durable when this returns.
    static void note(const Home& home, const account::AccountSecret& secret,
                     const statement::DossierId& dossier, const account::SeenHead& head,
                     const IsOnChain& is_on_chain);

    std::optional<account::SeenHead> of(const statement::DossierId& dossier) const;
    // Keeps the head unless it has one of a longer chain. Throws Error(forged) if it has one of
    // another chain: another of the same length, or a shorter one that does not lie on the head's.
    void add(const statement::DossierId& dossier, const account::SeenHead& head,
             const IsOnChain& is_on_chain);

    // Throws Error(forged) if `keyring` has another head of the same length: then there are two
    // chains.
    void require_one_chain(const account::Keyring& keyring) const;

  private:
    void save(const Home& home, const account::AccountSecret& secret) const;

    std::map<statement::DossierId, account::SeenHead> heads_;
};

}  // namespace kluis::client
