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

// A body that gives these bytes, and then ends or breaks off.
class GivenBody final : public base::Reader {
  public:
    explicit GivenBody(base::Bytes bytes, bool breaks = false)
        : bytes_(std::move(bytes)), reader_(bytes_), breaks_(breaks) {}

    std::size_t read(base::MutableBytes out) override {
        const auto count = reader_.read(out);
        if (count == 0 && breaks_) {
            throw base::Error(base::ErrorKind::unavailable, "the line is down");
        }
        return count;
    }

  private:
    base::Bytes bytes_;
    base::MemoryReader reader_;
    bool breaks_;
};

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
    std::function<void()> payload;   // before a payload is passed on by itself
    std::function<void(base::Bytes&)> document;
    // Of a document too, after `document`: its sizes and place as well, and what was asked for.
    std::function<void(api::Download&, const std::optional<api::ByteRange>&)> download;
    std::function<void(base::Bytes&)> read;  // each entry of the record of reads
    std::function<void(base::Bytes&)> bundle;
    std::function<void()> put_keyring;  // before it is passed on
    std::function<void()> registering;  // before a registration is passed on
    std::function<void()> registered;   // after it was
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
    void note(const std::vector<api::SmallPayload>& sent);

    api::Service& real() { return real_; }

    Mischief mischief;
    std::vector<api::Envelope> logins;               // as they were sent
    std::vector<std::vector<api::Submission>> runs;  // likewise
    std::vector<base::Bytes> registered;             // the JSON of each registration, likewise
    std::vector<api::SmallPayload> payloads;         // that were sent together, likewise

  private:
    api::Service& real_;
    mutable std::mutex mutex_;
    std::vector<std::string> calls_;
};

}  // namespace kluis::test
