// One well-formed example of each act, and more of those with optional members.
#pragma once

#include <kluis/statement/consent.hpp>
#include <kluis/statement/statement.hpp>

#include <support/person.hpp>

namespace kluis::test {

constexpr base::Time kExampleTime{1'800'000'000};

inline statement::DossierCreate example_create() {
    return {Person("J.").card(), "nl-commissie-2025"};
}

inline statement::DocumentDeposit example_deposit() {
    using statement::Role;
    statement::DocumentDeposit act;
    act.document = value_of<statement::DocumentId>("document");
    act.payloads = {{Role::content, {value_of<statement::Digest>("content"), 4128}},
                    {Role::metadata, {value_of<statement::Digest>("metadata"), 2080}},
                    {Role::preview, {value_of<statement::Digest>("preview"), 8224}},
                    {Role::word, {value_of<statement::Digest>("word"), 2248}}};
    act.commitment = value_of<statement::Commitment>("commitment");
    act.header = value_of<statement::Digest>("header");
    return act;
}

inline statement::DossierTransfer example_transfer() {
    const Person heir("N.");
    const statement::Consent consent{value_of<statement::DossierId>("dossier"),
                                     Person("J.").fingerprint(), heir.fingerprint(),
                                     value_of<statement::Salt>("consent")};
    return {heir.card(), statement::sign_consent(consent, heir.signer()),
            value_of<statement::Digest>("headers")};
}

inline statement::GrantCreate example_grant() {
    statement::GrantCreate act;
    act.grantee = Person("lawyer").fingerprint();
    act.expires = kExampleTime + std::chrono::hours(24);
    for (const char* name : {"a", "b", "c"}) {
        act.documents.push_back({value_of<statement::DocumentId>(name),
                                 value_of<statement::Digest>("deposit"), std::nullopt,
                                 value_of<statement::Digest>("header")});
    }
    act.documents[1].description = value_of<statement::Digest>("description");
    return act;
}

inline statement::BundleSeal example_seal() {
    statement::BundleSeal act;
    act.bundle = value_of<statement::BundleId>("bundle");
    act.documents = 12;
    act.manifest = value_of<statement::Digest>("manifest");
    act.recipients = {Person("member 1").fingerprint(), Person("member 2").fingerprint()};
    act.set = 3;
    act.supplements = value_of<statement::BundleId>("earlier bundle");
    return act;
}

inline std::vector<statement::Act> example_acts() {
    using namespace statement;
    const auto document = value_of<DocumentId>("document");
    const Card worker = Person("support worker").card();
    DocumentDeposit plain = example_deposit();
    plain.payloads.erase(Role::preview);
    plain.payloads.erase(Role::word);
    BundleSeal first = example_seal();
    first.supplements.reset();
    return {example_create(),
            example_transfer(),
            DossierErase{},
            DepositorAllow{worker, std::nullopt, std::nullopt, false},
            DepositorAllow{worker, kExampleTime + std::chrono::hours(1), 10, true},
            DepositorRemove{fingerprint(worker)},
            example_deposit(),
            plain,
            DocumentDescribe{document, {value_of<Digest>("metadata"), kMetadataLimit}},
            DocumentErase{document},
            example_grant(),
            GrantRevoke{Person("lawyer").fingerprint(), {document}},
            example_seal(),
            first,
            BundleAcknowledge{first.bundle, first.manifest, {}},
            BundleAcknowledge{first.bundle, first.manifest, {Person("expert").fingerprint()}}};
}

// A statement by J. that says `act`, with the members that its type has.
inline statement::Statement example_statement(const statement::Act& act) {
    using namespace statement;
    Statement statement{std::nullopt, std::nullopt,           Person("J.").fingerprint(),
                        kExampleTime, value_of<Salt>("salt"), act};
    if (!std::holds_alternative<DossierCreate>(act)) {
        statement.dossier = value_of<DossierId>("dossier");
        if (!std::holds_alternative<BundleAcknowledge>(act)) {
            statement.previous = value_of<Digest>("previous");
        }
    }
    return statement;
}

}  // namespace kluis::test
