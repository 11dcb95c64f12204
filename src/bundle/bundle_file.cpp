#include "bundle_file.hpp"

namespace kluis::bundle {

namespace {

using base::Error;
using base::ErrorKind;

std::uint64_t regular_size(const base::FileReader& file, const std::filesystem::path& path) {
    const auto size = file.size();
    if (!size) {
        throw Error(ErrorKind::usage, path.string() + " is not a regular file");
    }
    return *size;
}

}  // namespace

BundleFile::BundleFile(const std::filesystem::path& path, const Progress& progress)
    : progress_(progress), file_(path), size_(regular_size(file_, path)), reader_(file_) {}

std::optional<BundleMember> BundleFile::next() {
    auto member = reader_.next();
    if (progress_) {
        progress_(reader_.position(), size_);
    }
    return member;
}

BundleMember BundleFile::expect(MemberKind kind,
                                const std::optional<statement::DocumentId>& document) {
    const auto member = next();
    if (!member || member->name.kind != kind || member->name.document != document) {
        throw Error(ErrorKind::malformed, "the bundle does not have " +
                                              to_text(MemberName{kind, document}) +
                                              " where its manifest says");
    }
    return *member;
}

base::Bytes BundleFile::peek_following(const BundleMember& current, const MemberName& name) {
    const auto padded = (current.size + kTarBlock - 1) / kTarBlock * kTarBlock;
    const auto place = reader_.position() + padded;
    std::array<std::uint8_t, kTarBlock> block;
    if (file_.read_at(place, block) != block.size()) {
        throw Error(ErrorKind::malformed, "the bundle is cut short");
    }
    const auto member = parse_tar_header(block);
    if (!member || member->name != to_text(name) || member->size > member_limit(name.kind)) {
        throw Error(ErrorKind::malformed,
                    "the bundle does not have " + to_text(name) + " where its manifest says");
    }
    base::Bytes bytes(member->size);
    if (file_.read_at(place + kTarBlock, bytes) != bytes.size()) {
        throw Error(ErrorKind::malformed, "the bundle is cut short");
    }
    return bytes;
}

}  // namespace kluis::bundle
