// A bundle on disk: read as a stream, with a look ahead at a member that comes later.
//
// Thread-safety: one thread at a time.
#pragma once

#include <kluis/base/file.hpp>
#include <kluis/bundle/layout/reader.hpp>
#include <kluis/bundle/reader.hpp>

#include <filesystem>

namespace kluis::bundle {

class BundleFile {
  public:
    // Throws Error(not_found), Error(usage) if it is no regular file, Error(malformed).
    BundleFile(const std::filesystem::path& path, const Progress& progress);

    const BundleInfo& info() const { return reader_.info(); }
    // As BundleReader::next and body; tells of progress.
    std::optional<BundleMember> next();
    base::Reader& body() { return reader_.body(); }
    // The next member, which must be of this kind (and document). Throws Error(malformed).
    BundleMember expect(MemberKind kind,
                        const std::optional<statement::DocumentId>& document = std::nullopt);

    // All of the member that follows the one that `next` gave last, without moving the stream.
    // REQUIRES: nothing of the body was read yet. Throws Error(malformed) if it is not `name`.
    base::Bytes peek_following(const BundleMember& current, const MemberName& name);

  private:
    const Progress& progress_;
    base::FileReader file_;
    std::uint64_t size_;
    BundleReader reader_;
};

}  // namespace kluis::bundle
