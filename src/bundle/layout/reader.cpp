#include <kluis/bundle/layout/reader.hpp>

namespace kluis::bundle {

namespace {

constexpr std::uint64_t kMembers = 5 + 3 * kBundleDocuments;

// The member's name, if its size is within what its kind allows.
MemberName checked(const TarMember& member) {
    const auto name = parse_member_name(member.name);
    if (!name) {
        throw base::Error(base::ErrorKind::malformed, "the tar has a member that no bundle has");
    }
    if (member.size > member_limit(name->kind)) {
        throw base::Error(base::ErrorKind::malformed,
                          "the bundle's member " + member.name + " is too large");
    }
    return *name;
}

}  // namespace

BundleReader::BundleReader(base::Reader& in) : tar_(in, kMembers) {
    const auto first = tar_.next();
    if (!first) throw base::Error(base::ErrorKind::malformed, "the bundle is empty");
    order_.add(checked(*first));
    info_ = parse_bundle_info(
        base::read_all(tar_.body(), member_limit(MemberKind::info), "bewijskluis-bundle.json"));
}

std::optional<BundleMember> BundleReader::next() {
    const auto member = tar_.next();
    if (!member) {
        order_.finish(info_.documents);
        return std::nullopt;
    }
    const MemberName name = checked(*member);
    order_.add(name);
    return BundleMember{name, member->size};
}

}  // namespace kluis::bundle
