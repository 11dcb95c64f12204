// A few connections for reading, lent out one at a time.
//
// Thread-safety: `lend` from any number of threads; waits while all are lent.
#pragma once

#include "database.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <vector>

namespace kluis::store::sqlcipher {

class Readers {
  public:
    // Opens connections by `open`, when needed, at most `most`.
    Readers(std::function<Connection()> open, std::size_t most)
        : open_(std::move(open)), most_(most) {}

    // Runs `read` on a connection with a snapshot of the database.
    template <class Read>
    auto read(Read operation) {
        const Lease lease(*this);
        const Snapshot snapshot(*lease.connection);
        return operation(*lease.connection);
    }

  private:
    struct Lease {
        explicit Lease(Readers& pool) : readers(pool), connection(pool.take()) {}
        ~Lease() { readers.give_back(std::move(connection)); }
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;

        Readers& readers;
        mutable std::unique_ptr<Connection> connection;
    };

    std::unique_ptr<Connection> take();
    void give_back(std::unique_ptr<Connection> connection);

    std::function<Connection()> open_;
    std::size_t most_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Connection>> free_;
    std::size_t opened_ = 0;
};

}  // namespace kluis::store::sqlcipher
