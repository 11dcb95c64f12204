// Someone who uses a server over HTTP: joins by an invitation, opens a dossier, uploads.
#pragma once

#include "http_client.hpp"
#include "support/person.hpp"

#include <kluis/age/seal/header.hpp>
#include <kluis/crypto/random.hpp>

#include <api/endpoints.hpp>
#include <api/wire.hpp>

namespace kluis::test {

inline std::string text_of(const base::Json& json) {
    return base::canonical_json(json, base::JsonText::utf8);
}

class Visitor {
  public:
    Visitor(std::uint16_t port, const std::string& name)
        : person(name),
          port_(port),
          origin_("http://127.0.0.1:" + std::to_string(port)),
          client_(std::make_unique<HttpClient>(port)) {}

    void join(const std::string& invitation) {
        const base::Bytes secret(72, 1);
        const statement::Credentials credentials{
            person.fingerprint(),   statement::random_handle(), person.signer().public_key(),
            crypto::sha256(secret), base::system_clock().now(), std::nullopt};
        const api::RegisterRequest request{
            api::invitation_from_text(invitation), person.card(),
            statement::sign_credentials(credentials, person.signer()), secret};
        require(post("/accounts", text_of(api::to_json(request))), 204);
        log_in();
    }

    void log_in() {
        const auto challenge = api::parse_challenge(json(post("/challenges", "")));
        const auto login =
            statement::sign_login({origin_, challenge, person.fingerprint()}, person.signer());
        const auto reply =
            api::parse_login_reply(json(post("/sessions", text_of(statement::to_json(login)))));
        session = "Authorization: " + api::bearer_text(reply.token) + "\r\n";
    }

    // Opens a dossier of one's own.
    void create() {
        const auto opened =
            submit(statement::DossierCreate{person.card(), "nl-commissie-2025"}, {}, "/dossiers");
        dossier = statement::dossier_id(opened);
    }

    // Deposits a document with this content.
    statement::DocumentId deposit(const std::string& content) {
        const auto id = crypto::random_value<statement::DocumentId>();
        const std::string metadata = "metadata of " + statement::to_text(id);
        require(put(id, "content", content), 204);
        require(put(id, "metadata", metadata), 204);
        header = age::make_header(crypto::random_secret<age::FileKey>(),
                                  age::X25519Recipient(person.card().recipient));
        statement::DocumentDeposit act;
        act.document = id;
        act.payloads[api::Role::content] = payload(content);
        act.payloads[api::Role::metadata] = payload(metadata);
        act.commitment = crypto::random_value<statement::Commitment>();
        act.header = crypto::sha256(header);
        submit(act, {{id, header}}, "/dossiers/" + statement::to_text(*dossier) + "/statements");
        return id;
    }

    // A statement by this person on that head (which dossier.create has not), not yet said.
    statement::Signed sign(const statement::Act& act, const statement::Digest& previous) const {
        statement::Statement said;
        said.actor = person.fingerprint();
        said.time = base::system_clock().now();
        said.salt = crypto::random_value<statement::Salt>();
        said.act = act;
        if (dossier) {
            said.dossier = dossier;
            said.previous = previous;
        }
        return statement::sign(said, person.signer());
    }

    // Hands a statement to the server, whosever it is.
    HttpReply say(const statement::Envelope& envelope) {
        const std::vector<api::Submission> run{{envelope, {}}};
        return post("/dossiers/" + statement::to_text(*dossier) + "/statements",
                    text_of(api::to_json(run)));
    }

    // The head as this person's last statement made it.
    const statement::Digest& head() const { return head_; }

    HttpReply put(const statement::DocumentId& id, const std::string& role,
                  const std::string& bytes) {
        return client().request("PUT", payload_path(id, role),
                                session + "Content-Type: application/octet-stream\r\n", bytes);
    }

    HttpReply get(const std::string& target, const std::string& headers = {}) {
        return client().request("GET", "/api/v1" + target, session + headers);
    }

    HttpReply post(const std::string& target, const std::string& body) {
        const std::string type = body.empty() ? "" : "Content-Type: application/json\r\n";
        return client().request("POST", "/api/v1" + target, session + type, body);
    }

    std::string payload_path(const statement::DocumentId& id, const std::string& role) const {
        return api::path(api::Endpoint::put_payload,
                         {statement::to_text(*dossier), statement::to_text(id), role});
    }

    std::string document(const statement::DocumentId& id) const {
        return "/dossiers/" + statement::to_text(*dossier) + "/documents/" +
               statement::to_text(id) + "?as=owner";
    }

    HttpClient& client() { return *client_; }
    void reconnect(std::uint16_t port) {
        port_ = port;
        origin_ = "http://127.0.0.1:" + std::to_string(port);
        client_ = std::make_unique<HttpClient>(port);
    }

    Person person;
    std::string session;
    std::optional<statement::DossierId> dossier;
    base::Bytes header;  // of the last deposit

  private:
    static statement::Payload payload(const std::string& bytes) {
        return {crypto::sha256(base::as_bytes(bytes)), bytes.size()};
    }
    static void require(const HttpReply& reply, int status) {
        if (reply.status != status) throw std::runtime_error("refused: " + reply.body);
    }
    static base::Json json(const HttpReply& reply) {
        require(reply, 200);
        return base::parse_json(base::as_bytes(reply.body), "reply");
    }

    statement::Signed submit(const statement::Act& act, std::vector<api::DocumentHeader> headers,
                             const std::string& target) {
        auto made = sign(act, head_);
        const std::vector<api::Submission> run{{made.envelope, std::move(headers)}};
        const auto reply = api::parse_submit_reply(json(post(target, text_of(api::to_json(run)))));
        head_ = reply.head;
        return made;
    }

    std::uint16_t port_;
    std::string origin_;
    std::unique_ptr<HttpClient> client_;
    statement::Digest head_;
};

}  // namespace kluis::test
