#include <server/refusal.hpp>

#include <algorithm>

namespace kluis::server {

base::Error refusal(std::string_view code) {
    const auto types = api::problem_types();
    const auto found = std::ranges::find(types, code, &api::ProblemType::code);
    if (found == types.end()) {
        return base::Error(base::ErrorKind::internal, "a refusal has no row in the table");
    }
    return base::Error(found->kind, std::string(found->title)).with_code(std::string(code));
}

base::Error unknown() {
    return refusal("not-found");
}

}  // namespace kluis::server
