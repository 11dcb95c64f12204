#include "file_blob_store.hpp"

#include <kluis/base/encoding.hpp>
#include <kluis/crypto/random.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <map>
#include <system_error>

namespace kluis::store {

using base::Descriptor;
using base::Error;
using base::ErrorKind;
namespace fs = std::filesystem;

namespace {

constexpr std::chrono::hours kUploadsTakeAtMost{24};
constexpr const char* kIncoming = "incoming";
constexpr const char* kLock = "lock";

// What base/file would say, but without the file's name: the text may travel to a client.
[[noreturn]] void fail(const char* doing) {
    const int code = errno;
    const std::string what = std::string("cannot ") + doing + " a stored payload: ";
    if (code == ENOSPC || code == EDQUOT || code == EFBIG) {
        throw Error(ErrorKind::storage, what + "the disk is full",
                    "make room on the server's disk");
    }
    throw Error(ErrorKind::storage, what + std::generic_category().message(code));
}

void make_folder(const fs::path& path) {
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) fail("make the folder of");
}

void sync_folder(const fs::path& path) {
    const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder || ::fsync(folder.get()) != 0) fail("sync the folder of");
}

// False if `operation` is refused because another process holds a lock that excludes it.
bool lock_file(const Descriptor& file, int operation) {
    while (::flock(file.get(), operation) != 0) {
        if (errno == EWOULDBLOCK) return false;
        if (errno != EINTR) fail("lock the folder of");
    }
    return true;
}

Descriptor open_lock(const fs::path& directory) {
    Descriptor lock(::open((directory / kLock).c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600));
    if (!lock) fail("lock the folder of");
    return lock;
}

std::string hex(const BlobId& id) {
    return base::hex_encode(id);
}

std::optional<BlobId> id_of(const std::string& name) {
    if (name.size() != 2 * BlobId::kSize ||
        name.find_first_not_of("0123456789abcdef") != std::string::npos) {
        return std::nullopt;
    }
    return base::from_hex<BlobId>(name, "blob id");
}

std::vector<fs::path> entries(const fs::path& folder) {
    std::vector<fs::path> paths;
    std::error_code code;
    for (fs::directory_iterator at(folder, code), end; !code && at != end; at.increment(code))
        paths.push_back(at->path());
    if (code) {
        errno = code.value();
        fail("list the folder of");
    }
    return paths;
}

bool is_older_than_uploads_take(const fs::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return false;
    const auto changed = std::chrono::system_clock::from_time_t(status.st_mtime);
    return std::chrono::system_clock::now() - changed > kUploadsTakeAtMost;
}

class FileBlob final : public Blob {
  public:
    FileBlob(Descriptor fd, std::uint64_t size) : fd_(std::move(fd)), size_(size) {}

    std::uint64_t size() const override { return size_; }

    std::size_t read_at(std::uint64_t offset, base::MutableBytes out) const override {
        std::size_t done = 0;
        while (done < out.size()) {
            const ssize_t count = ::pread(fd_.get(), out.data() + done, out.size() - done,
                                          static_cast<off_t>(offset + done));
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) fail("read");
            if (count == 0) break;
            done += static_cast<std::size_t>(count);
        }
        return done;
    }

  private:
    Descriptor fd_;
    std::uint64_t size_;
};

}  // namespace

class FileBlobStore::Upload final : public BlobUpload {
  public:
    explicit Upload(const FileBlobStore& store)
        : store_(store),
          id_(crypto::random_value<BlobId>()),
          temporary_(store.incoming(hex(id_))),
          fd_(::open(temporary_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600)) {
        if (!fd_) fail("create");
    }
    ~Upload() override {
        if (!finished_) ::unlink(temporary_.c_str());
    }
    Upload(const Upload&) = delete;
    Upload& operator=(const Upload&) = delete;

    void write(base::ByteView bytes) override {
        while (!bytes.empty()) {
            const ssize_t count = ::write(fd_.get(), bytes.data(), bytes.size());
            if (count >= 0) {
                bytes = bytes.subspan(static_cast<std::size_t>(count));
            } else if (errno != EINTR) {
                fail("write");
            }
        }
    }

    BlobId finish() override {
        if (::fsync(fd_.get()) != 0) fail("write");
        const fs::path place = store_.shelf(hex(id_));
        if (::rename(temporary_.c_str(), place.c_str()) != 0) fail("name");
        finished_ = true;
        sync_folder(place.parent_path());
        return id_;
    }

  private:
    const FileBlobStore& store_;
    BlobId id_;
    fs::path temporary_;
    Descriptor fd_;
    bool finished_ = false;
};

FileBlobStore::FileBlobStore(fs::path directory) : directory_(std::move(directory)) {
    make_folder(directory_);
    make_folder(directory_ / kIncoming);
    for (std::uint8_t first = 0;; ++first) {
        make_folder(directory_ / base::hex_encode({{first}}));
        if (first == 0xff) break;
    }
    sync_folder(directory_);
    sync_folder(fs::absolute(directory_).parent_path());
}

fs::path FileBlobStore::incoming(const std::string& name) const {
    return directory_ / kIncoming / name;
}

fs::path FileBlobStore::shelf(const std::string& name) const {
    return directory_ / name.substr(0, 2) / name;
}

void FileBlobStore::hold_upload_lock() {
    const std::lock_guard guard(mutex_);
    if (upload_lock_) return;
    Descriptor lock = open_lock(directory_);
    lock_file(lock, LOCK_SH);
    upload_lock_ = std::move(lock);
}

std::unique_ptr<BlobUpload> FileBlobStore::create() {
    hold_upload_lock();
    return std::make_unique<Upload>(*this);
}

std::unique_ptr<Blob> FileBlobStore::open(const BlobId& id) const {
    Descriptor fd(::open(shelf(hex(id)).c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd) {
        if (errno == ENOENT) return nullptr;
        fail("open");
    }
    struct stat status {};
    if (::fstat(fd.get(), &status) != 0) fail("open");
    return std::make_unique<FileBlob>(std::move(fd), static_cast<std::uint64_t>(status.st_size));
}

std::vector<BlobId> FileBlobStore::remove_all(const std::vector<BlobId>& ids) {
    std::map<fs::path, std::vector<BlobId>> shelves;
    for (const BlobId& id : ids)
        shelves[shelf(hex(id)).parent_path()].push_back(id);
    std::vector<BlobId> left;
    for (const auto& [folder, blobs] : shelves) {
        std::vector<BlobId> gone;
        for (const BlobId& id : blobs) {
            const bool removed = ::unlink(shelf(hex(id)).c_str()) == 0 || errno == ENOENT;
            (removed ? gone : left).push_back(id);
        }
        try {
            sync_folder(folder);
        } catch (const Error&) {
            left.insert(left.end(), gone.begin(), gone.end());
        }
    }
    return left;
}

// The lock is held while listing alone: what is listed was finished before, and stays so.
std::vector<BlobId> FileBlobStore::finished_blobs() const {
    const Descriptor lock = open_lock(directory_);
    const bool alone = lock_file(lock, LOCK_EX | LOCK_NB);
    const auto is_leftover = [&](const fs::path& path) {
        return alone || is_older_than_uploads_take(path);
    };
    for (const fs::path& path : entries(directory_ / kIncoming)) {
        if (is_leftover(path)) ::unlink(path.c_str());
    }
    std::vector<BlobId> ids;
    for (const fs::path& folder : entries(directory_)) {
        if (folder.filename().native().size() != 2) continue;
        for (const fs::path& path : entries(folder)) {
            const auto id = id_of(path.filename().native());
            if (id && is_leftover(path)) ids.push_back(*id);
        }
    }
    return ids;
}

void FileBlobStore::sweep(const std::function<void(const BlobId&)>& visit) {
    for (const BlobId& id : finished_blobs())
        visit(id);
}

}  // namespace kluis::store
