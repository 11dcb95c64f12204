// Payloads on their way into a dossier: small ones are gathered and sent together, so that hundreds
// of scans cost one request and one wait for the server's disk; a large one is sent by itself.
//
// Thread-safety: one thread at a time, each with its own service.
#pragma once

#include <api/service.hpp>

namespace kluis::client {

class PayloadSender {
  public:
    // `service` and `session` must outlive this.
    PayloadSender(api::Service& service, const api::SessionToken& session,
                  const statement::DossierId& dossier)
        : service_(service), session_(session), dossier_(dossier) {}

    // Takes a payload that is in memory. Throws as api::Service does.
    void send(const statement::DocumentId& document, statement::Role role, base::Bytes stored);

    // A payload of `size` bytes as a stream, to be ended with `finish`. Must not outlive this.
    std::unique_ptr<api::Upload> stream(const statement::DocumentId& document, statement::Role role,
                                        std::uint64_t size);

    // Whether so much is gathered, or was sent by itself, that `flush` should not wait.
    bool is_due() const { return streamed_ || bytes_ >= kDue; }

    // Sends what is gathered: all that was taken is durable when this returns. What throws is
    // gathered no more.
    void flush();

  private:
    class Gathering;
    static constexpr std::size_t kDue = 2 * 1024 * 1024;

    api::Service& service_;
    const api::SessionToken& session_;
    statement::DossierId dossier_;
    std::vector<api::SmallPayload> gathered_;
    std::size_t bytes_ = 0;  // of the request that they will make
    bool streamed_ = false;  // whether a large one was sent since the last flush
};

}  // namespace kluis::client
