#include "support/refusal.hpp"

#include <kluis/bundle/layout/member.hpp>
#include <kluis/crypto/random.hpp>

#include <doctest/doctest.h>

using namespace kluis;
using base::ErrorKind;
using bundle::MemberKind;
using bundle::MemberName;

namespace {

const auto kDocument = statement::parse_id<statement::DocumentId>("aaaaaaaaaaaaaaaaaaaaaaaaaa");
const auto kOther = statement::parse_id<statement::DocumentId>("baaaaaaaaaaaaaaaaaaaaaaaaa");

MemberName of(MemberKind kind) {
    return {kind, std::nullopt};
}
MemberName of(MemberKind kind, const statement::DocumentId& id) {
    return {kind, id};
}

bundle::MemberOrder after(const std::vector<MemberName>& members) {
    bundle::MemberOrder order;
    for (const MemberName& member : members)
        order.add(member);
    return order;
}

const std::vector<MemberName> kStart{of(MemberKind::info), of(MemberKind::case_key),
                                     of(MemberKind::manifest), of(MemberKind::seal)};

std::vector<MemberName> start_and(const std::vector<MemberName>& more) {
    std::vector<MemberName> all = kStart;
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

bool refused(const std::vector<MemberName>& members) {
    return test::refuses(ErrorKind::malformed, [&] { return after(members); });
}

}  // namespace

TEST_CASE("members have the names of the format, and are found by them") {
    const std::vector<std::pair<MemberName, std::string>> names{
        {of(MemberKind::info), "bewijskluis-bundle.json"},
        {of(MemberKind::case_key), "case.age"},
        {of(MemberKind::manifest), "manifest.age"},
        {of(MemberKind::seal), "seal.age"},
        {of(MemberKind::content, kDocument), "documents/aaaaaaaaaaaaaaaaaaaaaaaaaa.age"},
        {of(MemberKind::metadata, kDocument), "documents/aaaaaaaaaaaaaaaaaaaaaaaaaa.metadata.age"},
        {of(MemberKind::preview, kDocument), "documents/aaaaaaaaaaaaaaaaaaaaaaaaaa.preview.age"},
        {of(MemberKind::readers), "readers.age"},
    };
    for (const auto& [name, text] : names) {
        CHECK(bundle::to_text(name) == text);
        CHECK(bundle::parse_member_name(text) == name);
        CHECK(bundle::member_limit(name.kind) > 0);
    }
}

TEST_CASE("no other name is a member") {
    for (const char* text :
         {"", "/case.age", "./case.age", "../case.age", "case.age/", "CASE.AGE", "case.age\n",
          "documents", "documents/", "documents/.age", "documents/../case.age",
          "documents/aaaaaaaaaaaaaaaaaaaaaaaaaa", "documents/AAAAAAAAAAAAAAAAAAAAAAAAAA.age",
          "documents/aaaaaaaaaaaaaaaaaaaaaaaaab.age",
          "documents/aaaaaaaaaaaaaaaaaaaaaaaaaa.age.age",
          "documents/aaaaaaaaaaaaaaaaaaaaaaaaaa.word.age",
          "/documents/aaaaaaaaaaaaaaaaaaaaaaaaaa.age"}) {
        INFO(text);
        CHECK_FALSE(bundle::parse_member_name(text));
    }
}

TEST_CASE("a document's member without its document is a defect") {
    CHECK(test::refuses(ErrorKind::internal,
                        [] { return bundle::to_text(of(MemberKind::content)); }));
    CHECK(test::refuses(ErrorKind::internal,
                        [] { return bundle::to_text(of(MemberKind::seal, kDocument)); }));
}

TEST_CASE("a bundle's members in their order are complete") {
    const auto order =
        after(start_and({of(MemberKind::content, kOther), of(MemberKind::metadata, kOther),
                         of(MemberKind::content, kDocument), of(MemberKind::metadata, kDocument),
                         of(MemberKind::preview, kDocument), of(MemberKind::readers)}));
    CHECK(order.documents() == 2);
    order.finish(2);
    CHECK(test::refuses(ErrorKind::malformed, [&] { return (order.finish(3), 0); }));
}

TEST_CASE("members out of order, twice, or missing are refused") {
    CHECK(refused({of(MemberKind::case_key)}));
    CHECK(refused({of(MemberKind::info), of(MemberKind::info)}));
    CHECK(refused({of(MemberKind::info), of(MemberKind::manifest)}));
    CHECK(refused(start_and({of(MemberKind::readers)})));
    CHECK(refused(start_and({of(MemberKind::metadata, kDocument)})));
    CHECK(refused(start_and({of(MemberKind::content, kDocument), of(MemberKind::readers)})));
    CHECK(
        refused(start_and({of(MemberKind::content, kDocument), of(MemberKind::metadata, kOther)})));
    CHECK(refused(
        start_and({of(MemberKind::content, kDocument), of(MemberKind::preview, kDocument)})));
    CHECK(
        refused(start_and({of(MemberKind::content, kDocument), of(MemberKind::metadata, kDocument),
                           of(MemberKind::readers), of(MemberKind::readers)})));
}

TEST_CASE("a bundle with a document twice is refused at its end") {
    const auto order =
        after(start_and({of(MemberKind::content, kDocument), of(MemberKind::metadata, kDocument),
                         of(MemberKind::content, kDocument), of(MemberKind::metadata, kDocument),
                         of(MemberKind::readers)}));
    CHECK(test::refuses(ErrorKind::malformed, [&] { return (order.finish(2), 0); }));
}

TEST_CASE("a bundle that ends before its last member is refused") {
    const auto order =
        after(start_and({of(MemberKind::content, kDocument), of(MemberKind::metadata, kDocument)}));
    CHECK(test::refuses(ErrorKind::malformed, [&] { return (order.finish(1), 0); }));
    CHECK(test::refuses(ErrorKind::malformed, [] { return (bundle::MemberOrder().finish(0), 0); }));
}
