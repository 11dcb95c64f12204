// The server's refusals, by the codes of api/problem.hpp.
#pragma once

#include <api/problem.hpp>

namespace kluis::server {

// The error with this code. REQUIRES: api::problem_types() has it.
base::Error refusal(std::string_view code);

// What there is not and what the asker may not know of: one and the same.
base::Error unknown();

}  // namespace kluis::server
