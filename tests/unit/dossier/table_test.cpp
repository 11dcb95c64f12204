#include "fixture.hpp"

#include <kluis/base/file.hpp>
#include <kluis/dossier/table.hpp>

#include <doctest/doctest.h>

#include <filesystem>

using namespace kluis::dossier;
using kluis::base::Date;
using kluis::base::ErrorKind;

namespace {

std::vector<TableRow> parse(std::string_view text) {
    return parse_table(bytes(text));
}

std::string refusal_of(std::string_view text, ErrorKind kind = ErrorKind::malformed) {
    const auto error = kluis::test::refusal([&] { return parse(text); });
    REQUIRE(error);
    CHECK(error->kind() == kind);
    return error->what();
}

bool mentions(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the table of the demonstration is read whole") {
    const auto path = std::filesystem::path(KLUIS_TEST_DATA) / "demo-data/J/table.csv";
    const auto rows = parse_table(kluis::base::read_file(path, kTableLimit));
    const auto grave = std::ranges::find(rows, "grafregister.pdf", &TableRow::file);
    REQUIRE(grave != rows.end());
    CHECK(grave->criteria == std::set<std::string>{"family-or-graves-in-nl", "trauma-in-nl"});
    CHECK(grave->period.from == Date{1992, 10, 21});
    CHECK_FALSE(grave->period.to.has_value());
    CHECK(grave->note == "twee graven, B 17-204 en 205");
    CHECK(grave->original_at == "in de blauwe map van J.");
    CHECK(grave->preview == "grafregister preview.png");
    for (const TableRow& row : rows) {
        CAPTURE(row.line);
        CHECK(std::filesystem::exists(path.parent_path() / row.file));
        CHECK(catalogue().kind(row.kind) != nullptr);
    }
}

TEST_CASE("every column is read, in any order") {
    const auto rows = parse(
        "preview,subject,redaction-of,translation-of,original-at,note,language,issuer,to,from,"
        "criterion,kind,title,file\n"
        "p.png,M.,doc2,doc1,kast,noot,nl,Gemeente,2001-01-01,2000-01-01,b  a,other,Titel,f.pdf\n");
    REQUIRE(rows.size() == 1);
    const TableRow& row = rows[0];
    CHECK(row.file == "f.pdf");
    CHECK(row.title == "Titel");
    CHECK(row.kind == "other");
    CHECK(row.criteria == std::set<std::string>{"a", "b"});
    CHECK(row.period == Period{Date{2000, 1, 1}, Date{2001, 1, 1}});
    CHECK(row.issuer == "Gemeente");
    CHECK(row.language == "nl");
    CHECK(row.note == "noot");
    CHECK(row.original_at == "kast");
    CHECK(row.translation_of == "doc1");
    CHECK(row.redaction_of == "doc2");
    CHECK(row.subject == "M.");
    CHECK(row.preview == "p.png");
}

TEST_CASE("what spreadsheet programs write is read: semicolons, CRLF, a byte order mark, quotes") {
    const auto rows = parse(
        "\xef\xbb\xbf\"file\";title;note\r\n"
        "a.pdf;\"zegt \"\"ja\"\"; en nee\";\"een\ntwee\"\r\n"
        "\r\n"
        "\"b\n.pdf\";x,y;\r\n");
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].title == "zegt \"ja\"; en nee");
    CHECK(rows[0].note == "een\ntwee");
    CHECK(rows[1].file == "b\n.pdf");
    CHECK(rows[1].title == "x,y");
    CHECK(rows[1].line == 5);
}

TEST_CASE("a table needs no line end at its end, and one column is enough") {
    CHECK(parse("file\na.pdf").size() == 1);
    CHECK(parse("file\na.pdf\n\nb.pdf\n").size() == 2);
    CHECK(parse("file").empty());
    CHECK(parse("file\n\"a\"").size() == 1);
}

TEST_CASE("an unknown, repeated or missing column is refused by its name") {
    CHECK(mentions(refusal_of("file,autor\na,b\n"), "'autor'"));
    CHECK(mentions(refusal_of("file,File\na,b\n"), "'File'"));
    CHECK(mentions(refusal_of("file, title\na,b\n"), "' title'"));
    CHECK(mentions(refusal_of("file,\na,\n"), "''"));
    CHECK(mentions(refusal_of("file,title,title\na,b,c\n"), "'title' twice"));
    CHECK(mentions(refusal_of("title\na\n"), "no column 'file'"));
    CHECK(mentions(refusal_of(""), "empty"));
    CHECK(mentions(refusal_of("\n\n"), "empty"));
    const std::string hostile = refusal_of("file,\x1b[2J\na,b\n");
    CHECK_FALSE(mentions(hostile, "\x1b"));
}

TEST_CASE("a row of another length is refused with its line") {
    CHECK(mentions(refusal_of("file,title\na,b\nc\n"), "line 3"));
    CHECK(mentions(refusal_of("file,title\na,b,c\n"), "line 2"));
    CHECK(mentions(refusal_of("file,title\n\"a\n\nb\",b\nc\n"), "line 5"));
}

TEST_CASE("a value that metadata would refuse is refused with its line and column") {
    CHECK(mentions(refusal_of("file,title\n,b\n"), "line 2 of the table, column 'file'"));
    CHECK(mentions(refusal_of("file,from\na,1984\n"), "column 'from'"));
    CHECK(mentions(refusal_of("file,to\na,2023-02-29\n"), "column 'to'"));
    CHECK(mentions(refusal_of("file,kind\na,Other\n"), "column 'kind'"));
    CHECK(mentions(refusal_of("file,criterion\na,old_age\n"), "column 'criterion'"));
    CHECK(mentions(refusal_of("file,title\na,\"b\nc\"\n"), "column 'title'"));
    CHECK(mentions(refusal_of("file,note\na,b\x01\n"), "column 'note'"));
    const std::string title(kTitleLimit + 1, 't');
    CHECK(mentions(refusal_of("file,title\na," + title + "\n", ErrorKind::limit),
                   "line 2 of the table, column 'title'"));
}

TEST_CASE("quotes out of place are refused with their line") {
    CHECK(mentions(refusal_of("file\na\"b\n"), "line 2"));
    CHECK(mentions(refusal_of("file\n\"a\"b\n"), "line 2"));
    CHECK(mentions(refusal_of("file\nx\n\"a\n\n"), "line 3"));
    CHECK(mentions(refusal_of("file\na\rb\n"), "line 2"));
    CHECK(mentions(refusal_of("file\n\"a\"\r"), "line 2"));
}

TEST_CASE("a table that is not UTF-8 is refused with what to do") {
    const auto error = kluis::test::refusal([] { return parse("file\ncaf\xe9\n"); });
    REQUIRE(error);
    CHECK(mentions(error->hint(), "UTF-8"));
}

TEST_CASE("a table beyond its bounds is refused") {
    std::string text = "file\n";
    for (std::size_t i = 0; i < kTableRowsLimit; ++i)
        text += "a\n";
    CHECK(parse(text).size() == kTableRowsLimit);
    refusal_of(text + "a\n", ErrorKind::limit);
    const std::string long_name(kTableFieldLimit + 1, 'a');
    CHECK(mentions(refusal_of("file," + long_name + "\n", ErrorKind::limit), "65536 bytes"));
    CHECK(kluis::test::refuses(
        ErrorKind::limit, [] { return parse_table(kluis::base::Bytes(kTableLimit + 1, 'a')); }));
}
