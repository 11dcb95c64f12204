// A child process for what a test cannot do to itself: dying, losing a system call, another
// standard output.
#pragma once

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

namespace kluis::test {

struct Ending {
    bool exited = false;  // else it died by a signal
    int status = 0;       // its exit status, or the signal
};

// Lets signals kill this process without doctest's report and without a core file.
inline void die_quietly() {
    for (const int number : {SIGABRT, SIGSEGV, SIGILL, SIGFPE, SIGTERM, SIGINT}) {
        std::signal(number, SIG_DFL);
    }
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
}

// Runs `body` in a fork; what it returns is the child's exit status, and 99 if it throws.
template <class Body>
Ending in_child(Body body) {
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("cannot fork");
    if (child == 0) {
        die_quietly();
        try {
            ::_exit(body());
        } catch (...) {
            ::_exit(99);
        }
    }
    int status = 0;
    if (::waitpid(child, &status, 0) != child) throw std::runtime_error("cannot wait");
    if (WIFEXITED(status)) return {true, WEXITSTATUS(status)};
    return {false, WTERMSIG(status)};
}

}  // namespace kluis::test
