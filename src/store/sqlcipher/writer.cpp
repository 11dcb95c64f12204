#include "writer.hpp"

namespace kluis::store::sqlcipher {

using base::Error;

Writer::Writer(Connection connection, BlobStore& blobs)
    : connection_(std::move(connection)), blobs_(blobs), thread_([this] { work(); }) {}

Writer::~Writer() {
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
    }
    waiting_.notify_one();
    thread_.join();
}

void Writer::run(std::function<void(Writing&)> operation) {
    Job job{std::move(operation), nullptr, false};
    std::unique_lock lock(mutex_);
    queue_.push_back(&job);
    waiting_.notify_one();
    finished_.wait(lock, [&] { return job.done; });
    if (job.error) std::rethrow_exception(job.error);
}

void Writer::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        waiting_.wait(lock, [&] { return closing_ || !queue_.empty(); });
        if (queue_.empty()) return;
        const std::vector<Job*> batch(queue_.begin(), queue_.end());
        queue_.clear();
        lock.unlock();
        commit(batch);
        lock.lock();
        for (Job* job : batch)
            job->done = true;
        finished_.notify_all();
    }
}

// A full disk may end the whole transaction in the middle of one operation: then all fail.
void Writer::commit(const std::vector<Job*>& batch) {
    Writing done(connection_);
    try {
        connection_.run("BEGIN IMMEDIATE");
        for (Job* job : batch)
            run_job(*job, done);
        connection_.run("COMMIT");
    } catch (...) {
        for (Job* job : batch) {
            if (!job->error) job->error = std::current_exception();
        }
        if (connection_.in_transaction()) {
            try {
                connection_.run("ROLLBACK");
            } catch (const Error&) {
                // Nothing was committed; the next BEGIN says what is wrong.
            }
        }
        return;
    }
    clean_up(done);
}

void Writer::run_job(Job& job, Writing& all) {
    Writing own(connection_);
    try {
        Savepoint savepoint(connection_);
        job.operation(own);
        savepoint.release();
    } catch (...) {
        job.error = std::current_exception();
        if (!connection_.in_transaction()) throw;
        return;
    }
    all.blobs_.insert(all.blobs_.end(), own.blobs_.begin(), own.blobs_.end());
    all.truncate_ |= own.truncate_;
}

// A blob that could not be removed is swept later; a log that readers hold is truncated after the
// next commit.
void Writer::clean_up(const Writing& done) {
    for (const BlobId& id : done.blobs_) {
        try {
            blobs_.remove(id);
        } catch (const Error&) {
            continue;
        }
    }
    truncate_due_ |= done.truncate_;
    if (!truncate_due_) return;
    try {
        Statement checkpoint = connection_.query("PRAGMA wal_checkpoint(TRUNCATE)");
        truncate_due_ = !checkpoint.step() || checkpoint.integer(0) != 0;
    } catch (const Error&) {
        truncate_due_ = true;
    }
}

}  // namespace kluis::store::sqlcipher
