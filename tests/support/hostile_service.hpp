// A server that lies: it passes every call on to a true service, keeps a record of what was asked,
// and lets a test alter each reply, or answer instead.
//
// Thread-safety: the record is locked; a HostileServer's mischief is set while no call is under
// way.
#pragma once

#include <api/service.hpp>

#include <mutex>
#include <string>
#include <vector>

namespace kluis::test {

// What becomes of replies; what is not set stays true.
struct Mischief {
    std::function<void(api::Status&)> status;
    std::function<void(statement::Challenge&)> challenge;
    std::function<void(api::LoginReply&)> login;
    std::function<void(api::KeyringReply&)> keyring;
    std::function<void(api::Card&)> card;
    std::function<void(std::vector<api::DossierReply>&)> dossiers;
    std::function<void(std::vector<api::ViewRecord>&)> view;
    std::function<void()> run;  // before a run is passed on
    std::function<void(api::SubmitReply&)> submit;
    // Whether a run is said to be accepted without being passed on.
    bool swallow_runs = false;
    std::function<void()> payloads;  // before payloads sent together are passed on
    std::function<void(base::Bytes&)> document;
    std::function<void(base::Bytes&)> read;  // each entry of the record of reads
    std::function<void(base::Bytes&)> bundle;
    std::function<void()> put_keyring;  // before it is passed on
};

class HostileServer {
  public:
    // `real` must outlive this.
    explicit HostileServer(api::Service& real) : real_(real) {}

    // A connection to this server, for any origin. This must outlive it.
    std::unique_ptr<api::Service> connect();

    // The names of the calls since the last `forget`, in order.
    std::vector<std::string> calls() const;
    std::size_t count(const std::string& call) const;
    void forget();
    void note(const std::string& call);

    api::Service& real() { return real_; }

    Mischief mischief;
    std::vector<api::Envelope> logins;               // as they were sent
    std::vector<std::vector<api::Submission>> runs;  // likewise
    std::vector<base::Bytes> registered;             // the JSON of each registration, likewise

  private:
    api::Service& real_;
    mutable std::mutex mutex_;
    std::vector<std::string> calls_;
};

}  // namespace kluis::test
