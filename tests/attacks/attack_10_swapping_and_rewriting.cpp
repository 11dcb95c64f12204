// Attack 10: payloads, roles and documents swapped for one another, and descriptions that rewrite.
#include "support/refusal.hpp"
#include "support/sealed_document.hpp"

#include <doctest/doctest.h>

using namespace kluis;
using base::ErrorKind;
using statement::Role;
using test::refusal;
using test::refuses;
using test::SealedDocument;

namespace {

constexpr Role kRoles[] = {Role::content, Role::metadata, Role::preview};

const base::Bytes& stored(const SealedDocument& sealed, Role role) {
    if (role == Role::content) return sealed.content;
    return role == Role::metadata ? sealed.metadata : *sealed.preview;
}

// What a reader of `sealed` gets if the server gives `given` for the payload of `role`.
void open_as(const SealedDocument& sealed, Role role, const base::Bytes& given) {
    if (role == Role::content) test::open_content_of(sealed, given);
    if (role == Role::metadata) document::open_metadata(sealed.key, sealed.promise, given);
    if (role == Role::preview) document::open_preview(sealed.key, sealed.promise, given);
}

// The same, when the statement named what was given: as a dishonest owner or depositor would.
void open_as_signed(const SealedDocument& sealed, Role role, const base::Bytes& given) {
    SealedDocument named;
    named.key = sealed.key.duplicate();
    named.promise = sealed.promise;
    named.described = sealed.described;
    named.promise.payloads[role] = test::payload_of(given);
    if (role == Role::metadata) named.promise.metadata = test::payload_of(given);
    open_as(named, role, given);
}

void check_every_swap(const SealedDocument& one, const SealedDocument& other) {
    for (const SealedDocument* from : {&one, &other}) {
        for (const Role given : kRoles) {
            for (const Role wanted : kRoles) {
                CAPTURE(statement::name(given));
                CAPTURE(statement::name(wanted));
                const auto open = [&] { return open_as(one, wanted, stored(*from, given)), true; };
                if (from == &one && given == wanted) {
                    CHECK(!refusal(open));
                } else {
                    CHECK(refuses(ErrorKind::forged, open));
                }
            }
        }
    }
}

}  // namespace

TEST_CASE("every payload in the place of every other is refused") {
    const base::ByteView text = base::as_bytes("one text");
    const auto one = test::seal_document(text);
    check_every_swap(one, test::seal_document(base::as_bytes("another")));
    check_every_swap(one, test::seal_document(text));
}

TEST_CASE("every payload in the place of every other is refused under one file key, too") {
    const base::ByteView text = base::as_bytes("one text");
    const auto one = test::seal_document(text);
    check_every_swap(one, test::seal_document(text, "Another letter", one.key.duplicate()));
}

TEST_CASE("a statement that names one role's payload as another's gives no reader anything") {
    const auto one = test::seal_document(base::as_bytes("one text"));
    const auto other = test::seal_document(base::as_bytes("another text"));
    for (const Role wanted : {Role::content, Role::metadata}) {
        for (const Role given : kRoles) {
            CAPTURE(statement::name(given));
            CAPTURE(statement::name(wanted));
            if (given != wanted) {
                CHECK(
                    refusal([&] { return open_as_signed(one, wanted, stored(one, given)), true; }));
            }
            CHECK(refuses(ErrorKind::forged,
                          [&] { return open_as_signed(one, wanted, stored(other, given)), true; }));
        }
    }
}

TEST_CASE("one document's promise opens nothing of another") {
    const auto one = test::seal_document(base::as_bytes("one text"));
    auto other = test::seal_document(base::as_bytes("another text"));
    other.promise.id = one.promise.id;
    CHECK(refuses(ErrorKind::forged, [&] { return test::open_document(other); }));
    other.promise = one.promise;
    CHECK(refuses(ErrorKind::forged, [&] { return test::open_document(other); }));
    CHECK(refuses(ErrorKind::forged, [&] { return test::open_document(one, other.key); }));
}

TEST_CASE("a header of another document is refused by its digest") {
    const auto one = test::seal_document(base::as_bytes("one text"));
    const auto other = test::seal_document(base::as_bytes("another text"));
    const auto lawyer = crypto::random_secret<crypto::X25519Secret>();
    const auto granted = document::seal_header(one.key, crypto::x25519_public(lawyer));
    const auto given = document::seal_header(other.key, crypto::x25519_public(lawyer));
    CHECK(refuses(ErrorKind::forged,
                  [&] { return document::open_header(given, crypto::sha256(granted), lawyer); }));
}

TEST_CASE("an owner's description cannot cut a signed file back to an earlier revision") {
    const std::string revision = "%PDF-1.7 signed%%EOF\n";
    const std::string whole = revision + "appended and signed again%%EOF\n";
    auto sealed = test::seal_document(base::as_bytes(whole));
    CHECK(test::open_document(sealed) == base::to_bytes(whole));
    for (const std::string& claimed : {revision, whole + " ", std::string(), std::string("else")}) {
        CAPTURE(claimed);
        for (const bool with_digest : {false, true}) {
            sealed.described.size = claimed.size();
            sealed.described.sha256 = crypto::sha256(base::as_bytes(with_digest ? claimed : whole));
            const auto rewritten = document::seal_metadata(sealed.key, sealed.described);
            sealed.promise.metadata = rewritten.payload;
            CHECK(refuses(ErrorKind::forged, [&] {
                return document::open_metadata(sealed.key, sealed.promise, rewritten.stored);
            }));
            base::MemoryReader content(sealed.content);
            CHECK(refuses(ErrorKind::forged, [&] {
                document::verify_content(sealed.key, sealed.promise, sealed.described, content);
                return true;
            }));
        }
    }
}

TEST_CASE("an owner's description may change all else, and opens the same content") {
    auto sealed = test::seal_document(base::as_bytes("a text"));
    sealed.described.title = "A better title";
    sealed.described.note = "written in Pretoria";
    const auto described = document::seal_metadata(sealed.key, sealed.described);
    sealed.metadata = described.stored;
    sealed.promise.metadata = described.payload;
    CHECK(test::open_document(sealed) == base::to_bytes(std::string_view("a text")));
}

TEST_CASE("the description that a statement replaced is refused afterwards") {
    auto sealed = test::seal_document(base::as_bytes("a text"));
    const auto described = document::seal_metadata(sealed.key, sealed.described);
    sealed.promise.metadata = described.payload;
    CHECK(refuses(ErrorKind::forged, [&] { return test::open_document(sealed); }));
}
