#include <kluis/age/seal/parts.hpp>
#include <kluis/age/seal/payload_writer.hpp>

#include <limits>
#include <mutex>

namespace kluis::age {
namespace {

// So many that workers seldom wait for each other's writing, so few that a part stays in a cache.
constexpr std::size_t kPartChunks = 16;
constexpr std::uint64_t kPartSize = kPartChunks * kChunkSize;

// A part's chunks, each with room for its tag, sealed in place.
class SealedPart {
  public:
    explicit SealedPart(const crypto::AeadKey& key)
        : cipher_(key), buffer_(kPartChunks * kSealedChunkSize) {}
    // Wipes what was not sealed, since something threw.
    ~SealedPart() { crypto::wipe(buffer_); }
    SealedPart(const SealedPart&) = delete;
    SealedPart& operator=(const SealedPart&) = delete;

    void clear() { chunks_ = 0; }
    std::size_t chunks() const { return chunks_; }
    base::MutableBytes next_chunk() {
        return base::MutableBytes(buffer_).subspan(chunks_ * kSealedChunkSize, kChunkSize);
    }
    // The next chunk holds `size` bytes; only the last one of a payload may hold less than all.
    void add(std::size_t size) {
        ++chunks_;
        last_size_ = size;
    }
    bool full() const { return chunks_ == kPartChunks && last_size_ == kChunkSize; }

    base::ByteView seal(std::uint64_t first_index, bool last) {
        std::size_t offset = 0;
        for (std::size_t i = 0; i < chunks_; ++i) {
            const bool final = i + 1 == chunks_;
            const std::size_t size = final ? last_size_ : kChunkSize;
            const auto sealed =
                base::MutableBytes(buffer_).subspan(offset, size + crypto::kAeadTagSize);
            cipher_.seal(chunk_nonce(first_index + i, last && final), sealed.first(size), sealed);
            offset += sealed.size();
        }
        return base::ByteView(buffer_).first(offset);
    }

  private:
    crypto::ChaCha20Poly1305 cipher_;
    base::Bytes buffer_;
    std::size_t chunks_ = 0;
    std::size_t last_size_ = 0;
};

struct StreamSource {
    AheadReader in;
    base::Writer& out;
    std::uint64_t next_index = 0;
};

class StreamSealer final : public PartWorker {
  public:
    StreamSealer(const crypto::AeadKey& key, StreamSource& source) : part_(key), source_(source) {}

    Taken take() override {
        part_.clear();
        first_index_ = source_.next_index;
        last_ = false;
        while (!last_ && !part_.full()) {
            const std::size_t size = source_.in.fill(part_.next_chunk());
            part_.add(size);
            last_ = size < kChunkSize || source_.in.at_end();
        }
        source_.next_index += part_.chunks();
        return last_ ? Taken::last_part : Taken::part;
    }
    void work() override { sealed_ = part_.seal(first_index_, last_); }
    void give() override { source_.out.write(sealed_); }

  private:
    SealedPart part_;
    StreamSource& source_;
    std::uint64_t first_index_ = 0;
    bool last_ = false;
    base::ByteView sealed_;
};

struct FileSource {
    const base::FileReader& in;
    std::uint64_t size;
    base::AtomicFile& out;
    std::uint64_t offset;
    const PayloadProgress& progress;
    std::uint64_t next_index = 0;
    // A kernel lets one thread at a time write to a file, and has the others spin.
    std::mutex writing{};
};

class FileSealer final : public PartWorker {
  public:
    FileSealer(const crypto::AeadKey& key, FileSource& source) : part_(key), source_(source) {}

    Taken take() override {
        first_index_ = source_.next_index;
        source_.next_index += kPartChunks;
        last_ = source_.next_index * kChunkSize >= source_.size;
        return last_ ? Taken::last_part : Taken::part;
    }

    void work() override {
        part_.clear();
        std::uint64_t at = first_index_ * kChunkSize;
        const std::uint64_t end = std::min(source_.size, at + kPartSize);
        do {
            const std::size_t size = std::min<std::uint64_t>(kChunkSize, end - at);
            if (source_.in.read_at(at, part_.next_chunk().first(size)) != size) {
                throw base::Error(base::ErrorKind::conflict,
                                  "the file became shorter while it was read");
            }
            part_.add(size);
            at += size;
        } while (at < end);
        const base::ByteView sealed = part_.seal(first_index_, last_);
        {
            const std::lock_guard lock(source_.writing);
            source_.out.write_at(source_.offset + first_index_ * kSealedChunkSize, sealed);
        }
        if (source_.progress) source_.progress(end - first_index_ * kChunkSize);
    }

    void give() override {}

  private:
    SealedPart part_;
    FileSource& source_;
    std::uint64_t first_index_ = 0;
    bool last_ = false;
};

template <class Worker, class Source>
void run(const crypto::AeadKey& key, Source& source, Giving giving, std::uint64_t expected) {
    std::vector<std::unique_ptr<PartWorker>> workers;
    const unsigned count = expected <= kPartSize ? 1 : part_workers();
    for (unsigned i = 0; i < count; ++i)
        workers.push_back(std::make_unique<Worker>(key, source));
    run_parts(workers, giving);
}

}  // namespace

void encrypt_payload(const FileKey& file_key, const PayloadNonce& nonce, base::Reader& in,
                     base::Writer& out) {
    out.write(nonce);
    StreamSource source{AheadReader(in), out};
    run<StreamSealer>(payload_key(file_key, nonce), source, Giving::in_order,
                      std::numeric_limits<std::uint64_t>::max());
}

void encrypt_payload(const FileKey& file_key, const PayloadNonce& nonce, const base::FileReader& in,
                     std::uint64_t size, base::AtomicFile& out, std::uint64_t offset,
                     const PayloadProgress& progress) {
    out.write_at(offset, nonce);
    FileSource source{in, size, out, offset + PayloadNonce::kSize, progress};
    run<FileSealer>(payload_key(file_key, nonce), source, Giving::independent, size);
}

}  // namespace kluis::age
