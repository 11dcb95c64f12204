#include "secrets.hpp"
#include "support/refusal.hpp"
#include "support/vectors.hpp"

#include <kluis/account/keyring.hpp>

#include <doctest/doctest.h>

#include <set>

using namespace kluis;
using account::AccountSecret;
using account::Keyring;
using base::ErrorKind;
using base::JsonText;
using test::refusal;
using test::refuses;

namespace {

Keyring parse(const std::string& text) {
    return account::parse_keyring(
        base::parse_canonical_json(base::as_bytes(text), JsonText::utf8, "keyring"));
}

std::string write(const Keyring& keyring) {
    return base::canonical_json(account::to_json(keyring), JsonText::utf8);
}

Keyring some_keyring() {
    Keyring keyring;
    const statement::Card card = account::card(test::secret_of(9));
    keyring.cards[statement::fingerprint(card)] = {card, "a name"};
    return keyring;
}

// What `read` makes of a vector: "ok", or the kind of its refusal.
template <class Read>
std::string outcome(Read read) {
    const auto error = refusal(read);
    return error ? base::name(error->kind()) : "ok";
}

void check_sealed(const test::Vector& vector) {
    const auto secret = AccountSecret::copy_of(vector.bytes("secret"));
    const base::Bytes sealed = vector.bytes("sealed");
    const auto open = [&] {
        return account::open_keyring(sealed, secret, vector.number("revision"));
    };
    CHECK(outcome(open) == vector.text("expect"));
    if (vector.text("expect") != "ok") return;
    CHECK(write(open()) == vector.text("keyring"));
    CHECK(account::seal_keyring(open(), secret, 1).size() == sealed.size());
}

void check_merge(const test::Vector& vector) {
    const auto merge = [&] {
        return account::merge(parse(vector.text("common")), parse(vector.text("ours")),
                              parse(vector.text("theirs")));
    };
    if (vector.has("expect")) {
        CHECK(outcome(merge) == vector.text("expect"));
    } else {
        CHECK(write(merge()) == vector.text("merged"));
    }
}

}  // namespace

TEST_CASE("sealed keyrings, their JSON and merges are as each vector says") {
    std::set<std::string> seen;
    for (const auto& vector : test::vectors("keyring")) {
        CAPTURE(vector.name);
        const std::string& of = vector.text("of");
        if (of == "seal") check_sealed(vector);
        if (of == "merge") check_merge(vector);
        if (of == "json") {
            CHECK(outcome([&] { return parse(vector.text("keyring")); }) == vector.text("expect"));
        }
        seen.insert(of);
    }
    CHECK(seen == std::set<std::string>{"json", "merge", "seal"});
}

TEST_CASE("a keyring opens at the revision that it was sealed at, and at no other") {
    const AccountSecret secret = test::secret_of(0);
    const base::Bytes sealed = account::seal_keyring(some_keyring(), secret, 5);
    CHECK(sealed.size() == 24 + 4096 + 16);
    CHECK(account::open_keyring(sealed, secret, 5) == some_keyring());
    for (const std::uint64_t other : {std::uint64_t{4}, std::uint64_t{6}, std::uint64_t{5} << 32}) {
        CHECK(refuses(ErrorKind::forged,
                      [&] { return account::open_keyring(sealed, secret, other); }));
    }
    CHECK(refuses(ErrorKind::forged,
                  [&] { return account::open_keyring(sealed, test::secret_of(1), 5); }));
}

TEST_CASE("attack 2: every flipped byte of a sealed keyring is refused") {
    const AccountSecret secret = test::secret_of(0);
    base::Bytes sealed = account::seal_keyring(some_keyring(), secret, 1);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        CAPTURE(i);
        const auto mask = static_cast<std::uint8_t>(1U << i % 8);
        sealed[i] ^= mask;
        CHECK(refuses(ErrorKind::forged, [&] { return account::open_keyring(sealed, secret, 1); }));
        sealed[i] ^= mask;
    }
    for (const std::size_t size : {0UL, 23UL, 24UL, 40UL, 1000UL, sealed.size() - 1}) {
        CAPTURE(size);
        CHECK(refuses(ErrorKind::forged, [&] {
            return account::open_keyring(base::ByteView(sealed).first(size), secret, 1);
        }));
    }
}

TEST_CASE("a keyring of more than 16 MiB is refused, sealing it and opening it") {
    const AccountSecret secret = test::secret_of(0);
    Keyring keyring = some_keyring();
    keyring.cards.begin()->second.name = std::string(account::kKeyringLimit, 'a');
    CHECK(refuses(ErrorKind::limit, [&] { return account::seal_keyring(keyring, secret, 1); }));
    const base::Bytes sealed(account::kSealedKeyringLimit + 1);
    CHECK(refuses(ErrorKind::limit, [&] { return account::open_keyring(sealed, secret, 1); }));
}

TEST_CASE("a keyring without revision is never sealed") {
    CHECK(refuses(ErrorKind::internal,
                  [] { return account::seal_keyring({}, test::secret_of(0), 0); }));
}

TEST_CASE("merging is the same whatever is merged with itself") {
    const Keyring keyring = some_keyring();
    CHECK(account::merge({}, keyring, keyring) == keyring);
    CHECK(account::merge(keyring, keyring, keyring) == keyring);
    CHECK(account::merge(keyring, {}, {}) == Keyring{});
}
