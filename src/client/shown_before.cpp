#include <client/shown_before.hpp>

namespace kluis::client {

namespace {

template <class... Kinds>
bool is_one_of(const statement::Act& act) {
    return (std::holds_alternative<Kinds>(act) || ...);
}

std::vector<statement::Digest> rights(const std::vector<statement::Signed>& statements) {
    std::vector<statement::Digest> hashes;
    for (const auto& statement : statements) {
        if (is_one_of<statement::DossierTransfer, statement::DepositorAllow,
                      statement::DepositorRemove, statement::GrantCreate, statement::GrantRevoke>(
                statement.statement.act)) {
            hashes.push_back(statement.hash);
        }
    }
    return hashes;
}

bool holds(const std::vector<statement::Digest>& hashes, const account::SeenHead& seen) {
    return hashes.size() >= seen.length && hashes[seen.length - 1] == seen.head;
}

}  // namespace

std::optional<account::SeenHead> last_right(const std::vector<statement::Signed>& statements) {
    const auto hashes = rights(statements);
    return hashes.empty() ? std::nullopt
                          : std::optional(account::SeenHead{hashes.back(), hashes.size()});
}

std::optional<statement::Card> named_owner(const std::vector<statement::Signed>& statements,
                                           const statement::Fingerprint& owner) {
    for (const auto& statement : statements) {
        const auto& act = statement.statement.act;
        const auto* create = std::get_if<statement::DossierCreate>(&act);
        const auto* transfer = std::get_if<statement::DossierTransfer>(&act);
        if (create != nullptr && statement::fingerprint(create->card) == owner) {
            return create->card;
        }
        if (transfer != nullptr && statement::fingerprint(transfer->card) == owner) {
            return transfer->card;
        }
    }
    return std::nullopt;
}

void require_shown_again(const std::optional<account::SeenHead>& seen,
                         const std::optional<statement::Card>& owner,
                         const std::vector<statement::Signed>& statements) {
    const bool has_rights = !seen || holds(rights(statements), *seen);
    const bool has_owner = !owner || named_owner(statements, statement::fingerprint(*owner));
    if (!has_rights || !has_owner) {
        throw base::Error(base::ErrorKind::forged,
                          "the server withholds what it has shown you before: that the dossier was "
                          "handed over, or what you may do in it",
                          "do not go on; ask its owner, and tell who keeps the server");
    }
}

}  // namespace kluis::client
