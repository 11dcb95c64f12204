#include "writer.hpp"

namespace kluis::store::sqlcipher {

using base::Error;

namespace {

// How long an erasure waits for readers who need the write-ahead log. All writers wait with it, so
// a reader who needs it for long, such as a check, is not waited for: the next commit tries again.
constexpr std::chrono::milliseconds kPatience{100};

}  // namespace

Writer::Writer(Connection connection, BlobStore& blobs)
    : connection_(std::move(connection)), blobs_(blobs) {
    clean_up(kPatience);
    thread_ = std::thread([this] { work(); });
}

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
        const Writing done = commit(batch);
        blobs_due_.insert(blobs_due_.end(), done.blobs_.begin(), done.blobs_.end());
        truncate_due_ |= done.erases_;
        if (done.erases_) clean_up(kPatience);
        release(batch);
        if (!done.erases_) clean_up({});
        lock.lock();
    }
}

void Writer::release(const std::vector<Job*>& batch) {
    const std::lock_guard lock(mutex_);
    for (Job* job : batch)
        job->done = true;
    finished_.notify_all();
}

// A full disk may end the whole transaction in the middle of one operation: then all fail.
Writing Writer::commit(const std::vector<Job*>& batch) {
    Writing done(connection_);
    try {
        connection_.run("BEGIN IMMEDIATE");
        for (Job* job : batch)
            run_job(*job, done);
        connection_.run("COMMIT");
        return done;
    } catch (...) {
        for (Job* job : batch) {
            if (!job->error) job->error = std::current_exception();
        }
    }
    if (connection_.in_transaction()) {
        try {
            connection_.run("ROLLBACK");
        } catch (const Error&) {
            // Nothing was committed; the next BEGIN says what is wrong.
        }
    }
    return Writing(connection_);
}

void Writer::run_job(Job& job, Writing& all) {
    Writing own(connection_);
    Savepoint savepoint(connection_);
    try {
        job.operation(own);
        savepoint.release();
    } catch (...) {
        job.error = std::current_exception();
        if (!savepoint.undo()) throw;
        return;
    }
    all.blobs_.insert(all.blobs_.end(), own.blobs_.begin(), own.blobs_.end());
    all.erases_ |= own.erases_;
}

void Writer::clean_up(std::chrono::milliseconds patience) {
    if (!blobs_due_.empty()) blobs_due_ = blobs_.remove_all(blobs_due_);
    if (truncate_due_) truncate_due_ = !connection_.truncate_log(patience);
}

}  // namespace kluis::store::sqlcipher
