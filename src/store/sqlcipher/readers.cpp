#include "readers.hpp"

namespace kluis::store::sqlcipher {

std::unique_ptr<Connection> Readers::take() {
    {
        std::unique_lock lock(mutex_);
        returned_.wait(lock, [&] { return !free_.empty() || opened_ < most_; });
        if (!free_.empty()) {
            auto connection = std::move(free_.back());
            free_.pop_back();
            return connection;
        }
        ++opened_;
    }
    try {
        return std::make_unique<Connection>(open_());
    } catch (...) {
        const std::lock_guard lock(mutex_);
        --opened_;
        returned_.notify_one();
        throw;
    }
}

void Readers::give_back(std::unique_ptr<Connection> connection) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(connection));
    returned_.notify_one();
}

}  // namespace kluis::store::sqlcipher
