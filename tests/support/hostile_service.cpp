#include <support/hostile_service.hpp>

#include <algorithm>

namespace kluis::test {

namespace {

template <class Reply>
void alter(const std::function<void(Reply&)>& mischief, Reply& reply) {
    if (mischief) mischief(reply);
}

api::Download altered(api::Download download, const std::function<void(base::Bytes&)>& mischief) {
    if (!mischief) return download;
    auto bytes = base::read_all(*download.body, 64 * 1024 * 1024, "a download");
    const auto before = bytes.size();
    mischief(bytes);
    download.size = download.size - before + bytes.size();
    download.length = bytes.size();
    download.body = std::make_unique<GivenBody>(std::move(bytes));
    return download;
}

class HostileService final : public api::Service {
  public:
    explicit HostileService(HostileServer& server) : server_(server), real_(server.real()) {}

    api::Status status() override {
        server_.note("status");
        auto reply = real_.status();
        alter(lie().status, reply);
        return reply;
    }
    statement::Challenge challenge() override {
        server_.note("challenge");
        auto reply = real_.challenge();
        alter(lie().challenge, reply);
        return reply;
    }
    void register_account(const api::RegisterRequest& request) override {
        server_.note("register_account");
        server_.registered.push_back(
            base::to_bytes(base::canonical_json(api::to_json(request), base::JsonText::ascii)));
        if (lie().registering) lie().registering();
        real_.register_account(request);
        if (lie().registered) lie().registered();
    }
    api::LoginReply login(const api::Envelope& login) override {
        server_.note("login");
        server_.logins.push_back(login);
        auto reply = real_.login(login);
        alter(lie().login, reply);
        return reply;
    }
    void logout(const api::SessionToken& session) override {
        server_.note("logout");
        real_.logout(session);
    }
    api::AccountReply account(const api::SessionToken& session) override {
        server_.note("account");
        return real_.account(session);
    }
    void replace_credentials(const api::SessionToken& session,
                             const api::CredentialsRequest& request) override {
        server_.note("replace_credentials");
        real_.replace_credentials(session, request);
    }
    api::KeyringReply keyring(const api::SessionToken& session) override {
        server_.note("keyring");
        auto reply = real_.keyring(session);
        alter(lie().keyring, reply);
        return reply;
    }
    std::uint64_t put_keyring(const api::SessionToken& session, std::uint64_t replaces,
                              const api::Bytes& sealed) override {
        server_.note("put_keyring");
        if (lie().put_keyring) lie().put_keyring();
        return real_.put_keyring(session, replaces, sealed);
    }
    void invite(const api::SessionToken& session, const api::InviteRequest& request) override {
        server_.note("invite");
        real_.invite(session, request);
    }
    api::Card card(const api::SessionToken& session, const api::Fingerprint& fingerprint) override {
        server_.note("card");
        auto reply = real_.card(session, fingerprint);
        alter(lie().card, reply);
        return reply;
    }
    std::vector<api::DossierReply> dossiers(const api::SessionToken& session) override {
        server_.note("dossiers");
        auto reply = real_.dossiers(session);
        alter(lie().dossiers, reply);
        return reply;
    }
    void dossier(const api::SessionToken& session, const api::DossierId& id, api::ViewAs as,
                 std::uint64_t from, const std::function<void(api::ViewRecord)>& record) override {
        server_.note("dossier");
        std::vector<api::ViewRecord> records;
        real_.dossier(session, id, as, from,
                      [&](api::ViewRecord next) { records.push_back(std::move(next)); });
        alter(lie().view, records);
        for (auto& next : records)
            record(std::move(next));
    }
    api::SubmitReply submit(const api::SessionToken& session,
                            const std::optional<api::DossierId>& dossier,
                            const std::vector<api::Submission>& run) override {
        server_.note("submit");
        server_.runs.push_back(run);
        if (lie().run) lie().run();
        api::SubmitReply reply;
        if (lie().swallow_runs) {
            reply.head = statement::payload_hash(run.back().envelope);
        } else {
            reply = real_.submit(session, dossier, run);
        }
        alter(lie().submit, reply);
        return reply;
    }
    void put_payloads(const api::SessionToken& session, const api::DossierId& dossier,
                      const std::vector<api::SmallPayload>& payloads) override {
        server_.note("put_payloads");
        server_.note(payloads);
        if (lie().payloads) lie().payloads();
        real_.put_payloads(session, dossier, payloads);
    }
    std::unique_ptr<api::Upload> put_payload(const api::SessionToken& session,
                                             const api::PayloadTarget& target,
                                             std::uint64_t size) override {
        server_.note("put_payload");
        if (lie().payload) lie().payload();
        return real_.put_payload(session, target, size);
    }
    api::Download document(const api::SessionToken& session, const api::PayloadTarget& target,
                           api::ViewAs as, const std::optional<api::ByteRange>& range) override {
        server_.note("document");
        auto reply = altered(real_.document(session, target, as, range), lie().document);
        if (lie().download) lie().download(reply, range);
        return reply;
    }
    void reads(const api::SessionToken& session, const api::DossierId& id, std::uint64_t from,
               const std::function<void(api::ReadEntry)>& entry) override {
        server_.note("reads");
        real_.reads(session, id, from, [&](api::ReadEntry read) {
            alter(lie().read, read.sealed);
            entry(std::move(read));
        });
    }
    std::unique_ptr<api::Upload> put_member(const api::SessionToken& session,
                                            const api::DossierId& dossier,
                                            const api::BundleId& bundle, api::Member member,
                                            std::uint64_t size) override {
        server_.note("put_member");
        return real_.put_member(session, dossier, bundle, member, size);
    }
    api::Download bundle(const api::SessionToken& session, const api::DossierId& dossier,
                         const api::BundleId& bundle,
                         const std::optional<api::ByteRange>& range) override {
        server_.note("bundle");
        return altered(real_.bundle(session, dossier, bundle, range), lie().bundle);
    }

  private:
    const Mischief& lie() const { return server_.mischief; }

    HostileServer& server_;
    api::Service& real_;
};

}  // namespace

std::unique_ptr<api::Service> HostileServer::connect() {
    return std::make_unique<HostileService>(*this);
}

std::vector<std::string> HostileServer::calls() const {
    const std::lock_guard lock(mutex_);
    return calls_;
}

std::size_t HostileServer::count(const std::string& call) const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(std::ranges::count(calls_, call));
}

void HostileServer::forget() {
    const std::lock_guard lock(mutex_);
    calls_.clear();
    logins.clear();
    runs.clear();
    registered.clear();
}

void HostileServer::note(const std::string& call) {
    const std::lock_guard lock(mutex_);
    calls_.push_back(call);
}

void HostileServer::note(const std::vector<api::SmallPayload>& sent) {
    const std::lock_guard lock(mutex_);
    payloads.insert(payloads.end(), sent.begin(), sent.end());
}

}  // namespace kluis::test
