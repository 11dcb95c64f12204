// The members of a bundle: their names, their order, their bounds. docs/format.md, "Sealed bundle".
//
// Public data only: the server assembles a bundle from this, a reader refuses all else.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <kluis/statement/ids.hpp>

#include <optional>

namespace kluis::bundle {

enum class MemberKind {
    info,      // bewijskluis-bundle.json
    case_key,  // case.age
    manifest,  // manifest.age
    seal,      // seal.age
    content,   // documents/<id>.age
    metadata,  // documents/<id>.metadata.age
    preview,   // documents/<id>.preview.age
    readers,   // readers.age
};

// Whether members of this kind belong to a document.
bool is_of_document(MemberKind kind) noexcept;

struct MemberName {
    MemberKind kind = MemberKind::info;
    std::optional<statement::DocumentId> document;  // there if and only if is_of_document(kind)

    friend bool operator==(const MemberName&, const MemberName&) = default;
};

// The name in the tar. REQUIRES: `document` is there if and only if is_of_document(kind).
std::string to_text(const MemberName& name);

// The member with exactly this name, or nothing: `../`, absolute paths, another spelling of an id.
std::optional<MemberName> parse_member_name(std::string_view text);

inline constexpr std::uint64_t kBundleDocuments = 200'000;

// The largest size of a member of this kind. A document's is its header and the largest payload of
// that role, which fits: ustar holds no member above 8 GiB - 1.
std::uint64_t member_limit(MemberKind kind) noexcept;

// Follows the members of one bundle and refuses what is not in its place.
class MemberOrder {
  public:
    // Takes the next member. Throws Error(malformed): out of order, twice, missing before this one.
    void add(const MemberName& name);
    // Throws Error(malformed) unless the bundle is complete: `documents` of them, readers last.
    void finish(std::uint64_t documents) const;

    std::uint64_t documents() const noexcept { return documents_; }

  private:
    std::optional<MemberName> last_;
    std::uint64_t documents_ = 0;
    std::vector<statement::DocumentId> seen_;
};

}  // namespace kluis::bundle
