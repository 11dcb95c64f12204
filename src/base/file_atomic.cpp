#include "file_error.hpp"

#include <kluis/base/file.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>

namespace kluis::base {
namespace {

std::filesystem::path folder_of(const std::filesystem::path& path) {
    return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

// A name beside `path` that no other call, thread or running program uses.
std::filesystem::path temporary_beside(const std::filesystem::path& path) {
    static std::atomic<unsigned> counter = 0;
    return folder_of(path) /
           (".kluis-" + std::to_string(::getpid()) + "-" + std::to_string(counter++) + ".part");
}

// The name under which the kernel lets a file without a name be linked.
std::string descriptor_name(int fd) {
    return "/proc/self/fd/" + std::to_string(fd);
}

bool link_unnamed(int fd, const std::filesystem::path& to) {
    return ::linkat(AT_FDCWD, descriptor_name(fd).c_str(), AT_FDCWD, to.c_str(),
                    AT_SYMLINK_FOLLOW) == 0;
}

// rename(2) that fails with EEXIST instead of replacing, also where the filesystem has no such
// call.
bool rename_without_replacing(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) {
        return true;
    }
    if (errno != EINVAL && errno != ENOSYS) return false;
    if (::link(from.c_str(), to.c_str()) != 0) return false;
    // The file is there, whole; that its first name stays beside it does no harm.
    ::unlink(from.c_str());
    return true;
}

[[noreturn]] void throw_exists(const std::filesystem::path& path) {
    throw Error(ErrorKind::conflict, quoted(path) + " is there already", "name another file");
}

}  // namespace

AtomicFile::AtomicFile(const std::filesystem::path& path, FileMode mode, Replace replace)
    : path_(path), mode_(mode), replace_(replace) {
    struct stat status {};
    if (replace_ == Replace::no && ::lstat(path_.c_str(), &status) == 0) throw_exists(path_);
    const auto permissions = static_cast<mode_t>(mode_);
    fd_ =
        Descriptor(::open(folder_of(path_).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, permissions));
    if (fd_ && ::access(descriptor_name(fd_.get()).c_str(), F_OK) == 0) return;

    // A leftover of an earlier program of the same process number is passed over.
    do {
        temporary_ = temporary_beside(path_);
        fd_ = Descriptor(
            ::open(temporary_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, permissions));
    } while (!fd_ && errno == EEXIST);
    if (!fd_) {
        const int code = errno;
        temporary_.clear();
        throw_storage("cannot create", quoted(path_), code);
    }
}

AtomicFile::~AtomicFile() {
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void AtomicFile::write(ByteView bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(fd_.get(), bytes.data(), bytes.size());
        if (count >= 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(count));
        } else if (errno != EINTR) {
            throw_storage("cannot write", quoted(path_), errno);
        }
    }
}

void AtomicFile::write_at(std::uint64_t offset, ByteView bytes) {
    while (!bytes.empty()) {
        const ssize_t count =
            ::pwrite(fd_.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (count >= 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(count));
            offset += static_cast<std::uint64_t>(count);
        } else if (errno != EINTR) {
            throw_storage("cannot write", quoted(path_), errno);
        }
    }
}

void AtomicFile::commit() {
    if (::fsync(fd_.get()) != 0) throw_storage("cannot write", quoted(path_), errno);
    bool named = false;
    if (replace_ == Replace::no) {
        named = temporary_.empty() ? link_unnamed(fd_.get(), path_)
                                   : rename_without_replacing(temporary_, path_);
        if (!named && errno == EEXIST) throw_exists(path_);
    } else {
        bool linked = !temporary_.empty();
        while (!linked) {
            temporary_ = temporary_beside(path_);
            linked = link_unnamed(fd_.get(), temporary_);
            if (!linked && errno != EEXIST) break;
        }
        named = linked && ::rename(temporary_.c_str(), path_.c_str()) == 0;
    }
    if (!named) throw_storage("cannot write", quoted(path_), errno);
    temporary_.clear();
    sync_folder(folder_of(path_));
}

void write_file(const std::filesystem::path& path, ByteView bytes, FileMode mode, Replace replace) {
    AtomicFile file(path, mode, replace);
    file.write(bytes);
    file.commit();
}

void sync_folder(const std::filesystem::path& path) {
    const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    // Some filesystems cannot sync a folder and say so by EINVAL; there is nothing more to do
    // there.
    if (!folder || (::fsync(folder.get()) != 0 && errno != EINVAL)) {
        throw_storage("cannot sync", quoted(path), errno);
    }
}

void rename_new(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (!rename_without_replacing(from, to)) {
        if (errno == EEXIST) throw_exists(to);
        throw_storage("cannot rename to", quoted(to), errno);
    }
    sync_folder(folder_of(to));
}

}  // namespace kluis::base
