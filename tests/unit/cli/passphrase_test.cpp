// Asking for a secret, at a terminal of the test's own.
#include "support/child.hpp"

#include <cli/passphrase.hpp>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>

#include <string>

using namespace kluis;

namespace {

// A terminal, and a child of which it is the controlling one.
class Terminal {
  public:
    // `body` runs in the child, and gives its exit status.
    template <class Body>
    explicit Terminal(Body body) : master_(::posix_openpt(O_RDWR | O_NOCTTY)) {
        REQUIRE(::grantpt(master_) == 0);
        REQUIRE(::unlockpt(master_) == 0);
        // Kept open, so that the terminal outlives the child.
        slave_ = ::open(::ptsname(master_), O_RDWR | O_NOCTTY);
        REQUIRE(slave_ >= 0);
        child_ = ::fork();
        REQUIRE(child_ >= 0);
        if (child_ > 0) return;
        test::die_quietly();
        ::setsid();
        if (::ioctl(slave_, TIOCSCTTY, 0) != 0) ::_exit(98);
        try {
            ::_exit(body());
        } catch (...) {
            ::_exit(99);
        }
    }
    ~Terminal() {
        ::close(slave_);
        ::close(master_);
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    // What is shown, up to `end`.
    std::string shown_until(const std::string& end) {
        std::string shown;
        pollfd ready{master_, POLLIN, 0};
        while (!shown.ends_with(end) && ::poll(&ready, 1, 60'000) == 1) {
            char byte = 0;
            if (::read(master_, &byte, 1) != 1) break;
            shown += byte;
        }
        return shown;
    }
    void type(const std::string& keys) {
        REQUIRE(::write(master_, keys.data(), keys.size()) == static_cast<ssize_t>(keys.size()));
    }
    bool echoes() const {
        termios settings{};
        REQUIRE(::tcgetattr(slave_, &settings) == 0);
        return (settings.c_lflag & ECHO) != 0;
    }
    // How the child ended.
    test::Ending ending() const {
        int status = 0;
        REQUIRE(::waitpid(child_, &status, 0) == child_);
        if (WIFEXITED(status)) return {true, WEXITSTATUS(status)};
        return {false, WTERMSIG(status)};
    }

  private:
    int master_;
    int slave_ = -1;
    pid_t child_ = -1;
};

int ask() {
    return cli::ask_secret("secret: ").text() == "open sesame" ? 0 : 1;
}

}  // namespace

TEST_CASE("a secret is read without echo, which comes back") {
    Terminal terminal(ask);
    CHECK(terminal.shown_until("secret: ") == "secret: ");
    CHECK_FALSE(terminal.echoes());
    terminal.type("open sesame\n");
    CHECK(terminal.shown_until("\n") == "\r\n");
    const auto ending = terminal.ending();
    CHECK(ending.exited);
    CHECK(ending.status == 0);
    CHECK(terminal.echoes());
}

TEST_CASE("a person who interrupts the question has their echo back") {
    for (const auto& [key, number] : {std::pair("\x03", SIGINT), std::pair("\x1c", SIGQUIT)}) {
        Terminal terminal(ask);
        terminal.shown_until("secret: ");
        CHECK_FALSE(terminal.echoes());
        terminal.type(key);
        const auto ending = terminal.ending();
        CHECK_FALSE(ending.exited);
        CHECK(ending.status == number);
        CHECK(terminal.echoes());
    }
}

TEST_CASE("a signal that was ignored before the question is ignored during it") {
    Terminal terminal([] {
        std::signal(SIGINT, SIG_IGN);
        return ask();
    });
    terminal.shown_until("secret: ");
    terminal.type("\x03");
    terminal.type("open sesame\n");
    const auto ending = terminal.ending();
    CHECK(ending.exited);
    CHECK(ending.status == 0);
}
