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

// The input as the manifest of a bundle of its own label; nothing if that is another's.
std::optional<bundle::Manifest> parsed_as_a_bundles(base::ByteView input) {
    const auto end = std::ranges::find(input, '\n');
    const bundle::BundleInfo label{
        bundle::parse_manifest_head(base::ByteView(input.begin(), end)).bundle,
        static_cast<std::uint64_t>(std::count(end, input.end(), '\n')) - 1};
    base::MemoryReader in(input);
    try {
        return bundle::parse_manifest(in, label);
    } catch (const base::Error& error) {
        if (error.kind() != base::ErrorKind::forged) throw;
        return std::nullopt;
    }
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
    const auto whole = fuzz::parsed([&] { return parsed_as_a_bundles(input); });
    if (whole && *whole) fuzz::require(encode(**whole) == text);
    if (bundle::is_bundle_path(text)) {
        fuzz::require(text.starts_with("data/") && text.find("..") == std::string_view::npos);
    }
    return 0;
}
