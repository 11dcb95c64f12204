#include <kluis/base/text.hpp>

#include <api/problem.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace kluis::api {

namespace {

using base::ErrorKind;

// The first row of each kind is what an error of that kind without a code of its own becomes.
// clang-format off
constexpr std::array kTypes{
    ProblemType{"usage", 400, ErrorKind::usage, "The request makes no sense.", false},
    ProblemType{"malformed", 400, ErrorKind::malformed, "The request is not in the one form that is accepted.", false},
    ProblemType{"wrong-key", 422, ErrorKind::wrong_key, "No key given opens this.", false},
    ProblemType{"forged", 422, ErrorKind::forged, "A signature or digest does not verify.", false},
    ProblemType{"untrusted", 422, ErrorKind::untrusted, "A card or key is not trusted here.", false},
    ProblemType{"denied", 403, ErrorKind::denied, "You have no right to this.", false},
    ProblemType{"not-found", 404, ErrorKind::not_found, "There is no such thing, or none that you may know of.", false},
    ProblemType{"conflict", 409, ErrorKind::conflict, "Someone else was first, or it is there already.", false},
    ProblemType{"limit", 413, ErrorKind::limit, "The request is larger than what is accepted.", false},
    ProblemType{"unavailable", 503, ErrorKind::unavailable, "The server cannot answer now.", true},
    ProblemType{"storage", 507, ErrorKind::storage, "The server cannot store this now.", true},
    ProblemType{"internal", 500, ErrorKind::internal, "The server failed.", true},

    ProblemType{"login-required", 401, ErrorKind::denied, "A session is needed; this one is unknown or has expired.", false},
    ProblemType{"login-refused", 403, ErrorKind::denied, "The login was refused.", false},
    ProblemType{"account-needed", 403, ErrorKind::denied, "This needs an account, and the session is that of a card alone.", false},
    ProblemType{"card-login-needed", 403, ErrorKind::denied, "This needs a session opened with the card's key.", false},
    ProblemType{"invitation-refused", 403, ErrorKind::denied, "The invitation is unknown, was used, or has expired.", false},
    ProblemType{"no-invitations-left", 403, ErrorKind::denied, "This account may not invite, or no longer.", false},
    ProblemType{"handle-taken", 409, ErrorKind::conflict, "The handle is taken: propose another.", false},
    ProblemType{"card-taken", 409, ErrorKind::conflict, "The card has an account already.", false},
    ProblemType{"credentials-changed", 409, ErrorKind::conflict, "The credentials kept are not those that these replace.", false},
    ProblemType{"keyring-changed", 412, ErrorKind::conflict, "The keyring kept is of another revision: read, merge, write again.", false},
    ProblemType{"revision-needed", 428, ErrorKind::usage, "If-Match with the revision that this replaces is needed.", false},

    ProblemType{"stale-head", 409, ErrorKind::conflict, "The dossier's head has changed: sign again on the new one.", false},
    ProblemType{"clock-off", 422, ErrorKind::usage, "The statement's time is too far from the server's clock.", false},
    ProblemType{"payload-missing", 422, ErrorKind::usage, "A payload that the statement names was not uploaded.", false},
    ProblemType{"header-mismatch", 422, ErrorKind::usage, "A header is missing, in excess, or not the one that the statement names.", false},
    ProblemType{"header-refused", 422, ErrorKind::malformed, "A header does not have exactly one X25519 stanza in the one form.", false},
    ProblemType{"recipient-not-in-set", 422, ErrorKind::untrusted, "A recipient of the seal is not in the card set at its time.", false},
    ProblemType{"set-unknown", 422, ErrorKind::untrusted, "The server does not know this version of the card set.", false},
    ProblemType{"too-many-deposits", 429, ErrorKind::limit, "This depositor has deposited too much within the hour.", true},
    ProblemType{"too-many-dossiers", 403, ErrorKind::limit, "This account owns as many dossiers as it may.", false},
    ProblemType{"too-many-requests", 429, ErrorKind::limit, "Too many requests of this kind: wait a while.", true},

    ProblemType{"no-dossier", 422, ErrorKind::usage, "The first statement is not dossier.create.", false},
    ProblemType{"second-create", 422, ErrorKind::usage, "The dossier exists already.", false},
    ProblemType{"other-dossier", 422, ErrorKind::usage, "The statement names another dossier.", false},
    ProblemType{"broken-link", 422, ErrorKind::usage, "A statement does not follow the one before it.", false},
    ProblemType{"unknown-actor", 403, ErrorKind::denied, "The chain has no card for the actor.", false},
    ProblemType{"bad-signature", 422, ErrorKind::forged, "The statement is not signed by the actor's card.", false},
    ProblemType{"outside-chain", 422, ErrorKind::usage, "This statement has no place in the chain.", false},
    ProblemType{"dossier-erased", 410, ErrorKind::not_found, "The dossier was erased.", false},
    ProblemType{"not-owner", 403, ErrorKind::denied, "Only the owner may do this.", false},
    ProblemType{"not-depositor", 403, ErrorKind::denied, "The permission to deposit does not stand.", false},
    ProblemType{"deposit-limit", 403, ErrorKind::denied, "The number of deposits allowed is used up.", false},
    ProblemType{"time-runs-back", 422, ErrorKind::usage, "The statement is earlier than the last one.", false},
    ProblemType{"already-allowed", 409, ErrorKind::conflict, "The card may deposit already.", false},
    ProblemType{"not-allowed", 409, ErrorKind::conflict, "The card may not deposit.", false},
    ProblemType{"until-passed", 422, ErrorKind::usage, "An end is not after the statement's time.", false},
    ProblemType{"document-used", 409, ErrorKind::conflict, "The document id was used before.", false},
    ProblemType{"unknown-document", 404, ErrorKind::not_found, "There is no such document, or it was erased.", false},
    ProblemType{"not-last-version", 409, ErrorKind::conflict, "The grant names another deposit or description than the last.", false},
    ProblemType{"not-granted", 409, ErrorKind::conflict, "This is not granted.", false},
    ProblemType{"grant-to-owner", 422, ErrorKind::usage, "The owner reads everything already.", false},
    ProblemType{"too-late", 403, ErrorKind::denied, "A depositor erases within a day.", false},
    ProblemType{"bundle-used", 409, ErrorKind::conflict, "The bundle id was used before.", false},
    ProblemType{"unknown-bundle", 422, ErrorKind::usage, "The bundle supplements no earlier seal of this dossier.", false},
    ProblemType{"same-owner", 422, ErrorKind::usage, "The dossier is transferred to its owner.", false},
    ProblemType{"bad-consent", 422, ErrorKind::forged, "The consent is not the new card's, or is about something else.", false},
    ProblemType{"consent-used", 409, ErrorKind::conflict, "The consent was used before.", false},

    ProblemType{"method-not-allowed", 405, ErrorKind::usage, "This path does not know the method.", false},
    ProblemType{"length-required", 411, ErrorKind::usage, "A Content-Length is needed.", false},
    ProblemType{"media-type", 415, ErrorKind::usage, "The body is of another media type than this takes.", false},
    ProblemType{"range", 416, ErrorKind::usage, "The range lies outside of the resource.", false},
    ProblemType{"head-too-large", 431, ErrorKind::limit, "The request's head is too large.", false},
};
// clang-format on

const ProblemType* with_code(std::string_view code) {
    const auto found = std::ranges::find(kTypes, code, &ProblemType::code);
    return found == kTypes.end() ? nullptr : &*found;
}

const ProblemType& with_kind(ErrorKind kind) {
    return *std::ranges::find(kTypes, kind, &ProblemType::kind);
}

// For a code that this program does not know, such as a later server's.
ErrorKind kind_of_status(int status) {
    const auto found = std::ranges::find(kTypes, status, &ProblemType::status);
    if (found != kTypes.end()) return found->kind;
    if (status >= 500) return ErrorKind::unavailable;
    return status >= 400 ? ErrorKind::usage : ErrorKind::unavailable;
}

// The code in a problem document that is exactly of our form, else empty.
std::string code_in(base::ByteView body) {
    try {
        const base::Json json = base::parse_json(body, "problem");
        base::JsonMembers members(json, "problem");
        const std::string& type = members.string("type");
        if (type.starts_with(kProblemBase)) return type.substr(kProblemBase.size());
    } catch (const base::Error&) {
        // A body that is no problem document says nothing beyond its status.
    }
    return {};
}

base::Error error_of(const ProblemType& type) {
    // A title is a sentence, and an error's text a phrase.
    std::string phrase(type.title.substr(0, type.title.size() - 1));
    phrase.front() = base::lower_ascii(phrase.substr(0, 1)).front();
    const std::string message = "the server answered: " + phrase;
    return base::Error(type.kind, message).with_code(std::string(type.code));
}

}  // namespace

std::span<const ProblemType> problem_types() {
    return kTypes;
}

const ProblemType& problem_type(const base::Error& error) {
    if (const ProblemType* type = with_code(error.code())) return *type;
    return with_kind(error.kind());
}

base::Json problem_document(const base::Error& error, std::string_view request) {
    const ProblemType& type = problem_type(error);
    return base::Json{{"request", request},
                      {"status", static_cast<std::uint64_t>(type.status)},
                      {"title", type.title},
                      {"type", std::string(kProblemBase) + std::string(type.code)}};
}

base::Error error_from_problem(int status, base::ByteView body) {
    const ProblemType* type = with_code(code_in(body));
    if (type && type->status == status) return error_of(*type);
    return base::Error(kind_of_status(status),
                       "the server answered with status " + std::to_string(status));
}

}  // namespace kluis::api
