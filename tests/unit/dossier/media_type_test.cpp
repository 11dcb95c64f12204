#include "fixture.hpp"

#include <kluis/base/file.hpp>
#include <kluis/dossier/media_type.hpp>

#include <doctest/doctest.h>

#include <filesystem>

using namespace kluis::dossier;
using namespace std::string_view_literals;

namespace {

std::string_view type(std::string_view name, std::string_view first) {
    return media_type(name, kluis::base::as_bytes(first));
}

std::string_view type_of_demo_file(const char* path) {
    const auto file = std::filesystem::path(KLUIS_TEST_DATA) / "demo-data" / path;
    const auto content = kluis::base::read_file(file, 16 * 1024 * 1024);
    return media_type(
        path, kluis::base::ByteView(content).first(std::min(content.size(), kMediaTypeBytes)));
}

}  // namespace

TEST_CASE("real files of the demonstration are told by their first bytes and names") {
    CHECK(type_of_demo_file("J/grafregister.pdf") == "application/pdf");
    CHECK(type_of_demo_file("J/foto bij het monument.jpg") == "image/jpeg");
    CHECK(type_of_demo_file("J/grafregister preview.png") == "image/png");
    CHECK(type_of_demo_file("J/jaren in Nederland.ods") ==
          "application/vnd.oasis.opendocument.spreadsheet");
    CHECK(type_of_demo_file("N/cijfers verpleegkunde.xlsx") ==
          "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    CHECK(type_of_demo_file("D/رسالة أمي.txt") == "text/plain");
    CHECK(type_of_demo_file("J/table.csv") == "text/csv");
}

TEST_CASE("a format with a mark is told by it, whatever the name says") {
    CHECK(type("scan", "%PDF-1.7") == "application/pdf");
    CHECK(type("brief.txt", "%PDF-1.7") == "application/pdf");
    CHECK(type("x", "\xff\xd8\xff\xe0") == "image/jpeg");
    CHECK(type("x", "\x89PNG\r\n\x1a\n") == "image/png");
    CHECK(type("x", "II*\0"sv) == "image/tiff");
    CHECK(type("x", "MM\0*"sv) == "image/tiff");
    CHECK(type("x", "RIFF\0\0\0\0WEBPVP8 "sv) == "image/webp");
    CHECK(type("x",
               "\0\0\0\x18"
               "ftypheic"sv) == "image/heic");
    CHECK(type("x",
               "\0\0\0\x18"
               "ftypM4A "sv) == "audio/mp4");
    CHECK(type("x",
               "\0\0\0\x18"
               "ftypisom"sv) == "video/mp4");
    CHECK(type("x", "ID3\x04") == "audio/mpeg");
}

TEST_CASE("zip files are told apart by their names alone") {
    CHECK(type("a.zip", "PK\x03\x04") == "application/zip");
    CHECK(type("a.DOCX", "PK\x03\x04") ==
          "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    CHECK(type("a.odt", "PK\x03\x04") == "application/vnd.oasis.opendocument.text");
    CHECK(type("a.pdf", "PK\x03\x04") == "application/zip");
}

TEST_CASE("text without a mark is told by its name") {
    CHECK(type("a.TXT", "hallo") == "text/plain");
    CHECK(type("a.csv", "a;b") == "text/csv");
    CHECK(type("a.eml", "From: ") == "message/rfc822");
    CHECK(type("leeg.txt", "") == "text/plain");
    CHECK(type("a.mp3", "\xff\xfb\x90") == "audio/mpeg");
}

TEST_CASE("a name that the bytes contradict counts for nothing") {
    CHECK(type("a.pdf", "hallo") == kUnknownMediaType);
    CHECK(type("a.txt", "a\0b"sv) == kUnknownMediaType);
    CHECK(type("a.mp3", "hallo") == kUnknownMediaType);
    CHECK(type("a.docx", "hallo") == kUnknownMediaType);
    CHECK(type("leeg.pdf", "") == kUnknownMediaType);
    CHECK(type("", "") == kUnknownMediaType);
    CHECK(type("a.webp", "RIFF\0\0\0\0WAVE"sv) == kUnknownMediaType);
}
