#include "support/refusal.hpp"
#include "support/temporary_folder.hpp"

#include <kluis/base/file.hpp>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <thread>

using namespace kluis::base;
using kluis::test::refusal;
using kluis::test::refuses;
using kluis::test::TemporaryFolder;

namespace {

std::string text_of(const std::filesystem::path& path) {
    return to_string(ByteView(read_file(path, 1000)));
}

}  // namespace

TEST_CASE("a written file has its content, its mode and no companion") {
    const TemporaryFolder folder;
    for (const FileMode mode : {FileMode::owner_only, FileMode::shared}) {
        const auto path = folder / ("mode-" + std::to_string(static_cast<unsigned>(mode)));
        const mode_t before = ::umask(022);
        write_file(path, as_bytes("content"), mode, Replace::no);
        ::umask(before);
        CHECK(text_of(path) == "content");
        struct stat status {};
        REQUIRE(::stat(path.c_str(), &status) == 0);
        CHECK((status.st_mode & 0777) == static_cast<unsigned>(mode));
    }
    CHECK(folder.names().size() == 2);
}

TEST_CASE("an empty file is written and read") {
    const TemporaryFolder folder;
    write_file(folder / "empty", {}, FileMode::shared, Replace::no);
    CHECK(read_file(folder / "empty", 0).empty());
}

TEST_CASE("a file that is not committed leaves nothing") {
    const TemporaryFolder folder;
    {
        AtomicFile file(folder / "name", FileMode::shared, Replace::no);
        file.write(as_bytes("half"));
        CHECK_FALSE(std::filesystem::exists(folder / "name"));
    }
    CHECK(folder.names().empty());
}

TEST_CASE("a file that exists is refused at once and kept") {
    const TemporaryFolder folder;
    write_file(folder / "name", as_bytes("old"), FileMode::shared, Replace::no);
    const auto error = refusal([&] {
        write_file(folder / "name", as_bytes("new"), FileMode::shared, Replace::no);
        return 0;
    });
    REQUIRE(error);
    CHECK(error->kind() == ErrorKind::conflict);
    CHECK(std::string(error->what()).find((folder / "name").native()) != std::string::npos);
    CHECK(text_of(folder / "name") == "old");
}

TEST_CASE("a file that appears before the commit is refused then and kept") {
    const TemporaryFolder folder;
    AtomicFile file(folder / "name", FileMode::shared, Replace::no);
    file.write(as_bytes("mine"));
    write_file(folder / "name", as_bytes("theirs"), FileMode::shared, Replace::no);
    CHECK(refuses(ErrorKind::conflict, [&] {
        file.commit();
        return 0;
    }));
    CHECK(text_of(folder / "name") == "theirs");
}

TEST_CASE("a dangling link is something that exists already") {
    const TemporaryFolder folder;
    std::filesystem::create_symlink("nowhere", folder / "link");
    CHECK(refuses(ErrorKind::conflict, [&] {
        write_file(folder / "link", as_bytes("x"), FileMode::shared, Replace::no);
        return 0;
    }));
}

TEST_CASE("a replaced file changes at the commit, and a link is replaced, never followed") {
    const TemporaryFolder folder;
    write_file(folder / "name", as_bytes("old"), FileMode::shared, Replace::no);
    std::filesystem::create_symlink("name", folder / "link");
    AtomicFile file(folder / "link", FileMode::owner_only, Replace::yes);
    file.write(as_bytes("new"));
    CHECK(text_of(folder / "link") == "old");
    file.commit();
    CHECK(text_of(folder / "link") == "new");
    CHECK(text_of(folder / "name") == "old");
    CHECK(folder.names().size() == 2);
}

TEST_CASE("parts written at offsets by several threads make one file") {
    const TemporaryFolder folder;
    AtomicFile file(folder / "parts", FileMode::shared, Replace::no);
    std::vector<std::thread> threads;
    for (unsigned part = 0; part < 4; ++part) {
        threads.emplace_back([&file, part] {
            file.write_at(part * 100, Bytes(100, static_cast<std::uint8_t>('a' + part)));
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    file.commit();
    const std::string expected = std::string(100, 'a') + std::string(100, 'b') +
                                 std::string(100, 'c') + std::string(100, 'd');
    CHECK(text_of(folder / "parts") == expected);
}

TEST_CASE("a file is read in order and at offsets, without one moving the other") {
    const TemporaryFolder folder;
    write_file(folder / "digits", as_bytes("0123456789"), FileMode::shared, Replace::no);
    FileReader file(folder / "digits");
    CHECK(file.size() == 10);
    Bytes out(4);
    CHECK(file.read_at(8, out) == 2);
    CHECK(read_full(file, out) == 4);
    CHECK(as_text(out) == "0123");
    CHECK(file.read_at(5, out) == 4);
    CHECK(as_text(out) == "5678");
    CHECK(read_full(file, out) == 4);
    CHECK(as_text(out) == "4567");
    CHECK(file.read_at(100, out) == 0);
}

TEST_CASE("a pipe has no size and is read to its end") {
    const TemporaryFolder folder;
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
    std::thread writer([&] {
        const Descriptor out(::open((folder / "pipe").c_str(), O_WRONLY | O_CLOEXEC));
        [[maybe_unused]] const auto written = ::write(out.get(), "piped", 5);
    });
    FileReader pipe(folder / "pipe");
    CHECK_FALSE(pipe.size());
    CHECK(read_all(pipe, 100, "pipe") == to_bytes("piped"));
    writer.join();
}

TEST_CASE("a missing file is not found, by its name as given") {
    const auto error = refusal([] { return read_file("no/such\nfile", 10); });
    REQUIRE(error);
    CHECK(error->kind() == ErrorKind::not_found);
    CHECK(std::string(error->what()) == "there is no file 'no/such\\x0afile'");
}

TEST_CASE("a folder, a file that is too large and a missing folder are refused") {
    const TemporaryFolder folder;
    write_file(folder / "large", Bytes(11), FileMode::shared, Replace::no);
    CHECK(refuses(ErrorKind::storage, [&] { return read_file(folder.path(), 10); }));
    CHECK(refuses(ErrorKind::limit, [&] { return read_file(folder / "large", 10); }));
    CHECK(refuses(ErrorKind::storage, [&] {
        write_file(folder / "none" / "file", as_bytes("x"), FileMode::shared, Replace::yes);
        return 0;
    }));
    CHECK(refuses(ErrorKind::storage, [&] {
        sync_folder(folder / "none");
        return 0;
    }));
}

TEST_CASE("a moved descriptor is closed once, by its last owner") {
    Descriptor first(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    const int number = first.get();
    REQUIRE(first);
    Descriptor second;
    second = std::move(first);
    CHECK(second.get() == number);
    { const Descriptor last(std::move(second)); }
    CHECK(::fcntl(number, F_GETFD) == -1);
}
