#include "file_error.hpp"

#include <kluis/base/file.hpp>
#include <kluis/base/text.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

namespace kluis::base {

std::string quoted(const std::filesystem::path& path) {
    return "'" + printable(path.native()) + "'";
}

void throw_storage(const std::string& doing, const std::string& object, int code) {
    const std::string failed = doing + " " + object + ": ";
    if (code == ENOSPC || code == EDQUOT) {
        throw Error(ErrorKind::storage, failed + "the disk is full",
                    "make room on the disk and do it again");
    }
    std::string reason = std::generic_category().message(code);
    reason[0] = lower_ascii(std::string_view(reason).substr(0, 1))[0];
    throw Error(ErrorKind::storage, failed + reason);
}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    if (this != &other) {
        if (fd_ >= 0) ::close(fd_);
        fd_ = other.release();
    }
    return *this;
}

Descriptor::~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
}

int Descriptor::release() noexcept {
    return std::exchange(fd_, -1);
}

FileReader::FileReader(const std::filesystem::path& path)
    : owned_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)), fd_(owned_.get()), name_(quoted(path)) {
    if (!owned_) {
        if (errno == ENOENT || errno == ENOTDIR) {
            throw Error(ErrorKind::not_found, "there is no file " + name_);
        }
        throw_storage("cannot open", name_, errno);
    }
    struct stat status {};
    if (::fstat(fd_, &status) != 0) throw_storage("cannot open", name_, errno);
    if (S_ISDIR(status.st_mode)) throw_storage("cannot read", name_, EISDIR);
}

FileReader FileReader::standard_input() {
    return {STDIN_FILENO, "standard input"};
}

std::size_t FileReader::read(MutableBytes out) {
    for (;;) {
        const ssize_t count = ::read(fd_, out.data(), out.size());
        if (count >= 0) return static_cast<std::size_t>(count);
        if (errno != EINTR) throw_storage("cannot read", name_, errno);
    }
}

std::optional<std::uint64_t> FileReader::size() const {
    struct stat status {};
    if (::fstat(fd_, &status) != 0) throw_storage("cannot read", name_, errno);
    if (!S_ISREG(status.st_mode)) return std::nullopt;
    return static_cast<std::uint64_t>(status.st_size);
}

std::size_t FileReader::read_at(std::uint64_t offset, MutableBytes out) const {
    std::size_t filled = 0;
    while (filled < out.size()) {
        const ssize_t count = ::pread(fd_, out.data() + filled, out.size() - filled,
                                      static_cast<off_t>(offset + filled));
        if (count == 0) break;
        if (count > 0) {
            filled += static_cast<std::size_t>(count);
        } else if (errno != EINTR) {
            throw_storage("cannot read", name_, errno);
        }
    }
    return filled;
}

void StandardOutput::write(ByteView bytes) {
    [[maybe_unused]] static const auto previous = std::signal(SIGPIPE, SIG_IGN);
    while (!bytes.empty()) {
        const ssize_t count = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (count >= 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(count));
        } else if (errno != EINTR) {
            throw_storage("cannot write", "standard output", errno);
        }
    }
}

Bytes read_file(const std::filesystem::path& path, std::size_t most) {
    FileReader file(path);
    return read_all(file, most, quoted(path));
}

}  // namespace kluis::base
