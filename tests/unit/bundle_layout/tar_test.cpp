#include "support/random.hpp"
#include "support/refusal.hpp"
#include "support/temporary_folder.hpp"

#include <kluis/base/file.hpp>
#include <kluis/bundle/layout/tar.hpp>

#include <doctest/doctest.h>

#include <cstdlib>

using namespace kluis;
using base::ErrorKind;
using bundle::TarMember;

namespace {

// Member `member` is its number, repeated.
class Numbers final : public bundle::TarSource {
  public:
    void read_at(std::size_t member, std::uint64_t offset, base::MutableBytes out) override {
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = static_cast<std::uint8_t>(member * 7 + offset + i);
    }
};

base::Bytes tar_of(const std::vector<TarMember>& members) {
    const bundle::TarPlan plan(members);
    Numbers source;
    const auto reader = bundle::read_tar(plan, source, 0, plan.size());
    return base::read_all(*reader, 64 * 1024 * 1024, "tar");
}

// The members of a tar, each read to its end.
std::vector<TarMember> members_of(base::ByteView tar, std::uint64_t most = 100) {
    base::MemoryReader in(tar);
    bundle::TarReader reader(in, most);
    std::vector<TarMember> members;
    while (const auto member = reader.next()) {
        members.push_back(*member);
        const base::Bytes data = base::read_all(reader.body(), member->size, "member");
        CHECK(data.size() == member->size);
    }
    CHECK(reader.position() == tar.size());
    return members;
}

bool refused(base::ByteView tar) {
    return test::refuses(ErrorKind::malformed, [&] { return members_of(tar); });
}

// Writes an octal number into a header's field and sums it up again, as a forger would.
void forge(base::Bytes& tar, std::size_t at, std::string_view text) {
    std::copy(text.begin(), text.end(), tar.begin() + static_cast<std::ptrdiff_t>(at));
    std::fill_n(tar.begin() + 148, 8, std::uint8_t{' '});
    unsigned sum = 0;
    for (std::size_t i = 0; i < 512; ++i)
        sum += tar[i];
    char digits[8];
    std::snprintf(digits, sizeof digits, "%06o", sum);
    std::copy_n(digits, 7, tar.begin() + 148);
}

const std::vector<TarMember> kSome{{"a", 5}, {"b/c.age", 512}, {"d", 0}, {"e", 1000}};

}  // namespace

TEST_CASE("a header is byte for byte the one that docs/format.md shows") {
    base::Bytes shown(512);
    const auto put = [&](std::size_t at, std::string_view text) {
        std::ranges::copy(text, shown.begin() + static_cast<std::ptrdiff_t>(at));
    };
    put(0, "case.age");
    put(100, "000644 ");
    put(108, "000000 ");
    put(116, "000000 ");
    put(124, "00000000363 ");
    put(136, "00000000000 ");
    put(148, std::string_view("010560\0 ", 8));
    put(156, "0");
    put(257, std::string_view("ustar\0"
                              "00",
                              8));
    put(329, "000000 ");
    put(337, "000000 ");
    const auto header = bundle::tar_header({"case.age", 243});
    CHECK(base::equal(header, shown));
}

TEST_CASE("a tar's members come back from it") {
    CHECK(members_of(tar_of(kSome)) == kSome);
}

TEST_CASE("a tar is what tar itself takes apart") {
    const test::TemporaryFolder folder;
    base::write_file(folder / "x.tar", tar_of(kSome), base::FileMode::shared, base::Replace::no);
    const std::string command = "cd '" + folder.path().native() + "' && tar -xf x.tar";
    REQUIRE(std::system(command.c_str()) == 0);
    CHECK(base::read_file(folder / "a", 10) == base::Bytes{0, 1, 2, 3, 4});
    CHECK(std::filesystem::file_size(folder / "e") == 1000);
}

TEST_CASE("any part of a tar is the same read alone") {
    const base::Bytes whole = tar_of(kSome);
    const bundle::TarPlan plan(kSome);
    CHECK(plan.size() == whole.size());
    Numbers source;
    test::Random random;
    INFO(random.seed());
    for (int i = 0; i < 300; ++i) {
        const std::uint64_t first = random.below(whole.size() + 1);
        const std::uint64_t count = random.below(whole.size() - first + 1);
        const auto reader = bundle::read_tar(plan, source, first, count);
        base::Bytes part(static_cast<std::size_t>(count));
        std::size_t done = 0;
        while (done < part.size()) {
            const std::size_t step = 1 + random.below(part.size() - done);
            done += reader->read(base::MutableBytes(part).subspan(done, step));
        }
        std::uint8_t end;
        CHECK(reader->read({&end, 1}) == 0);
        CHECK(base::equal(part, base::ByteView(whole).subspan(first, count)));
    }
    CHECK(test::refuses(ErrorKind::internal,
                        [&] { return bundle::read_tar(plan, source, 1, whole.size()); }));
}

TEST_CASE("the largest payload fits a plain header, and one byte beyond eight GiB does not") {
    const TarMember large{"x", 8'000'000'000};
    CHECK(bundle::parse_tar_header(bundle::tar_header(large)) == large);
    CHECK(test::refuses(ErrorKind::limit, [] {
        return bundle::tar_header({"x", std::uint64_t{8} << 30});
    }));
}

TEST_CASE("names that a plain header cannot hold are not written") {
    for (const std::string& name : {std::string(), std::string(100, 'a'), std::string("/a"),
                                    std::string("a b"), std::string("\xc3\xa9")}) {
        CHECK(test::refuses(ErrorKind::limit, [&] { return bundle::tar_header({name, 1}); }));
    }
}

TEST_CASE("a header with one bit changed is refused or names another member") {
    const TarMember member{"documents/x", 12345};
    const auto header = bundle::tar_header(member);
    for (std::size_t bit = 0; bit < 8 * header.size(); ++bit) {
        auto changed = header;
        changed[bit / 8] ^= static_cast<std::uint8_t>(1u << (bit % 8));
        CHECK(
            test::refuses(ErrorKind::malformed, [&] { return bundle::parse_tar_header(changed); }));
    }
}

TEST_CASE("links, devices, folders, pax and GNU records are refused") {
    for (const char type :
         {'1', '2', '3', '4', '5', '6', '7', 'x', 'g', 'L', 'K', 'S', 'V', '\0'}) {
        base::Bytes tar = tar_of(kSome);
        forge(tar, 156, std::string_view(&type, 1));
        INFO(type);
        CHECK(refused(tar));
    }
}

TEST_CASE("sizes of eight EiB, negative ones, and base-256 ones are refused") {
    for (const std::string_view size :
         {std::string_view("\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff", 12),
          std::string_view("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 12),
          std::string_view("\x80\0\0\0\0\0\0\0\0\0\0\5", 12), std::string_view("-0000000005 ", 12),
          std::string_view("          5 ", 12)}) {
        base::Bytes tar = tar_of(kSome);
        forge(tar, 124, size);
        CHECK(refused(tar));
    }
}

TEST_CASE("another mode, owner, time, or a link's name is refused") {
    for (const auto& [at, text] :
         std::vector<std::pair<std::size_t, std::string>>{{100, "000755 "},
                                                          {108, "000001 "},
                                                          {136, "00000000001"},
                                                          {157, "x"},
                                                          {265, "root"},
                                                          {297, "root"},
                                                          {345, "folder"}}) {
        base::Bytes tar = tar_of(kSome);
        forge(tar, at, text);
        INFO(at);
        CHECK(refused(tar));
    }
}

TEST_CASE("absolute names and names with a line end are refused") {
    for (const char* name : {"/", "\n", " ", "\xff"}) {
        base::Bytes tar = tar_of(kSome);
        forge(tar, 0, name);
        CHECK(refused(tar));
    }
}

TEST_CASE("padding that is not zeros is refused") {
    base::Bytes tar = tar_of(kSome);
    tar[512 + 5] = 1;
    CHECK(refused(tar));
}

TEST_CASE("a tar cut short anywhere is refused") {
    const base::Bytes tar = tar_of(kSome);
    for (std::size_t size = 0; size < tar.size(); size += 128) {
        CHECK(refused(base::ByteView(tar).first(size)));
    }
    CHECK(refused(base::ByteView(tar).first(tar.size() - 1)));
}

TEST_CASE("what follows the end is refused") {
    base::Bytes tar = tar_of(kSome);
    tar.push_back(0);
    CHECK(refused(tar));
    base::Bytes late = tar_of({});
    const auto header = bundle::tar_header({"a", 0});
    std::copy(header.begin(), header.end(), late.begin() + 512);
    CHECK(refused(late));
}

TEST_CASE("more members than expected are refused") {
    const base::Bytes tar = tar_of(kSome);
    CHECK(members_of(tar, 4) == kSome);
    CHECK(test::refuses(ErrorKind::malformed, [&] { return members_of(tar, 3); }));
}

TEST_CASE("a member that is not read is skipped") {
    const base::Bytes tar = tar_of(kSome);
    base::MemoryReader in(tar);
    bundle::TarReader reader(in, 10);
    std::vector<TarMember> members;
    while (const auto member = reader.next())
        members.push_back(*member);
    CHECK(members == kSome);
    CHECK_FALSE(reader.next());
}
