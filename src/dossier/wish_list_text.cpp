#include "labels.hpp"

#include <kluis/dossier/wish_list.hpp>

namespace kluis::dossier {
namespace {

// The lines of one list, in one language.
class Text {
  public:
    explicit Text(std::string_view language) : language_(language) {}

    void line(std::string_view name, const std::map<std::string, std::string>& values = {},
              std::string_view indent = "") {
        ((out_ += indent) += filled(text_named("wish-list", name).in(language_), values)) += '\n';
    }
    void empty_line() { out_ += '\n'; }

    void wish(const Wish& wish) {
        const Labels* label = catalogue().criterion_label(wish.criterion);
        ((out_ += "- ") += label ? label->in(language_) : wish.criterion) += '\n';
        if (!wish.kinds.empty()) line("kinds", {{"kinds", kinds(wish.kinds)}}, kIndent);
        if (wish.years.empty()) {
            line("any-years", {}, kIndent);
        } else {
            line("years", {{"years", years(wish.years)}}, kIndent);
        }
    }

    std::string take() { return std::move(out_); }

  private:
    static constexpr std::string_view kIndent = "  ";

    std::string kinds(const std::vector<std::string>& codes) const {
        std::string result;
        for (const std::string& code : codes) {
            const Kind* kind = catalogue().kind(code);
            (result += result.empty() ? "" : "; ") += kind ? kind->label.in(language_) : code;
        }
        return result;
    }

    static std::string years(const std::vector<YearRange>& ranges) {
        std::string result;
        for (const YearRange& range : ranges)
            (result += result.empty() ? "" : ", ") += to_string(range);
        return result;
    }

    std::string_view language_;
    std::string out_;
};

}  // namespace

std::string text(const WishList& list, std::string_view language) {
    Text text(language);
    const Jurisdiction* known = catalogue().jurisdiction(list.jurisdiction);
    text.line("title", {{"jurisdiction",
                         known ? std::string(known->label.in(language)) : list.jurisdiction}});
    text.line("made", {{"date", to_string(list.made)}});
    text.empty_line();
    text.line(list.wishes.empty() ? "nothing" : "intro");
    for (const bool necessary : {true, false}) {
        bool headed = false;
        for (const Wish& wish : list.wishes) {
            if (wish.necessary != necessary) continue;
            if (!headed) {
                text.empty_line();
                text.line(necessary ? "necessary" : "helpful");
                headed = true;
            }
            text.wish(wish);
        }
    }
    return text.take();
}

}  // namespace kluis::dossier
