// Attack 12, as bytes: what a server says of a download's length is not what it sends.
#include "reading.hpp"
#include "wire_scene.hpp"

#include <kluis/age/seal/stream.hpp>

namespace kluis::test {

using base::ErrorKind;

namespace {

// An owner with a document of some chunks, over HTTP.
class WireOwner : public WireScene {
  public:
    WireOwner()
        : owner(client::create_account(environment("owner"), proxy.origin(), vault.invitation(),
                                       account::Passphrase::generate())),
          id(client::create_dossier(owner, kJurisdiction, "mine")),
          letter(Scene::deposit(owner, id, "letter", std::string(200'000, 'x'))),
          shown(client::readable(client::OwnerView::fetch(owner, id), letter)),
          line("GET /api/v1/dossiers/" + statement::to_text(id) + "/documents/" +
               statement::to_text(letter) + "?role=content&as=owner") {}

    // What saving the letter throws while the server sends its bytes so, and asks nothing else.
    std::optional<base::Error> saving_so(const std::function<void(std::string& answer)>& change) {
        proxy.alter_bytes = [&](const WireRequest& request, std::string& answer) {
            if (request.line == line) change(answer);
        };
        return saving_letter();
    }
    std::optional<base::Error> saving_with(const std::function<void(HttpReply& reply)>& change) {
        proxy.alter = [&](const WireRequest& request, HttpReply& reply) {
            if (request.line == line) change(reply);
        };
        return saving_letter();
    }

    client::Client owner;
    statement::DossierId id;
    statement::DocumentId letter;
    client::Readable shown;
    std::string line;

  private:
    std::optional<base::Error> saving_letter() {
        proxy.forget();
        auto error = saving(owner, shown);
        for (const auto& asked : proxy.lines())
            CHECK(asked == line);
        // Each of two fetches tries again a few times where the connection broke.
        CHECK(proxy.lines().size() <= 10);
        proxy.alter = nullptr;
        proxy.alter_bytes = nullptr;
        return error;
    }
};

const std::string kLength = "content-length: ";

std::string true_length(const std::string& answer) {
    const auto at = answer.find(kLength) + kLength.size();
    return answer.substr(at, answer.find("\r\n", at) - at);
}

// The same answer with another line, or none, in the place of the one that tells its length.
void put_length(std::string& answer, const std::string& lines) {
    const auto at = answer.find(kLength);
    answer.replace(at, answer.find("\r\n", at) + 2 - at, lines);
}

bool is_refusal(ErrorKind kind) {
    return kind == ErrorKind::forged || kind == ErrorKind::unavailable;
}

}  // namespace

TEST_CASE("a download of which the server says another length than it sends leaves no file") {
    WireOwner scene;
    CHECK_FALSE(scene.saving_so([](std::string&) {}));
    std::string good;
    scene.saving_so([&](std::string& answer) { good = true_length(answer); });
    const auto length = std::stoull(good);
    const std::vector<std::string> lengths{"0",
                                           "1",
                                           std::to_string(scene.shown.header.size()),
                                           std::to_string(length - age::kSealedChunkSize),
                                           std::to_string(length - 1),
                                           std::to_string(length + 1),
                                           std::to_string(length + age::kSealedChunkSize),
                                           "9223372036854775807",
                                           "18446744073709551615",
                                           "18446744073709551616",
                                           "-1",
                                           "+" + good,
                                           good + "," + good + "1",
                                           "0x10",
                                           ""};
    for (const auto& said : lengths) {
        CAPTURE(said);
        const auto error = scene.saving_so(
            [&](std::string& answer) { put_length(answer, kLength + said + "\r\n"); });
        REQUIRE(error);
        CHECK(is_refusal(error->kind()));
    }
    CHECK_FALSE(scene.saving_so([](std::string&) {}));
}

TEST_CASE("a download without a length, or with two, leaves no file") {
    WireOwner scene;
    const std::pair<const char*, std::string> ways[] = {
        {"none", ""},
        {"in chunks", "transfer-encoding: chunked\r\n"},
        {"in chunks and a length", "transfer-encoding: chunked\r\ncontent-length: 10\r\n"},
        {"two lengths", "content-length: 10\r\ncontent-length: 11\r\n"}};
    for (const auto& [what, lines] : ways) {
        CAPTURE(what);
        const auto error = scene.saving_so([&](std::string& answer) { put_length(answer, lines); });
        REQUIRE(error);
        CHECK(is_refusal(error->kind()));
    }
}

TEST_CASE(
    "a download that is cut at any place, its length as said, and never goes on is an error") {
    WireOwner scene;
    const std::string rest = "HTTP/1.1 206 ";
    for (const std::size_t size : {0, 10, 100, 300, 400, 65'000, 66'000, 131'000, 200'000}) {
        CAPTURE(size);
        const auto error = scene.saving_so(
            [&](std::string& answer) { answer.resize(answer.starts_with(rest) ? 0 : size); });
        REQUIRE(error);
        CHECK(error->kind() == ErrorKind::unavailable);
    }
}

TEST_CASE("a part of a document that was not asked for, or goes by a false range, leaves no file") {
    WireOwner scene;
    // The bytes that are sent, of the whole, and the range that they are said to be.
    const auto check = [&](std::size_t first, std::size_t count,
                           const std::function<std::string(std::size_t whole)>& range) {
        const auto error = scene.saving_with([&](HttpReply& reply) {
            const auto whole = reply.body.size();
            reply.status = 206;
            reply.headers["content-range"] = "bytes " + range(whole);
            reply.body = reply.body.substr(first, count);
        });
        REQUIRE(error);
        CHECK(is_refusal(error->kind()));
    };
    const auto said = [](std::size_t first, std::size_t last, std::size_t whole) {
        return std::to_string(first) + "-" + std::to_string(last) + "/" + std::to_string(whole);
    };
    // The first part alone, truly told and as if it were the whole.
    check(0, 100'000, [&](std::size_t whole) { return said(0, 99'999, whole); });
    check(0, 100'000, [&](std::size_t) { return said(0, 99'999, 100'000); });
    // The rest after the header, and all of it as if it began later or more followed.
    check(168, std::string::npos, [&](std::size_t whole) { return said(168, whole - 1, whole); });
    check(0, std::string::npos, [&](std::size_t whole) { return said(1, whole, whole + 1); });
    check(0, std::string::npos, [&](std::size_t whole) { return said(0, whole - 1, whole + 9); });
    // Ranges that are none.
    for (const std::string none : {"", "*/100", "0-/100", "99-0/100", "-1-5/100",
                                   "0-18446744073709551615/18446744073709551616"}) {
        CAPTURE(none);
        check(0, std::string::npos, [&](std::size_t) { return none; });
    }
    CHECK_FALSE(scene.saving_so([](std::string&) {}));
}

}  // namespace kluis::test
