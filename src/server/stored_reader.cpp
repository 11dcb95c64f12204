#include <server/stored_reader.hpp>

#include <algorithm>

namespace kluis::server {

namespace {

base::Error gone() {
    return base::Error(base::ErrorKind::storage,
                       "a payload is gone or cut short: run kluisd check");
}

class StoredReader final : public base::Reader {
  public:
    StoredReader(StoredFile file, const store::BlobStore& blobs, std::uint64_t first,
                 std::uint64_t count)
        : file_(std::move(file)), blobs_(blobs), position_(first), left_(count) {}

    std::size_t read(base::MutableBytes out) override {
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), left_));
        if (count == 0) return 0;
        file_.read_at(blobs_, position_, out.first(count));
        position_ += count;
        left_ -= count;
        return count;
    }

  private:
    StoredFile file_;
    const store::BlobStore& blobs_;
    std::uint64_t position_;
    std::uint64_t left_;
};

}  // namespace

void StoredFile::read_at(const store::BlobStore& blobs, std::uint64_t offset,
                         base::MutableBytes out) {
    std::size_t done = 0;
    if (offset < header_.size()) {
        done = std::min<std::size_t>(out.size(), header_.size() - static_cast<std::size_t>(offset));
        std::copy_n(header_.begin() + static_cast<std::ptrdiff_t>(offset), done, out.begin());
    }
    if (done < out.size()) {
        read_payload(blobs, offset + done - header_.size(), out.subspan(done));
    }
}

void StoredFile::identify(crypto::Sha256& hash) const {
    hash.update(base::big_endian(header_.size()))
        .update(header_)
        .update(base::big_endian(payload_.size))
        .update(payload_.sha256);
}

void StoredFile::read_payload(const store::BlobStore& blobs, std::uint64_t offset,
                              base::MutableBytes out) {
    if (const auto* row = std::get_if<base::Bytes>(&payload_.location)) {
        if (offset > row->size() || out.size() > row->size() - offset) throw gone();
        std::copy_n(row->begin() + static_cast<std::ptrdiff_t>(offset), out.size(), out.begin());
        return;
    }
    if (!blob_) blob_ = blobs.open(std::get<store::BlobId>(payload_.location));
    if (!blob_ || blob_->read_at(offset, out) != out.size()) throw gone();
}

std::unique_ptr<base::Reader> read_stored(StoredFile file, const store::BlobStore& blobs,
                                          std::uint64_t first, std::uint64_t count) {
    return std::make_unique<StoredReader>(std::move(file), blobs, first, count);
}

}  // namespace kluis::server
