// Criteria, kinds of evidence and jurisdictions as data: src/dossier/data, embedded in the library
// and shared with the web client. What a Commission weighs is never code.
//
// Thread-safety: plain values; the built-in catalogue is constant and may be read by any thread.
#pragma once

#include <kluis/base/json.hpp>
#include <kluis/base/time.hpp>

#include <map>
#include <optional>
#include <set>
#include <span>

namespace kluis::dossier {

// One text in several languages, by language code ("nl", "en", "de").
class Labels {
  public:
    Labels() = default;
    explicit Labels(std::map<std::string, std::string, std::less<>> texts)
        : texts_(std::move(texts)) {}

    // The text in `language`; else in its base language ("nl" for "nl-BE"), else in English, else
    // in any. Empty only where there is no text at all. The view lives as long as this.
    std::string_view in(std::string_view language) const;

    const std::map<std::string, std::string, std::less<>>& all() const { return texts_; }

  private:
    std::map<std::string, std::string, std::less<>> texts_;
};

// Which years without evidence count as a gap in a criterion.
enum class Gaps {
    none,       // years say nothing here: a grave, old age
    within,     // between the first and the last year that evidence covers: letters, school
    residence,  // every year since the stay began: roots
};

// A circumstance that a jurisdiction weighs.
struct Criterion {
    std::string code;
    Labels label;
    bool necessary = false;
    Gaps gaps = Gaps::none;
    std::optional<int> age;  // nobody younger than this is asked for it (old age)
};

struct Kind {
    std::string code;
    Labels label;
    bool evidence = true;   // false for profile, advice and wish-list: never counted
    bool validity = false;  // its period is until when it is valid, as of an identity paper
    std::vector<std::string> supports;  // criteria that it usually supports, as a hint only
};

// The time in which a Commission takes cases as a trial. Its dates may not be known yet.
struct Pilot {
    std::optional<base::Date> from;
    std::optional<base::Date> to;
};

struct Jurisdiction {
    std::string code;
    Labels label;
    std::vector<Criterion> criteria;  // in the order in which they are shown, necessary ones first
    std::vector<std::string> places;  // empty: anywhere
    std::optional<Pilot> pilot;       // absent: no trial, no dates

    // The criterion of the `wanted` code, or null; valid as long as this.
    const Criterion* criterion(std::string_view wanted) const;
    // Whether `city` is one of the places (ASCII letters in any case), or there are none.
    bool has_place(std::string_view city) const;
};

class Catalogue {
  public:
    // From the three sources in src/dossier/data. Throws Error(malformed) on anything but their
    // form, a code twice, or a criterion that is nowhere defined.
    Catalogue(base::ByteView criteria, base::ByteView kinds,
              std::span<const base::ByteView> jurisdictions);

    const std::vector<Kind>& kinds() const { return kinds_; }
    const std::vector<Jurisdiction>& jurisdictions() const { return jurisdictions_; }

    // Null where there is none; valid as long as this.
    const Kind* kind(std::string_view code) const;
    const Jurisdiction* jurisdiction(std::string_view code) const;
    // The label of a criterion of any jurisdiction, or null.
    const Labels* criterion_label(std::string_view code) const;

    // Whether documents of the kind of this code are counted as evidence; unknown ones are.
    bool is_evidence(std::string_view code) const;

  private:
    std::map<std::string, Labels, std::less<>> criteria_;
    std::vector<Kind> kinds_;
    std::vector<Jurisdiction> jurisdictions_;
};

// What is embedded; parsed once.
const Catalogue& catalogue();

// The built-in jurisdiction. Throws Error(usage) if there is none of this code: for a code that a
// person typed. A dossier of a jurisdiction that this program does not know is still opened.
const Jurisdiction& jurisdiction(std::string_view code);

inline constexpr std::string_view kDefaultJurisdiction = "nl-commissie-2025";

// Kinds that mean something to this program.
inline constexpr std::string_view kProfileKind = "profile";
inline constexpr std::string_view kWishListKind = "wish-list";
inline constexpr std::string_view kAdviceKind = "advice";
inline constexpr std::string_view kOtherKind = "other";

// Whether `text` has the form of a code: lower-case ASCII words and digits joined by single
// hyphens, at most 64 characters.
bool is_code(std::string_view text);

}  // namespace kluis::dossier
