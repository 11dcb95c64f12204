// Attack 12, before the client: what a server sends for a large document has its chunks reordered,
// dropped, repeated, cut or continued, or breaks off and goes on with something else.
#include "chunks.hpp"
#include "reading.hpp"

namespace kluis::test {

using base::ErrorKind;

namespace {

// A document of `size` bytes, which the owner and a lawyer may read.
class LargeScene : public OwnerScene {
  public:
    explicit LargeScene(std::size_t size) : large(deposit(owner, id, "scan", content_of(size))) {
        pin(owner, "lawyer");
        client::grant(owner, id, {large}, lawyer.me(), std::nullopt);
    }

    // Each reader, with what they were shown before the server changed anything.
    void for_readers(
        const std::function<void(const Reader& reader, const client::Readable& scan)>& check) {
        for (const auto& reader :
             {Reader{owner, api::ViewAs::owner}, Reader{lawyer, api::ViewAs::grantee}}) {
            CAPTURE(api::name(reader.as));
            server.mischief = {};
            const auto scan = reader.readable(id, large);
            CHECK_FALSE(saving(reader.client, scan));
            check(reader, scan);
        }
    }

    // The whole download as the true server sends it.
    base::Bytes sent(const Reader& reader) {
        return read(vault.service.document(reader.client.session(), {id, large, api::Role::content},
                                           reader.as, {}));
    }

    // What comes of sending `payload` after the true header.
    bool refuses_payload(const Reader& reader, const client::Readable& scan,
                         const base::Bytes& payload) {
        const auto file = base::concat({scan.header, payload});
        server.mischief.document = [&](base::Bytes& bytes) {
            REQUIRE(bytes != file);
            bytes = file;
        };
        return refuses_to_save(server, reader.client, scan);
    }

    client::Client lawyer = join_and_open("lawyer");
    statement::DocumentId large;

  private:
    static std::string content_of(std::size_t size) {
        std::string text;
        for (std::size_t line = 0; text.size() < size; ++line)
            text += "line " + std::to_string(line) + "\n";
        text.resize(size);
        return text;
    }
};

using Change = std::function<void(std::vector<base::Bytes>& chunks)>;

// Every way to lay out the same chunks wrongly: of `count` of them.
std::vector<Change> layouts(std::size_t count) {
    std::vector<Change> changes;
    for (std::size_t i = 0; i < count; ++i) {
        const auto at = static_cast<std::ptrdiff_t>(i);
        for (std::size_t j = i + 1; j < count; ++j)
            changes.push_back([=](auto& chunks) { std::swap(chunks[i], chunks[j]); });
        changes.push_back([=](auto& chunks) { chunks.erase(chunks.begin() + at); });
        changes.push_back(
            [=](auto& chunks) { chunks.insert(chunks.begin() + at, base::Bytes(chunks[i])); });
        if (i + 1 < count) changes.push_back([=](auto& chunks) { chunks[i + 1] = chunks[i]; });
    }
    return changes;
}

// Where a reply breaks off, and what it then goes on with.
constexpr std::size_t kStop = age::kSealedChunkSize + 1000;

using GoOn = std::function<void(api::Download& reply, std::uint64_t first)>;

base::Bytes bytes_of(api::Download& reply) {
    return base::read_all(*reply.body, reply.length, "a reply");
}

// The first reply breaks off; to each question for the rest `go_on` answers.
void break_off(HostileServer& server, const GoOn& go_on) {
    server.mischief.download = [go_on](api::Download& reply,
                                       const std::optional<api::ByteRange>& range) {
        if (range) return go_on(reply, range->first);
        auto first = bytes_of(reply);
        first.resize(kStop);
        reply.body = std::make_unique<GivenBody>(std::move(first), true);
    };
    server.forget();
}

void give(api::Download& reply, base::ByteView bytes, bool breaks = false) {
    reply.body = std::make_unique<GivenBody>(base::to_bytes(bytes), breaks);
}

}  // namespace

TEST_CASE("a download with chunks in another order, left out or given twice leaves no file") {
    for (const std::size_t size : {200'000UL, 640'000UL}) {
        CAPTURE(size);
        LargeScene scene(size);
        scene.for_readers([&](const Reader& reader, const client::Readable& scan) {
            const Chunks whole(base::ByteView(scene.sent(reader)).subspan(scan.header.size()));
            for (const auto& change : layouts(whole.chunks.size())) {
                auto chunks = whole;
                change(chunks.chunks);
                CHECK(scene.refuses_payload(reader, scan, chunks.joined()));
            }
        });
    }
}

TEST_CASE("a download that ends at an edge of a chunk, or a byte beside it, leaves no file") {
    LargeScene scene(200'000);
    scene.for_readers([&](const Reader& reader, const client::Readable& scan) {
        const auto whole = scene.sent(reader);
        const auto check = [&](std::size_t size) {
            if (size >= whole.size()) return;
            CAPTURE(size);
            scene.server.mischief.document = [&](base::Bytes& bytes) { bytes.resize(size); };
            CHECK(refuses_to_save(scene.server, reader.client, scan));
        };
        for (std::size_t edge = scan.header.size() + age::PayloadNonce::kSize; edge < whole.size();
             edge += age::kSealedChunkSize) {
            check(edge - 1);
            check(edge);
            check(edge + 1);
        }
        for (const std::size_t size : {std::size_t{0}, std::size_t{1}, scan.header.size() - 1,
                                       scan.header.size(), whole.size() - 1}) {
            check(size);
        }
    });
}

TEST_CASE("a download that goes on after the document leaves no file") {
    LargeScene scene(200'000);
    scene.for_readers([&](const Reader& reader, const client::Readable& scan) {
        const auto payload =
            base::to_bytes(base::ByteView(scene.sent(reader)).subspan(scan.header.size()));
        const Chunks whole(payload);
        for (const auto& more :
             {base::Bytes(1), base::Bytes(16), base::Bytes(age::kSealedChunkSize),
              whole.chunks.front(), whole.chunks.back(), payload}) {
            CAPTURE(more.size());
            CHECK(scene.refuses_payload(reader, scan, base::concat({payload, more})));
        }
    });
}

TEST_CASE("a download whose final flag a reader moved, or took away, leaves no file") {
    LargeScene scene(200'000);
    scene.for_readers([&](const Reader& reader, const client::Readable& scan) {
        const auto key = reader.file_key(scan);
        const Chunks whole(base::ByteView(scene.sent(reader)).subspan(scan.header.size()));
        const auto last = whole.chunks.size() - 1;
        for (std::size_t i = 0; i < last; ++i) {
            CAPTURE(i);
            auto cut = whole;
            cut.seal_anew(key, i, false, true);
            CHECK(scene.refuses_payload(reader, scan, cut.joined()));
            cut.chunks.resize(i + 1);
            CHECK(scene.refuses_payload(reader, scan, cut.joined()));
        }
        auto endless = whole;
        endless.seal_anew(key, last, true, false);
        CHECK(scene.refuses_payload(reader, scan, endless.joined()));
    });
}

TEST_CASE("a download that breaks off and goes on where it was is saved whole") {
    LargeScene scene(200'000);
    scene.for_readers([&](const Reader& reader, const client::Readable& scan) {
        const auto whole = scene.sent(reader);
        break_off(scene.server, [&](api::Download& reply, std::uint64_t first) {
            CHECK(first == kStop);
            const auto rest = bytes_of(reply);
            CHECK(base::equal(rest, base::ByteView(whole).subspan(first)));
            give(reply, rest);
        });
        CHECK_FALSE(saving(reader.client, scan));
        CHECK(scene.server.count("document") == 4);
    });
}

TEST_CASE("a download that breaks off and goes on with something else leaves no file") {
    LargeScene scene(200'000);
    scene.for_readers([&](const Reader& reader, const client::Readable& scan) {
        const auto whole = scene.sent(reader);
        const auto rest = base::ByteView(whole).subspan(kStop);
        const auto of_rest = [&](std::size_t from) {
            return base::ByteView(whole).subspan(from, rest.size());
        };
        struct Way {
            const char* what;
            bool told;  // by what the reply says of itself
            GoOn go_on;
        };
        const Way ways[] = {
            {"the beginning again", false, [&](auto& reply, auto) { give(reply, of_rest(0)); }},
            {"the chunk before again", false,
             [&](auto& reply, auto) { give(reply, of_rest(kStop - age::kSealedChunkSize)); }},
            {"zeros", false, [&](auto& reply, auto) { give(reply, base::Bytes(rest.size())); }},
            {"more than the rest", false,
             [&](auto& reply, auto) {
                 give(reply, base::concat({rest, rest}));
             }},
            {"another place", true,
             [&](auto& reply, auto) {
                 --reply.offset;
                 give(reply, of_rest(kStop - 1));
             }},
            {"a larger document", true, [](auto& reply, auto) { ++reply.size; }},
            {"a smaller document", true, [](auto& reply, auto) { reply.size = kStop; }},
            {"another version", true, [](auto& reply, auto) { reply.etag = "\"another\""; }},
        };
        for (const auto& way : ways) {
            CAPTURE(way.what);
            break_off(scene.server, way.go_on);
            const auto error = saving(reader.client, scan);
            REQUIRE(error);
            CHECK(error->kind() == ErrorKind::forged);
            CHECK((std::string(error->what()) == "the server continues with another document") ==
                  way.told);
            CHECK(scene.server.count("document") == scene.server.calls().size());
        }
    });
}

TEST_CASE("a download that breaks off and never goes on is an error, not a short file") {
    LargeScene scene(200'000);
    scene.for_readers([&](const Reader& reader, const client::Readable& scan) {
        for (const bool breaks : {true, false}) {
            CAPTURE(breaks);
            break_off(scene.server,
                      [&](api::Download& reply, std::uint64_t) { give(reply, {}, breaks); });
            const auto error = saving(reader.client, scan);
            REQUIRE(error);
            CHECK(error->kind() == ErrorKind::unavailable);
            CHECK(scene.server.count("document") <= 10);
        }
    });
}

}  // namespace kluis::test
