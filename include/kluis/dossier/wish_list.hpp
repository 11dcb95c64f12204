// The wish list: what is still missing, by criterion, kind and years. The content of a document of
// kind `wish-list`, which an owner grants to a depositor.
//
// It holds no title, id, number or other detail of a document that exists. What it does tell is
// which criteria have no evidence, hence also, by their absence, which have: an owner who does not
// want that known to a depositor leaves criteria out.
//
// The file is one RFC 8785 JSON object in UTF-8 with a line end, at most 64 KiB:
//   "format"        0
//   "jurisdiction"  code
//   "made"          date
//   "wishes"        list of {"criterion": code, "kinds"?: list of codes, "necessary"?: true,
//                   "years"?: list of {"from": year, "to": year}, ascending}
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <kluis/dossier/coverage.hpp>

namespace kluis::dossier {

inline constexpr std::size_t kWishListLimit = 64 * 1024;

struct Wish {
    std::string criterion;
    bool necessary = false;
    std::vector<std::string> kinds;  // that usually support it, in the catalogue's order
    std::vector<YearRange> years;    // empty: any

    friend bool operator==(const Wish&, const Wish&) = default;
};

struct WishList {
    std::string jurisdiction;
    base::Date made;
    std::vector<Wish> wishes;  // necessary ones first, then in the jurisdiction's order

    friend bool operator==(const WishList&, const WishList&) = default;
};

// A wish for each criterion that has no evidence (but one for which nobody in the profile is old
// enough) and for each that has gaps, without those in `leave_out`. `profile` may be null.
WishList wish_list(const Coverage& coverage, const Jurisdiction& jurisdiction,
                   const Profile* profile, base::Date today,
                   const std::set<std::string>& leave_out = {});

base::Bytes encode(const WishList& list);
// Throws Error(malformed), with the code "other-format" on a format that is not kFormat.
WishList parse_wish_list(base::ByteView file);

base::Json to_json(const WishList& list);

// The list as plain text to print or read out, in Dutch ("nl", level B1) or English (all else),
// with line ends. A jurisdiction or criterion that this program does not know is shown by its code.
std::string text(const WishList& list, std::string_view language);

}  // namespace kluis::dossier
