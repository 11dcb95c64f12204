// What a call throws, as a value that a test can compare.
#pragma once

#include <kluis/base/error.hpp>

#include <optional>
#include <ostream>

namespace kluis::base {

inline std::ostream& operator<<(std::ostream& out, ErrorKind kind) {
    return out << name(kind);
}

}  // namespace kluis::base

namespace kluis::test {

// The Error that `call` throws, or nothing if it returns.
template <class Call>
std::optional<base::Error> refusal(Call call) {
    try {
        static_cast<void>(call());
    } catch (const base::Error& error) {
        return error;
    }
    return std::nullopt;
}

// Whether `call` throws an Error of `kind`.
template <class Call>
bool refuses(base::ErrorKind kind, Call call) {
    const auto error = refusal(call);
    return error && error->kind() == kind;
}

}  // namespace kluis::test
