#include <kluis/base/time.hpp>

#include <poll.h>
#include <server/log.hpp>
#include <unistd.h>

#include <climits>

namespace kluis::server {

namespace {

// Whether a line can be written without waiting: of a pipe that has room, PIPE_BUF bytes are free.
bool has_room(int descriptor) {
    pollfd waiting{descriptor, POLLOUT, 0};
    return ::poll(&waiting, 1, 0) == 1 && (waiting.revents & POLLOUT) != 0;
}

}  // namespace

void Log::write(base::Json entry) noexcept {
    try {
        entry["time"] = base::to_string(base::system_clock().now());
        const std::lock_guard lock(mutex_);
        if (lost_ > 0) entry["lost"] = lost_;
        const std::string line = base::canonical_json(entry, base::JsonText::utf8) + "\n";
        const bool whole =
            line.size() <= PIPE_BUF && has_room(descriptor_) &&
            ::write(descriptor_, line.data(), line.size()) == static_cast<ssize_t>(line.size());
        lost_ = whole ? 0 : lost_ + 1;
    } catch (const std::exception&) {
        return;
    }
}

}  // namespace kluis::server
