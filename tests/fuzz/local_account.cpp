#include "plain_file.hpp"
#include "support/temporary_folder.hpp"

#include <client/home.hpp>

using namespace kluis;

// The input as account.json of a folder.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const test::TemporaryFolder folder;
    const client::Home home(folder.path());
    fuzz::write_plainly(folder / "account.json", {data, size});
    const auto account = fuzz::parsed([&] { return home.account(); });
    if (!account || !*account) return 0;
    home.save(**account);
    const auto again = home.account();
    fuzz::require(again && again->server == (*account)->server &&
                  again->sealed_secret == (*account)->sealed_secret);
    return 0;
}
