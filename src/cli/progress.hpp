// Progress on standard error: only on a terminal, only for what takes over a second.
//
// Thread-safety: one thread at a time for each object.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

namespace kluis::cli {

class Progress {
  public:
    // `what` is a verb, such as "receiving"; `total` in bytes, 0 if it is not known yet.
    Progress(std::string what, std::uint64_t total);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void of(std::uint64_t total) { total_ = total; }
    // So many bytes are done in all.
    void at(std::uint64_t done);
    // So many more are done. May be called from several threads, one at a time.
    void add(std::uint64_t more) { at(done_ + more); }
    // Takes the bar away.
    void done();

  private:
    void draw(std::chrono::steady_clock::time_point now);

    std::string what_;
    std::uint64_t total_;
    std::uint64_t done_ = 0;
    bool terminal_;
    bool drawn_ = false;
    std::chrono::steady_clock::time_point start_;
    std::chrono::steady_clock::time_point last_;
};

// Says that the program works while it lives, for what cannot tell how far it is: opening a large
// dossier, making many headers. A drawn bar takes its place.
class Working {
  public:
    Working();
    ~Working();
    Working(const Working&) = delete;
    Working& operator=(const Working&) = delete;

  private:
    void run();

    std::mutex mutex_;
    std::condition_variable wake_;
    bool done_ = false;
    std::thread thread_;
};

}  // namespace kluis::cli
