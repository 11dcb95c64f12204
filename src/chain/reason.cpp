#include <kluis/chain/step.hpp>

namespace kluis::chain {

namespace {

struct Entry {
    Reason reason;
    std::string_view code;
    std::string_view description;
};

// In the order of the enumeration, so that a reason is its own place.
constexpr Entry kEntries[] = {
    {Reason::no_dossier, "no-dossier", "the chain does not begin with dossier.create"},
    {Reason::second_create, "second-create", "a second dossier.create"},
    {Reason::other_dossier, "other-dossier", "it belongs to another dossier"},
    {Reason::broken_link, "broken-link", "it does not follow the last statement of the chain"},
    {Reason::unknown_actor, "unknown-actor", "the chain knows no card of its actor"},
    {Reason::bad_signature, "bad-signature", "it is not signed by its actor"},
    {Reason::outside_chain, "outside-chain", "it has no place in a chain"},
    {Reason::dossier_erased, "dossier-erased", "the dossier was erased"},
    {Reason::not_owner, "not-owner", "only the dossier's owner may do this"},
    {Reason::not_depositor, "not-depositor", "the actor may not deposit here, or no longer"},
    {Reason::deposit_limit, "deposit-limit", "all deposits that were allowed have been made"},
    {Reason::time_runs_back, "time-runs-back", "it is dated before the statement that it follows"},
    {Reason::already_allowed, "already-allowed", "this card may deposit already"},
    {Reason::not_allowed, "not-allowed", "this card was not allowed to deposit"},
    {Reason::until_passed, "until-passed", "it would end before it begins"},
    {Reason::document_used, "document-used", "the document's id was used before"},
    {Reason::unknown_document, "unknown-document", "there is no such document, or it was erased"},
    {Reason::not_last_version, "not-last-version",
     "it names another deposit or description than the document's last"},
    {Reason::not_granted, "not-granted", "the document is not granted to this card"},
    {Reason::too_late, "too-late", "a depositor may erase a document for one day only"},
    {Reason::bundle_used, "bundle-used", "the bundle's id was used before"},
    {Reason::unknown_bundle, "unknown-bundle", "the dossier has no such bundle to supplement"},
    {Reason::same_owner, "same-owner", "the dossier belongs to this card already"},
    {Reason::bad_consent, "bad-consent",
     "the new owner did not consent to this transfer from this owner"},
    {Reason::consent_used, "consent-used", "the new owner's consent was used before"},
};

const Entry& entry(Reason reason) {
    return kEntries[static_cast<std::size_t>(reason)];
}

constexpr bool in_order() {
    for (std::size_t i = 0; i < std::size(kEntries); ++i) {
        if (static_cast<std::size_t>(kEntries[i].reason) != i) return false;
    }
    return true;
}
static_assert(in_order());
static_assert(std::size(kEntries) == static_cast<std::size_t>(Reason::consent_used) + 1);

}  // namespace

bool ends_chain(Reason reason) {
    return reason <= Reason::outside_chain;
}

std::string_view code(Reason reason) {
    return entry(reason).code;
}

std::string_view describe(Reason reason) {
    return entry(reason).description;
}

}  // namespace kluis::chain
