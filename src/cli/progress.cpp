#include <cli/output.hpp>
#include <cli/progress.hpp>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <utility>

namespace kluis::cli {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPatience{1000};
constexpr std::chrono::milliseconds kRedraw{100};
constexpr std::size_t kWidth = 30;

// How many bars are drawn now.
std::atomic<int> bars = 0;

std::string megabytes(std::uint64_t bytes) {
    return std::to_string(bytes / 1'000'000) + "." + std::to_string(bytes / 100'000 % 10) + " MB";
}

}  // namespace

Progress::Progress(std::string what, std::uint64_t total)
    : what_(std::move(what)),
      total_(total),
      terminal_(::isatty(STDERR_FILENO) == 1),
      start_(Clock::now()),
      last_(start_) {}

Progress::~Progress() {
    done();
}

void Progress::at(std::uint64_t done) {
    done_ = done;
    if (!terminal_) {
        return;
    }
    const auto now = Clock::now();
    if (now - start_ >= kPatience && now - last_ >= kRedraw) {
        draw(now);
    }
}

void Progress::draw(Clock::time_point now) {
    last_ = now;
    const bool newly_drawn = !std::exchange(drawn_, true);
    std::string line = what_ + "  ";
    if (total_ > 0) {
        const auto part = std::min(1.0, static_cast<double>(done_) / static_cast<double>(total_));
        const auto filled = static_cast<std::size_t>(part * static_cast<double>(kWidth));
        line += "[" + std::string(filled, '#') + std::string(kWidth - filled, ' ') + "]  " +
                std::to_string(static_cast<int>(part * 100)) + " %";
        const auto spent = std::chrono::duration<double>(now - start_).count();
        if (part > 0.02) {
            line += ", " + std::to_string(static_cast<int>(spent / part - spent) + 1) + " s left";
        }
    } else {
        line += megabytes(done_);
    }
    bars.fetch_add(newly_drawn ? 1 : 0);
    show_status(line);
}

void Progress::done() {
    if (drawn_) {
        show_status("");
        bars.fetch_sub(1);
        drawn_ = false;
    }
}

Working::Working() {
    if (is_terminal(STDERR_FILENO)) {
        thread_ = std::thread([this] { run(); });
    }
}

Working::~Working() {
    {
        const std::lock_guard lock(mutex_);
        done_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) {
        thread_.join();
    }
    show_status("");
}

void Working::run() {
    const auto start = Clock::now();
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, kPatience, [this] { return done_; })) {
        // A bar says more.
        if (bars == 0) {
            const auto spent =
                std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - start);
            show_status("working  " + std::to_string(spent.count()) + " s");
        }
    }
}

}  // namespace kluis::cli
