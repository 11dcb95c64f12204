#include <kluis/chain/replay.hpp>

namespace kluis::chain {

namespace {

void require(bool holds, const char* otherwise) {
    if (!holds) throw base::Error(base::ErrorKind::forged, otherwise);
}

}  // namespace

void LinkOrder::add(const statement::Signed& statement) {
    const bool first = !last_hash_;
    const bool opens = std::holds_alternative<statement::DossierCreate>(statement.statement.act);
    require(first == opens, first ? "the statements do not begin with dossier.create"
                                  : "there is a second dossier.create");
    require(statement::dossier_of(statement) == dossier_, "a statement belongs to another dossier");
    require(first || statement.statement.time >= last_time_, "times run back");
    require(hashes_.insert(statement.hash).second, "a statement is there twice");
    require(!previous_.contains(statement.hash), "a statement follows a later one");
    if (const auto& previous = statement.statement.previous) {
        require(previous_.insert(*previous).second, "two statements follow the same one");
        require(!hashes_.contains(*previous) || previous == last_hash_,
                "statements are not in the order of their links");
    }
    last_hash_ = statement.hash;
    last_time_ = statement.statement.time;
}

}  // namespace kluis::chain
