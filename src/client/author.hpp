// Signing statements onto a chain and handing them to the server, in runs.
//
// Thread-safety: one thread at a time.
#pragma once

#include <client/client.hpp>

namespace kluis::client {

// An act with the headers that go beside its statement.
struct Draft {
    statement::Act act;
    std::vector<api::DocumentHeader> headers;
};

// The end of the chain on which the next statement is signed.
struct Tip {
    statement::DossierId dossier;
    statement::Digest head;
    std::optional<std::uint64_t> length;  // a depositor is not told
    base::Time last;                      // no statement may be earlier
};

// The limits within which a run is cut: below the server's, with room for JSON around it.
inline constexpr std::size_t kRunStatements = 500;
inline constexpr std::size_t kRunBytes = 8 * 1024 * 1024;

class Author {
  public:
    // `tip` is moved on with each accepted run. Both must outlive this.
    Author(Client& client, Tip& tip) : client_(client), tip_(tip) {}

    // Signs and submits all drafts, in as few runs as fit; returns the accepted statements. Throws
    // Error(conflict, "stale-head") if someone else was first: nothing of that run was accepted,
    // and `tip` is as after the last accepted run.
    std::vector<statement::Signed> submit(std::vector<Draft> drafts);

    // Opens a dossier and returns its dossier.create, accepted.
    static statement::Signed create(Client& client, const std::string& jurisdiction);

  private:
    Client& client_;
    Tip& tip_;
};

// Calls `act` again, up to thirty times, while it throws Error(conflict, "stale-head"): each time
// it fetches what came since.
void retry_on_stale_head(const std::function<void()>& act);

}  // namespace kluis::client
