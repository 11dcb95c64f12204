#include "support/refusal.hpp"

#include <client/resuming_reader.hpp>
#include <doctest/doctest.h>

using namespace kluis;
using base::Error;
using base::ErrorKind;

namespace {

const std::string kContent = "what was deposited, all of it";

// A reply that gives `length` bytes and then breaks off.
class BreakingReader final : public base::Reader {
  public:
    BreakingReader(std::string_view bytes, std::size_t length)
        : rest_(bytes.substr(0, length)), whole_(length >= bytes.size()) {}
    std::size_t read(base::MutableBytes out) override {
        if (rest_.empty() && !whole_) throw Error(ErrorKind::unavailable, "broken");
        const auto count = std::min<std::size_t>(rest_.size(), out.size());
        std::ranges::copy(base::as_bytes(rest_.substr(0, count)), out.begin());
        rest_ = rest_.substr(count);
        return count;
    }

  private:
    std::string_view rest_;
    bool whole_;
};

// A server that breaks each reply off after `length` bytes.
struct Server {
    std::size_t length = 5;
    std::string etag = "\"a\"";
    std::uint64_t shift = 0;
    int asked = 0;

    api::Download open(const std::optional<api::ByteRange>& range) {
        ++asked;
        const auto first = range ? range->first : 0;
        api::Download download;
        download.size = kContent.size();
        download.offset = first + (range ? shift : 0);
        download.length = kContent.size() - first;
        download.etag = etag;
        download.body =
            std::make_unique<BreakingReader>(std::string_view(kContent).substr(first), length);
        return download;
    }
};

std::string read_through(Server& server) {
    client::ResumingReader reader([&](const auto& range) { return server.open(range); }, {});
    return base::to_string(base::read_all(reader, 1000, "the reply"));
}

}  // namespace

TEST_CASE("a download that breaks again and again comes whole") {
    Server server;
    CHECK(read_through(server) == kContent);
    CHECK(server.asked == 6);
}

TEST_CASE("a download that gives nothing any more ends with an error") {
    Server server;
    server.length = 0;
    CHECK(test::refuses(ErrorKind::unavailable, [&] { return read_through(server); }));
    CHECK(server.asked <= 5);
}

TEST_CASE("a server that goes on with another document, or elsewhere, is refused") {
    Server other;
    client::ResumingReader reader(
        [&](const auto& range) {
            auto download = other.open(range);
            other.etag = "\"b\"";
            return download;
        },
        {});
    CHECK(test::refuses(ErrorKind::forged, [&] { return base::read_all(reader, 1000, "it"); }));

    Server elsewhere;
    elsewhere.shift = 1;
    CHECK(test::refuses(ErrorKind::forged, [&] { return read_through(elsewhere); }));
}
