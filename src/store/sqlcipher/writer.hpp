// The one thread that writes. Operations that wait at the same time share one transaction and one
// commit: each runs in a savepoint of its own, so that its failure undoes it alone; all are
// released together, when the commit is on disk. What is cleaned up after a commit holds up an
// operation that erases, and no other.
//
// Thread-safety: `write` from any number of threads.
#pragma once

#include "database.hpp"

#include <store/blob_store.hpp>

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace kluis::store::sqlcipher {

// What an operation works with. What it asks for here happens after the commit.
class Writing {
  public:
    explicit Writing(Connection& connection) : database(connection) {}

    Connection& database;

    void remove_blob(const BlobId& id) { blobs_.push_back(id); }
    // What was erased must not stay readable in the write-ahead log: the operation returns when
    // blobs are removed and the log is empty or, where a reader needs it, is to be emptied later.
    void erases() { erases_ = true; }

  private:
    friend class Writer;
    std::vector<BlobId> blobs_;
    bool erases_ = false;
};

class Writer {
  public:
    // `blobs` must outlive this. Empties the write-ahead log of what a process that was killed has
    // erased and left there.
    Writer(Connection connection, BlobStore& blobs);
    // Finishes what waits.
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    // Runs `operation` and returns its result when it is durable; what it throws is thrown here,
    // and nothing of it remains. Throws Error(storage) if the commit fails.
    template <class Operation>
    auto write(Operation operation) {
        using Result = std::invoke_result_t<Operation, Writing&>;
        if constexpr (std::is_void_v<Result>) {
            run(operation);
        } else {
            std::optional<Result> result;
            run([&](Writing& writing) { result = operation(writing); });
            return std::move(*result);
        }
    }

  private:
    struct Job {
        std::function<void(Writing&)> operation;
        std::exception_ptr error;
        bool done = false;
    };

    void run(std::function<void(Writing&)> operation);
    void work();
    // What is to be cleaned up after the batch; nothing if it failed.
    Writing commit(const std::vector<Job*>& batch);
    void run_job(Job& job, Writing& all);
    void clean_up(std::chrono::milliseconds patience);
    void release(const std::vector<Job*>& batch);

    Connection connection_;
    BlobStore& blobs_;
    std::mutex mutex_;
    std::condition_variable waiting_;
    std::condition_variable finished_;
    std::deque<Job*> queue_;
    bool closing_ = false;
    // What is still to be done, again and again until it succeeds; the writing thread's alone.
    std::vector<BlobId> blobs_due_;
    bool truncate_due_ = true;
    std::thread thread_;
};

}  // namespace kluis::store::sqlcipher
