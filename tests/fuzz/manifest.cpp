#include "../../src/bundle/manifest_check.hpp"
#include "target.hpp"

using namespace kluis;

namespace {

// The lines of a manifest, written again.
std::string encode(const bundle::Manifest& manifest) {
    std::string text = bundle::encode(manifest.head) + "\n";
    for (const auto& document : manifest.documents)
        text += bundle::encode(document) + "\n";
    return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const base::ByteView input(data, size);
    const std::string_view text = base::as_text(input);
    if (const auto head = fuzz::parsed([&] { return bundle::parse_manifest_head(input); })) {
        fuzz::require(bundle::encode(*head) == text);
    }
    if (const auto line = fuzz::parsed([&] { return bundle::parse_manifest_document(input); })) {
        fuzz::require(bundle::encode(*line) == text);
        fuzz::require(bundle::is_bundle_path(line->path));
    }
    if (const auto manifest = fuzz::parsed([&] { return bundle::parse_manifest(input); })) {
        fuzz::require(encode(*manifest) == text);
    }
    if (bundle::is_bundle_path(text)) {
        fuzz::require(text.starts_with("data/") && text.find("..") == std::string_view::npos);
    }
    return 0;
}
