#include <kluis/base/encoding.hpp>

#include <api/endpoints.hpp>
#include <api/problem.hpp>
#include <api/wire.hpp>
#include <client/connection.hpp>
#include <client/http_service.hpp>
#include <client/reply_lines.hpp>

namespace kluis::client {

namespace {

using namespace api;
using base::Error;
using base::ErrorKind;

constexpr std::size_t kReplyLimit = 64 * 1024 * 1024;
constexpr std::size_t kProblemLimit = 64 * 1024;

// A reply's body as a stream of exactly the length that its head said.
class BodyReader final : public base::Reader {
  public:
    BodyReader(Connection& connection, std::uint64_t length)
        : connection_(connection), left_(length) {}
    ~BodyReader() override {
        if (!ended_) {
            connection_.abandon();
        }
    }

    std::size_t read(base::MutableBytes out) override {
        if (ended_) {
            return 0;
        }
        const auto count = connection_.read_body(out);
        if (count > left_ || (count == 0 && left_ > 0)) {
            throw Error(ErrorKind::unavailable,
                        "the server's reply has another length than it said");
        }
        left_ -= count;
        ended_ = count == 0;
        return count;
    }

  private:
    Connection& connection_;
    std::uint64_t left_;
    bool ended_ = false;
};

// Reads a reply of unknown length (a streamed view) through the connection.
class StreamReader final : public base::Reader {
  public:
    explicit StreamReader(Connection& connection) : connection_(connection) {}
    ~StreamReader() override {
        if (!ended_) {
            connection_.abandon();
        }
    }
    std::size_t read(base::MutableBytes out) override {
        const auto count = ended_ ? 0 : connection_.read_body(out);
        ended_ = count == 0;
        return count;
    }

  private:
    Connection& connection_;
    bool ended_ = false;
};

base::Bytes read_reply(Connection& connection, std::size_t most) {
    StreamReader body(connection);
    return base::read_all(body, most, "the server's reply");
}

void require_success(Connection& connection, const HttpReply& reply) {
    if (reply.status >= 200 && reply.status < 300) {
        return;
    }
    throw error_from_problem(reply.status, read_reply(connection, kProblemLimit));
}

std::map<std::string, std::string> headers_for(const SessionToken* session,
                                               std::string_view content_type) {
    std::map<std::string, std::string> headers;
    headers["Accept"] = "application/json, application/problem+json";
    if (session != nullptr) {
        headers["Authorization"] = "Bearer " + base::base32_encode(session->view());
    }
    if (!content_type.empty()) {
        headers["Content-Type"] = std::string(content_type);
    }
    return headers;
}

class HttpUpload final : public Upload {
  public:
    explicit HttpUpload(Connection& connection) : connection_(&connection) {}
    ~HttpUpload() override {
        if (connection_ != nullptr) {
            connection_->abandon();
        }
    }
    void write(base::ByteView bytes) override {
        if (!connection_->send(bytes)) {
            require_success(*connection_, connection_->finish());
            throw Error(ErrorKind::unavailable, "the server answered before all was sent");
        }
    }
    void finish() override {
        const auto reply = connection_->finish();
        require_success(*connection_, reply);
        read_reply(*connection_, kProblemLimit);
        connection_ = nullptr;
    }

  private:
    Connection* connection_;
};

class HttpService final : public Service {
  public:
    explicit HttpService(const std::string& origin) : connection_(origin) {}

    Status status() override { return parse_status(get(Endpoint::status, {}, nullptr)); }

    statement::Challenge challenge() override {
        const auto json = send(Endpoint::challenge, {}, nullptr, std::nullopt);
        base::JsonMembers members(json, "the challenge");
        const auto challenge =
            base::from_base64<statement::Challenge>(members.string("challenge"), "the challenge");
        members.finish();
        return challenge;
    }

    void register_account(const RegisterRequest& request) override {
        send(Endpoint::register_account, {}, nullptr, to_json(request));
    }

    LoginReply login(const Envelope& login) override {
        return parse_login_reply(send(Endpoint::login, {}, nullptr, statement::to_json(login)));
    }

    void logout(const SessionToken& session) override {
        send(Endpoint::logout, {}, &session, std::nullopt);
    }

    AccountReply account(const SessionToken& session) override {
        return parse_account_reply(get(Endpoint::account, {}, &session));
    }

    void replace_credentials(const SessionToken& session,
                             const CredentialsRequest& request) override {
        send(Endpoint::replace_credentials, {}, &session, to_json(request));
    }

    KeyringReply keyring(const SessionToken& session) override {
        connection_.begin({"GET", path(Endpoint::keyring), headers_for(&session, ""), 0});
        const auto reply = connection_.finish();
        require_success(connection_, reply);
        KeyringReply keyring;
        keyring.sealed = read_reply(connection_, kKeyringLimit);
        keyring.revision = revision_of(reply);
        return keyring;
    }

    std::uint64_t put_keyring(const SessionToken& session, std::uint64_t replaces,
                              const Bytes& sealed) override {
        auto headers = headers_for(&session, "application/octet-stream");
        headers["If-Match"] = '"' + std::to_string(replaces) + '"';
        connection_.begin({"PUT", path(Endpoint::put_keyring), headers, sealed.size()});
        connection_.send(sealed);
        const auto reply = connection_.finish();
        require_success(connection_, reply);
        read_reply(connection_, kProblemLimit);
        return revision_of(reply);
    }

    void invite(const SessionToken& session, const InviteRequest& request) override {
        send(Endpoint::invite, {}, &session, to_json(request));
    }

    Card card(const SessionToken& session, const Fingerprint& fingerprint) override {
        return statement::parse_card(
            get(Endpoint::card, {statement::to_text(fingerprint)}, &session));
    }

    std::vector<DossierReply> dossiers(const SessionToken& session) override {
        return parse_dossiers_reply(get(Endpoint::dossiers, {}, &session));
    }

    void dossier(const SessionToken& session, const DossierId& id, ViewAs as, std::uint64_t from,
                 const std::function<void(ViewRecord)>& record) override;

    SubmitReply submit(const SessionToken& session, const std::optional<DossierId>& dossier,
                       const std::vector<Submission>& run) override {
        return parse_submit_reply(
            dossier ? send(Endpoint::submit, {statement::to_text(*dossier)}, &session, to_json(run))
                    : send(Endpoint::create_dossier, {}, &session, to_json(run)));
    }

    void put_payloads(const SessionToken& session, const DossierId& dossier,
                      const std::vector<SmallPayload>& payloads) override {
        const auto body = encode_payloads(payloads);
        const auto sent = upload(path(Endpoint::put_payloads, {statement::to_text(dossier)}),
                                 session, body.size(), Method::post);
        sent->write(body);
        sent->finish();
    }

    std::unique_ptr<Upload> put_payload(const SessionToken& session, const PayloadTarget& target,
                                        std::uint64_t size) override {
        return upload(path(Endpoint::put_payload,
                           {statement::to_text(target.dossier), statement::to_text(target.document),
                            std::string(statement::name(target.role))}),
                      session, size);
    }

    Download document(const SessionToken& session, const PayloadTarget& target, ViewAs as,
                      const std::optional<ByteRange>& range) override {
        return download(path(Endpoint::document, {statement::to_text(target.dossier),
                                                  statement::to_text(target.document)}) +
                            "?role=" + std::string(statement::name(target.role)) +
                            "&as=" + std::string(name(as)),
                        session, range);
    }

    void reads(const SessionToken& session, const DossierId& id, std::uint64_t from,
               const std::function<void(ReadEntry)>& entry) override {
        ask(path(Endpoint::reads, {statement::to_text(id)}) + "?from=" + std::to_string(from),
            session);
        StreamReader body(connection_);
        read_lines(body, kReadLimit, [&](base::ByteView line) {
            auto parsed = parse_read(line);
            auto* read = std::get_if<ReadEntry>(&parsed);
            if (read != nullptr) {
                entry(std::move(*read));
            }
            return read == nullptr;
        });
    }

    std::unique_ptr<Upload> put_member(const SessionToken& session, const DossierId& dossier,
                                       const BundleId& bundle, Member member,
                                       std::uint64_t size) override {
        return upload(
            path(Endpoint::put_member, {statement::to_text(dossier), statement::to_text(bundle),
                                        std::string(name(member))}),
            session, size);
    }

    Download bundle(const SessionToken& session, const DossierId& dossier, const BundleId& bundle,
                    const std::optional<ByteRange>& range) override {
        return download(
            path(Endpoint::bundle, {statement::to_text(dossier), statement::to_text(bundle)}),
            session, range);
    }

  private:
    // Asks for what comes as a stream, which is read next.
    void ask(std::string target, const SessionToken& session) {
        connection_.begin({"GET", std::move(target), headers_for(&session, ""), 0});
        require_success(connection_, connection_.finish());
    }

    Json get(Endpoint endpoint, const std::vector<std::string>& parameters,
             const SessionToken* session) {
        connection_.begin({"GET", path(endpoint, parameters), headers_for(session, ""), 0});
        return json_reply();
    }

    // A request with a JSON body, or none; the reply's JSON, or an empty object if it has no body.
    Json send(Endpoint endpoint, const std::vector<std::string>& parameters,
              const SessionToken* session, const std::optional<Json>& body) {
        const auto text = body ? base::canonical_json(*body, base::JsonText::utf8) : std::string();
        connection_.begin({api::name(route(endpoint).method), path(endpoint, parameters),
                           headers_for(session, body ? "application/json" : ""), text.size()});
        connection_.send(base::as_bytes(text));
        return json_reply();
    }

    Json json_reply() {
        const auto reply = connection_.finish();
        require_success(connection_, reply);
        const auto body = read_reply(connection_, kReplyLimit);
        return body.empty() ? Json() : base::parse_json(body, "the server's reply");
    }

    std::unique_ptr<Upload> upload(std::string target, const SessionToken& session,
                                   std::uint64_t size, Method method = Method::put) {
        connection_.begin({api::name(method), std::move(target),
                           headers_for(&session, "application/octet-stream"), size});
        return std::make_unique<HttpUpload>(connection_);
    }

    Download download(std::string target, const SessionToken& session,
                      const std::optional<ByteRange>& range) {
        auto headers = headers_for(&session, "");
        if (range) {
            headers["Range"] = "bytes=" + std::to_string(range->first) + "-" +
                               std::to_string(range->first + range->count - 1);
        }
        connection_.begin({"GET", std::move(target), headers, 0});
        const auto reply = connection_.finish();
        require_success(connection_, reply);
        Download download;
        if (!reply.content_length) {
            connection_.abandon();
            throw Error(ErrorKind::unavailable, "the server's reply does not say its length");
        }
        download.length = *reply.content_length;
        download.size = download.length;
        if (reply.status == 206) {
            read_content_range(reply, download);
        }
        if (const auto etag = reply.headers.find("etag"); etag != reply.headers.end()) {
            download.etag = etag->second;
        }
        download.body = std::make_unique<BodyReader>(connection_, download.length);
        return download;
    }

    static void read_content_range(const HttpReply& reply, Download& download) {
        unsigned long long first = 0;
        unsigned long long last = 0;
        unsigned long long size = 0;
        const auto found = reply.headers.find("content-range");
        if (found == reply.headers.end() ||
            std::sscanf(found->second.c_str(), "bytes %llu-%llu/%llu", &first, &last, &size) != 3 ||
            last < first || last - first + 1 != download.length || last >= size) {
            throw Error(ErrorKind::unavailable, "the server's reply names no usable range");
        }
        download.offset = first;
        download.size = size;
    }

    static std::uint64_t revision_of(const HttpReply& reply) {
        const auto etag = reply.headers.find("etag");
        if (etag != reply.headers.end() && etag->second.size() >= 3 && etag->second.size() <= 18) {
            const auto digits = etag->second.substr(1, etag->second.size() - 2);
            if (digits.find_first_not_of("0123456789") == digits.npos) {
                return std::stoull(digits);
            }
        }
        throw Error(ErrorKind::unavailable, "the server's reply names no revision of the keyring");
    }

    Connection connection_;
};

void HttpService::dossier(const SessionToken& session, const DossierId& id, ViewAs as,
                          std::uint64_t from, const std::function<void(ViewRecord)>& record) {
    auto target =
        path(Endpoint::dossier, {statement::to_text(id)}) + "?as=" + std::string(name(as));
    if (from > 0) {
        target += "&from=" + std::to_string(from);
    }
    ask(std::move(target), session);
    StreamReader body(connection_);
    read_records(body, record);
}

}  // namespace

std::unique_ptr<api::Service> http_service(const std::string& origin) {
    return std::make_unique<HttpService>(origin);
}

}  // namespace kluis::client
