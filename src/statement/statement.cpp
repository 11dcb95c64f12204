#include <kluis/statement/statement.hpp>

namespace kluis::statement {

using base::Error;
using base::ErrorKind;

namespace {

constexpr std::size_t kJurisdictionLimit = 64;
constexpr std::pair<Role, std::string_view> kRoles[] = {{Role::content, "content"},
                                                        {Role::metadata, "metadata"},
                                                        {Role::preview, "preview"},
                                                        {Role::word, "word"}};

}  // namespace

std::string_view name(Role role) {
    return std::ranges::find(kRoles, role, &std::pair<Role, std::string_view>::first)->second;
}

std::optional<Role> role_named(std::string_view name) {
    const auto* found = std::ranges::find(kRoles, name, &std::pair<Role, std::string_view>::second);
    if (found == std::end(kRoles)) return std::nullopt;
    return found->first;
}

std::uint64_t payload_limit(Role role) {
    switch (role) {
        case Role::content:
            return kPayloadLimit;
        case Role::metadata:
            return kMetadataLimit;
        case Role::preview:
            return kPreviewLimit;
        case Role::word:
            return kWordLimit;
    }
    return 0;
}

bool is_jurisdiction_code(std::string_view text) {
    return !text.empty() && text.size() <= kJurisdictionLimit &&
           std::ranges::all_of(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
           });
}

std::string_view type_name(const Act& act) {
    return std::visit([](const auto& value) { return value.kType; }, act);
}

Signed parse_signed(Envelope envelope) {
    if (envelope.payload_type != kStatementType) {
        throw Error(ErrorKind::malformed, "this is not a statement");
    }
    Statement statement = parse_statement(envelope.payload);
    if (envelope.key_id != to_text(statement.actor)) {
        throw Error(ErrorKind::malformed, "a statement's key id is not its actor's");
    }
    const Digest hash = payload_hash(envelope);
    return {std::move(envelope), std::move(statement), hash, std::nullopt};
}

Signed sign(const Statement& statement, const crypto::Ed25519Signer& signer) {
    return parse_signed(sign(kStatementType, encode(statement), signer, to_text(statement.actor)));
}

bool is_signed_by(const Signed& statement, const Card& card) {
    if (statement.known && statement.known->key == card.signing) return statement.known->genuine;
    return verify(statement.envelope, kStatementType, card.signing);
}

void check_signature(Signed& statement, const Card& card) {
    statement.known = {card.signing, verify(statement.envelope, kStatementType, card.signing)};
}

DossierId dossier_id(const Signed& create) {
    return DossierId::from(create.hash.view().first(DossierId::kSize));
}

DossierId dossier_of(const Signed& statement) {
    return statement.statement.dossier ? *statement.statement.dossier : dossier_id(statement);
}

Digest header_list_digest(const std::map<DocumentId, Digest>& headers) {
    const std::map<DocumentId, Digest, TextOrder> ordered(headers.begin(), headers.end());
    crypto::Sha256 hash;
    for (const auto& [document, header] : ordered)
        hash.update(document).update(header);
    return hash.finish();
}

}  // namespace kluis::statement
