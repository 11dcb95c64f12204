#include "fixture.hpp"

#include <doctest/doctest.h>
#include <support/refusal.hpp>
#include <support/temporary_folder.hpp>

#include <atomic>

using namespace kluis;
using base::ErrorKind;
using test::refuses;
using test::Sealed;

namespace {

constexpr std::size_t kMost = 1 << 24;
constexpr std::uint64_t kOffset = 200;

class Files {
  public:
    std::filesystem::path path(const std::string& name) const { return folder_.path() / name; }
    base::FileReader file(const std::string& name, base::ByteView bytes) const {
        base::write_file(path(name), bytes, base::FileMode::shared, base::Replace::yes);
        return base::FileReader(path(name));
    }
    base::Bytes read(const std::string& name) const { return base::read_file(path(name), kMost); }

  private:
    test::TemporaryFolder folder_;
};

// A file of a header's size, then the payload.
base::Bytes whole_file(const Sealed& sealed) {
    base::Bytes file(kOffset, 'h');
    base::append(file, sealed.payload);
    return file;
}

}  // namespace

TEST_CASE("from file to file a payload is the same as from stream to stream") {
    const Files files;
    for (const std::size_t size :
         {0UL, 1UL, 65535UL, 65536UL, 65537UL, 131072UL, 262144UL, 262145UL, 1'500'000UL}) {
        CAPTURE(size);
        const Sealed sealed(size);
        const base::FileReader plain = files.file("plain", sealed.plain);
        base::AtomicFile out(files.path("age"), base::FileMode::shared, base::Replace::yes);
        out.write_at(0, base::Bytes(kOffset, 'h'));
        std::atomic<std::uint64_t> done = 0;
        age::encrypt_payload(sealed.key, sealed.nonce, plain, size, out, kOffset,
                             [&](std::uint64_t bytes) { done += bytes; });
        out.commit();
        CHECK(done == size);
        CHECK(files.read("age") == whole_file(sealed));

        const base::FileReader encrypted(files.path("age"));
        base::AtomicFile back(files.path("back"), base::FileMode::owner_only, base::Replace::yes);
        done = 0;
        age::decrypt_payload(sealed.key, encrypted, kOffset, back,
                             [&](std::uint64_t bytes) { done += bytes; });
        back.commit();
        CHECK(done == size);
        CHECK(files.read("back") == sealed.plain);
    }
}

TEST_CASE("a file that became shorter while it was encrypted is told, and nothing appears") {
    const Files files;
    const Sealed sealed(1'000'000);
    const base::FileReader plain = files.file("plain", sealed.plain);
    {
        base::AtomicFile out(files.path("age"), base::FileMode::shared, base::Replace::no);
        CHECK(refuses(ErrorKind::conflict, [&] {
            age::encrypt_payload(sealed.key, sealed.nonce, plain, 1'000'001, out, 0);
            return 0;
        }));
    }
    CHECK(!std::filesystem::exists(files.path("age")));
}

TEST_CASE("an encrypted file that was altered or cut short is refused, and nothing appears") {
    const Files files;
    const Sealed good(1'000'000);
    std::vector<base::Bytes> bad;
    for (const std::size_t at : {0UL, 20UL, Sealed::chunk(7) + 3, good.payload.size() - 1}) {
        base::Bytes file = whole_file(good);
        file[kOffset + at] ^= 1;
        bad.push_back(file);
    }
    for (const std::size_t size :
         {0UL, 8UL, 16UL, 31UL, Sealed::chunk(1), Sealed::chunk(4), Sealed::chunk(4) + 15,
          Sealed::chunk(4) + 16, good.payload.size() - 1}) {
        base::Bytes file = whole_file(good);
        file.resize(kOffset + size);
        bad.push_back(file);
    }
    for (const std::size_t more : {1UL, 16UL, 70'000UL}) {
        base::Bytes file = whole_file(good);
        file.resize(file.size() + more);
        bad.push_back(file);
    }
    for (const base::Bytes& bytes : bad) {
        CAPTURE(bytes.size());
        const base::FileReader in = files.file("age", bytes);
        {
            base::AtomicFile out(files.path("out"), base::FileMode::shared, base::Replace::no);
            CHECK(refuses(ErrorKind::forged, [&] {
                age::decrypt_payload(good.key, in, kOffset, out);
                return 0;
            }));
        }
        CHECK(!std::filesystem::exists(files.path("out")));
    }
}
