#include "target.hpp"

#include <kluis/base/text.hpp>
#include <kluis/dossier/media_type.hpp>

using namespace kluis;

// The first line as a file's name, the rest as what it begins with.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input = base::as_text({data, size});
    const std::string_view name = input.substr(0, input.find('\n'));
    const std::string_view content = input.substr(std::min(name.size() + 1, size));
    const auto first = base::as_bytes(content.substr(0, dossier::kMediaTypeBytes));
    const std::string_view type = dossier::media_type(name, first);
    fuzz::require(type.find('/') != type.npos && base::is_utf8(base::as_bytes(type)));
    fuzz::require(dossier::media_type(base::lower_ascii(name), first) == type);
    // A name refines what the bytes leave open, and nothing else.
    const std::string_view by_bytes = dossier::media_type({}, first);
    fuzz::require(type == by_bytes || by_bytes == dossier::kUnknownMediaType ||
                  by_bytes == "application/zip");
    return 0;
}
