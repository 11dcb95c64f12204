// Attack 12, in a stored payload: chunks reordered, dropped, duplicated, cut, continued, and the
// final flag moved.
#include "chunks.hpp"
#include "support/random.hpp"
#include "support/refusal.hpp"
#include "support/sealed_document.hpp"
#include "support/temporary_folder.hpp"

#include <kluis/base/file.hpp>

#include <doctest/doctest.h>

using namespace kluis;
using base::ErrorKind;
using test::Chunks;
using test::refuses;
using test::SealedDocument;

namespace {

// Refused as it is, and also where its digest and size were signed; no file appears.
void check_refused(const SealedDocument& sealed, const base::Bytes& given) {
    REQUIRE(given != sealed.content);
    const test::TemporaryFolder folder;
    for (const bool as_signed : {false, true}) {
        CAPTURE(as_signed);
        auto promise = sealed.promise;
        if (as_signed) promise.payloads[statement::Role::content] = test::payload_of(given);
        CHECK(refuses(ErrorKind::forged, [&] {
            base::MemoryReader stored(given);
            base::AtomicFile out(folder / "letter.txt", base::FileMode::owner_only,
                                 base::Replace::no);
            document::open_content(sealed.key, promise, sealed.described, stored, out);
            out.commit();
            return true;
        }));
        CHECK(folder.names().empty());
    }
}

template <class Change>
void check_change(const SealedDocument& sealed, Change change) {
    Chunks altered(sealed.content);
    change(altered.chunks);
    check_refused(sealed, altered.joined());
}

// Three chunks and a bit, opened by one thread; ten, opened by several.
template <class Check>
void for_small_and_large(Check check) {
    test::Random random;
    INFO(random.seed());
    for (const std::size_t size : {200'000UL, 640'000UL}) {
        CAPTURE(size);
        const base::Bytes plain = random.bytes(size);
        const auto sealed = test::seal_document(plain);
        REQUIRE(test::open_document(sealed) == plain);
        check(sealed, Chunks(sealed.content).chunks.size());
    }
}

}  // namespace

TEST_CASE("chunks in another order are refused") {
    for_small_and_large([](const SealedDocument& sealed, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            for (std::size_t j = i + 1; j < count; ++j) {
                CAPTURE(i);
                CAPTURE(j);
                check_change(sealed, [&](auto& chunks) { std::swap(chunks[i], chunks[j]); });
            }
        }
    });
}

TEST_CASE("a chunk left out, given twice or put in the place of the next is refused") {
    for_small_and_large([](const SealedDocument& sealed, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            CAPTURE(i);
            const auto at = static_cast<std::ptrdiff_t>(i);
            check_change(sealed, [&](auto& chunks) { chunks.erase(chunks.begin() + at); });
            check_change(sealed, [&](auto& chunks) {
                chunks.insert(chunks.begin() + at, base::Bytes(chunks[i]));
            });
            if (i + 1 < count) {
                check_change(sealed, [&](auto& chunks) { chunks[i + 1] = chunks[i]; });
            }
        }
    });
}

TEST_CASE("a payload cut at each edge of a chunk, and a byte before and after, is refused") {
    for_small_and_large([](const SealedDocument& sealed, std::size_t count) {
        for (std::size_t i = 0; i <= count; ++i) {
            const std::size_t edge = std::min(age::PayloadNonce::kSize + i * age::kSealedChunkSize,
                                              sealed.content.size());
            for (const std::size_t size : {edge - 1, edge, edge + 1}) {
                if (size >= sealed.content.size()) continue;
                CAPTURE(size);
                check_refused(sealed, base::to_bytes(base::ByteView(sealed.content).first(size)));
            }
        }
        check_refused(sealed, {});
    });
}

TEST_CASE("a payload cut at a chunk whose final flag was moved there is refused") {
    for_small_and_large([](const SealedDocument& sealed, std::size_t count) {
        for (std::size_t i = 0; i + 1 < count; ++i) {
            CAPTURE(i);
            Chunks cut(sealed.content);
            cut.seal_anew(sealed.key, i, false, true);
            check_refused(sealed, cut.joined());
            cut.chunks.resize(i + 1);
            check_refused(sealed, cut.joined());
        }
    });
}

TEST_CASE("a payload without final chunk is refused") {
    for_small_and_large([](const SealedDocument& sealed, std::size_t count) {
        Chunks endless(sealed.content);
        endless.seal_anew(sealed.key, count - 1, true, false);
        check_refused(sealed, endless.joined());
    });
}

TEST_CASE("whatever is appended is refused") {
    for_small_and_large([](const SealedDocument& sealed, std::size_t) {
        const Chunks whole(sealed.content);
        for (const base::Bytes& more :
             {base::Bytes(1), base::Bytes(16), base::Bytes(age::kSealedChunkSize),
              whole.chunks.front(), whole.chunks.back(), whole.joined()}) {
            CAPTURE(more.size());
            check_refused(sealed, base::concat({sealed.content, more}));
        }
    });
}

TEST_CASE("chunks of another payload under the same file key are refused") {
    for_small_and_large([](const SealedDocument& sealed, std::size_t count) {
        const auto plain = test::open_document(sealed);
        const Chunks other(test::seal_document(plain, "A letter", sealed.key.duplicate()).content);
        for (std::size_t i = 0; i < count; ++i) {
            CAPTURE(i);
            check_change(sealed, [&](auto& chunks) { chunks[i] = other.chunks[i]; });
        }
    });
}
