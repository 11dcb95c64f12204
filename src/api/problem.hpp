// Problems (RFC 9457): the one mapping between an Error and an HTTP status, in both directions.
//
// A problem's `type` is kProblemBase followed by a stable code. The table in problem.cpp lists each
// code with its status, its ErrorKind, and whether trying again can help; docs/api.yaml restates it
// and a test compares the two.
//
// Thread-safety: pure functions.
#pragma once

#include <kluis/base/error.hpp>
#include <kluis/base/json.hpp>

#include <span>

namespace kluis::api {

inline constexpr std::string_view kProblemBase = "https://bewijskluis.org/problems/";
inline constexpr std::string_view kProblemMediaType = "application/problem+json";

struct ProblemType {
    std::string_view code;  // "stale-head"
    int status;
    base::ErrorKind kind;
    std::string_view title;  // one English sentence, the same every time
    bool retry;              // whether the same request may succeed later
};

std::span<const ProblemType> problem_types();

// The type for an error: by its code if the table has it, else by its kind.
const ProblemType& problem_type(const base::Error& error);

// The document for an error. `request` is the request's id, for the operator's log.
base::Json problem_document(const base::Error& error, std::string_view request);

// The error that a problem document stands for. Whatever the server wrote as text is dropped: a
// client shows its own words for a code that it knows, and for another the kind of the status.
base::Error error_from_problem(int status, base::ByteView body);

}  // namespace kluis::api
