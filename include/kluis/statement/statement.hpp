// The statements: every act on a dossier, as a value, and its one encoding.
//
// docs/format.md, "Statements". A payload is RFC 8785 JSON in printable ASCII; parsing refuses
// whatever would not encode to the same bytes. What a statement may do is decided in chain, not
// here: this file knows form only.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <kluis/base/time.hpp>
#include <kluis/statement/card.hpp>
#include <kluis/statement/envelope.hpp>

#include <map>
#include <optional>
#include <variant>

namespace kluis::statement {

// The size of every header with exactly one X25519 stanza, and so of every one that is kept.
inline constexpr std::uint64_t kHeaderSize = 168;

// Bounds on the stored size of a payload: that of a bundle's member; metadata and a word are one
// STREAM chunk of padded JSON, with nonce and tag, a word with its header; a preview is a padded
// picture of at most 8 MiB, with a nonce and a tag for each of its chunks.
inline constexpr std::uint64_t kPayloadLimit = 8'000'000'000;
inline constexpr std::uint64_t kMetadataLimit = 16 + 64 * 1024 + 16;
inline constexpr std::uint64_t kWordLimit = kHeaderSize + kMetadataLimit;
inline constexpr std::uint64_t kPreviewLimit = 16 + 128 * (64 * 1024 + 16);

enum class Role { content, metadata, preview, word };

// The bound of a payload of this role.
std::uint64_t payload_limit(Role role);

// "content", "metadata", "preview", "word".
std::string_view name(Role role);
std::optional<Role> role_named(std::string_view name);

// A payload as stored: nonce || STREAM, without header (a word's: its whole age file).
struct Payload {
    Digest sha256;
    std::uint64_t size = 0;

    friend bool operator==(const Payload&, const Payload&) = default;
};

// Whether `text` may stand for a jurisdiction: 1 to 64 of [a-z0-9-], so that no free text enters a
// statement.
bool is_jurisdiction_code(std::string_view text);

struct DossierCreate {
    static constexpr std::string_view kType = "dossier.create";
    Card card;
    std::string jurisdiction;
};

struct DossierTransfer {
    static constexpr std::string_view kType = "dossier.transfer";
    Card card;
    Envelope consent;  // of type kConsentType, signed by `card`; see consent.hpp
    Digest headers;    // see header_list_digest
};

struct DossierErase {
    static constexpr std::string_view kType = "dossier.erase";
};

struct DepositorAllow {
    static constexpr std::string_view kType = "depositor.allow";
    Card card;
    std::optional<base::Time> until;
    std::optional<std::uint64_t> count;  // at least 1
    bool link = false;  // the card's secret was made by the owner and given away as a link
};

struct DepositorRemove {
    static constexpr std::string_view kType = "depositor.remove";
    Fingerprint depositor;
};

struct DocumentDeposit {
    static constexpr std::string_view kType = "document.deposit";
    DocumentId document;
    std::map<Role, Payload> payloads;  // content and metadata always; no digest twice
    Commitment commitment;
    Digest header;  // of the owner's header
};

struct DocumentDescribe {
    static constexpr std::string_view kType = "document.describe";
    DocumentId document;
    Payload metadata;
};

struct DocumentErase {
    static constexpr std::string_view kType = "document.erase";
    DocumentId document;
};

struct GrantedDocument {
    DocumentId document;
    Digest deposit;                     // payload hash of its deposit statement
    std::optional<Digest> description;  // of its last describe statement, if any
    Digest header;                      // of the grantee's header
};

struct GrantCreate {
    static constexpr std::string_view kType = "grant.create";
    Fingerprint grantee;
    std::optional<base::Time> expires;
    std::vector<GrantedDocument> documents;  // a set by id; never empty
};

struct GrantRevoke {
    static constexpr std::string_view kType = "grant.revoke";
    Fingerprint grantee;
    std::vector<DocumentId> documents;  // a set; never empty
};

struct BundleSeal {
    static constexpr std::string_view kType = "bundle.seal";
    BundleId bundle;
    std::uint64_t documents = 0;  // at least 1
    Digest manifest;
    std::vector<Fingerprint> recipients;  // a set; never empty
    std::uint64_t set = 0;                // version of the recipients' card set
    std::optional<BundleId> supplements;
};

// Outside the chain: it has no `previous`.
struct BundleAcknowledge {
    static constexpr std::string_view kType = "bundle.acknowledge";
    BundleId bundle;
    Digest manifest;
    std::vector<Fingerprint> readers;  // a set; may be empty
};

using Act = std::variant<DossierCreate, DossierTransfer, DossierErase, DepositorAllow,
                         DepositorRemove, DocumentDeposit, DocumentDescribe, DocumentErase,
                         GrantCreate, GrantRevoke, BundleSeal, BundleAcknowledge>;

struct Statement {
    std::optional<DossierId> dossier;  // absent in dossier.create alone
    std::optional<Digest> previous;    // absent in dossier.create and bundle.acknowledge
    Fingerprint actor;
    base::Time time;
    Salt salt;
    Act act;
};

// The value of `type`, for example "document.deposit".
std::string_view type_name(const Act& act);

// The payload. Sorts sets (ascending by text). Throws Error(internal) if parse_statement would
// refuse the result.
base::Bytes encode(const Statement& statement);

// Throws Error(malformed): anything but the one spelling, unknown members, a set that is not
// sorted.
Statement parse_statement(base::ByteView payload);

// What a signature turned out to be under one key.
struct SignatureVerdict {
    crypto::Ed25519Public key;
    bool genuine = false;
};

// A statement with the envelope that it came in: parsed, but not verified.
struct Signed {
    Envelope envelope;
    Statement statement;
    Digest hash;                              // SHA-256 of the payload
    std::optional<SignatureVerdict> known{};  // what check_signature found
};

// Throws Error(malformed) if the envelope is of another type, its payload does not parse, or its
// key id is not the actor.
Signed parse_signed(Envelope envelope);

// Signs `statement` as its actor. REQUIRES: `signer` holds the key of the actor's card.
Signed sign(const Statement& statement, const crypto::Ed25519Signer& signer);

// Whether the card's key signed it, as a statement.
[[nodiscard]] bool is_signed_by(const Signed& statement, const Card& card);

// Finds out what is_signed_by will answer for this card, so that it need not when others wait for
// it. REQUIRES: the envelope is not changed afterwards.
void check_signature(Signed& statement, const Card& card);

// The id of the dossier that this dossier.create opens. REQUIRES: it is one.
DossierId dossier_id(const Signed& create);
// The dossier that a statement is about: the named one, or the one that it opens.
DossierId dossier_of(const Signed& statement);

// The digest that a transfer names: SHA-256 over, in ascending order of the ids' text, id || header
// digest.
Digest header_list_digest(const std::map<DocumentId, Digest>& headers);

}  // namespace kluis::statement
