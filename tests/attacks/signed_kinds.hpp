// Every kind of thing that is signed: one example of each by one signer, and how it is taken.
#pragma once

#include "scene.hpp"

#include <kluis/statement/card_set.hpp>
#include <kluis/statement/consent.hpp>
#include <kluis/statement/login.hpp>

namespace kluis::test {

using statement::Envelope;

// Who signs all of it.
inline const Person& signer() {
    static const Person person("signer");
    return person;
}
inline const Person& another() {
    static const Person person("another");
    return person;
}
inline const statement::Handle kHandle{"abandon-zoo-legal-winner"};
inline constexpr base::Time kTime{1'800'000'000};

inline Envelope said(const statement::Act& act, bool in_chain = true) {
    statement::Statement statement;
    statement.actor = signer().fingerprint();
    statement.time = kTime;
    statement.salt = value_of<statement::Salt>("salt");
    if (!std::holds_alternative<statement::DossierCreate>(act)) {
        statement.dossier = value_of<statement::DossierId>("dossier");
        if (in_chain) statement.previous = value_of<statement::Digest>("previous");
    }
    statement.act = act;
    return statement::sign(statement, signer().signer()).envelope;
}

inline Envelope a_statement() {
    return said(statement::GrantRevoke{another().fingerprint(),
                                       {value_of<statement::DocumentId>("letter")}});
}

inline Envelope an_acknowledgement() {
    return said(
        statement::BundleAcknowledge{
            value_of<statement::BundleId>("bundle"), value_of<statement::Digest>("manifest"), {}},
        false);
}

inline Envelope a_login() {
    return statement::sign_login(
        {kOrigin, value_of<statement::Challenge>("challenge"), signer().fingerprint()},
        signer().signer());
}

inline Envelope credentials() {
    return statement::sign_credentials(
        {signer().fingerprint(), kHandle, another().signer().public_key(),
         value_of<statement::Digest>("sealed secret"), kTime, std::nullopt},
        signer().signer());
}

inline Envelope a_consent() {
    return statement::sign_consent(
        {value_of<statement::DossierId>("dossier"), another().fingerprint(), signer().fingerprint(),
         value_of<statement::Salt>("salt")},
        signer().signer());
}

inline Envelope a_card_set() {
    statement::CardSet set;
    set.jurisdiction = kJurisdiction;
    set.version = 1;
    set.issued = kTime;
    set.end = kTime + std::chrono::hours(24);
    set.cards = {{another().card(), kTime, std::nullopt}};
    return statement::sign_card_set(set, signer().signer());
}

// As docs/format.md has it: a bundle's recipient adds a reader. Made by hand, since no client of
// this version does.
inline Envelope a_reader_line() {
    const base::Json line{{"actor", statement::to_text(signer().fingerprint())},
                          {"bundle", statement::to_text(value_of<statement::BundleId>("bundle"))},
                          {"card", statement::to_json(another().card())},
                          {"previous", base::hex_encode(value_of<statement::Digest>("seal"))},
                          {"salt", base::base64_encode(value_of<statement::Salt>("salt"))},
                          {"time", base::to_string(kTime)},
                          {"type", "reader.add"}};
    return statement::sign(statement::kReaderType,
                           base::to_bytes(base::canonical_json(line, base::JsonText::ascii)),
                           signer().signer(), statement::to_text(signer().fingerprint()));
}

// Each throws unless the envelope is, whole and signed by the signer, what the name says.
inline void require(bool holds) {
    if (!holds) throw base::Error(base::ErrorKind::forged, "the signature does not verify");
}

inline void take_statement(const Envelope& envelope) {
    const auto parsed = statement::parse_signed(envelope);
    require(!std::holds_alternative<statement::BundleAcknowledge>(parsed.statement.act));
    require(statement::verify(envelope, statement::kStatementType, signer().card().signing));
}
inline void take_acknowledgement(const Envelope& envelope) {
    const auto parsed = statement::parse_signed(envelope);
    require(std::holds_alternative<statement::BundleAcknowledge>(parsed.statement.act));
    require(statement::verify(envelope, statement::kStatementType, signer().card().signing));
}
inline void take_login(const Envelope& envelope) {
    statement::parse_login(envelope);
    require(statement::verify(envelope, statement::kLoginType, signer().card().signing));
}
inline void take_credentials(const Envelope& envelope) {
    statement::check_credentials(envelope, signer().card(), nullptr);
}
inline void take_consent(const Envelope& envelope) {
    statement::parse_consent(envelope);
    require(statement::verify(envelope, statement::kConsentType, signer().card().signing));
}
inline void take_card_set(const Envelope& envelope) {
    statement::Anchors anchors;
    anchors.roots.push_back({kJurisdiction, signer().signer().public_key(), {0}, std::nullopt});
    statement::verified_card_set(envelope, anchors);
}
inline void take_reader_line(const Envelope& envelope) {
    require(statement::verify(envelope, statement::kReaderType, signer().card().signing));
}

struct Kind {
    const char* name;
    std::string_view type;
    Envelope (*make)();
    void (*take)(const Envelope&);
};

inline const std::vector<Kind>& kinds() {
    using namespace statement;
    static const std::vector<Kind> kinds{
        {"statement", kStatementType, a_statement, take_statement},
        {"acknowledgement", kStatementType, an_acknowledgement, take_acknowledgement},
        {"login", kLoginType, a_login, take_login},
        {"credentials", kCredentialsType, credentials, take_credentials},
        {"consent", kConsentType, a_consent, take_consent},
        {"card set", kCardSetType, a_card_set, take_card_set},
        {"reader line", kReaderType, a_reader_line, take_reader_line},
    };
    return kinds;
}

}  // namespace kluis::test
