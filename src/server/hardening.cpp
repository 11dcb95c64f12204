#include <kluis/base/error.hpp>

#include <server/hardening.hpp>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>

namespace kluis::server {

void harden_process() {
    ::umask(077);
    const rlimit none{0, 0};
    if (::setrlimit(RLIMIT_CORE, &none) != 0 || ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) {
        throw base::Error(base::ErrorKind::internal, "core dumps cannot be turned off");
    }
    // A connection or pipe that was closed is an error of the write, not the end of the server.
    std::signal(SIGPIPE, SIG_IGN);
}

std::size_t raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        throw base::Error(base::ErrorKind::internal, "the limit on open files cannot be read");
    }
    const rlim_t before = limit.rlim_cur;
    limit.rlim_cur = limit.rlim_max;
    const bool raised = ::setrlimit(RLIMIT_NOFILE, &limit) == 0;
    return static_cast<std::size_t>(raised ? limit.rlim_cur : before);
}

}  // namespace kluis::server
