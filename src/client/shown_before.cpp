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

}  // namespace

std::optional<account::SeenHead> last_right(const std::vector<statement::Signed>& statements) {
    const auto hashes = rights(statements);
    return hashes.empty() ? std::nullopt
                          : std::optional(account::SeenHead{hashes.back(), hashes.size()});
}

void require_shown_again(const std::optional<account::SeenHead>& seen,
                         const std::vector<statement::Signed>& statements) {
    const auto hashes = rights(statements);
    if (seen && (hashes.size() < seen->length || hashes[seen->length - 1] != seen->head)) {
        throw base::Error(base::ErrorKind::forged,
                          "the server withholds what it has shown you before: that the dossier was "
                          "handed over, or what you may do in it",
                          "do not go on; ask its owner, and tell who keeps the server");
    }
}

}  // namespace kluis::client
