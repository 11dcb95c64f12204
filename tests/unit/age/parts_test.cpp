#include <kluis/age/seal/parts.hpp>
#include <kluis/base/error.hpp>

#include <dlfcn.h>
#include <doctest/doctest.h>
#include <pthread.h>
#include <support/refusal.hpp>

#include <atomic>
#include <cerrno>
#include <limits>

using namespace kluis;
using age::Taken;

namespace {

// How many threads may still start.
std::atomic<int> threads_left = std::numeric_limits<int>::max();

}  // namespace

// Stands before the system's own, and fails as that does where a process may have no more threads.
extern "C" int pthread_create(pthread_t* thread, const pthread_attr_t* attributes,
                              void* (*body)(void*), void* argument) noexcept {
    using Create = int (*)(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
    static const auto create = reinterpret_cast<Create>(::dlsym(RTLD_NEXT, "pthread_create"));
    return --threads_left < 0 ? EAGAIN : create(thread, attributes, body, argument);
}

namespace {

// What the workers of one run share: parts from 0 to `last`, and where things go wrong.
struct Course {
    int last = 0;
    int fail_take = -1;
    int fail_work = -1;
    int fail_give = -1;
    bool nothing_at_all = false;
    int next = 0;
    std::vector<int> given{};
    std::atomic<int> worked = 0;
};

class Worker final : public age::PartWorker {
  public:
    explicit Worker(Course& course) : course_(course) {}

    Taken take() override {
        if (course_.nothing_at_all) return Taken::nothing;
        part_ = course_.next++;
        fail_at(course_.fail_take, "taking");
        return part_ == course_.last ? Taken::last_part : Taken::part;
    }
    void work() override {
        fail_at(course_.fail_work, "working");
        ++course_.worked;
    }
    void give() override {
        fail_at(course_.fail_give, "giving");
        course_.given.push_back(part_);
    }

  private:
    void fail_at(int part, const char* doing) const {
        if (part_ == part) throw base::Error(base::ErrorKind::storage, doing);
    }

    Course& course_;
    int part_ = 0;
};

std::string run(Course& course, unsigned count, age::Giving giving = age::Giving::in_order) {
    std::vector<std::unique_ptr<age::PartWorker>> workers;
    for (unsigned i = 0; i < count; ++i)
        workers.push_back(std::make_unique<Worker>(course));
    const auto error = test::refusal([&] {
        age::run_parts(workers, giving);
        return 0;
    });
    return error ? error->what() : "";
}

std::vector<int> up_to(int end) {
    std::vector<int> numbers;
    for (int i = 0; i < end; ++i)
        numbers.push_back(i);
    return numbers;
}

}  // namespace

TEST_CASE("parts are given in their order, however many workers there are") {
    for (const unsigned workers : {1U, 2U, 4U}) {
        for (const int last : {0, 1, 2, 999}) {
            Course course{.last = last};
            CHECK(run(course, workers).empty());
            CHECK(course.given == up_to(last + 1));
        }
    }
}

TEST_CASE("independent parts are all worked on and never given") {
    Course course{.last = 999};
    CHECK(run(course, 4, age::Giving::independent).empty());
    CHECK(course.worked == 1000);
    CHECK(course.given.empty());
}

TEST_CASE("where there is nothing to take, nothing happens") {
    Course course{.nothing_at_all = true};
    CHECK(run(course, 4).empty());
    CHECK(course.given.empty());
}

TEST_CASE("a part that cannot be worked on ends the run, after those before it were given") {
    Course course{.last = 999, .fail_work = 500};
    CHECK(run(course, 4) == "working");
    CHECK(course.given == up_to(500));
    CHECK(course.next < 999);
}

TEST_CASE("a part that cannot be given ends the run, after those before it were given") {
    Course course{.last = 999, .fail_give = 500};
    CHECK(run(course, 4) == "giving");
    CHECK(course.given == up_to(500));
}

TEST_CASE("a part that cannot be taken ends the run, after those before it were given") {
    Course course{.last = 999, .fail_take = 500};
    CHECK(run(course, 4) == "taking");
    CHECK(course.given == up_to(500));
}

TEST_CASE("a failure of an independent part ends the run") {
    Course course{.last = 100'000, .fail_work = 500};
    CHECK(run(course, 4, age::Giving::independent) == "working");
    CHECK(course.worked < 100'000);
}

TEST_CASE("where a thread cannot be started, those that could do the whole work") {
    for (const int allowed : {0, 1, 2}) {
        for (const auto giving : {age::Giving::in_order, age::Giving::independent}) {
            CAPTURE(allowed);
            Course course{.last = 999};
            threads_left = allowed;
            CHECK(run(course, 4, giving).empty());
            CHECK(threads_left == -1);
            CHECK(course.worked == 1000);
            if (giving == age::Giving::in_order) CHECK(course.given == up_to(1000));
        }
    }
    threads_left = std::numeric_limits<int>::max();
}
