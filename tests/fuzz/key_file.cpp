#include "plain_file.hpp"
#include "support/temporary_folder.hpp"

#include <kluis/base/encoding.hpp>

#include <server/key_file.hpp>

using namespace kluis;

// The input as the file of a database key.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const test::TemporaryFolder folder;
    fuzz::write_plainly(folder / "key", {data, size});
    const auto key =
        fuzz::parsed([&] { return server::read_key(folder / "key", folder / "data"); });
    if (!key) return 0;
    std::string_view text = base::as_text({data, size});
    if (text.ends_with('\n')) text.remove_suffix(1);
    fuzz::require(base::hex_encode(key->view()) == text);
    return 0;
}
