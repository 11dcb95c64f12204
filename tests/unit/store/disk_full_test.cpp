// A disk that is full at any moment: an error that says so, nothing half-written, and the store
// goes on when there is room again.
#include "faulty_blobs.hpp"
#include "story.hpp"

#include <doctest/doctest.h>
#include <store/files/file_blob_store.hpp>
#include <store/memory/memory_blob_store.hpp>
#include <store/memory/memory_store.hpp>
#include <store/sqlcipher/sqlcipher_store.hpp>
#include <support/refusal.hpp>
#include <support/temporary_folder.hpp>

#include <atomic>

namespace kluis::test {
namespace {

// Lets one change of a file fail after so many that did not, which are more each time, so that
// every step succeeds in the end.
class FullDisk {
  public:
    explicit FullDisk(std::uint64_t gap) : gap_(gap) {}

    Fate meet() {
        if (++calls_ < gap_) return Fate::done;
        calls_ = 0;
        ++gap_;
        ++failures_;
        return Fate::disk_full;
    }
    std::uint64_t failures() const { return failures_; }

  private:
    std::atomic<std::uint64_t> gap_;
    std::atomic<std::uint64_t> calls_ = 0;
    std::atomic<std::uint64_t> failures_ = 0;
};

// Does a step until the disk lets it; returns how often it was refused.
int persist(const Story& story, std::size_t step, store::Store& store, store::BlobStore& blobs) {
    for (int refusals = 0; refusals < 100; ++refusals) {
        const auto error = refusal([&] { return story.tell(step, store, blobs), 0; });
        if (!error) return refusals;
        CHECK(error->kind() == base::ErrorKind::storage);
    }
    FAIL("a step never succeeded");
    return 0;
}

}  // namespace

TEST_CASE("a store whose disk is full now and then tells the same story") {
    const Story story;
    store::MemoryBlobStore plain_blobs;
    store::MemoryStore plain(plain_blobs);
    const TemporaryFolder folder;
    const auto key = crypto::random_secret<store::DatabaseKey>();
    store::FileBlobStore files(folder / "payloads");
    store::SqlcipherStore::make(folder / "vault.db", key);
    std::uint64_t gap = 0;
    SUBCASE("often") {
        gap = 3;
    }
    SUBCASE("at times") {
        gap = 20;
    }
    SUBCASE("seldom") {
        gap = 60;
    }
    FullDisk disk(gap);
    bool on = false;
    install_faulty_vfs([&](FileCall, std::string_view) { return on ? disk.meet() : Fate::done; });
    FaultyBlobs blobs(files, [&] { return on ? disk.meet() : Fate::done; });
    {
        store::SqlcipherStore store(folder / "vault.db", key, blobs);
        int refusals = 0;
        for (std::size_t step = 0; step < story.length(); ++step) {
            story.tell(step, plain, plain_blobs);
            on = true;
            refusals += persist(story, step, store, blobs);
            on = false;
            REQUIRE(story.print(store, blobs) == story.print(plain, plain_blobs));
        }
        CHECK(refusals > 0);
        CHECK(disk.failures() > 0);
        CHECK(store.check(true).missing == std::vector<std::string>{});
    }
    install_faulty_vfs({});
}

}  // namespace kluis::test
