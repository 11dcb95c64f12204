#include <client/payload_sender.hpp>

#include <utility>

namespace kluis::client {

// A small payload that is written piece by piece.
class PayloadSender::Gathering final : public api::Upload {
  public:
    Gathering(PayloadSender& sender, const statement::DocumentId& document, statement::Role role,
              std::size_t size)
        : sender_(sender), document_(document), role_(role) {
        stored_.reserve(size);
    }

    void write(base::ByteView bytes) override { base::append(stored_, bytes); }
    void finish() override { sender_.send(document_, role_, std::move(stored_)); }

  private:
    PayloadSender& sender_;
    statement::DocumentId document_;
    statement::Role role_;
    base::Bytes stored_;
};

void PayloadSender::send(const statement::DocumentId& document, statement::Role role,
                         base::Bytes stored) {
    if (stored.size() > api::kSmallPayload) {
        const auto upload = stream(document, role, stored.size());
        upload->write(stored);
        upload->finish();
        return;
    }
    const std::size_t bytes = api::kPayloadFrame + stored.size();
    if (bytes_ + bytes > api::kPayloadsLimit) flush();
    bytes_ += bytes;
    gathered_.push_back({document, role, std::move(stored)});
}

std::unique_ptr<api::Upload> PayloadSender::stream(const statement::DocumentId& document,
                                                   statement::Role role, std::uint64_t size) {
    if (size <= api::kSmallPayload) {
        return std::make_unique<Gathering>(*this, document, role, static_cast<std::size_t>(size));
    }
    streamed_ = true;
    return service_.put_payload(session_, {dossier_, document, role}, size);
}

void PayloadSender::flush() {
    streamed_ = false;
    if (gathered_.empty()) return;
    const auto payloads = std::exchange(gathered_, {});
    bytes_ = 0;
    service_.put_payloads(session_, dossier_, payloads);
}

}  // namespace kluis::client
