// How both halves use several cores on one stream: workers, each with its own buffer and cipher,
// take part after part of it.
//
// For age/seal and age/open alone; public since these are two layers.
#pragma once

#include <memory>
#include <vector>

namespace kluis::age {

enum class Taken { nothing, part, last_part };

// Handles one part at a time.
class PartWorker {
  public:
    virtual ~PartWorker() = default;

    // Takes the next part. Called for one worker at a time.
    virtual Taken take() = 0;
    // Handles what was taken; at the same time as others.
    virtual void work() = 0;
    // Gives the result. Called for one worker at a time, in the order of the parts; not at all when
    // a part before failed.
    virtual void give() = 0;
};

enum class Giving {
    in_order,     // as `give` says
    independent,  // `give` is never called: `work` puts its result in place
};

// Runs until a worker has taken the last part and all results are given. The first worker runs on
// the calling thread, and alone if the first part is the last or no thread can be started. Throws
// what the first part that failed threw, when no thread is running any more.
void run_parts(const std::vector<std::unique_ptr<PartWorker>>& workers, Giving giving);

// How many workers make sense here.
unsigned part_workers();

}  // namespace kluis::age
