#include "chunk.hpp"

#include <kluis/age/open/payload_reader.hpp>
#include <kluis/age/seal/parts.hpp>

#include <mutex>

namespace kluis::age {
namespace {

// So many that workers seldom wait for each other's writing, so few that a part stays in a cache.
constexpr std::size_t kPartChunks = 16;
constexpr std::size_t kSealedPartSize = kPartChunks * kSealedChunkSize;

// A part's chunks as they were read, and their plaintext.
class OpenedPart {
  public:
    explicit OpenedPart(const crypto::AeadKey& key)
        : cipher_(key), sealed_(kSealedPartSize), plain_(kPartChunks * kChunkSize) {}
    ~OpenedPart() { crypto::wipe(plain_); }
    OpenedPart(const OpenedPart&) = delete;
    OpenedPart& operator=(const OpenedPart&) = delete;

    base::MutableBytes sealed() { return sealed_; }
    base::ByteView plain() const { return base::ByteView(plain_).first(plain_size_); }
    const char* failure() const { return failure_; }

    // Opens the first `size` bytes, up to the first failure. `last` says that nothing follows.
    void open(std::uint64_t first_index, std::size_t size, bool last) {
        plain_size_ = 0;
        failure_ = nullptr;
        base::ByteView rest = base::ByteView(sealed_).first(size);
        std::uint64_t index = first_index;
        do {
            const base::ByteView chunk = rest.first(std::min(rest.size(), kSealedChunkSize));
            rest = rest.subspan(chunk.size());
            const OpenedChunk opened = open_chunk(cipher_, index++, last && rest.empty(), chunk,
                                                  base::MutableBytes(plain_).subspan(plain_size_));
            plain_size_ += opened.size;
            failure_ = opened.failure;
        } while (!rest.empty() && !failure_);
    }

  private:
    crypto::ChaCha20Poly1305 cipher_;
    base::Bytes sealed_;
    base::Bytes plain_;
    std::size_t plain_size_ = 0;
    const char* failure_ = nullptr;
};

struct StreamSource {
    AheadReader& in;
    base::Writer& out;
    std::uint64_t next_index = 0;
};

class StreamOpener final : public PartWorker {
  public:
    StreamOpener(const crypto::AeadKey& key, StreamSource& source) : part_(key), source_(source) {}

    Taken take() override {
        first_index_ = source_.next_index;
        source_.next_index += kPartChunks;
        size_ = source_.in.fill(part_.sealed());
        last_ = size_ < kSealedPartSize || source_.in.at_end();
        return last_ ? Taken::last_part : Taken::part;
    }
    void work() override { part_.open(first_index_, size_, last_); }
    void give() override {
        if (!part_.plain().empty()) source_.out.write(part_.plain());
        if (part_.failure()) throw_forged(part_.failure());
    }

  private:
    OpenedPart part_;
    StreamSource& source_;
    std::uint64_t first_index_ = 0;
    std::size_t size_ = 0;
    bool last_ = false;
};

struct FileSource {
    const base::FileReader& in;
    std::uint64_t offset;
    std::uint64_t size;
    base::AtomicFile& out;
    const PayloadProgress& progress;
    std::uint64_t next_part = 0;
    // A kernel lets one thread at a time write to a file, and has the others spin.
    std::mutex writing{};
};

class FileOpener final : public PartWorker {
  public:
    FileOpener(const crypto::AeadKey& key, FileSource& source) : part_(key), source_(source) {}

    Taken take() override {
        number_ = source_.next_part++;
        last_ = source_.next_part * kSealedPartSize >= source_.size;
        return last_ ? Taken::last_part : Taken::part;
    }

    void work() override {
        const std::uint64_t at = number_ * kSealedPartSize;
        const std::size_t wanted = std::min<std::uint64_t>(kSealedPartSize, source_.size - at);
        const std::size_t size =
            source_.in.read_at(source_.offset + at, part_.sealed().first(wanted));
        part_.open(number_ * kPartChunks, size, last_);
        if (part_.failure()) throw_forged(part_.failure());
        {
            const std::lock_guard lock(source_.writing);
            source_.out.write_at(number_ * kPartChunks * kChunkSize, part_.plain());
        }
        if (source_.progress) source_.progress(part_.plain().size());
    }

    void give() override {}

  private:
    OpenedPart part_;
    FileSource& source_;
    std::uint64_t number_ = 0;
    bool last_ = false;
};

template <class Worker, class Source>
void run(const crypto::AeadKey& key, Source& source, Giving giving, unsigned count) {
    std::vector<std::unique_ptr<PartWorker>> workers;
    for (unsigned i = 0; i < count; ++i)
        workers.push_back(std::make_unique<Worker>(key, source));
    run_parts(workers, giving);
}

}  // namespace

void decrypt_payload(const FileKey& file_key, base::Reader& payload, base::Writer& out) {
    AheadReader in(payload);
    const crypto::AeadKey key = payload_key(file_key, read_nonce(in));
    StreamSource source{in, out};
    run<StreamOpener>(key, source, Giving::in_order, part_workers());
}

void decrypt_payload(const FileKey& file_key, const base::FileReader& in, std::uint64_t offset,
                     base::AtomicFile& out, const PayloadProgress& progress) {
    const std::uint64_t whole = in.size().value();
    const std::uint64_t size = whole - std::min(whole, offset);
    PayloadNonce nonce;
    if (!plain_size(size) || in.read_at(offset, nonce.writable()) < PayloadNonce::kSize) {
        throw_forged(kCutShort);
    }
    FileSource source{in, offset + PayloadNonce::kSize, size - PayloadNonce::kSize, out, progress};
    run<FileOpener>(payload_key(file_key, nonce), source, Giving::independent,
                    source.size <= kSealedPartSize ? 1 : part_workers());
}

}  // namespace kluis::age
