// Chains as a server would send them. `verdicts` has what becomes of each statement up to the one
// that ends the chain: "accepted" or the code of the reason; `state` is what is left at the end.
#include "replay_state.hpp"
#include "vectors.hpp"

#include <support/history.hpp>

#include <stdexcept>

namespace kluis::generate {

using base::Json;
using chain::Reason;
using namespace statement;
using test::allow;
using test::deposit;
using test::description;
using test::document_id;
using test::History;
using test::Person;
using test::seal;
using test::value_of;

namespace {

constexpr std::chrono::hours kDay{24};

struct People {
    Person owner{"J."};
    Person heir{"N."};
    Person worker{"support worker"};
    Person lawyer{"lawyer"};
    Person stranger{"stranger"};
};

class Replays {
  public:
    explicit Replays(Vectors& vectors) : vectors_(vectors) {}

    // A whole chain, void statements included.
    void add(const std::string& name, const std::string& comment, const DossierId& dossier,
             const std::vector<Signed>& statements) {
        chain::Replay replay(dossier);
        Json::Array verdicts;
        Json::Array envelopes;
        bool void_seen = false;
        for (const Signed& statement : statements) {
            envelopes.push_back(to_json(statement.envelope));
            if (replay.broken_because()) continue;
            const bool goes_on = replay.add(statement);
            const auto reason =
                goes_on ? replay.links().back().void_because : replay.broken_because();
            verdicts.emplace_back(reason ? code(*reason) : "accepted");
            void_seen = void_seen || (goes_on && reason);
            last_ = reason;
        }
        const char* expect = replay.broken_because() ? "broken" : void_seen ? "void" : "accept";
        vectors_.add("replays", name, comment, expect,
                     {{"dossier", to_text(dossier)},
                      {"envelopes", std::move(envelopes)},
                      {"state", state_json(replay.state())},
                      {"verdicts", std::move(verdicts)}});
    }

    void good(const std::string& name, const std::string& comment, const History& history) {
        add(name, comment, history.id(), history.statements());
        if (last_) throw std::logic_error(name + " is not good");
    }

    // A history and then one statement that is refused for `reason`, whose code names the case.
    void refused(Reason reason, const std::string& more, const std::string& comment,
                 const History& history, const Signed& last) {
        std::vector<Signed> statements = history.statements();
        statements.push_back(last);
        add(std::string(code(reason)) + more, comment, history.id(), statements);
        if (last_ != reason) throw std::logic_error(comment + " is refused for another reason");
    }

  private:
    Vectors& vectors_;
    std::optional<Reason> last_;
};

Signed with_time(History& history, const Person& actor, const Act& act, base::Time time) {
    Statement draft = history.draft(actor, act);
    draft.time = time;
    return sign(draft, actor.signer());
}

// --- histories without fault ---

void add_good(Replays& replays, const People& p) {
    replays.good("create-alone", "a dossier of one statement", History(p.owner));

    History years(p.owner);
    years.add(p.owner, deposit("passport"));
    DepositorAllow by_link = allow(p.worker);
    by_link.link = true;
    by_link.count = 2;
    by_link.until = years.now() + 30 * kDay;
    years.add(p.owner, by_link);
    years.add(p.worker, deposit("school"));
    years.add(p.worker, deposit("mistake"));
    years.add(p.worker, DocumentErase{document_id("mistake")});
    years.add(p.owner, description("school", 1));
    GrantCreate granted = years.grant(p.lawyer, {"passport", "school"});
    granted.expires = years.now() + 365 * kDay;
    years.add(p.owner, granted);
    years.wait(10 * kDay);
    years.add(p.owner, description("school", 2));
    years.add(p.owner, years.grant(p.lawyer, {"school"}));
    years.add(p.owner, GrantRevoke{p.lawyer.fingerprint(), {document_id("passport")}});
    years.add(p.owner, DepositorRemove{p.worker.fingerprint()});
    years.add(p.owner, seal("first"));
    years.add(p.owner, years.transfer(p.owner, p.heir));
    years.add(p.heir, allow(p.worker));
    years.add(p.worker, deposit("letter"));
    years.add(p.heir, DocumentErase{document_id("passport")});
    years.add(p.heir, seal("second", "first"));
    replays.good("years", "links, counts, descriptions, grants, a transfer, erasures, two seals",
                 years);
    years.add(p.heir, DossierErase{});
    replays.good("years-erased", "the same, and at last all of it erased", years);

    History back(p.owner);
    back.add(p.owner, deposit("a"));
    back.add(p.owner, allow(p.heir));
    back.add(p.owner, back.grant(p.heir, {"a"}));
    back.add(p.owner, back.transfer(p.owner, p.heir));
    back.add(p.heir, back.transfer(p.heir, p.owner));
    back.add(p.owner, allow(p.heir));
    replays.good("there-and-back",
                 "what a card was allowed and granted before it owned the dossier ends when it "
                 "gives the dossier away",
                 back);

    History edges(p.owner);
    DepositorAllow until = allow(p.worker);
    until.until = edges.now() + 2 * kDay;
    edges.add(p.owner, until);
    const base::Time deposited = edges.add(p.worker, deposit("a")).statement.time;
    edges.add(with_time(edges, p.worker, DocumentErase{document_id("a")},
                        deposited + std::chrono::seconds(86'400)));
    edges.add(with_time(edges, p.worker, deposit("b"), *until.until));
    edges.add(with_time(edges, p.owner, allow(p.worker), *until.until + test::kSecond));
    edges.add(with_time(edges, p.owner, deposit("c"), *until.until + test::kSecond));
    edges.add(p.owner, edges.grant(p.owner, {"c"}));
    replays.good("edges",
                 "at the last second of a depositor's day and permission; two acts in a second; a "
                 "grant to the owner",
                 edges);
}

// --- what ends a chain ---

void add_broken(Replays& replays, const People& p) {
    History history(p.owner);
    history.add(p.owner, deposit("a"));
    replays.add("no-dossier", "the beginning is missing", history.id(),
                {history.statements().back()});
    replays.add("other-dossier-from-the-start", "another dossier than was asked for",
                History(p.heir).id(), history.statements());
    replays.refused(Reason::second_create, "", "the first statement again", history,
                    history.statements().front());
    Statement draft = history.draft(p.owner, deposit("b"));
    draft.dossier = History(p.heir).id();
    replays.refused(Reason::other_dossier, "", "a statement of another dossier", history,
                    sign(draft, p.owner.signer()));
    replays.refused(Reason::broken_link, "-again", "the last statement again", history,
                    history.statements().back());
    draft = history.draft(p.owner, deposit("b"));
    draft.previous = history.statements().front().hash;
    replays.refused(Reason::broken_link, "", "the statement before it is hidden", history,
                    sign(draft, p.owner.signer()));
    replays.refused(Reason::unknown_actor, "", "someone whose card the chain does not have",
                    history, history.signed_by(p.stranger, deposit("b")));
    replays.refused(Reason::bad_signature, "", "signed by another than its actor", history,
                    sign(history.draft(p.owner, deposit("b")), p.stranger.signer()));
    draft = history.draft(p.owner, BundleAcknowledge{test::bundle_id("1"), {}, {}});
    draft.previous.reset();
    replays.refused(Reason::outside_chain, "", "an acknowledgement as a link", history,
                    sign(draft, p.owner.signer()));

    History named(p.owner);
    named.add(p.owner, allow(p.worker));
    named.add(p.worker, allow(p.stranger));
    replays.refused(Reason::unknown_actor, "-named-by-a-void-statement",
                    "a card that only a void statement named", named,
                    named.signed_by(p.stranger, deposit("b")));
}

// --- what makes void ---

void add_void_for_all(Replays& replays, const People& p) {
    History history(p.owner);
    history.add(p.owner, allow(p.worker));
    history.add(p.owner, deposit("a"));
    replays.refused(Reason::not_owner, "", "a depositor seals", history,
                    history.signed_by(p.worker, seal("1")));
    replays.refused(Reason::not_owner, "-erasing", "a depositor erases the owner's document",
                    history, history.signed_by(p.worker, DocumentErase{document_id("a")}));
    replays.refused(Reason::time_runs_back, "", "a second before the last statement", history,
                    with_time(history, p.owner, deposit("b"), history.now() - test::kSecond));
    History gone = history;
    gone.add(p.worker, seal("1"));
    gone.add(p.owner, deposit("b"));
    replays.add("goes-on-after-void", "a void statement is a link like others", gone.id(),
                gone.statements());
    history.add(p.owner, DossierErase{});
    replays.refused(Reason::dossier_erased, "", "after dossier.erase", history,
                    history.signed_by(p.owner, deposit("b")));
}

void add_void_permissions(Replays& replays, const People& p) {
    History history(p.owner);
    replays.refused(Reason::already_allowed, "-owner", "the owner is allowed", history,
                    history.signed_by(p.owner, allow(p.owner)));
    replays.refused(Reason::not_allowed, "", "who was never allowed is removed", history,
                    history.signed_by(p.owner, DepositorRemove{p.worker.fingerprint()}));
    DepositorAllow act = allow(p.worker);
    act.until = history.now() + test::kSecond;
    replays.refused(Reason::until_passed, "", "an end at the statement's own second", history,
                    history.signed_by(p.owner, act));
    act.until = history.now() + kDay;
    act.count = 1;
    history.add(p.owner, act);
    replays.refused(Reason::already_allowed, "", "a permission that stands", history,
                    history.signed_by(p.owner, allow(p.worker)));
    history.add(p.worker, deposit("a"));
    history.add(p.worker, DocumentErase{document_id("a")});
    replays.refused(Reason::deposit_limit, "", "erased deposits count", history,
                    history.signed_by(p.worker, deposit("b")));
    replays.refused(Reason::already_allowed, "-count-used-up",
                    "a count that is used up does not end the permission", history,
                    history.signed_by(p.owner, allow(p.worker)));
    replays.refused(Reason::not_depositor, "-after-until", "a second after the end", history,
                    with_time(history, p.worker, deposit("b"), *act.until + test::kSecond));
    history.add(p.owner, DepositorRemove{p.worker.fingerprint()});
    replays.refused(Reason::not_depositor, "", "a depositor who was removed", history,
                    history.signed_by(p.worker, deposit("b")));
    replays.refused(Reason::not_allowed, "-twice", "removed twice", history,
                    history.signed_by(p.owner, DepositorRemove{p.worker.fingerprint()}));
}

void add_void_documents(Replays& replays, const People& p) {
    History history(p.owner);
    history.add(p.owner, allow(p.worker));
    const base::Time deposited = history.add(p.worker, deposit("a")).statement.time;
    replays.refused(Reason::document_used, "", "a document's id again", history,
                    history.signed_by(p.owner, deposit("a")));
    replays.refused(Reason::unknown_document, "", "a description of no document", history,
                    history.signed_by(p.owner, description("b", 1)));
    replays.refused(Reason::too_late, "", "a second after the depositor's day", history,
                    with_time(history, p.worker, DocumentErase{document_id("a")},
                              deposited + std::chrono::seconds(86'401)));
    History removed = history;
    removed.add(p.owner, DepositorRemove{p.worker.fingerprint()});
    replays.refused(Reason::not_depositor, "-erasing", "within the day, but not allowed any more",
                    removed, removed.signed_by(p.worker, DocumentErase{document_id("a")}));
    history.add(p.owner, DocumentErase{document_id("a")});
    replays.refused(Reason::document_used, "-and-erased", "the id of an erased document", history,
                    history.signed_by(p.owner, deposit("a")));
    replays.refused(Reason::unknown_document, "-erased", "a grant of an erased document", history,
                    history.signed_by(p.owner, history.grant(p.lawyer, {"a"})));
}

void add_void_grants(Replays& replays, const People& p) {
    History history(p.owner);
    history.add(p.owner, deposit("a"));
    history.add(p.owner, deposit("b"));
    const GrantCreate before = history.grant(p.lawyer, {"a"});
    history.add(p.owner, description("a", 1));
    replays.refused(Reason::not_last_version, "", "the description is not named", history,
                    history.signed_by(p.owner, before));
    GrantCreate act = history.grant(p.lawyer, {"a"});
    act.documents[0].deposit = value_of<Digest>("another deposit");
    replays.refused(Reason::not_last_version, "-deposit", "another deposit is named", history,
                    history.signed_by(p.owner, act));
    act = history.grant(p.lawyer, {"a"});
    act.expires = history.now() + test::kSecond;
    replays.refused(Reason::until_passed, "-grant", "it expires at its own second", history,
                    history.signed_by(p.owner, act));
    history.add(p.owner, history.grant(p.lawyer, {"a"}));
    replays.refused(Reason::not_granted, "", "one of two was not granted", history,
                    history.signed_by(p.owner, GrantRevoke{p.lawyer.fingerprint(),
                                                           {document_id("a"), document_id("b")}}));
    history.add(p.owner, DocumentErase{document_id("a")});
    replays.refused(
        Reason::not_granted, "-erased", "erasing ended the grant", history,
        history.signed_by(p.owner, GrantRevoke{p.lawyer.fingerprint(), {document_id("a")}}));
    replays.refused(Reason::unknown_bundle, "", "a supplement to no bundle", history,
                    history.signed_by(p.owner, seal("2", "1")));
    history.add(p.owner, seal("1"));
    replays.refused(Reason::bundle_used, "", "a bundle's id again", history,
                    history.signed_by(p.owner, seal("1")));
}

void add_void_transfers(Replays& replays, const People& p) {
    History history(p.owner);
    replays.refused(Reason::same_owner, "", "to the owner's own card", history,
                    history.signed_by(p.owner, history.transfer(p.owner, p.owner)));
    const auto bad = [&](const std::string& more, const std::string& comment,
                         const Consent& consent, const Person& signer) {
        DossierTransfer act = history.transfer(p.owner, p.heir);
        act.consent = sign_consent(consent, signer.signer());
        replays.refused(Reason::bad_consent, more, comment, history,
                        history.signed_by(p.owner, act));
    };
    const Consent good{history.id(), p.owner.fingerprint(), p.heir.fingerprint(), {}};
    bad("", "not signed by the new card", good, p.stranger);
    Consent other = good;
    other.dossier = History(p.heir).id();
    bad("-other-dossier", "to another dossier", other, p.heir);
    other = good;
    other.from = p.worker.fingerprint();
    bad("-other-owner", "from another owner", other, p.heir);
    other = good;
    other.to = p.worker.fingerprint();
    bad("-other-card", "by another card", other, p.worker);

    const DossierTransfer there = history.transfer(p.owner, p.heir);
    history.add(p.owner, there);
    replays.refused(Reason::not_owner, "-after-transfer", "the old card transfers", history,
                    history.signed_by(p.owner, history.transfer(p.owner, p.worker)));
    replays.refused(Reason::not_depositor, "-after-transfer", "the old card deposits", history,
                    history.signed_by(p.owner, deposit("a")));
    history.add(p.heir, history.transfer(p.heir, p.owner));
    replays.refused(Reason::consent_used, "", "a consent for the second time", history,
                    history.signed_by(p.owner, there));
}

}  // namespace

void add_replays(Vectors& vectors) {
    Replays replays(vectors);
    const People people;
    add_good(replays, people);
    add_broken(replays, people);
    add_void_for_all(replays, people);
    add_void_permissions(replays, people);
    add_void_documents(replays, people);
    add_void_grants(replays, people);
    add_void_transfers(replays, people);
}

}  // namespace kluis::generate
