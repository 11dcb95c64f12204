// Files of the person who runs the program: reading them, and writing them so that a name only ever
// holds a whole file.
//
// All functions throw Error(storage) (or not_found where said) with a text that names the file as
// the person named it and what the system said.
// Thread-safety: one thread at a time for each object, but for FileReader::read_at.
#pragma once

#include <filesystem>
#include <optional>

#include <kluis/base/stream.hpp>

namespace kluis::base {

// An open file descriptor, closed on destruction.
class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int fd) noexcept : fd_(fd) {}
    Descriptor(Descriptor&& other) noexcept : fd_(other.release()) {}
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor();

    int get() const noexcept { return fd_; }
    explicit operator bool() const noexcept { return fd_ >= 0; }
    int release() noexcept;

  private:
    int fd_ = -1;
};

class FileReader final : public Reader {
  public:
    // Throws Error(not_found) if there is no such file. A directory is refused.
    explicit FileReader(const std::filesystem::path& path);
    // Reads from an open descriptor, such as standard input, which stays open afterwards.
    static FileReader standard_input();

    std::size_t read(MutableBytes out) override;

    // The size if this is a regular file, else nothing.
    std::optional<std::uint64_t> size() const;
    // Reads at `offset` without moving the stream; as pread(2), until `out` is full or the end.
    // Threads may call this at the same time. REQUIRES: a regular file.
    std::size_t read_at(std::uint64_t offset, MutableBytes out) const;

    int descriptor() const noexcept { return fd_; }

  private:
    FileReader(int fd, std::string name) : fd_(fd), name_(std::move(name)) {}
    Descriptor owned_;
    int fd_ = -1;
    std::string name_;
};

enum class Replace { no, yes };
enum class FileMode : unsigned { owner_only = 0600, shared = 0644 };

// A file that appears under its final name only when `commit` is called, whole and on disk. Until
// then it is a file without a name (O_TMPFILE) or, where the filesystem has none, a file with a
// temporary name beside it, removed on destruction.
class AtomicFile final : public Writer {
  public:
    // Throws Error(conflict) if `path` exists and `replace` is no (checked again at commit).
    AtomicFile(const std::filesystem::path& path, FileMode mode, Replace replace);
    ~AtomicFile() override;
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    void write(ByteView bytes) override;
    // Writes at `offset` without moving the stream. Threads may call this at the same time.
    void write_at(std::uint64_t offset, ByteView bytes);

    // fsync, the final name, fsync of the folder. REQUIRES: called at most once, last.
    void commit();

  private:
    std::filesystem::path path_;
    std::filesystem::path temporary_;  // empty when the file has no name yet
    Descriptor fd_;
    FileMode mode_;
    Replace replace_;
};

// Standard output as a stream. Its first use makes the process ignore SIGPIPE, so that a closed pipe is
// Error(storage).
class StandardOutput final : public Writer {
  public:
    void write(ByteView bytes) override;
};

// A whole small file. Throws Error(not_found), or Error(limit) above `most` bytes.
Bytes read_file(const std::filesystem::path& path, std::size_t most);

// AtomicFile in one call.
void write_file(const std::filesystem::path& path, ByteView bytes, FileMode mode, Replace replace);

// Gives a file or folder a new name on the same filesystem, durably. Throws Error(conflict) if `to`
// is there already.
void rename_new(const std::filesystem::path& from, const std::filesystem::path& to);

// fsync of a folder, after names in it changed.
void sync_folder(const std::filesystem::path& path);

}  // namespace kluis::base
