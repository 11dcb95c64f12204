#include <kluis/base/file.hpp>

#include <cli/passphrase.hpp>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstring>

namespace kluis::cli {

namespace {

using base::Error;
using base::ErrorKind;

constexpr std::array kEndings = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

// What a signal must put back; set before its handler is.
int quiet_terminal = -1;
termios before_quiet{};

// Of what a signal handler may call.
void give_echo_back(int number) {
    tcsetattr(quiet_terminal, TCSAFLUSH, &before_quiet);
    // Ends the program as if this had never been: SA_RESETHAND brought the usual way back.
    ::raise(number);
}

// Switches the terminal's echo off while it lives, also where a signal ends the program. One at a
// time.
class NoEcho {
  public:
    explicit NoEcho(int fd) {
        changed_ = tcgetattr(fd, &before_quiet) == 0;
        if (!changed_) {
            return;
        }
        quiet_terminal = fd;
        struct sigaction handling {};
        handling.sa_handler = give_echo_back;
        handling.sa_flags = static_cast<int>(SA_RESETHAND);
        for (std::size_t i = 0; i < kEndings.size(); ++i) {
            ::sigaction(kEndings[i], nullptr, &usual_[i]);
            if (usual_[i].sa_handler != SIG_IGN) {
                ::sigaction(kEndings[i], &handling, nullptr);
            }
        }
        auto quiet = before_quiet;
        quiet.c_lflag &= static_cast<tcflag_t>(~ECHO);
        tcsetattr(fd, TCSAFLUSH, &quiet);
    }
    ~NoEcho() {
        if (!changed_) {
            return;
        }
        tcsetattr(quiet_terminal, TCSAFLUSH, &before_quiet);
        for (std::size_t i = 0; i < kEndings.size(); ++i) {
            ::sigaction(kEndings[i], &usual_[i], nullptr);
        }
    }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;

  private:
    std::array<struct sigaction, kEndings.size()> usual_{};
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
