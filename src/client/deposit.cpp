#include <kluis/dossier/catalogue.hpp>

#include <client/deposit.hpp>
#include <client/sealed_upload.hpp>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;

// More than there are cores: an upload waits for the server's disk most of the time.
constexpr std::size_t kUploaders = 6;
// Deposits signed in one run.
constexpr std::size_t kDepositsPerRun = 500;

// Whether an error is about one file, so that the others may go on: the server's have a code.
bool is_about_the_file(const Error& error) {
    switch (error.kind()) {
        case ErrorKind::storage:
        case ErrorKind::not_found:
        case ErrorKind::usage:
        case ErrorKind::malformed:
        case ErrorKind::conflict:
        case ErrorKind::limit:
            return error.code().empty();
        default:
            return false;
    }
}

// The items on their way from files to signed deposits: uploaders fill slots in any order, one
// signer takes them in the order of the items.
class Pipeline {
  public:
    Pipeline(const std::vector<DepositItem>& items, const DepositProgress& progress)
        : items_(items), progress_(progress), slots_(items.size()) {}

    struct Slot {
        std::optional<SealedItem> sealed;
        std::optional<Error> error;
        bool done = false;
    };
    using PlacedSlots = std::vector<std::pair<std::size_t, Slot>>;

    // The loop of one uploader. An item is done when its payloads are durable at the server.
    void upload(PayloadSender& sender, const statement::Card& owner) {
        PlacedSlots sent;
        while (const auto place = next()) {
            sent.emplace_back(*place, seal(sender, owner, items_[*place]));
            if (sender.is_due()) finish(sender, sent);
        }
        finish(sender, sent);
    }

    // The next slots in order, at most `most`, at least one; waits for the first only. Empty at the
    // end of the items.
    std::vector<Slot> take(std::size_t most) {
        std::unique_lock lock(mutex_);
        std::vector<Slot> taken;
        while (taken.size() < most && taken_ < slots_.size()) {
            if (!slots_[taken_].done) {
                if (!taken.empty()) {
                    break;
                }
                changed_.wait(lock, [this] { return slots_[taken_].done; });
            }
            taken.push_back(std::move(slots_[taken_]));
            ++taken_;
        }
        return taken;
    }

    // Lets uploaders take no further item: what is left gets `error`.
    void stop(const Error& error) {
        const std::lock_guard lock(mutex_);
        while (started_ < slots_.size()) {
            slots_[started_].error = error;
            slots_[started_].done = true;
            ++started_;
        }
        changed_.notify_all();
    }

  private:
    Slot seal(PayloadSender& sender, const statement::Card& owner, const DepositItem& item) {
        Slot slot;
        try {
            slot.sealed = seal_and_send(sender, owner, item,
                                        [this](std::uint64_t bytes) { count(0, bytes); });
        } catch (const Error& error) {
            slot.error = error;
            if (!is_about_the_file(error)) stop(error);
        }
        return slot;
    }

    // Empties `sent`.
    void finish(PayloadSender& sender, PlacedSlots& sent) {
        std::optional<Error> failure;
        try {
            sender.flush();
        } catch (const Error& error) {
            failure = error;
        }
        for (auto& [place, slot] : sent) {
            if (failure && slot.sealed) slot = {std::nullopt, failure, false};
            if (slot.sealed) count(1, 0);
            put(place, std::move(slot));
        }
        sent.clear();
        if (failure) stop(*failure);
    }

    std::optional<std::size_t> next() {
        const std::lock_guard lock(mutex_);
        if (started_ == slots_.size()) {
            return std::nullopt;
        }
        return started_++;
    }

    void put(std::size_t place, Slot slot) {
        const std::lock_guard lock(mutex_);
        slots_[place] = std::move(slot);
        slots_[place].done = true;
        changed_.notify_all();
    }

    void count(std::size_t items, std::uint64_t bytes) {
        const std::lock_guard lock(progress_mutex_);
        items_done_ += items;
        bytes_done_ += bytes;
        if (progress_) {
            progress_(items_done_, bytes_done_);
        }
    }

    const std::vector<DepositItem>& items_;
    const DepositProgress& progress_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Slot> slots_;
    std::size_t started_ = 0;
    std::size_t taken_ = 0;
    std::mutex progress_mutex_;
    std::size_t items_done_ = 0;
    std::uint64_t bytes_done_ = 0;
};

// Before anything is sent: else it would depend on the order of the uploads which of them get in.
void require_allowed(const DepositTarget& target, std::size_t documents) {
    if (!target.permission || !target.permission->count) {
        return;
    }
    const auto left = *target.permission->count - target.permission->used;
    if (left < documents) {
        throw Error(ErrorKind::denied,
                    left == 0
                        ? "you have deposited as many documents as this dossier's owner allowed"
                        : "its owner allows " + std::to_string(left) +
                              " more of your documents in this dossier, and these are " +
                              std::to_string(documents),
                    "ask the owner to allow your card anew")
            .with_code("deposit-limit");
    }
}

// Signs one run of deposits; when someone else was first, on the new head.
std::vector<statement::Signed> sign_run(Client& client, DepositTarget& target,
                                        const std::vector<SealedItem>& sealed) {
    std::vector<statement::Signed> accepted;
    bool first = true;
    retry_on_stale_head([&] {
        if (!first) {
            const auto owner = target.owner;
            target = renewed(client, std::move(target));
            if (owner != target.owner) {
                throw Error(ErrorKind::conflict, "the dossier has a new owner since you began",
                            "deposit the rest again, for the new owner")
                    .with_code("owner-changed");
            }
        }
        first = false;
        std::vector<Draft> drafts;
        drafts.reserve(sealed.size());
        for (const auto& item : sealed) {
            drafts.push_back({item.act, {{item.act.document, item.header}}});
        }
        accepted = Author(client, target.tip).submit(std::move(drafts));
    });
    return accepted;
}

// Takes slots in order, signs what was uploaded, and notes what became of each item.
void sign_all(Client& client, DepositTarget& target, Pipeline& pipeline, DepositResult& result) {
    std::optional<Error> fatal;
    for (;;) {
        auto slots = pipeline.take(kDepositsPerRun);
        if (slots.empty()) {
            return;
        }
        std::vector<SealedItem> run;
        std::vector<std::size_t> places;
        for (auto& slot : slots) {
            result.outcomes.push_back({std::nullopt, fatal ? fatal : slot.error});
            if (slot.sealed && !fatal) {
                places.push_back(result.outcomes.size() - 1);
                run.push_back(std::move(*slot.sealed));
            }
        }
        if (run.empty()) {
            continue;
        }
        try {
            const auto accepted = sign_run(client, target, run);
            for (std::size_t i = 0; i < places.size(); ++i) {
                result.outcomes[places[i]].deposited =
                    Deposited{run[i].act.document, accepted[i].hash};
            }
        } catch (const Error& error) {
            fatal = error;
            for (const auto place : places) {
                result.outcomes[place].error = error;
            }
            pipeline.stop(error);
        }
    }
}

}  // namespace

void require_depositable(std::string_view kind) {
    if (kind == dossier::kProfileKind) {
        throw Error(ErrorKind::usage, "a profile is not deposited as a file",
                    "use `kluis dossier profile`");
    }
    if (kind == dossier::kWishListKind) {
        throw Error(ErrorKind::usage, "a wish list is not deposited as a file",
                    "use `kluis dossier wish`");
    }
}

DepositResult deposit(Client& client, const statement::DossierId& dossier,
                      const std::vector<DepositItem>& items, const DepositProgress& progress) {
    auto target = fetch_deposit_target(client, dossier);
    require_allowed(target, items.size());
    DepositResult result;
    result.outcomes.reserve(items.size());
    const auto owner = target.owner;
    Pipeline pipeline(items, progress);
    {
        std::vector<std::unique_ptr<api::Service>> services;
        std::vector<std::jthread> uploaders;
        for (std::size_t i = 0; i < std::min(kUploaders, items.size()); ++i) {
            services.push_back(client.connect());
            uploaders.emplace_back([&, service = services.back().get()] {
                PayloadSender sender(*service, client.session(), dossier);
                pipeline.upload(sender, owner);
            });
        }
        sign_all(client, target, pipeline, result);
    }
    result.head = target.tip.head;
    return result;
}

}  // namespace kluis::client
