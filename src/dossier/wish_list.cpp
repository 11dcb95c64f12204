#include "lists.hpp"
#include "text.hpp"

#include <kluis/dossier/wish_list.hpp>

namespace kluis::dossier {
namespace {

using base::Error;
using base::ErrorKind;
using base::Json;
using base::JsonMembers;

constexpr std::size_t kWishesLimit = 64;
constexpr std::size_t kKindsLimit = 64;
constexpr std::size_t kYearsLimit = 1'000;

// Whether nobody whose year of birth is known can be as old as the criterion asks.
bool too_young(const Criterion& criterion, const Profile* profile, base::Date today) {
    if (!criterion.age || !profile || profile->subjects.empty()) return false;
    return std::ranges::all_of(profile->subjects, [&](const Subject& subject) {
        return subject.born && today.year - *subject.born < *criterion.age;
    });
}

std::vector<std::string> kinds_for(std::string_view criterion) {
    std::vector<std::string> kinds;
    for (const Kind& kind : catalogue().kinds())
        if (std::ranges::find(kind.supports, criterion) != kind.supports.end()) {
            kinds.push_back(kind.code);
        }
    return kinds;
}

void require_at_most(std::size_t count, std::size_t most, const char* what) {
    if (count > most) {
        throw Error(ErrorKind::limit,
                    "the wish list has more than " + std::to_string(most) + " " + what);
    }
}

std::vector<YearRange> parse_years(const Json& json) {
    std::vector<YearRange> years;
    for (const Json& item : json.array("years")) {
        JsonMembers members(item, "a range of years");
        const YearRange range{year_of(members.required("from"), "from"),
                              year_of(members.required("to"), "to")};
        members.finish();
        if (range.last < range.first || (!years.empty() && range.first <= years.back().last)) {
            throw Error(ErrorKind::malformed, "years of the wish list do not ascend");
        }
        years.push_back(range);
    }
    if (years.empty()) throw Error(ErrorKind::malformed, "'years' is empty");
    require_at_most(years.size(), kYearsLimit, "ranges of years");
    return years;
}

std::vector<std::string> parse_kinds(const Json& json) {
    std::vector<std::string> kinds;
    for (const Json& item : json.array("kinds")) {
        require_code(item.string("a kind"), "a kind");
        kinds.push_back(item.string("a kind"));
    }
    if (kinds.empty()) throw Error(ErrorKind::malformed, "'kinds' is empty");
    require_at_most(kinds.size(), kKindsLimit, "kinds");
    return kinds;
}

Wish parse_wish(const Json& json) {
    JsonMembers members(json, "a wish");
    Wish wish;
    wish.criterion = members.string("criterion");
    require_code(wish.criterion, "a criterion");
    if (const Json* necessary = members.optional("necessary")) {
        wish.necessary = necessary->boolean("necessary");
        if (!wish.necessary) {
            throw Error(ErrorKind::malformed, "'necessary' is there but not true");
        }
    }
    if (const Json* kinds = members.optional("kinds")) wish.kinds = parse_kinds(*kinds);
    if (const Json* years = members.optional("years")) wish.years = parse_years(*years);
    members.finish();
    return wish;
}

WishList parse_wish_list(const Json& json) {
    JsonMembers members(json, "the wish list");
    if (members.integer("format") != kFormat) {
        throw Error(ErrorKind::malformed,
                    "the wish list has a format that this program does not know")
            .with_code("other-format");
    }
    WishList list;
    list.jurisdiction = members.string("jurisdiction");
    require_code(list.jurisdiction, "the jurisdiction");
    list.made = base::parse_date(members.string("made"), "'made'");
    for (const Json& item : members.required("wishes").array("wishes"))
        list.wishes.push_back(parse_wish(item));
    members.finish();
    require_at_most(list.wishes.size(), kWishesLimit, "wishes");
    return list;
}

void require_size(std::size_t size) {
    if (size > kWishListLimit) throw Error(ErrorKind::limit, "the wish list is too long");
}

Json to_json(const Wish& wish) {
    Json json{{"criterion", wish.criterion}};
    if (wish.necessary) json["necessary"] = true;
    if (!wish.kinds.empty()) json["kinds"] = Json::Array(wish.kinds.begin(), wish.kinds.end());
    if (!wish.years.empty()) json["years"] = list_of(wish.years);
    return json;
}

}  // namespace

WishList wish_list(const Coverage& coverage, const Jurisdiction& jurisdiction,
                   const Profile* profile, base::Date today,
                   const std::set<std::string>& leave_out) {
    WishList list{jurisdiction.code, today, {}};
    for (const CriterionCoverage& covered : coverage.criteria) {
        const Criterion* criterion = jurisdiction.criterion(covered.criterion);
        const bool wanted = covered.missing() || !covered.gaps.empty();
        if (!criterion || !wanted || leave_out.contains(covered.criterion) ||
            too_young(*criterion, profile, today)) {
            continue;
        }
        list.wishes.push_back(
            {covered.criterion, covered.necessary, kinds_for(covered.criterion), covered.gaps});
    }
    return list;
}

Json to_json(const WishList& list) {
    Json::Array wishes;
    for (const Wish& wish : list.wishes)
        wishes.push_back(to_json(wish));
    return {{"format", kFormat},
            {"jurisdiction", list.jurisdiction},
            {"made", to_string(list.made)},
            {"wishes", std::move(wishes)}};
}

base::Bytes encode(const WishList& list) {
    const Json json = to_json(list);
    parse_wish_list(json);
    base::Bytes file = base::to_bytes(canonical_json(json, base::JsonText::utf8) + "\n");
    require_size(file.size());
    return file;
}

WishList parse_wish_list(base::ByteView file) {
    require_size(file.size());
    if (file.empty() || file.back() != '\n') {
        throw Error(ErrorKind::malformed, "the wish list does not end with a line end");
    }
    return parse_wish_list(base::parse_canonical_json(file.first(file.size() - 1),
                                                      base::JsonText::utf8, "the wish list"));
}

}  // namespace kluis::dossier
