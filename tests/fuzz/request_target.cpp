#include "target.hpp"

#include <api/problem.hpp>
#include <unit/server/exchanges.hpp>

using namespace kluis;

// The input as the path and query that somebody asks for who has logged in.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static test::TestVault vault;
    static const auto session = vault.join(test::Person("reader"));
    const std::string target(base::as_text({data, size}));
    server::Exchange exchange(vault.service, test::head("GET", target, session));
    try {
        exchange.begin();
        exchange.finish({});
    } catch (const base::Error& error) {
        // Whatever is asked for, the server has not failed.
        fuzz::require(api::problem_type(error).status < 500);
    }
    for (const std::string name : {"as", "from", "role"}) {
        const std::string_view value = exchange.query(name);
        if (!value.empty()) {
            const auto begin = target.find(name + "=" + std::string(value));
            fuzz::require(target.find('?') < begin && begin != target.npos);
        }
    }
    return 0;
}
