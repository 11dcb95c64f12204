// A server killed at any moment: what it acknowledged is there when it starts again, what it did
// not is absent or whole, and the story goes on from there.
#include "faulty_blobs.hpp"
#include "faulty_vfs.hpp"
#include "story.hpp"

#include <doctest/doctest.h>
#include <store/files/file_blob_store.hpp>
#include <store/memory/memory_blob_store.hpp>
#include <store/memory/memory_store.hpp>
#include <store/sqlcipher/sqlcipher_store.hpp>
#include <support/child.hpp>
#include <support/temporary_folder.hpp>

#include <atomic>
#include <cstdlib>
#include <sstream>

namespace kluis::test {
namespace {

constexpr int kKilled = 42;

// Of the calls at which the story is ended, every `of`-th from `first` on: "first/of" in
// KLUIS_CRASH_SHARE, or all.
struct Share {
    std::uint64_t first = 1;
    std::uint64_t of = 1;
};

Share share_of_this_run() {
    const char* text = std::getenv("KLUIS_CRASH_SHARE");
    if (!text) return {};
    Share share;
    char slash = 0;
    std::istringstream(text) >> share.first >> slash >> share.of;
    if (slash != '/' || share.first < 1 || share.of < share.first) {
        throw std::runtime_error("KLUIS_CRASH_SHARE is not of the form 1/4");
    }
    return share;
}

// One for all kills: the story ends with nothing in it.
struct Disk {
    TemporaryFolder folder;
    store::DatabaseKey key = crypto::random_secret<store::DatabaseKey>();

    Disk() { store::SqlcipherStore::make(folder / "empty.db", key); }
    std::filesystem::path database() const { return folder / "vault.db"; }
    std::filesystem::path payloads() const { return folder / "payloads"; }
    void begin_anew() const {
        std::filesystem::copy_file(folder / "empty.db", database(),
                                   std::filesystem::copy_options::overwrite_existing);
    }
};

// What is shown after each number of steps, by the store that is plainest.
std::vector<Digest> prints_of(const Story& story) {
    store::MemoryBlobStore blobs;
    store::MemoryStore store(blobs);
    std::vector<Digest> prints{story.print(store, blobs)};
    for (std::size_t step = 0; step < story.length(); ++step) {
        story.tell(step, store, blobs);
        prints.push_back(story.print(store, blobs));
    }
    return prints;
}

// Tells the story in a process that is killed before the `last`-th call that changes a file;
// returns how many steps it acknowledged. `ended` says whether it was killed.
std::size_t tell_until_killed(const Story& story, const Disk& disk, std::uint64_t last,
                              bool& killed) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const Ending ending = in_child([&] {
        std::atomic<std::uint64_t> calls = 0;
        const auto count = [&] {
            if (++calls == last) ::_exit(kKilled);
        };
        install_faulty_vfs([&](FileCall, std::string_view) { return count(), Fate::done; });
        store::FileBlobStore files(disk.payloads());
        FaultyBlobs blobs(files, [&] { return count(), Fate::done; });
        store::SqlcipherStore store(disk.database(), disk.key, blobs);
        for (std::size_t step = 0; step < story.length(); ++step) {
            story.tell(step, store, blobs);
            if (::write(ends[1], "x", 1) != 1) return 1;
        }
        return 0;
    });
    ::close(ends[1]);
    std::size_t acknowledged = 0;
    char byte;
    while (::read(ends[0], &byte, 1) == 1)
        ++acknowledged;
    ::close(ends[0]);
    REQUIRE(ending.exited);
    killed = ending.status == kKilled;
    if (!killed) REQUIRE(ending.status == 0);
    return acknowledged;
}

void check_after(const Story& story, const std::vector<Digest>& prints, const Disk& disk,
                 std::size_t acknowledged) {
    store::FileBlobStore blobs(disk.payloads());
    store::SqlcipherStore store(disk.database(), disk.key, blobs);
    // Whatever was erased, the log does not hold it any more.
    CHECK(std::filesystem::file_size(disk.database().native() + "-wal") == 0);
    const auto report = store.check(true);
    CHECK(report.missing == std::vector<std::string>{});
    std::size_t left = 0;
    blobs.sweep([&](const store::BlobId&) { ++left; });
    CHECK(left == report.blobs);
    const Digest print = story.print(store, blobs);
    const bool whole = acknowledged < story.length() && print == prints[acknowledged + 1];
    CHECK((print == prints[acknowledged] || whole));
    for (std::size_t step = acknowledged; step < story.length(); ++step)
        story.tell(step, store, blobs);
    CHECK(story.print(store, blobs) == prints.back());
    const auto last_report = store.check(true);
    CHECK(last_report.missing.empty());
    CHECK(last_report.dossiers + last_report.swept == 0);
}

TEST_CASE("killed at any change of a file, a store loses nothing that it acknowledged") {
    const Story story;
    const auto prints = prints_of(story);
    const Share share = share_of_this_run();
    const Disk disk;
    bool killed = true;
    std::uint64_t last = share.first;
    for (; killed; last += share.of) {
        CAPTURE(last);
        disk.begin_anew();
        const std::size_t acknowledged = tell_until_killed(story, disk, last, killed);
        check_after(story, prints, disk, acknowledged);
    }
    CHECK(last > 100);
}

}  // namespace
}  // namespace kluis::test
