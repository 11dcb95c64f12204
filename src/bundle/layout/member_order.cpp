#include <kluis/bundle/layout/member.hpp>

#include <algorithm>

namespace kluis::bundle {

namespace {

// Whether a member of kind `next` may follow one of kind `last` (none: the first).
bool may_follow(std::optional<MemberKind> last, MemberKind next) {
    switch (next) {
        case MemberKind::info:
            return !last;
        case MemberKind::case_key:
            return last == MemberKind::info;
        case MemberKind::manifest:
            return last == MemberKind::case_key;
        case MemberKind::seal:
            return last == MemberKind::manifest;
        case MemberKind::metadata:
            return last == MemberKind::content;
        case MemberKind::preview:
            return last == MemberKind::metadata;
        case MemberKind::content:
            return last == MemberKind::seal || last == MemberKind::metadata ||
                   last == MemberKind::preview;
        case MemberKind::readers:
            return last == MemberKind::metadata || last == MemberKind::preview;
    }
    return false;
}

base::Error out_of_place(const std::string& what) {
    return base::Error(base::ErrorKind::malformed, what);
}

}  // namespace

void MemberOrder::add(const MemberName& name) {
    const auto last = last_ ? std::optional(last_->kind) : std::nullopt;
    if (!may_follow(last, name.kind)) {
        throw out_of_place("the bundle's member " + to_text(name) + " is not in its place");
    }
    if (name.kind == MemberKind::content) {
        if (documents_ == kBundleDocuments) throw out_of_place("the bundle has too many documents");
        seen_.push_back(*name.document);
        ++documents_;
    } else if (is_of_document(name.kind) && name.document != last_->document) {
        throw out_of_place("the bundle's member " + to_text(name) + " is without its document");
    }
    last_ = name;
}

void MemberOrder::finish(std::uint64_t documents) const {
    if (!last_ || last_->kind != MemberKind::readers) {
        throw out_of_place("the bundle ends before its last member");
    }
    if (documents != documents_) {
        throw out_of_place("the bundle has another number of documents than it says");
    }
    std::vector<statement::DocumentId> sorted = seen_;
    std::ranges::sort(sorted);
    if (std::ranges::adjacent_find(sorted) != sorted.end()) {
        throw out_of_place("the bundle has a document twice");
    }
}

}  // namespace kluis::bundle
