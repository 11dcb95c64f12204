#include "kluisd.hpp"
#include "visitor.hpp"

#include <doctest/doctest.h>

using namespace kluis;
using test::Kluisd;
using test::Visitor;

TEST_CASE("a server killed in mid-upload loses nothing acknowledged and keeps nothing else") {
    Kluisd kluisd;
    std::string code = kluisd.run({"invite"}).out;
    kluisd.serve();
    Visitor visitor(kluisd.port(), "N");
    visitor.join(code.substr(0, code.find('\n')));
    visitor.create();
    const std::string content(300'000, 'y');
    const auto kept = visitor.deposit(content);
    const auto lost = crypto::random_value<statement::DocumentId>();
    visitor.client().send("PUT " + visitor.payload_path(lost, "content") +
                          " HTTP/1.1\r\nHost: test\r\n" + visitor.session +
                          "Content-Type: application/octet-stream\r\nContent-Length: 1000000\r\n"
                          "Expect: 100-continue\r\n\r\n");
    // The server has begun the upload when it asks for the body.
    CHECK(visitor.client().receive(true).status == 100);
    visitor.client().send(std::string(500'000, 'z'));
    CHECK(kluisd.stop(SIGKILL) == -SIGKILL);

    kluisd.serve();
    visitor.reconnect(kluisd.port());
    CHECK(visitor.get(visitor.document(kept)).body.ends_with(content));
    CHECK(visitor.get(visitor.document(lost)).status == 404);
    kluisd.stop(SIGTERM);
    std::size_t files = 0;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(kluisd.data() / "blobs")) {
        files += entry.is_regular_file() && entry.file_size() > 0;
    }
    CHECK(files == 1);
    CHECK(kluisd.run({"check"}).status == 0);
}
