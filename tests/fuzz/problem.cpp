#include "target.hpp"

#include <api/problem.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const int status = 100 + (data[0] * 256 + data[1]) % 500;
    const base::Error error = api::error_from_problem(status, {data + 2, size - 2});
    // Whatever the body was, the words are ours.
    const std::string message = error.what();
    fuzz::require(message.starts_with("the server answered"));
    fuzz::require(error.code().empty() || api::problem_type(error).code == error.code());
    return 0;
}
