#include "labels.hpp"
#include "text.hpp"

#include <kluis/base/text.hpp>
#include <kluis/dossier/catalogue.hpp>

namespace kluis::dossier {
namespace {

using base::Error;
using base::ErrorKind;
using base::Json;
using base::JsonMembers;

template <class T>
const T* with_code(const std::vector<T>& items, std::string_view code) {
    const auto found = std::ranges::find(items, code, &T::code);
    return found != items.end() ? &*found : nullptr;
}

// The member `code`, which no item before it has.
template <class T>
std::string unused_code(JsonMembers& members, const std::vector<T>& before) {
    const std::string& code = members.string("code");
    require_code(code, "a code of the catalogue");
    if (with_code(before, code)) {
        throw Error(ErrorKind::malformed, "the catalogue has '" + code + "' twice");
    }
    return code;
}

bool flag(JsonMembers& members, std::string_view name, bool otherwise) {
    const Json* json = members.optional(name);
    return json ? json->boolean(name) : otherwise;
}

Gaps parse_gaps(const Json* json) {
    if (!json) return Gaps::none;
    const std::string& text = json->string("gaps");
    if (text == "within") return Gaps::within;
    if (text == "residence") return Gaps::residence;
    throw Error(ErrorKind::malformed, "'gaps' of a criterion is neither within nor residence");
}

// The list that is the member `name` of the file, whose only other member may be `about`.
const Json::Array& parse_list(const Json& file, std::string_view name) {
    JsonMembers members(file, name);
    members.optional("about");
    const Json::Array& list = members.required(name).array(name);
    members.finish();
    return list;
}

std::vector<Criterion> parse_criteria(const Json& file) {
    std::vector<Criterion> criteria;
    for (const Json& item : parse_list(file, "criteria")) {
        JsonMembers members(item, "a criterion");
        Criterion criterion;
        criterion.code = unused_code(members, criteria);
        criterion.label = parse_labels(members.required("label"));
        criterion.gaps = parse_gaps(members.optional("gaps"));
        if (const Json* age = members.optional("age")) {
            criterion.age = static_cast<int>(std::min<std::uint64_t>(age->integer("age"), 200));
        }
        members.finish();
        criteria.push_back(std::move(criterion));
    }
    return criteria;
}

const Criterion& defined(const std::vector<Criterion>& criteria, std::string_view code) {
    if (const Criterion* found = with_code(criteria, code)) return *found;
    throw Error(ErrorKind::malformed,
                "the catalogue names the criterion '" + std::string(code) + "', which is nowhere");
}

std::vector<Kind> parse_kinds(const Json& file, const std::vector<Criterion>& criteria) {
    std::vector<Kind> kinds;
    for (const Json& item : parse_list(file, "kinds")) {
        JsonMembers members(item, "a kind");
        Kind kind;
        kind.code = unused_code(members, kinds);
        kind.label = parse_labels(members.required("label"));
        kind.evidence = flag(members, "evidence", true);
        kind.validity = flag(members, "validity", false);
        for (const Json& code : members.required("supports").array("supports")) {
            kind.supports.push_back(defined(criteria, code.string("a criterion")).code);
        }
        members.finish();
        kinds.push_back(std::move(kind));
    }
    return kinds;
}

std::optional<base::Date> optional_date(JsonMembers& members, std::string_view name) {
    const Json* json = members.optional(name);
    if (!json) return std::nullopt;
    return base::parse_date(json->string(name), name);
}

Pilot parse_pilot(const Json& json) {
    JsonMembers members(json, "a pilot");
    Pilot pilot{optional_date(members, "from"), optional_date(members, "to")};
    members.finish();
    return pilot;
}

std::vector<Criterion> parse_weighed(const Json& list, const std::vector<Criterion>& criteria) {
    std::vector<Criterion> weighed;
    for (const Json& item : list.array("criteria")) {
        JsonMembers members(item, "a criterion of a jurisdiction");
        Criterion criterion = defined(criteria, unused_code(members, weighed));
        criterion.necessary = flag(members, "necessary", false);
        members.finish();
        if (criterion.necessary && !weighed.empty() && !weighed.back().necessary) {
            throw Error(ErrorKind::malformed, "the necessary criteria do not come first");
        }
        weighed.push_back(std::move(criterion));
    }
    return weighed;
}

Jurisdiction parse_jurisdiction(const Json& json, const std::vector<Criterion>& criteria,
                                const std::vector<Jurisdiction>& before) {
    JsonMembers members(json, "a jurisdiction");
    members.optional("about");
    Jurisdiction jurisdiction;
    jurisdiction.code = unused_code(members, before);
    jurisdiction.label = parse_labels(members.required("label"));
    jurisdiction.criteria = parse_weighed(members.required("criteria"), criteria);
    for (const Json& place : members.required("places").array("places"))
        jurisdiction.places.push_back(place.string("a place"));
    if (const Json* pilot = members.optional("pilot")) jurisdiction.pilot = parse_pilot(*pilot);
    members.finish();
    return jurisdiction;
}

}  // namespace

Labels parse_labels(const Json& json) {
    std::map<std::string, std::string, std::less<>> texts;
    for (const auto& [language, text] : json.object("a label"))
        texts.emplace(language, text.string("a label"));
    if (!texts.contains("en")) throw Error(ErrorKind::malformed, "a label has no English text");
    return Labels(std::move(texts));
}

std::string_view Labels::in(std::string_view language) const {
    for (const std::string_view wanted :
         {language, language.substr(0, language.find('-')), std::string_view("en")}) {
        if (const auto found = texts_.find(wanted); found != texts_.end()) return found->second;
    }
    return texts_.empty() ? std::string_view() : texts_.begin()->second;
}

const Criterion* Jurisdiction::criterion(std::string_view wanted) const {
    return with_code(criteria, wanted);
}

bool Jurisdiction::has_place(std::string_view city) const {
    const std::string wanted = base::lower_ascii(city);
    return places.empty() || std::ranges::any_of(places, [&](const std::string& place) {
               return base::lower_ascii(place) == wanted;
           });
}

Catalogue::Catalogue(base::ByteView criteria, base::ByteView kinds,
                     std::span<const base::ByteView> jurisdictions) {
    const std::vector<Criterion> all = parse_criteria(base::parse_json(criteria, "criteria"));
    for (const Criterion& criterion : all)
        criteria_.emplace(criterion.code, criterion.label);
    kinds_ = parse_kinds(base::parse_json(kinds, "kinds"), all);
    for (const base::ByteView file : jurisdictions) {
        const Json json = base::parse_json(file, "a jurisdiction");
        jurisdictions_.push_back(parse_jurisdiction(json, all, jurisdictions_));
    }
}

const Kind* Catalogue::kind(std::string_view code) const {
    return with_code(kinds_, code);
}

const Jurisdiction* Catalogue::jurisdiction(std::string_view code) const {
    return with_code(jurisdictions_, code);
}

const Labels* Catalogue::criterion_label(std::string_view code) const {
    const auto found = criteria_.find(code);
    return found != criteria_.end() ? &found->second : nullptr;
}

bool Catalogue::is_evidence(std::string_view code) const {
    const Kind* known = kind(code);
    return !known || known->evidence;
}

}  // namespace kluis::dossier
