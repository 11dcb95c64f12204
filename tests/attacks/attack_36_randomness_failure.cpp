// Attack 36: randomness fails, which stops the program. The test program itself never asks for
// randomness, so that each child is the first to do so.
#include "support/child.hpp"
#include "support/seccomp.hpp"

#include <kluis/crypto/aead.hpp>
#include <kluis/crypto/random.hpp>

#include <doctest/doctest.h>
#include <sys/random.h>

#include <cerrno>
#include <csignal>

using namespace kluis;
using namespace kluis::crypto;

namespace {

void fail_randomness() {
    test::fail_call(SYS_getrandom, EPERM);
    test::fail_call(SYS_open, EACCES);
    test::fail_call(SYS_openat, EACCES);
}

int draw() {
    std::array<std::uint8_t, 16> bytes{};
    random_fill(bytes);
    return 0;
}

void check_stopped(const test::Ending& ending) {
    CHECK_FALSE(ending.exited);
    CHECK(ending.status == SIGABRT);
}

// From glibc 2.41 on a draw after the first may need no system call, so that none can fail.
bool every_draw_is_a_call() {
    const auto ending = test::in_child([] {
        char byte = 0;
        if (::getrandom(&byte, 1, 0) != 1) return 2;
        fail_randomness();
        return ::getrandom(&byte, 1, 0) == 1 ? 0 : 1;
    });
    return ending.status == 1;
}

}  // namespace

TEST_CASE("with randomness a draw returns") {
    const auto ending = test::in_child(draw);
    CHECK(ending.exited);
    CHECK(ending.status == 0);
}

TEST_CASE("randomness that fails before its first use stops the program") {
    check_stopped(test::in_child([] {
        fail_randomness();
        return draw();
    }));
}

TEST_CASE("randomness that fails later stops the program") {
    if (!every_draw_is_a_call()) {
        MESSAGE("not tried: this C library draws without a system call");
        return;
    }
    check_stopped(test::in_child([] {
        draw();
        fail_randomness();
        return draw();
    }));
}

TEST_CASE("no key, number or sealed text is made where randomness fails") {
    if (!every_draw_is_a_call()) {
        MESSAGE("not tried: this C library draws without a system call");
        return;
    }
    check_stopped(test::in_child([] {
        fail_randomness();
        return static_cast<int>(random_secret<AeadKey>().view()[0]);
    }));
    check_stopped(test::in_child([] {
        fail_randomness();
        return static_cast<int>(random_below(10));
    }));
    check_stopped(test::in_child([] {
        const AeadKey key;
        fail_randomness();
        return static_cast<int>(xchacha_seal(key, {}, {}).size());
    }));
}
