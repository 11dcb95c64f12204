#include "blob_conformance.hpp"

#include <store/files/file_blob_store.hpp>
#include <support/child.hpp>
#include <support/refusal.hpp>
#include <support/temporary_folder.hpp>
#include <sys/resource.h>
#include <sys/stat.h>

#include <fstream>

namespace kluis::test {
namespace {

namespace fs = std::filesystem;

struct Files {
    TemporaryFolder folder;
    fs::path path = folder / "payloads";
    store::FileBlobStore blobs{path};

    std::size_t count() const {
        std::size_t files = 0;
        for (const auto& entry : fs::recursive_directory_iterator(path)) {
            if (entry.is_regular_file() && entry.path().filename() != "lock") ++files;
        }
        return files;
    }
    static void make_old(const fs::path& file) {
        fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(25));
    }
};

unsigned mode_of(const fs::path& path) {
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mode & 0777U;
}

}  // namespace

TEST_CASE_FIXTURE(Files, "blobs in files do what all blobs do") {
    SUBCASE("read at any place") {
        blobs_are_read_at_any_place(blobs);
    }
    SUBCASE("empty") {
        an_empty_blob_is_a_blob(blobs);
    }
    SUBCASE("removed while open") {
        an_open_blob_outlives_its_removal(blobs);
    }
    SUBCASE("named") {
        blobs_have_names_of_their_own(blobs);
    }
}

TEST_CASE_FIXTURE(Files, "folders and files of blobs are their owner's alone") {
    put(blobs, noise(10));
    for (const auto& entry : fs::recursive_directory_iterator(path))
        CHECK(mode_of(entry.path()) == (entry.is_directory() ? 0700U : 0600U));
    CHECK(mode_of(path) == 0700U);
}

TEST_CASE_FIXTURE(Files, "the folders of all blobs are there before the first") {
    std::size_t shelves = 0;
    for (const auto& entry : fs::directory_iterator(path))
        shelves += entry.is_directory() && entry.path().filename().native().size() == 2;
    CHECK(shelves == 256);
}

TEST_CASE_FIXTURE(Files, "many blobs are removed at once, and what cannot be is named") {
    const auto one = put(blobs, noise(10)), two = put(blobs, noise(10));
    // A folder in the place of a blob cannot be unlinked.
    const auto stuck = crypto::random_value<store::BlobId>();
    const std::string name = base::hex_encode(stuck);
    fs::create_directory(path / name.substr(0, 2) / name);
    CHECK(blobs.remove_all({one, stuck, two, crypto::random_value<store::BlobId>()}) ==
          std::vector{stuck});
    CHECK(count() == 0);
    CHECK(refuses(base::ErrorKind::storage, [&] { return blobs.remove(stuck), 0; }));
}

TEST_CASE_FIXTURE(Files, "an upload begins while a sweep looks at what it has found") {
    put(blobs, noise(10));
    store::FileBlobStore sweeping(path);
    blobs.~FileBlobStore();
    new (&blobs) store::FileBlobStore(path);
    std::size_t met = 0;
    sweeping.sweep([&](const store::BlobId&) {
        ++met;
        // Would wait for the sweep for ever.
        put(blobs, noise(10));
    });
    CHECK(met == 1);
    CHECK(count() == 2);
}

TEST_CASE_FIXTURE(Files, "an upload that is given up leaves no file") {
    blobs.create()->write(noise(100'000));
    CHECK(count() == 0);
}

TEST_CASE_FIXTURE(Files, "while uploads may be under way, a sweep leaves alone what is new") {
    const auto id = put(blobs, noise(10));
    auto upload = blobs.create();
    upload->write(noise(10));
    CHECK(swept(blobs).empty());
    CHECK(count() == 2);
    for (const auto& entry : fs::recursive_directory_iterator(path)) {
        if (entry.path().filename() == base::hex_encode(id)) make_old(entry.path());
    }
    CHECK(swept(blobs) == std::set{id});
    const auto second = upload->finish();
    CHECK(blobs.open(second));
}

TEST_CASE_FIXTURE(Files, "a sweep after a restart meets all blobs and removes broken uploads") {
    const auto id = put(blobs, noise(10));
    std::ofstream(path / "incoming" / "0123") << "half";
    std::ofstream(path / "incoming" / "old") << "half";
    blobs.~FileBlobStore();
    new (&blobs) store::FileBlobStore(path);
    CHECK(swept(blobs) == std::set{id});
    CHECK(count() == 1);
}

TEST_CASE_FIXTURE(Files, "a blob on a full disk is refused and leaves nothing") {
    const Ending ending = in_child([&] {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{5000, 5000};
        ::setrlimit(RLIMIT_FSIZE, &small);
        if (!refuses(base::ErrorKind::storage, [&] { return put(blobs, noise(10'000)); })) return 1;
        if (count() != 0) return 2;
        put(blobs, noise(5000));
        return 0;
    });
    CHECK(ending.exited);
    CHECK(ending.status == 0);
    CHECK(count() == 1);
}

TEST_CASE("a folder that cannot be made is an error that names no path") {
    const auto error =
        refusal([] { return store::FileBlobStore("/nowhere/at/all").create() != nullptr; });
    REQUIRE(error);
    CHECK(error->kind() == base::ErrorKind::storage);
    CHECK(std::string(error->what()).find("nowhere") == std::string::npos);
}

}  // namespace kluis::test
