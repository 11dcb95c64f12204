#include "support/refusal.hpp"
#include "support/temporary_folder.hpp"

#include <kluis/base/file.hpp>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <server/key_file.hpp>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

using namespace kluis;
using base::ErrorKind;
using test::TemporaryFolder;

namespace {

void write(const std::filesystem::path& file, const std::string& text,
           base::FileMode mode = base::FileMode::owner_only) {
    base::write_file(file, base::as_bytes(text), mode, base::Replace::no);
}

const std::string kKey(64, 'a');

}  // namespace

TEST_CASE("a key is made once, for its owner alone, and read again") {
    const TemporaryFolder folder;
    const auto made = server::read_or_make_key(folder / "key", folder / "data");
    struct stat about {};
    REQUIRE(::stat((folder / "key").c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
    CHECK(base::equal(server::read_key(folder / "key", folder / "data").view(), made.view()));
    CHECK(
        base::equal(server::read_or_make_key(folder / "key", folder / "data").view(), made.view()));
}

TEST_CASE("a key file that others may read is refused") {
    const TemporaryFolder folder;
    write(folder / "key", kKey + "\n", base::FileMode::shared);
    CHECK(test::refuses(ErrorKind::denied,
                        [&] { return server::read_key(folder / "key", folder / "data"); }));
}

TEST_CASE("a key file that is another user's is refused") {
    const TemporaryFolder folder;
    write(folder / "key", kKey + "\n");
    // Only root can make one that is not its own.
    if (::geteuid() != 0) return;
    REQUIRE(::chown((folder / "key").c_str(), 65534, 65534) == 0);
    CHECK(test::refuses(ErrorKind::denied,
                        [&] { return server::read_key(folder / "key", folder / "data"); }));
}

TEST_CASE("a key file in the data directory is refused, however it is named") {
    const TemporaryFolder folder;
    std::filesystem::create_directory(folder / "data");
    std::filesystem::create_directory_symlink(folder / "data", folder / "link");
    write(folder / "data/key", kKey);
    for (const char* name : {"data/key", "data/../data/key", "link/key", "data/new"}) {
        INFO(name);
        CHECK(test::refuses(ErrorKind::denied, [&] {
            return server::read_or_make_key(folder / name, folder / "data");
        }));
    }
    write(folder / "data.key", kKey);
    server::read_key(folder / "data.key", folder / "data");
}

TEST_CASE("a key file of any other form is refused") {
    const TemporaryFolder folder;
    int number = 0;
    for (const std::string& text : {std::string(), kKey.substr(1), kKey + "\n\n",
                                    std::string(64, 'A'), std::string(64, 'g')}) {
        const auto file = folder / std::to_string(number++);
        write(file, text);
        const auto error = test::refusal([&] { return server::read_key(file, folder / "data"); });
        REQUIRE(error);
        CHECK((error->kind() == ErrorKind::malformed || error->kind() == ErrorKind::limit));
    }
    CHECK(test::refuses(ErrorKind::not_found,
                        [&] { return server::read_key(folder / "none", folder / "data"); }));
}

TEST_CASE("without a key file or credential, the key is asked for at the terminal, and not shown") {
    const base::Descriptor terminal(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
    REQUIRE(terminal);
    REQUIRE(::grantpt(terminal.get()) == 0);
    REQUIRE(::unlockpt(terminal.get()) == 0);
    const std::string name = ::ptsname(terminal.get());
    const pid_t child = ::fork();
    if (child == 0) {
        ::unsetenv("CREDENTIALS_DIRECTORY");
        const int side = ::open(name.c_str(), O_RDWR | O_NOCTTY);
        for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
            ::dup2(side, standard);
        bool good = false;
        const auto error = test::refusal([&] {
            good = server::read_key(std::nullopt, "/nowhere").view()[0] == 0xaa;
            return 0;
        });
        const std::string_view done = "done\n";
        good = good && !error && ::write(STDOUT_FILENO, done.data(), done.size()) > 0;
        ::_exit(good ? 0 : 1);
    }
    std::string shown;
    const auto read_until = [&](std::string_view end) {
        char byte;
        while (shown.find(end) == shown.npos && ::read(terminal.get(), &byte, 1) == 1)
            shown += byte;
    };
    read_until("digits): ");
    const std::string typed = kKey + "\n";
    CHECK(::write(terminal.get(), typed.data(), typed.size()) ==
          static_cast<ssize_t>(typed.size()));
    read_until("done");
    int status = -1;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
    CHECK(shown.find("aaaa") == shown.npos);
}

TEST_CASE("without a key file, the systemd credential counts") {
    const TemporaryFolder folder;
    write(folder / server::kCredential, kKey + "\n");
    ::setenv("CREDENTIALS_DIRECTORY", folder.path().c_str(), 1);
    CHECK(server::read_key(std::nullopt, folder / "data").view()[0] == 0xaa);
    ::unsetenv("CREDENTIALS_DIRECTORY");
}
