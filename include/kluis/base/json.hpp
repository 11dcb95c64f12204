// JSON as our formats use it: strings, integers below 2^53, booleans, arrays and objects; encoded
// by RFC 8785 (JCS). There is no null and there are no fractions. Objects have no duplicate
// members.
//
// Every parser bounds its input: at most kJsonDepth nested arrays and objects, and no more values
// than json_values_limit.
//
// Thread-safety: plain values.
#pragma once

#include <kluis/base/bytes.hpp>

#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <variant>

namespace kluis::base {

inline constexpr std::size_t kJsonDepth = 8;
inline constexpr std::uint64_t kJsonIntegerLimit = std::uint64_t{1} << 53;

// The densest text that we write is a timeline's list of years, with a value in 8 bytes.
inline constexpr std::size_t kJsonBytesPerValue = 6;

// How many values (arrays, objects and what is in them) a text of `size` bytes may hold. A value
// takes up to 200 bytes of memory where its text may be 2: bounded by size alone, 16 MiB would take
// 540 MB. So they take, as measured at its worst, 20 times their text where there is one for each
// 6 bytes, 6 times for each 32; and 200 KB.
constexpr std::size_t json_values_limit(std::size_t size,
                                        std::size_t bytes_per_value = kJsonBytesPerValue) {
    return 1024 + size / bytes_per_value;
}

class Json {
  public:
    using Array = std::vector<Json>;
    using Object = std::map<std::string, Json, std::less<>>;

    Json() : value_(Object{}) {}
    Json(std::string text) : value_(std::move(text)) {}
    Json(std::string_view text) : value_(std::string(text)) {}
    Json(const char* text) : value_(std::string(text)) {}
    // REQUIRES: number < 2^53 (encoding throws Error(internal) otherwise).
    Json(std::uint64_t number) : value_(number) {}
    Json(bool truth) : value_(truth) {}
    Json(Array items) : value_(std::move(items)) {}
    Json(Object members) : value_(std::move(members)) {}
    Json(std::initializer_list<Object::value_type> members) : value_(Object(members)) {}

    // Each throws Error(malformed), naming `what`, if this is of another type.
    const std::string& string(std::string_view what) const;
    std::uint64_t integer(std::string_view what) const;
    bool boolean(std::string_view what) const;
    const Array& array(std::string_view what) const;
    const Object& object(std::string_view what) const;

    // A member of an object: for building. Inserts an empty object if absent.
    Json& operator[](std::string_view member);
    // Sets a member of an object, unless `text` is empty: what is not known is left out.
    void put_text(std::string_view member, const std::string& text);

    friend bool operator==(const Json&, const Json&) = default;

    const auto& variant() const { return value_; }

  private:
    std::variant<std::string, std::uint64_t, bool, Array, Object> value_;
};

// Reads the members of one object and refuses what it does not know. Use: take every member, then
// call `finish`. `what` names the object in messages and must outlive this.
class JsonMembers {
  public:
    // Throws Error(malformed) if `json` is no object. `json` must outlive this.
    JsonMembers(const Json& json, std::string_view what);

    // The member, which must be there.
    const Json& required(std::string_view name);
    const std::string& string(std::string_view name);
    std::uint64_t integer(std::string_view name);

    // The member, or null if absent.
    const Json* optional(std::string_view name);
    // As put_text writes it: empty if absent. Throws Error(malformed) if it is there and empty.
    std::string optional_text(std::string_view name);

    // Throws Error(malformed) if the object has a member that was not asked for.
    void finish() const;

  private:
    const Json::Object& members_;
    std::string_view what_;
    std::set<const Json*> taken_;
};

enum class JsonText {
    ascii,  // only bytes 0x20 to 0x7e, no booleans: statements, envelopes, logins
    utf8,   // valid UTF-8, booleans allowed: metadata, manifests, keyrings
};

// RFC 8785. Throws Error(internal) if the value cannot be written in `text`.
std::string canonical_json(const Json& json, JsonText text);

// Parses `bytes`, which must be exactly what canonical_json makes of the result. Throws
// Error(malformed) otherwise: white space, another order, duplicates, escapes that are not needed,
// numbers that are not plain integers, lone surrogates, null, too deep, too many, trailing bytes.
Json parse_canonical_json(ByteView bytes, JsonText text, std::string_view what);

// Parses `bytes` as any RFC 8259 text of the types above (UTF-8; still no null, no fractions, no
// duplicate members, same bounds): for files that people write and for HTTP bodies.
Json parse_json(ByteView bytes, std::string_view what,
                std::size_t bytes_per_value = kJsonBytesPerValue);

}  // namespace kluis::base
