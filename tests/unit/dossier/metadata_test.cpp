#include "fixture.hpp"
#include "support/vectors.hpp"

#include <doctest/doctest.h>

using namespace kluis::dossier;
using kluis::base::Bytes;
using kluis::base::Date;
using kluis::base::ErrorKind;
using kluis::test::refuses;

namespace {

Bytes payload_of(const kluis::test::Vector& vector) {
    const auto& members = vector.json.object("vector");
    Bytes payload = members.contains("hex") ? vector.bytes("hex") : bytes(vector.text("text"));
    payload.resize(payload.size() + vector.number("spaces"), ' ');
    if (members.contains("after")) kluis::base::append(payload, vector.text("after"));
    return payload;
}

Bytes again(const Bytes& payload, const std::string& of) {
    return of == "word" ? encode_padded(parse_word(payload))
                        : encode_padded(parse_metadata(payload));
}

Warning first_warning(const Metadata& metadata) {
    const auto found = warnings(metadata, netherlands(), kToday);
    REQUIRE(found.size() == 1);
    return found[0];
}

}  // namespace

TEST_CASE("metadata and words: each shared case is accepted byte for byte or refused as it says") {
    for (const auto& vector : kluis::test::vectors("metadata")) {
        CAPTURE(vector.name);
        const Bytes payload = payload_of(vector);
        const std::string& of = vector.text("of");
        const std::string& expect = vector.text("expect");
        if (expect == "ok") {
            CHECK(again(payload, of) == payload);
        } else {
            const auto error = kluis::test::refusal([&] { return again(payload, of); });
            REQUIRE(error);
            CHECK(kluis::base::name(error->kind()) == expect);
        }
    }
}

TEST_CASE("metadata comes back from its payload member by member") {
    Metadata metadata = some_metadata();
    metadata.name = "a/b\n\x01.pdf";
    metadata.size = 4096;
    metadata.period = years(1984, 1992);
    metadata.subject = "M.";
    metadata.issuer = "Gemeente";
    metadata.language = "nl";
    metadata.note = "één\ntwee";
    metadata.translation = true;
    metadata.redaction = true;
    const Bytes payload = encode_padded(metadata);
    CHECK(payload.size() == 2048);
    CHECK(parse_metadata(payload) == metadata);
}

TEST_CASE("metadata that could not be read again is not written") {
    Metadata metadata = some_metadata();
    SUBCASE("no title") {
        metadata.title.clear();
        CHECK(refuses(ErrorKind::malformed, [&] { return encode_padded(metadata); }));
    }
    SUBCASE("a title that is too long") {
        metadata.title = std::string(kTitleLimit + 1, 'a');
        CHECK(refuses(ErrorKind::limit, [&] { return encode_padded(metadata); }));
    }
    SUBCASE("a kind that is no code") {
        metadata.kind = "Other kind";
        CHECK(refuses(ErrorKind::malformed, [&] { return encode_padded(metadata); }));
    }
    SUBCASE("a name that is no UTF-8") {
        metadata.name = "caf\xe9.pdf";
        CHECK(refuses(ErrorKind::malformed, [&] { return encode_padded(metadata); }));
    }
    SUBCASE("a word that is too long") {
        Word word;
        word.paper = std::string(kPaperLimit + 1, 'a');
        CHECK(refuses(ErrorKind::limit, [&] { return encode_padded(word); }));
    }
}

TEST_CASE("a refusal never repeats what the text says") {
    Metadata metadata = some_metadata();
    metadata.subject = "geheim\nx";
    const auto error = kluis::test::refusal([&] { return encode_padded(metadata); });
    REQUIRE(error);
    CHECK(std::string(error->what()).find("geheim") == std::string::npos);
}

TEST_CASE("the longest texts of every kind together fit the largest payload") {
    const auto longest = [](std::size_t count) {
        std::string text;
        for (std::size_t i = 0; i < count; ++i)
            text += "😀";
        return text;
    };
    Metadata metadata = some_metadata();
    metadata.title = longest(kTitleLimit);
    metadata.name = std::string(kNameLimit, '\x01');  // six bytes each as JSON
    metadata.type = longest(kTypeLimit);
    metadata.kind = std::string(64, 'k');
    metadata.criteria.clear();
    for (std::size_t i = 0; i < kCriteriaLimit; ++i)
        metadata.criteria.insert(std::string(62, 'c') + std::to_string(10 + i));
    metadata.period = years(1984, 1992);
    metadata.subject = longest(kSubjectLimit);
    metadata.issuer = longest(kIssuerLimit);
    metadata.language = longest(kLanguageLimit);
    metadata.note = longest(kNoteLimit);
    metadata.translation = metadata.redaction = true;
    metadata.size = (std::uint64_t{1} << 53) - 1;
    const Bytes payload = encode_padded(metadata);
    CHECK(payload.size() == kMostMetadata);
    CHECK(parse_metadata(payload) == metadata);
}

TEST_CASE("a title is made from any name") {
    CHECK(title_from_name("brief.pdf") == "brief");
    CHECK(title_from_name("scan 3.tar.GZ") == "scan 3.tar");
    CHECK(title_from_name("رسالة من أمي.txt") == "رسالة من أمي");
    for (const char* whole :
         {".profile", "version 1.2", "Dr. Jansen", "brief.", "a.b c", "a.abcdef"})
        CHECK(title_from_name(whole) == whole);
    CHECK(title_from_name("a\nb\x7f\u0085/c") == "a b  /c");
    CHECK(title_from_name("رسالة") == "رسالة");
    CHECK(title_from_name("") == "-");
    CHECK(title_from_name(std::string(2 * kTitleLimit, 'a')) == std::string(kTitleLimit, 'a'));
    Metadata metadata = some_metadata();
    metadata.title = title_from_name("a\r\n\x1b[2J\u009f.pdf");
    CHECK_NOTHROW(encode_padded(metadata));
}

TEST_CASE("a good description has no warnings") {
    Metadata metadata = some_metadata();
    metadata.period = years(1984, 2025);
    metadata.language = "nl-BE";
    CHECK(warnings(metadata, netherlands(), kToday).empty());
}

TEST_CASE("an odd description warns and is accepted") {
    Metadata metadata = some_metadata();
    SUBCASE("an unknown kind") {
        metadata.kind = "horoscope";
        CHECK(first_warning(metadata).code == "unknown-kind");
    }
    SUBCASE("a criterion of another jurisdiction") {
        metadata.criteria = {"rootedness", "social-integration"};
        const Warning warning = first_warning(metadata);
        CHECK(warning.code == "unknown-criterion");
        CHECK(sentence(warning, "nl").find("Sociale integratie") != std::string::npos);
    }
    SUBCASE("evidence of nothing") {
        metadata.criteria.clear();
        CHECK(first_warning(metadata).code == "no-criterion");
    }
    SUBCASE("a period that begins tomorrow") {
        metadata.period.from = Date{2026, 11, 24};
        CHECK(first_warning(metadata).code == "period-future");
    }
    SUBCASE("a period that ends before it begins") {
        metadata.period = {Date{2000, 1, 2}, Date{2000, 1, 1}};
        CHECK(first_warning(metadata).code == "period-reversed");
    }
    SUBCASE("a language in words") {
        metadata.language = "Nederlands";
        CHECK(first_warning(metadata).code == "language-unclear");
    }
    SUBCASE("a type that tells nothing") {
        metadata.type = "application/octet-stream";
        CHECK(first_warning(metadata).code == "type-unclear");
    }
    SUBCASE("a type that is none") {
        metadata.type = "pdf";
        CHECK(first_warning(metadata).code == "type-unclear");
    }
    CHECK_NOTHROW(encode_padded(metadata));
}

TEST_CASE("a period that begins today, or of one day, is not odd") {
    Metadata metadata = some_metadata();
    metadata.period = {kToday, kToday};
    CHECK(warnings(metadata, netherlands(), kToday).empty());
}

TEST_CASE("a profile needs no criterion") {
    Metadata metadata = some_metadata();
    metadata.kind = kProfileKind;
    metadata.criteria.clear();
    CHECK(warnings(metadata, netherlands(), kToday).empty());
}

TEST_CASE("a warning shows what came from a person without letting it act") {
    const Warning warning{"language-unclear", {{"language", "\x1b[2J\u202e"}}, {}};
    const std::string text = sentence(warning, "en");
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(text.find("\\x1b") != std::string::npos);
    CHECK(text.find("\u202e") == std::string::npos);
}

TEST_CASE("a value that looks like a placeholder stays a value") {
    const Warning warning{"city-outside", {{"city", "{places}"}, {"places", "Utrecht"}}, {}};
    CHECK(sentence(warning, "en").find("{places}") != std::string::npos);
}
