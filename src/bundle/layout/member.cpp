#include <kluis/bundle/layout/member.hpp>
#include <kluis/statement/statement.hpp>

#include <array>

namespace kluis::bundle {

namespace {

struct Fixed {
    MemberKind kind;
    std::string_view name;
};

constexpr std::array kFixed{
    Fixed{MemberKind::info, "bewijskluis-bundle.json"}, Fixed{MemberKind::case_key, "case.age"},
    Fixed{MemberKind::manifest, "manifest.age"},        Fixed{MemberKind::seal, "seal.age"},
    Fixed{MemberKind::readers, "readers.age"},
};

constexpr std::string_view kFolder = "documents/";

// What follows a document's id in its members' names. The longest that matches is the one.
constexpr std::array kOfDocument{
    Fixed{MemberKind::metadata, ".metadata.age"},
    Fixed{MemberKind::preview, ".preview.age"},
    Fixed{MemberKind::content, ".age"},
};

constexpr std::uint64_t kMiB = 1024 * 1024;
// What age adds to a small plaintext: a header, a nonce and the tags of its chunks.
constexpr std::uint64_t kAgeRoom = 4096;

}  // namespace

bool is_of_document(MemberKind kind) noexcept {
    return kind == MemberKind::content || kind == MemberKind::metadata ||
           kind == MemberKind::preview;
}

std::string to_text(const MemberName& name) {
    if (is_of_document(name.kind) != name.document.has_value()) {
        throw base::Error(base::ErrorKind::internal, "a member's name lacks its document");
    }
    for (const Fixed& fixed : kFixed) {
        if (fixed.kind == name.kind) return std::string(fixed.name);
    }
    std::string text = std::string(kFolder) + statement::to_text(*name.document);
    for (const Fixed& ending : kOfDocument) {
        if (ending.kind == name.kind) text += ending.name;
    }
    return text;
}

std::optional<MemberName> parse_member_name(std::string_view text) {
    for (const Fixed& fixed : kFixed) {
        if (fixed.name == text) return MemberName{fixed.kind, std::nullopt};
    }
    if (!text.starts_with(kFolder)) return std::nullopt;
    text.remove_prefix(kFolder.size());
    for (const Fixed& ending : kOfDocument) {
        if (!text.ends_with(ending.name)) continue;
        text.remove_suffix(ending.name.size());
        try {
            return MemberName{ending.kind, statement::parse_id<statement::DocumentId>(text)};
        } catch (const base::Error&) {
            return std::nullopt;
        }
    }
    return std::nullopt;
}

std::uint64_t member_limit(MemberKind kind) noexcept {
    switch (kind) {
        case MemberKind::info:
            return 4096;
        case MemberKind::case_key:
            return kMiB;
        case MemberKind::manifest:
            return 1024 * kMiB;
        case MemberKind::seal:
            return statement::kEnvelopeLimit + kAgeRoom;
        case MemberKind::readers:  // a line of little over 1 KiB for each of a thousand
            return 2 * kMiB;
        case MemberKind::content:
            return statement::kHeaderSize + statement::payload_limit(statement::Role::content);
        case MemberKind::metadata:
            return statement::kHeaderSize + statement::payload_limit(statement::Role::metadata);
        case MemberKind::preview:
            return statement::kHeaderSize + statement::payload_limit(statement::Role::preview);
    }
    return 0;
}

}  // namespace kluis::bundle
