// The tar of a bundle: plain POSIX ustar whose every byte follows from its members' names and
// sizes, so that it is served from any offset in flat memory, and checked by making it again.
//
// Thread-safety: a TarPlan may be shared; all else is used by one thread at a time.
#pragma once

#include <kluis/base/stream.hpp>

#include <array>
#include <memory>
#include <optional>

namespace kluis::bundle {

inline constexpr std::size_t kTarBlock = 512;

struct TarMember {
    std::string name;
    std::uint64_t size = 0;

    friend bool operator==(const TarMember&, const TarMember&) = default;
};

// The header block of a member, as libarchive's ustar writer makes it: mode 0644, all ids and mtime
// 0, no owner names, type 0. Throws Error(limit) if name or size do not fit plain ustar.
// REQUIRES: the name is ASCII.
std::array<std::uint8_t, kTarBlock> tar_header(const TarMember& member);

// The member whose header is exactly `block`, or nothing if it is a zero block (the end). Throws
// Error(malformed) on a block that tar_header would not have made: links, devices, folders, pax and
// GNU records, sparse files, other modes, times or owners.
std::optional<TarMember> parse_tar_header(base::ByteView block);

// Where every byte of a tar comes from, known before any of it is read.
class TarPlan {
  public:
    explicit TarPlan(std::vector<TarMember> members);

    const std::vector<TarMember>& members() const noexcept { return members_; }
    // The offset of a member's header block. REQUIRES: member < members().size().
    std::uint64_t offset(std::size_t member) const { return offsets_[member]; }
    // Of the whole, with padding and the two zero blocks.
    std::uint64_t size() const noexcept { return size_; }

  private:
    std::vector<TarMember> members_;
    std::vector<std::uint64_t> offsets_;
    std::uint64_t size_ = 0;
};

// The data of the members of a plan.
class TarSource {
  public:
    virtual ~TarSource() = default;
    // Reads member `member` at `offset` into all of `out`. Throws Error(storage) if it cannot.
    // REQUIRES: offset + out.size() <= the member's size in the plan; `out` is not empty.
    virtual void read_at(std::size_t member, std::uint64_t offset, base::MutableBytes out) = 0;
};

// Bytes [first, first + count) of the tar of `plan`. REQUIRES: they lie in it; `plan` and `source`
// outlive the result.
std::unique_ptr<base::Reader> read_tar(const TarPlan& plan, TarSource& source, std::uint64_t first,
                                       std::uint64_t count);

// Reads a tar as a stream, strictly: each header is made again and compared, padding and the end
// are zeros, and nothing follows. Throws Error(malformed) on all else, and where the stream ends
// early.
class TarReader {
  public:
    // `in` must outlive this. More than `most` members are refused.
    TarReader(base::Reader& in, std::uint64_t most);
    ~TarReader();

    // The next member; nothing after the last, whose end was then checked to the end of `in`. What
    // was not read of the member before is skipped.
    std::optional<TarMember> next();

    // The data of the member that `next` gave last, exactly of its size. Valid until the next
    // `next`.
    base::Reader& body();

    // Bytes of `in` taken so far.
    std::uint64_t position() const noexcept;

  private:
    class Body;
    std::unique_ptr<Body> body_;
    std::uint64_t left_;
    bool ended_ = false;
};

}  // namespace kluis::bundle
