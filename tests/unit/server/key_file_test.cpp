#include "support/refusal.hpp"
#include "support/temporary_folder.hpp"

#include <kluis/base/encoding.hpp>
#include <kluis/base/file.hpp>
#include <kluis/crypto/random.hpp>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <server/key_file.hpp>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

using namespace kluis;
using base::ErrorKind;
using test::TemporaryFolder;

namespace {

void write(const std::filesystem::path& file, const std::string& text,
           base::FileMode mode = base::FileMode::owner_only) {
    base::write_file(file, base::as_bytes(text), mode, base::Replace::no);
}

const std::string kKey(64, 'a');

// Whether the second half of the key's text lies in this process's memory; of the first, what is
// freed may be overwritten. The text that is searched for is never in memory itself.
bool has_digits(base::ByteView memory, const store::DatabaseKey& key) {
    constexpr std::size_t kHalf = store::DatabaseKey::kSize;
    const auto digit = [bytes = key.view()](std::size_t i) {
        return "0123456789abcdef"[(bytes[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 15];
    };
    const char first = digit(kHalf);
    for (std::size_t at = 0; at + kHalf <= memory.size(); ++at) {
        if (memory[at] != first) continue;
        std::size_t same = 1;
        while (same < kHalf && memory[at + same] == digit(kHalf + same))
            ++same;
        if (same == kHalf) return true;
    }
    return false;
}

bool lies_in_memory(const store::DatabaseKey& key) {
    constexpr std::size_t kTooMuch = 256 * 1024 * 1024;  // AddressSanitizer's own
    std::ifstream maps("/proc/self/maps");
    const base::Descriptor memory(::open("/proc/self/mem", O_RDONLY | O_CLOEXEC));
    REQUIRE(memory);
    base::Bytes copy;
    for (std::string line; std::getline(maps, line);) {
        std::size_t begin = 0, end = 0;
        char dash = 0;
        std::string rights;
        std::istringstream(line) >> std::hex >> begin >> dash >> end >> rights;
        if (!rights.starts_with("rw") || end - begin >= kTooMuch) continue;
        copy.resize(end - begin);
        const ssize_t count =
            ::pread(memory.get(), copy.data(), copy.size(), static_cast<off_t>(begin));
        if (count > 0 &&
            has_digits(base::ByteView(copy).first(static_cast<std::size_t>(count)), key))
            return true;
    }
    return false;
}

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

TEST_CASE("a key that was made or read leaves its digits nowhere in memory") {
    const TemporaryFolder folder;
    const auto shown = crypto::random_secret<store::DatabaseKey>();
    const std::string text = base::hex_encode(shown.view());
    CHECK(lies_in_memory(shown));
    const auto made = server::read_or_make_key(folder / "key", folder / "data");
    CHECK_FALSE(lies_in_memory(made));
    server::read_key(folder / "key", folder / "data");
    CHECK_FALSE(lies_in_memory(made));
    std::filesystem::rename(folder / "key", folder / server::kCredential);
    ::setenv("CREDENTIALS_DIRECTORY", folder.path().c_str(), 1);
    server::read_key(std::nullopt, folder / "data");
    ::unsetenv("CREDENTIALS_DIRECTORY");
    CHECK_FALSE(lies_in_memory(made));
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
    for (const std::string& text :
         {std::string(), kKey.substr(1), kKey + "\n\n", kKey + "\n" + kKey, std::string(64, 'A'),
          std::string(64, 'g')}) {
        const auto file = folder / std::to_string(number++);
        write(file, text);
        CHECK(test::refuses(ErrorKind::malformed,
                            [&] { return server::read_key(file, folder / "data"); }));
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
