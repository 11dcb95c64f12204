#include <kluis/age/seal/split.hpp>

#include <server/payload_upload.hpp>
#include <server/refusal.hpp>

#include <algorithm>

namespace kluis::server {

namespace {

class PayloadUpload final : public api::Upload {
  public:
    PayloadUpload(store::BlobStore& blobs, UploadPlan plan)
        : blobs_(blobs), plan_(std::move(plan)) {
        if (plan_.size > store::kInlineLimit) {
            blob_ = blobs_.create();
        } else {
            row_.reserve(static_cast<std::size_t>(plan_.size));
        }
    }

    void write(base::ByteView bytes) override {
        if (bytes.size() > plan_.size - received_) throw refusal("malformed");
        received_ += bytes.size();
        hash_.update(bytes);
        if (plan_.beginning == Beginning::one_stanza && start_.size() < api::kHeaderLimit) {
            base::append(start_,
                         bytes.first(std::min(bytes.size(), api::kHeaderLimit - start_.size())));
        }
        if (blob_) {
            blob_->write(bytes);
        } else {
            base::append(row_, bytes);
        }
    }

    void finish() override {
        if (received_ != plan_.size) throw refusal("malformed");
        if (plan_.beginning == Beginning::one_stanza) require_one_stanza(start_);
        store::StoredPayload payload{std::move(row_), received_, hash_.finish()};
        if (!blob_) {
            plan_.keep(std::move(payload));
            return;
        }
        const store::BlobId id = blob_->finish();
        payload.location = id;
        try {
            plan_.keep(std::move(payload));
        } catch (...) {
            blobs_.remove(id);
            throw;
        }
    }

  private:
    store::BlobStore& blobs_;
    UploadPlan plan_;
    std::unique_ptr<store::BlobUpload> blob_;
    base::Bytes row_;
    base::Bytes start_;
    crypto::Sha256 hash_;
    std::uint64_t received_ = 0;
};

}  // namespace

void require_one_stanza(base::ByteView stored) {
    try {
        const auto size =
            age::header_size(stored.first(std::min(stored.size(), api::kHeaderLimit)));
        if (!size) throw refusal("header-refused");
        age::require_single_x25519_stanza(stored.first(*size));
    } catch (const base::Error&) {
        throw refusal("header-refused");
    }
}

std::unique_ptr<api::Upload> receive_payload(store::BlobStore& blobs, UploadPlan plan) {
    return std::make_unique<PayloadUpload>(blobs, std::move(plan));
}

}  // namespace kluis::server
