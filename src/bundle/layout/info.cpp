#include <kluis/base/json.hpp>
#include <kluis/bundle/layout/info.hpp>

namespace kluis::bundle {

namespace {

constexpr std::string_view kWhat = "bewijskluis-bundle.json";
constexpr std::size_t kInfoLimit = 4096;

}  // namespace

std::string encode(const BundleInfo& info) {
    const base::Json json{{"bundle", statement::to_text(info.bundle)},
                          {"documents", info.documents},
                          {"format", kBundleFormat}};
    return base::canonical_json(json, base::JsonText::ascii) + "\n";
}

BundleInfo parse_bundle_info(base::ByteView bytes) {
    if (bytes.size() > kInfoLimit || bytes.empty() || bytes.back() != '\n') {
        throw base::Error(base::ErrorKind::malformed,
                          std::string(kWhat) + " is not one short line");
    }
    const base::Json json =
        base::parse_canonical_json(bytes.first(bytes.size() - 1), base::JsonText::ascii, kWhat);
    base::JsonMembers members(json, kWhat);
    if (members.integer("format") != kBundleFormat) {
        throw base::Error(base::ErrorKind::malformed, "the bundle is of another format",
                          "open it with the version of this program that wrote it")
            .with_code("other-format");
    }
    BundleInfo info;
    info.bundle = statement::parse_id<statement::BundleId>(members.string("bundle"));
    info.documents = members.integer("documents");
    members.finish();
    if (info.documents == 0) {
        throw base::Error(base::ErrorKind::malformed, "the bundle says that it has no documents");
    }
    return info;
}

}  // namespace kluis::bundle
