// A bundle's members as a stream, each in its place and within its bounds: what attack 23 tries is
// refused here, before any key is used.
//
// Thread-safety: one thread at a time.
#pragma once

#include <kluis/bundle/layout/info.hpp>
#include <kluis/bundle/layout/member.hpp>
#include <kluis/bundle/layout/tar.hpp>

namespace kluis::bundle {

struct BundleMember {
    MemberName name;
    std::uint64_t size = 0;
};

class BundleReader {
  public:
    // Reads and checks bewijskluis-bundle.json. `in` must outlive this. Throws Error(malformed).
    explicit BundleReader(base::Reader& in);

    const BundleInfo& info() const noexcept { return info_; }

    // The next member after bewijskluis-bundle.json; nothing after readers.age, when the bundle was
    // found complete and nothing follows. Throws Error(malformed).
    std::optional<BundleMember> next();

    // As TarReader's.
    base::Reader& body() { return tar_.body(); }
    std::uint64_t position() const noexcept { return tar_.position(); }

  private:
    TarReader tar_;
    MemberOrder order_;
    BundleInfo info_;
};

}  // namespace kluis::bundle
