// The ends of chains that this device has seen with its own eyes. The keyring has them too, but it
// comes from the server: one that was written after another device was shown less would make this
// device forget.
//
// Thread-safety: one thread at a time.
#pragma once

#include <kluis/account/keyring.hpp>

#include <client/home.hpp>

namespace kluis::client {

class SeenHeads {
  public:
    // What `home` keeps, sealed as a keyring is; nothing if it keeps none. Throws Error(forged),
    // with the file's name, if it was damaged or altered.
    static SeenHeads load(const Home& home, const account::AccountSecret& secret);
    // Durable when this returns.
    void save(const Home& home, const account::AccountSecret& secret) const;

    std::optional<account::SeenHead> of(const statement::DossierId& dossier) const;
    // Keeps the head unless it has one of a longer chain.
    void add(const statement::DossierId& dossier, const account::SeenHead& head);
    // Each of the others' in the same way.
    void add(const SeenHeads& others);

    // Throws Error(forged) if `keyring` has another head of the same length: then there are two
    // chains.
    void require_one_chain(const account::Keyring& keyring) const;

  private:
    std::map<statement::DossierId, account::SeenHead> heads_;
};

}  // namespace kluis::client
