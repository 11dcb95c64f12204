#include <cli/progress.hpp>
#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace kluis::cli {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPatience{1000};
constexpr std::chrono::milliseconds kRedraw{100};
constexpr std::size_t kWidth = 30;

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
    drawn_ = true;
    std::string line = "\r" + what_ + "  ";
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
    std::cerr << line << "\x1b[K" << std::flush;
}

void Progress::done() {
    if (drawn_) {
        std::cerr << "\r\x1b[K" << std::flush;
        drawn_ = false;
    }
}

}  // namespace kluis::cli
