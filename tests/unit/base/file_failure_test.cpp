// Files where the system fails: a full disk, a closed pipe, a filesystem without some calls.
#include "support/child.hpp"
#include "support/refusal.hpp"
#include "support/seccomp.hpp"
#include "support/temporary_folder.hpp"

#include <kluis/base/file.hpp>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include <csignal>

using namespace kluis::base;
using kluis::test::in_child;
using kluis::test::refusal;
using kluis::test::refuses;
using kluis::test::TemporaryFolder;

namespace {

constexpr int kHeld = 0;
constexpr int kFailed = 1;
constexpr int kImpossibleHere = 77;

int held(bool holds) {
    return holds ? kHeld : kFailed;
}

void write_text(const std::filesystem::path& path, std::string_view text, Replace replace) {
    write_file(path, as_bytes(text), FileMode::owner_only, replace);
}

// Writing with and without replacing, and being refused: what must hold however files are made.
bool files_work_in(const TemporaryFolder& folder) {
    const auto path = folder / "name";
    write_text(path, "one", Replace::no);
    const bool kept = refuses(ErrorKind::conflict, [&] {
        write_text(path, "two", Replace::no);
        return 0;
    });
    AtomicFile late(folder / "late", FileMode::owner_only, Replace::no);
    write_text(folder / "late", "theirs", Replace::no);
    const bool kept_late = refuses(ErrorKind::conflict, [&] {
        late.commit();
        return 0;
    });
    write_text(path, "three", Replace::yes);
    return kept && kept_late && read_file(path, 10) == to_bytes("three") &&
           read_file(folder / "late", 10) == to_bytes("theirs");
}

bool is_full_disk(const std::optional<Error>& error) {
    return error && error->kind() == ErrorKind::storage && !error->hint().empty() &&
           std::string_view(error->what()).ends_with("the disk is full");
}

}  // namespace

TEST_CASE("where no file can be without a name, a temporary one is used and none is left") {
    const TemporaryFolder folder;
    const auto ending = in_child([&] {
        kluis::test::fail_call_with_bits(SYS_openat, 2, O_TMPFILE, EOPNOTSUPP);
        return held(files_work_in(folder));
    });
    CHECK(ending.exited);
    CHECK(ending.status == kHeld);
    CHECK(folder.names() == std::set<std::string>{"late", "name"});
}

TEST_CASE("where the filesystem cannot rename without replacing, a hard link does it") {
    const TemporaryFolder folder;
    const auto ending = in_child([&] {
        kluis::test::fail_call_with_bits(SYS_openat, 2, O_TMPFILE, EOPNOTSUPP);
        kluis::test::fail_call(SYS_renameat2, EINVAL);
        return held(files_work_in(folder));
    });
    CHECK(ending.exited);
    CHECK(ending.status == kHeld);
    CHECK(folder.names() == std::set<std::string>{"late", "name"});
}

TEST_CASE("a file whose temporary name cannot be taken away is written all the same") {
    const TemporaryFolder folder;
    const auto ending = in_child([&] {
        kluis::test::fail_call_with_bits(SYS_openat, 2, O_TMPFILE, EOPNOTSUPP);
        kluis::test::fail_call(SYS_renameat2, EINVAL);
        kluis::test::fail_call(SYS_unlink, EPERM);
        write_text(folder / "name", "whole", Replace::no);
        return held(read_file(folder / "name", 10) == to_bytes("whole"));
    });
    CHECK(ending.exited);
    CHECK(ending.status == kHeld);
    CHECK(folder.names().size() == 2);
}

TEST_CASE("a full disk is named as that, and leaves the old file") {
    const TemporaryFolder folder;
    const auto ending = in_child([&] {
        const int spaces = ::geteuid() == 0 ? CLONE_NEWNS : CLONE_NEWNS | CLONE_NEWUSER;
        if (::unshare(spaces) != 0 ||
            ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
            ::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=64k") != 0) {
            return kImpossibleHere;
        }
        write_text(folder / "name", "old", Replace::no);
        const auto error = refusal([&] {
            write_text(folder / "name", std::string(200'000, 'x'), Replace::yes);
            return 0;
        });
        return held(is_full_disk(error) && read_file(folder / "name", 10) == to_bytes("old") &&
                    folder.names() == std::set<std::string>{"name"});
    });
    CHECK(ending.exited);
    if (ending.status == kImpossibleHere) {
        MESSAGE("not tried: no filesystem may be mounted here");
    } else {
        CHECK(ending.status == kHeld);
    }
}

TEST_CASE("a file beyond the allowed size fails and appears nowhere") {
    const TemporaryFolder folder;
    const auto ending = in_child([&] {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{1000, 1000};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        return held(refuses(ErrorKind::storage, [&] {
            write_text(folder / "name", std::string(2000, 'x'), Replace::no);
            return 0;
        }));
    });
    CHECK(ending.exited);
    CHECK(ending.status == kHeld);
    CHECK(folder.names().empty());
}

TEST_CASE("a failing sync is an error, and the file does not appear") {
    const TemporaryFolder folder;
    const auto ending = in_child([&] {
        kluis::test::fail_call(SYS_fsync, EIO);
        return held(refuses(ErrorKind::storage, [&] {
            write_text(folder / "name", "text", Replace::no);
            return 0;
        }));
    });
    CHECK(ending.exited);
    CHECK(ending.status == kHeld);
    CHECK(folder.names().empty());
}

TEST_CASE("standard output that is full, or a closed pipe, is an error and no sudden death") {
    const auto write_to = [](int fd) {
        ::dup2(fd, STDOUT_FILENO);
        return refusal([] {
            StandardOutput().write(as_bytes("text"));
            return 0;
        });
    };
    const auto full = in_child(
        [&] { return held(is_full_disk(write_to(::open("/dev/full", O_WRONLY | O_CLOEXEC)))); });
    CHECK(full.exited);
    CHECK(full.status == kHeld);
    const auto closed = in_child([&] {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0) return kFailed;
        ::close(ends[0]);
        const auto error = write_to(ends[1]);
        return held(error && error->kind() == ErrorKind::storage);
    });
    CHECK(closed.exited);
    CHECK(closed.status == kHeld);
}

TEST_CASE("standard input is read and stays open") {
    const auto ending = in_child([] {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0 || ::write(ends[1], "typed", 5) != 5) return kFailed;
        ::close(ends[1]);
        ::dup2(ends[0], STDIN_FILENO);
        {
            FileReader in = FileReader::standard_input();
            if (read_all(in, 100, "input") != to_bytes("typed")) return kFailed;
        }
        return held(::fcntl(STDIN_FILENO, F_GETFD) >= 0);
    });
    CHECK(ending.exited);
    CHECK(ending.status == kHeld);
}
