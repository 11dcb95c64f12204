// Requests and replies of the API as values, with their JSON. Parsers are strict: unknown members
// are refused, in requests and in replies, and everything is bounded.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <kluis/base/json.hpp>
#include <kluis/crypto/secret.hpp>
#include <kluis/statement/login.hpp>
#include <kluis/statement/statement.hpp>

#include <map>
#include <optional>

namespace kluis::api {

using base::Bytes;
using base::Json;
using base::Time;
using statement::BundleId;
using statement::Card;
using statement::Digest;
using statement::DocumentId;
using statement::DossierId;
using statement::Envelope;
using statement::Fingerprint;
using statement::Handle;
using statement::Role;

// The version of all formats that this program writes and reads; another is refused.
inline constexpr std::uint64_t kFormat = 0;

inline constexpr std::size_t kRequestLimit = 16 * 1024 * 1024;  // of a JSON body
inline constexpr std::size_t kRunLimit = 1000;                  // statements in a run
inline constexpr std::size_t kSealedSecretLimit = 256;
inline constexpr std::size_t kKeyringLimit = 16 * 1024 * 1024;
inline constexpr std::uint64_t kInviteLimit = 1000;       // of those that a code lets invite
inline constexpr std::size_t kHeaderLimit = 1024;         // of a header, with one stanza
inline constexpr std::uint64_t kDossiersLimit = 100'000;  // in a reply

struct SessionTokenTag {
    static constexpr const char* kName = "session token";
};
// 32 random bytes; `Authorization: Bearer` with their base32. Hashed at rest.
using SessionToken = crypto::SecretBytes<SessionTokenTag, 32>;

// What the server is, before logging in.
struct Status {
    std::string origin;  // what a login must name
    Time now;
    std::uint64_t format = kFormat;
};

struct InvitationTag {
    static constexpr const char* kName = "invitation code";
};
// 16 random bytes, in base32.
using InvitationCode = crypto::SecretBytes<InvitationTag, 16>;

// Its maker chooses the code, so that asking again after a lost reply makes no second invitation.
struct InviteRequest {
    InvitationCode invitation;
    std::uint64_t may_invite = 0;
};

struct RegisterRequest {
    InvitationCode invitation;
    Card card;
    Envelope credentials;  // the first: no `previous`; names handle and login key
    Bytes sealed_secret;
};

// The account's half that its owner gets after logging in.
struct AccountReply {
    Card card;
    Handle handle;
    Bytes sealed_secret;
    Envelope credentials;
    std::uint64_t may_invite = 0;
};

struct LoginReply {
    SessionToken token;
    Time expires;
    Fingerprint card;
    std::optional<AccountReply> account;  // absent for a card without account
};

struct CredentialsRequest {
    Envelope credentials;
    Bytes sealed_secret;
};

struct KeyringReply {
    std::uint64_t revision = 0;  // 0: none yet
    Bytes sealed;
};

enum class ViewAs { owner, depositor, grantee };
std::string_view name(ViewAs as);
std::optional<ViewAs> view_named(std::string_view name);

// Who owns the dossier is told its head and length, who may deposit in it the head; a grantee
// neither, since they tell of documents that are not his.
struct DossierReply {
    DossierId id;
    std::optional<Digest> head;
    std::optional<std::uint64_t> length;
    std::vector<ViewAs> as;
};

struct DocumentHeader {
    DocumentId document;
    Bytes header;
};

// One statement and the headers that come beside it, in order.
struct Submission {
    Envelope envelope;
    std::vector<DocumentHeader> headers;
};

struct SubmitReply {
    Digest head;  // after the run
};

// What an uploaded member of a bundle may be: "case", "manifest", "seal", "readers".
enum class Member { case_key, manifest, seal, readers };
std::string_view name(Member member);
std::optional<Member> member_named(std::string_view name);

Json to_json(const Status&);
Json to_json(const RegisterRequest&);
Json to_json(const AccountReply&);
Json to_json(const LoginReply&);
Json to_json(const CredentialsRequest&);
Json to_json(const std::vector<DossierReply>&);
Json to_json(const std::vector<Submission>&);
Json to_json(const SubmitReply&);

Status parse_status(const Json&);
RegisterRequest parse_register_request(const Json&);
AccountReply parse_account_reply(const Json&);
LoginReply parse_login_reply(const Json&);
CredentialsRequest parse_credentials_request(const Json&);
std::vector<DossierReply> parse_dossiers_reply(const Json&);
std::vector<Submission> parse_submissions(const Json&);
SubmitReply parse_submit_reply(const Json&);

// --- a dossier's view: JSON lines, read and written as a stream ---

// First line: an owner's has head and length, a depositor's the head, a grantee's a digest over
// what is shown to him. `erased` is the envelope of dossier.erase if the dossier was erased: then
// that is the head for all, there is no length, and no line follows but the end.
struct ViewBegin {
    DossierId id;
    ViewAs as = ViewAs::owner;
    std::optional<Digest> head;
    std::optional<std::uint64_t> length;
    std::optional<Digest> shown;
    std::optional<Envelope> erased;
};
struct ViewCard {
    Card card;
};
struct ViewStatement {
    Envelope envelope;
};
struct ViewDocument {
    DocumentId id;
    Bytes header;    // for the viewer's card
    Bytes metadata;  // the stored payload that counts now
    std::optional<Bytes> word;
};
// Last line: its absence means that the reply was cut short. It has `head` or `shown`, whichever
// the first line has: if they differ, the view changed meanwhile and is to be asked for again.
struct ViewEnd {
    std::optional<Digest> head;
    std::optional<Digest> shown;
};
using ViewRecord = std::variant<ViewBegin, ViewCard, ViewStatement, ViewDocument, ViewEnd>;

// One line, with its line end; and its inverse, without.
std::string encode_record(const ViewRecord& record);
ViewRecord parse_record(base::ByteView line);
inline constexpr std::size_t kRecordLimit = 6 * 1024 * 1024;

// --- the owner's record of reads: JSON lines likewise ---

struct ReadEntry {
    std::uint64_t place = 0;  // in the record, ascending
    Bytes sealed;             // an age file for the owner's card
};
// Last line.
struct ReadsEnd {};
using ReadLine = std::variant<ReadEntry, ReadsEnd>;

std::string encode_read(const ReadLine& line);
ReadLine parse_read(base::ByteView line);
inline constexpr std::size_t kReadLimit = 16 * 1024;

}  // namespace kluis::api
