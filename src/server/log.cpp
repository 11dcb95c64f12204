#include <kluis/base/time.hpp>

#include <server/log.hpp>
#include <unistd.h>

namespace kluis::server {

void Log::write(base::Json entry) noexcept {
    try {
        entry["time"] = base::to_string(base::system_clock().now());
        const std::string line = base::canonical_json(entry, base::JsonText::utf8) + "\n";
        const std::lock_guard lock(mutex_);
        std::string_view rest = line;
        while (!rest.empty()) {
            const ssize_t count = ::write(descriptor_, rest.data(), rest.size());
            if (count <= 0) return;
            rest.remove_prefix(static_cast<std::size_t>(count));
        }
    } catch (const std::exception&) {
        return;
    }
}

}  // namespace kluis::server
