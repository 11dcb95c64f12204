#include "support/temporary_folder.hpp"
#include "target.hpp"

#include <kluis/base/file.hpp>

#include <client/home.hpp>
#include <fcntl.h>
#include <unistd.h>

using namespace kluis;

namespace {

// Plainly: a sync for each input would take most of the time.
void write_plainly(const std::filesystem::path& path, base::ByteView bytes) {
    const base::Descriptor file(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    fuzz::require(::write(file.get(), bytes.data(), bytes.size()) ==
                  static_cast<ssize_t>(bytes.size()));
}

}  // namespace

// The input as account.json of a folder.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const test::TemporaryFolder folder;
    const client::Home home(folder.path());
    write_plainly(folder / "account.json", {data, size});
    const auto account = fuzz::parsed([&] { return home.account(); });
    if (!account || !*account) return 0;
    home.save(**account);
    const auto again = home.account();
    fuzz::require(again && again->server == (*account)->server &&
                  again->sealed_secret == (*account)->sealed_secret);
    return 0;
}
