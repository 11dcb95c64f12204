#include <kluis/base/file.hpp>

#include <cli/passphrase.hpp>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <cstring>

namespace kluis::cli {

namespace {

using base::Error;
using base::ErrorKind;

// Switches the terminal's echo off while it lives.
class NoEcho {
  public:
    explicit NoEcho(int fd) : fd_(fd) {
        changed_ = tcgetattr(fd_, &before_) == 0;
        if (changed_) {
            auto quiet = before_;
            quiet.c_lflag &= static_cast<tcflag_t>(~ECHO);
            tcsetattr(fd_, TCSAFLUSH, &quiet);
        }
    }
    ~NoEcho() {
        if (changed_) {
            tcsetattr(fd_, TCSAFLUSH, &before_);
        }
    }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;

  private:
    int fd_;
    termios before_{};
    bool changed_ = false;
};

void say(int fd, const char* text) {
    if (::write(fd, text, std::strlen(text)) < 0) {
        throw Error(ErrorKind::storage, "the terminal cannot be written to");
    }
}

}  // namespace

crypto::SecretBuffer ask_secret(const char* prompt) {
    const base::Descriptor tty(::open("/dev/tty", O_RDWR | O_CLOEXEC));
    if (!tty) {
        throw Error(ErrorKind::usage, "there is no terminal to ask at",
                    "give --passphrase-file FILE");
    }
    const NoEcho quiet(tty.get());
    say(tty.get(), prompt);
    crypto::SecretBuffer line(kSecretLimit);
    std::size_t size = 0;
    for (;;) {
        std::uint8_t byte = 0;
        const auto count = ::read(tty.get(), &byte, 1);
        if (count <= 0 || byte == '\n') {
            break;
        }
        if (size == kSecretLimit) {
            throw Error(ErrorKind::limit, "the line is too long");
        }
        line.writable()[size++] = byte;
    }
    say(tty.get(), "\n");
    line.shrink(size);
    return line;
}

crypto::SecretBuffer read_secret_file(const std::filesystem::path& file, std::size_t most) {
    base::FileReader in(file);
    crypto::SecretBuffer text(most + 1);
    const auto size = base::read_full(in, text.writable());
    if (size > most) {
        throw Error(ErrorKind::limit, file.string() + " is too large");
    }
    text.shrink(size);
    return text;
}

crypto::SecretBuffer read_passphrase(const std::filesystem::path& file, const std::string& what) {
    if (file.empty()) {
        return ask_secret((what + ": ").c_str());
    }
    auto text = read_secret_file(file, kSecretLimit);
    const auto end = text.text().find('\n');
    text.shrink(end == std::string_view::npos ? text.size() : end);
    return text;
}

crypto::SecretBuffer read_new_passphrase(const std::filesystem::path& file,
                                         const std::string& what) {
    auto chosen = read_passphrase(file, what);
    if (chosen.size() == 0) {
        throw Error(ErrorKind::usage, "a passphrase cannot be empty");
    }
    if (file.empty() && !crypto::equal_secrets(ask_secret("again: ").view(), chosen.view())) {
        throw Error(ErrorKind::usage, "the two passphrases differ");
    }
    return chosen;
}

bool has_terminal() {
    return static_cast<bool>(base::Descriptor(::open("/dev/tty", O_RDWR | O_CLOEXEC)));
}

}  // namespace kluis::cli
