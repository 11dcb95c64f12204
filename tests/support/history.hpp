// Chains for tests: statements signed on the head, one second apart, the same in every run.
#pragma once

#include <kluis/chain/replay.hpp>
#include <kluis/statement/consent.hpp>

#include <support/person.hpp>

namespace kluis::test {

inline constexpr base::Time kBeginning{1'800'000'000};
inline constexpr std::chrono::seconds kSecond{1};

inline statement::DocumentId document_id(const std::string& name) {
    return value_of<statement::DocumentId>("document " + name);
}
inline statement::BundleId bundle_id(const std::string& name) {
    return value_of<statement::BundleId>("bundle " + name);
}

inline statement::DocumentDeposit deposit(const std::string& name) {
    using statement::Digest;
    using statement::Role;
    statement::DocumentDeposit act;
    act.document = document_id(name);
    act.payloads[Role::content] = {value_of<Digest>(name + " content"), 4128};
    act.payloads[Role::metadata] = {value_of<Digest>(name + " metadata"), 2080};
    act.commitment = value_of<statement::Commitment>(name + " commitment");
    act.header = value_of<Digest>(name + " header");
    return act;
}

inline statement::DocumentDescribe description(const std::string& name, int version) {
    return {document_id(name),
            {value_of<statement::Digest>(name + " metadata " + std::to_string(version)), 2080}};
}

inline statement::DepositorAllow allow(const Person& person) {
    return {person.card(), std::nullopt, std::nullopt, false};
}

// One dossier with its history so far.
class History {
  public:
    explicit History(const Person& owner) : now_(kBeginning) {
        statement::Statement create;
        create.actor = owner.fingerprint();
        create.time = now_;
        create.salt = next_salt();
        create.act = statement::DossierCreate{owner.card(), "nl-commissie-2025"};
        statements_.push_back(statement::sign(create, owner.signer()));
        id_ = statement::dossier_id(statements_.back());
        replay_.emplace(id_);
        replay_->add(statements_.back());
    }

    // A statement on the head, dated a second after the last.
    statement::Statement draft(const Person& actor, const statement::Act& act) {
        statement::Statement draft;
        draft.dossier = id_;
        draft.previous = statements_.back().hash;
        draft.actor = actor.fingerprint();
        draft.time = now_ + kSecond;
        draft.salt = next_salt();
        draft.act = act;
        return draft;
    }

    statement::Signed signed_by(const Person& actor, const statement::Act& act) {
        return statement::sign(draft(actor, act), actor.signer());
    }

    // Why a statement by `actor` would be refused now, or nothing.
    std::optional<chain::Reason> refusal(const Person& actor, const statement::Act& act) {
        return refusal(signed_by(actor, act));
    }
    std::optional<chain::Reason> refusal(const statement::Signed& statement) const {
        const chain::Verdict verdict = chain::step(state(), statement);
        if (verdict.accepted()) return std::nullopt;
        return verdict.reason();
    }

    // Adds a statement, void or not. The chain must not end by it.
    const statement::Signed& add(const Person& actor, const statement::Act& act) {
        return add(signed_by(actor, act));
    }
    const statement::Signed& add(const statement::Signed& statement) {
        if (!replay_->add(statement)) throw std::logic_error("a statement ended the chain");
        now_ = std::max(now_, statement.statement.time);
        statements_.push_back(statement);
        return statements_.back();
    }

    void wait(std::chrono::seconds time) { now_ = now_ + time; }

    statement::DossierTransfer transfer(const Person& from, const Person& to) {
        const statement::Consent consent{id_, from.fingerprint(), to.fingerprint(), next_salt()};
        return {to.card(), statement::sign_consent(consent, to.signer()),
                value_of<statement::Digest>("headers")};
    }

    // A grant of the last versions of these documents.
    statement::GrantCreate grant(const Person& grantee,
                                 const std::vector<std::string>& documents) const {
        statement::GrantCreate act;
        act.grantee = grantee.fingerprint();
        for (const std::string& name : documents) {
            const auto document = state().document(document_id(name));
            act.documents.push_back(
                {document_id(name),
                 document ? document->deposit : value_of<statement::Digest>("no deposit"),
                 document ? document->description : std::nullopt,
                 value_of<statement::Digest>(name + " header for a grantee")});
        }
        return act;
    }

    const statement::DossierId& id() const { return id_; }
    base::Time now() const { return now_; }
    const chain::State& state() const { return replay_->state(); }
    const chain::Replay& replay() const { return *replay_; }
    const std::vector<statement::Signed>& statements() const { return statements_; }

  private:
    statement::Salt next_salt() {
        return value_of<statement::Salt>("salt " + std::to_string(++salts_));
    }

    base::Time now_;
    int salts_ = 0;
    statement::DossierId id_;
    std::optional<chain::Replay> replay_;
    std::vector<statement::Signed> statements_;
};

// The seal of two documents to two members.
inline statement::BundleSeal seal(const std::string& name,
                                  const std::optional<std::string>& supplements = std::nullopt) {
    statement::BundleSeal act;
    act.bundle = bundle_id(name);
    act.documents = 2;
    act.manifest = value_of<statement::Digest>(name + " manifest");
    act.recipients = {Person("member 1").fingerprint(), Person("member 2").fingerprint()};
    act.set = 1;
    if (supplements) act.supplements = bundle_id(*supplements);
    return act;
}

}  // namespace kluis::test
