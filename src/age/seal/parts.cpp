#include <kluis/age/seal/parts.hpp>

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>

namespace kluis::age {
namespace {

// More would rarely have cores of their own, and each has its buffers.
constexpr unsigned kMostWorkers = 4;

class Run {
  public:
    explicit Run(Giving giving) : giving_(giving) {}

    // One worker's share: parts until none is left.
    void loop(PartWorker& worker) {
        while (const std::uint64_t turn = take(worker)) {
            handle(worker, turn);
        }
    }

    // Numbers the part taken, from 1; 0 if there is none.
    std::uint64_t take(PartWorker& worker) {
        const std::lock_guard lock(taking_);
        if (none_left_) return 0;
        Taken taken = Taken::nothing;
        try {
            taken = worker.take();
        } catch (...) {
            take_failure_ = std::current_exception();
        }
        none_left_ = taken != Taken::part;
        return taken == Taken::nothing ? 0 : ++taken_;
    }

    void handle(PartWorker& worker, std::uint64_t turn) {
        std::exception_ptr failure;
        try {
            worker.work();
        } catch (...) {
            failure = std::current_exception();
        }
        if (giving_ == Giving::in_order) {
            std::unique_lock lock(turns_);
            turned_.wait(lock, [&] { return given_ + 1 == turn; });
            if (failure_) failure = failure_;
        }
        if (!failure && giving_ == Giving::in_order) {
            try {
                worker.give();
            } catch (...) {
                failure = std::current_exception();
            }
        }
        finish(failure);
    }

    bool none_left() {
        const std::lock_guard lock(taking_);
        return none_left_;
    }

    // REQUIRES: no other thread runs any more.
    void rethrow_failure() const {
        if (failure_) std::rethrow_exception(failure_);
        if (take_failure_) std::rethrow_exception(take_failure_);
    }

  private:
    void finish(const std::exception_ptr& failure) {
        if (failure) {
            const std::lock_guard lock(taking_);
            none_left_ = true;
        }
        {
            const std::lock_guard lock(turns_);
            if (failure && !failure_) failure_ = failure;
            ++given_;
        }
        turned_.notify_all();
    }

    const Giving giving_;
    std::mutex taking_;
    bool none_left_ = false;
    std::uint64_t taken_ = 0;
    std::exception_ptr take_failure_;

    std::mutex turns_;
    std::condition_variable turned_;
    std::uint64_t given_ = 0;
    std::exception_ptr failure_;
};

// Starts a thread for each worker but the first. Where the system allows no more of them, those
// that started do all the work: they must, since the part that the caller holds has the first turn.
void start_threads(std::vector<std::jthread>& threads, Run& run,
                   const std::vector<std::unique_ptr<PartWorker>>& workers) {
    try {
        for (std::size_t i = 1; i < workers.size(); ++i) {
            threads.emplace_back([&run, &worker = *workers[i]] { run.loop(worker); });
        }
    } catch (...) {
    }
}

}  // namespace

void run_parts(const std::vector<std::unique_ptr<PartWorker>>& workers, Giving giving) {
    Run run(giving);
    PartWorker& first = *workers.front();
    std::vector<std::jthread> threads;
    threads.reserve(workers.size() - 1);
    if (const std::uint64_t turn = run.take(first)) {
        if (!run.none_left()) start_threads(threads, run, workers);
        run.handle(first, turn);
        run.loop(first);
    }
    threads.clear();
    run.rethrow_failure();
}

unsigned part_workers() {
    return std::clamp(std::thread::hardware_concurrency(), 1U, kMostWorkers);
}

}  // namespace kluis::age
