#include "support/random.hpp"
#include "support/refusal.hpp"
#include "support/vectors.hpp"

#include <doctest/doctest.h>

using namespace kluis::base;
using kluis::test::refusal;
using kluis::test::refuses;

namespace {

bool refuses_canonical(ByteView bytes, JsonText text) {
    return refuses(ErrorKind::malformed,
                   [&] { return parse_canonical_json(bytes, text, "input"); });
}

Json parse(std::string_view text) {
    return parse_json(as_bytes(text), "input");
}

// A random value that our JSON can hold.
Json random_json(kluis::test::Random& random, std::size_t depth) {
    switch (random.below(depth == 0 ? 3 : 5)) {
        case 0:
            return Json(random.below(kJsonIntegerLimit));
        case 1:
            return Json(random.below(2) == 0);
        case 2: {
            static const std::vector<std::string> kPieces = {"a", "Z", "\"",     "\\", "\n", "\x01",
                                                             "é", "ש", "\ue000", "😀",  "/"};
            std::string text;
            for (auto n = random.below(6); n > 0; --n)
                text += kPieces[random.below(kPieces.size())];
            return Json(text);
        }
        case 3: {
            Json::Array items;
            for (auto n = random.below(4); n > 0; --n) {
                items.push_back(random_json(random, depth - 1));
            }
            return Json(items);
        }
        default: {
            Json object;
            for (auto n = random.below(4); n > 0; --n) {
                object[std::to_string(random.below(50)) + (n == 1 ? "😀" : "\ue000")] =
                    random_json(random, depth - 1);
            }
            return object;
        }
    }
}

}  // namespace

TEST_CASE("each JSON vector is canonical, accepted from people only, or refused, as it says") {
    for (const auto& vector : kluis::test::vectors("json")) {
        CAPTURE(vector.name);
        const Bytes bytes = vector.bytes("hex");
        const std::string& expected = vector.text("expect");
        if (expected == "malformed") {
            CHECK(refuses(ErrorKind::malformed, [&] { return parse_json(bytes, "input"); }));
            CHECK(refuses_canonical(bytes, JsonText::utf8));
        } else if (expected == "loose") {
            const Json json = parse_json(bytes, "input");
            CHECK(canonical_json(json, JsonText::utf8) == as_text(vector.bytes("canonical")));
            CHECK(refuses_canonical(bytes, JsonText::utf8));
        } else {
            const bool ascii = vector.text("kind") == "ascii";
            const Json json = parse_canonical_json(bytes, JsonText::utf8, "input");
            CHECK(canonical_json(json, JsonText::utf8) == as_text(bytes));
            CHECK(refuses_canonical(bytes, JsonText::ascii) != ascii);
        }
    }
}

TEST_CASE("a random value comes back from its canonical text") {
    kluis::test::Random random;
    INFO(random.seed());
    for (int round = 0; round < 2000; ++round) {
        const Json json = random_json(random, 5);
        const std::string text = canonical_json(json, JsonText::utf8);
        CAPTURE(text);
        REQUIRE(parse_canonical_json(as_bytes(text), JsonText::utf8, "input") == json);
    }
}

TEST_CASE("a changed byte of a canonical text gives another value or a refusal, never the same") {
    const Json json{{"actor", "abc"}, {"list", Json::Array{Json(std::uint64_t{10}), "x"}}};
    const std::string text = canonical_json(json, JsonText::ascii);
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            std::string changed = text;
            changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
            CAPTURE(changed);
            std::optional<Json> parsed;
            const auto error = refusal([&] {
                parsed = parse_canonical_json(as_bytes(changed), JsonText::ascii, "input");
                return 0;
            });
            CHECK((error ? error->kind() == ErrorKind::malformed : *parsed != json));
        }
    }
}

TEST_CASE("a text with as many values as its length allows is taken, with one more refused") {
    constexpr std::size_t kSize = 16'000;
    // A list of `count` values within a text of kSize bytes.
    const auto list_of = [](std::size_t count, std::string_view value) {
        std::string text = "[";
        for (std::size_t i = 0; i < count; ++i)
            (text += i == 0 ? "" : ",") += value;
        text += "]";
        text.resize(kSize, ' ');
        return text;
    };
    const auto takes = [](const std::string& text, std::size_t bytes_per_value) {
        const auto error =
            refusal([&] { return parse_json(as_bytes(text), "input", bytes_per_value); });
        CHECK((!error || error->kind() == ErrorKind::malformed));
        return !error;
    };
    for (const std::size_t each : {kJsonBytesPerValue, std::size_t{32}}) {
        CAPTURE(each);
        // One is the list itself.
        const std::size_t most = json_values_limit(kSize, each) - 1;
        for (const char* value : {"0", "[]", "{}", "\"\""}) {
            CAPTURE(value);
            CHECK(takes(list_of(most, value), each));
            CHECK_FALSE(takes(list_of(most + 1, value), each));
        }
        CHECK(takes(list_of(most / 2, R"({"":0})"), each));
        CHECK_FALSE(takes(list_of(most / 2 + 1, R"({"":0})"), each));
    }
}

TEST_CASE("what JSON of ours cannot hold is a defect to write") {
    const auto cannot_write = [](const Json& json, JsonText text) {
        return refuses(ErrorKind::internal, [&] { return canonical_json(json, text); });
    };
    CHECK(cannot_write(Json(kJsonIntegerLimit), JsonText::utf8));
    CHECK(cannot_write(Json("\xff"), JsonText::utf8));
    CHECK(cannot_write(Json("é"), JsonText::ascii));
    CHECK(cannot_write(Json("\x7f"), JsonText::ascii));
    CHECK(cannot_write(Json{{"é", "x"}}, JsonText::ascii));
    CHECK(cannot_write(Json(true), JsonText::ascii));
    Json nested;
    for (std::size_t depth = 1; depth < kJsonDepth; ++depth)
        nested = Json(Json::Array{nested});
    CHECK_FALSE(cannot_write(nested, JsonText::utf8));
    CHECK(cannot_write(Json(Json::Array{nested}), JsonText::utf8));
}

TEST_CASE("a value of another type is refused by its name") {
    const Json json = parse(R"({"n":1,"s":"x"})");
    CHECK(refuses(ErrorKind::malformed, [&] { return json.string("input"); }));
    CHECK(refuses(ErrorKind::malformed, [&] { return json.array("input"); }));
    CHECK(refuses(ErrorKind::malformed, [] { return Json("1").integer("input"); }));
    CHECK(refuses(ErrorKind::malformed, [] { return Json("true").boolean("input"); }));
    CHECK(refuses(ErrorKind::malformed, [] { return Json("{}").object("input"); }));
    JsonMembers members(json, "thing");
    const auto error = refusal([&] { return members.string("n"); });
    REQUIRE(error);
    CHECK(std::string(error->what()) == "'n' of thing is not a string");
}

TEST_CASE("a missing member is refused unless it is optional") {
    const Json json = parse(R"({"a":1})");
    JsonMembers members(json, "thing");
    CHECK(members.optional("b") == nullptr);
    const auto error = refusal([&] { return members.required("b"); });
    REQUIRE(error);
    CHECK(std::string(error->what()) == "thing lacks 'b'");
}

TEST_CASE("an unknown member is refused, even when a known one is asked for twice") {
    const Json json = parse(R"({"a":1,"unknown":2})");
    JsonMembers members(json, "thing");
    CHECK(members.integer("a") == 1);
    CHECK(members.integer("a") == 1);
    CHECK(refuses(ErrorKind::malformed, [&] {
        members.finish();
        return 0;
    }));
    CHECK(members.optional("unknown") != nullptr);
    CHECK_NOTHROW(members.finish());
}

TEST_CASE("members can be read only of an object") {
    const Json json = parse("[1]");
    CHECK(refuses(ErrorKind::malformed, [&] { return JsonMembers(json, "thing"); }));
}
