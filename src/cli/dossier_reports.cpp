// What an owner may want to know of a dossier: coverage, timeline, who can read what, who did, the
// history, and what is still to be asked for.
#include <kluis/base/text.hpp>
#include <kluis/dossier/coverage.hpp>
#include <kluis/dossier/sealing_check.hpp>
#include <kluis/dossier/timeline.hpp>
#include <kluis/dossier/wish_list.hpp>
#include <kluis/statement/words.hpp>

#include <cli/context.hpp>
#include <cli/languages.hpp>
#include <cli/people.hpp>
#include <cli/warnings.hpp>
#include <client/fetch.hpp>
#include <client/profile.hpp>
#include <client/reads.hpp>
#include <client/share.hpp>

namespace kluis::cli {

namespace {

using base::Error;
using base::ErrorKind;
using base::Json;

struct Viewed {
    client::Client client;
    client::OwnerView view;
};

// A dossier with what the domain's functions are given.
struct Opened : Viewed {
    const dossier::Jurisdiction& jurisdiction;
    std::optional<dossier::Profile> profile;
    std::vector<dossier::Entry> entries;
    base::Date today;

    const dossier::Profile* known_profile() const { return profile ? &*profile : nullptr; }
};

Viewed view_dossier(const Context& context, const std::string& text) {
    auto client = context.open();
    client::Library library(client);
    const auto found = library.find_visible_dossier(text);
    if (found.as.empty()) {
        library.refuse_unlisted(found.id);
    }
    if (!found.is(api::ViewAs::owner)) {
        throw Error(ErrorKind::denied, "only the owner of this dossier sees this",
                    "`kluis dossier show` and `kluis document list` show what you may see of it");
    }
    auto view = client::OwnerView::fetch(client, found.id);
    context.alarm(view.alarms());
    return {std::move(client), std::move(view)};
}

Opened open_dossier(const Context& context, const std::string& text) {
    auto viewed = view_dossier(context, text);
    const auto& jurisdiction = dossier::jurisdiction(viewed.view.state().dossier()->jurisdiction);
    auto found = client::fetch_profile(viewed.client, viewed.view);
    for (const auto& warning : found.warnings) {
        context.notice(statement::to_text(warning.document) + ": " + warning.text);
    }
    auto entries = viewed.view.entries(viewed.client);
    const auto today = base::date_of(viewed.client.now());
    return {std::move(viewed), jurisdiction, std::move(found.profile), std::move(entries), today};
}

std::string ranges_text(const std::vector<dossier::YearRange>& ranges) {
    std::string text;
    for (const auto& range : ranges) {
        text += (text.empty() ? "" : ", ") + dossier::to_string(range);
    }
    return text;
}

void show_coverage(const Context& context, const std::string& text, const std::string& language) {
    require_language(language, criteria_languages());
    const auto opened = open_dossier(context, text);
    const auto coverage = dossier::coverage(opened.entries, opened.jurisdiction,
                                            opened.known_profile(), opened.today);
    std::vector<std::string> lines;
    for (const auto& criterion : coverage.criteria) {
        const auto* known = opened.jurisdiction.criterion(criterion.criterion);
        lines.push_back(
            std::string(criterion.missing() ? (criterion.necessary ? "!! " : " - ") : " + ") +
            std::string(known->label.in(language)) + ": " +
            std::to_string(criterion.documents.size()) +
            (criterion.necessary ? " (necessary)" : ""));
        if (!criterion.covered.empty()) {
            lines.push_back("     years " + ranges_text(criterion.covered));
        }
        if (!criterion.gaps.empty()) {
            lines.push_back("     nothing yet for " + ranges_text(criterion.gaps));
        }
    }
    if (!coverage.unplaced.empty()) {
        lines.push_back(std::to_string(coverage.unplaced.size()) +
                        " document(s) without a criterion of this jurisdiction");
    }
    auto json = dossier::to_json(coverage);
    const auto found = dossier::check_sealing(opened.entries, opened.jurisdiction,
                                              opened.known_profile(), opened.today);
    Json::Array warnings;
    for (const auto& warning : found) {
        warnings.push_back(dossier::to_json(warning));
    }
    json["warnings"] = std::move(warnings);
    if (!found.empty()) {
        lines.emplace_back("before this is sealed:");
    }
    for (const auto& line : warning_lines(found)) {
        lines.push_back("  " + line);
    }
    context.show(json, lines);
}

void show_timeline(const Context& context, const std::string& text) {
    const auto opened = open_dossier(context, text);
    const auto timeline = dossier::timeline(opened.entries, opened.known_profile(), opened.today);
    std::map<int, std::string> by_year;
    for (const auto& year : timeline.years) {
        auto& line = by_year[year.year];
        line = std::to_string(year.year) + "  ";
        for (const auto& id : year.documents) {
            line += (line.size() > 6 ? "; " : "") +
                    base::printable(opened.view.documents().at(id).metadata.title);
        }
    }
    for (const auto& gap : timeline.gaps) {
        by_year[gap.first] = dossier::to_string(gap) + "  nothing yet";
    }
    std::vector<std::string> lines;
    for (auto& [year, line] : by_year) {
        lines.push_back(std::move(line));
    }
    if (!timeline.undated.empty()) {
        lines.push_back("undated  " + std::to_string(timeline.undated.size()) + " document(s)");
    }
    context.show(Json{{"timeline", dossier::to_json(timeline)}}, lines);
}

std::string title_of(const client::OwnerView& view, const statement::DocumentId& id) {
    const auto found = view.documents().find(id);
    return found == view.documents().end() ? "an erased document"
                                           : base::printable(found->second.metadata.title);
}

void show_access(const Context& context, const std::string& text) {
    auto opened = view_dossier(context, text);
    const auto now = opened.client.earlier_now();
    Json::Array depositors;
    Json::Array grants;
    Json::Array reads;
    std::vector<std::string> lines;
    for (const auto& [card, permission] : opened.view.state().permissions()) {
        // After a transfer the new owner's own permissions say nothing any more.
        if (!permission.stands_at(now) || card == opened.client.me()) {
            continue;
        }
        Json json{{"card", statement::to_text(card)},
                  {"deposits", permission.used},
                  {"link", permission.link}};
        std::string line = "may deposit  " + name_of(opened.client, card) + ", " +
                           std::to_string(permission.used) + " so far";
        if (permission.until) {
            json["until"] = base::to_string(*permission.until);
            line += ", until " + base::to_string(*permission.until);
        }
        depositors.push_back(std::move(json));
        lines.push_back(line + (permission.link ? ", through a link" : ""));
    }
    for (const auto& [key, grant] : opened.view.state().grants()) {
        if (grant.grantee == opened.client.me()) {
            continue;
        }
        const bool expired = grant.expires && *grant.expires <= now;
        Json json{{"card", statement::to_text(grant.grantee)},
                  {"document", statement::to_text(grant.document)},
                  {"expired", expired}};
        std::string line = std::string(expired ? "could read   " : "may read     ") +
                           name_of(opened.client, grant.grantee) + ": " +
                           title_of(opened.view, grant.document);
        if (grant.expires) {
            json["expires"] = base::to_string(*grant.expires);
            line += ", until " + base::to_string(*grant.expires);
        }
        grants.push_back(std::move(json));
        lines.push_back(std::move(line));
    }
    if (lines.empty()) {
        lines.emplace_back("nobody else has a right in this dossier");
    }
    const auto read_by_others = client::fetch_reads(opened.client, opened.view.id());
    for (const auto& read : read_by_others.entries) {
        reads.push_back(Json{{"card", statement::to_text(read.reader)},
                             {"document", statement::to_text(read.document)},
                             {"time", base::to_string(read.time)}});
        lines.push_back("read         " + base::to_string(read.time) + " " +
                        name_of(opened.client, read.reader) + ": " +
                        title_of(opened.view, read.document));
    }
    if (read_by_others.unreadable > 0) {
        context.notice(std::to_string(read_by_others.unreadable) +
                       " entries of the record of reads cannot be read: the server gave something "
                       "else");
    }
    lines.push_back(
        "what was read or copied stays with its reader; the record of reads is the "
        "server's word");
    context.show(Json{{"depositors", std::move(depositors)},
                      {"grants", std::move(grants)},
                      {"reads", std::move(reads)}},
                 lines);
}

// One act in plain words.
std::string act_text(const Viewed& opened, const statement::Act& act) {
    const auto& client = opened.client;
    const auto title = [&](const statement::DocumentId& id) { return title_of(opened.view, id); };
    if (const auto* allow = std::get_if<statement::DepositorAllow>(&act)) {
        return "allowed " + name_of(client, statement::fingerprint(allow->card)) + " to deposit" +
               (allow->link ? " through a link" : "");
    }
    if (const auto* remove = std::get_if<statement::DepositorRemove>(&act)) {
        return "ended deposits by " + name_of(client, remove->depositor);
    }
    if (const auto* deposit = std::get_if<statement::DocumentDeposit>(&act)) {
        return "deposited " + title(deposit->document);
    }
    if (const auto* describe = std::get_if<statement::DocumentDescribe>(&act)) {
        return "described " + title(describe->document);
    }
    if (std::holds_alternative<statement::DocumentErase>(act)) {
        return "erased a document";
    }
    if (const auto* grant = std::get_if<statement::GrantCreate>(&act)) {
        std::string text = "let " + name_of(client, grant->grantee) + " read";
        for (const auto& document : grant->documents) {
            text += (text.back() == 'd' ? " " : ", ") + title(document.document);
        }
        return text;
    }
    if (const auto* revoke = std::get_if<statement::GrantRevoke>(&act)) {
        return "ended reading by " + name_of(client, revoke->grantee) + " of " +
               std::to_string(revoke->documents.size()) + " document(s)";
    }
    if (const auto* seal = std::get_if<statement::BundleSeal>(&act)) {
        return "sealed " + std::to_string(seal->documents) + " document(s) for " +
               std::to_string(seal->recipients.size()) + " reader(s), bundle " +
               statement::to_text(seal->bundle) +
               (seal->supplements ? ", which supplements " + statement::to_text(*seal->supplements)
                                  : "");
    }
    if (std::holds_alternative<statement::DossierCreate>(act)) {
        return "opened the dossier";
    }
    return std::holds_alternative<statement::DossierTransfer>(act) ? "handed the dossier over"
                                                                   : "erased the dossier";
}

void show_history(const Context& context, const std::string& text) {
    const auto opened = view_dossier(context, text);
    Json::Array array;
    std::vector<std::string> lines;
    for (const auto& link : opened.view.replay().links()) {
        const auto& statement = link.statement.statement;
        const auto words = act_text(opened, statement.act);
        Json json{{"actor", statement::to_text(statement.actor)},
                  {"hash", base::hex_encode(link.statement.hash)},
                  {"text", words},
                  {"time", base::to_string(statement.time)},
                  {"type", statement::type_name(statement.act)}};
        std::string line = base::to_string(statement.time) + "  " +
                           name_of(opened.client, statement.actor) + " " + words;
        if (link.void_because) {
            json["void"] = chain::code(*link.void_because);
            line += "  (VOID: " + std::string(chain::describe(*link.void_because)) + ")";
        }
        array.push_back(std::move(json));
        lines.push_back(std::move(line));
    }
    const auto head = opened.view.state().dossier()->head;
    lines.push_back("four words: " + statement::four_words(head));
    context.show(Json{{"history", std::move(array)}, {"words", statement::four_words(head)}},
                 lines);
}

void require_depositor(const Viewed& opened, const statement::Fingerprint& card) {
    const auto permission = opened.view.state().permission(card);
    if (!permission || !permission->stands_at(opened.client.now())) {
        throw Error(ErrorKind::usage,
                    "this card may not deposit in the dossier, and a wish list is for one that may",
                    "let it deposit first, with `kluis depositor allow`");
    }
}

void wish(const Context& context, const std::string& text, const std::string& card,
          const std::string& until, const std::vector<std::string>& leave_out) {
    auto opened = open_dossier(context, text);
    // All that could be refused comes first: a wish list that cannot be granted must not stay.
    const auto grantee = client::Library(opened.client).find_card(card);
    require_grantable(opened.client, grantee);
    const auto end = parse_end(until, opened.client.now());
    for (const auto& criterion : leave_out) {
        if (opened.jurisdiction.criterion(criterion) == nullptr) {
            throw Error(ErrorKind::usage, "'" + base::printable(criterion) +
                                              "' is no criterion of this jurisdiction");
        }
    }
    require_depositor(opened, grantee);
    const auto coverage = dossier::coverage(opened.entries, opened.jurisdiction,
                                            opened.known_profile(), opened.today);
    const auto list = dossier::wish_list(coverage, opened.jurisdiction, opened.known_profile(),
                                         opened.today, {leave_out.begin(), leave_out.end()});
    dossier::Metadata metadata;
    metadata.title = "Wish list of " + base::to_string(opened.today);
    metadata.name = "wish-list.json";
    metadata.type = "application/json";
    metadata.kind = dossier::kWishListKind;
    const auto deposited = client::deposit_made(opened.client, opened.view.id(),
                                                dossier::encode(list), std::move(metadata));
    client::grant(opened.client, opened.view.id(), {deposited.document}, grantee, end);
    auto json = dossier::to_json(list);
    json["document"] = statement::to_text(deposited.document);
    context.show(json, {"granted wish list " + statement::to_text(deposited.document),
                        "it says:", dossier::text(list, "en")});
}

}  // namespace

void add_dossier_reports(CLI::App& dossier, Context& context) {
    auto text = std::make_shared<std::string>();
    auto card = std::make_shared<std::string>();
    auto until = std::make_shared<std::string>();
    auto language = std::make_shared<std::string>("en");
    auto leave_out = std::make_shared<std::vector<std::string>>();
    const auto report = [&](const std::string& name, const char* what) {
        auto* command = dossier.add_subcommand(name, what);
        command->footer("Example: kluis dossier " + name + " 'my dossier'");
        command->add_option("DOSSIER", *text, "An id, its beginning, a link or your name")
            ->required();
        return command;
    };
    auto* coverage = report("coverage", "Which criteria have evidence, and what is missing");
    coverage->add_option("--language", *language, "Of the criteria: nl, en, …");
    coverage->callback([&context, text, language] { show_coverage(context, *text, *language); });
    report("timeline", "Year by year what there is, and the gaps")->callback([&context, text] {
        show_timeline(context, *text);
    });
    report("access", "Who may deposit, who may read what, and who did")->callback([&context, text] {
        show_access(context, *text);
    });
    report("history", "Everything that was done, in plain words")->callback([&context, text] {
        show_history(context, *text);
    });
    auto* wish_command = report("wish", "Tell a depositor what is still missing");
    wish_command->add_option("--to", *card, "A card that may deposit in the dossier")->required();
    wish_command->add_option("--until", *until, "The last day on which they may read it");
    wish_command->add_option("--leave-out", *leave_out, "A criterion to say nothing about")
        ->allow_extra_args(false);
    wish_command->callback([&context, text, card, until, leave_out] {
        wish(context, *text, *card, *until, *leave_out);
    });
    wish_command->footer("Example: kluis dossier wish 'my dossier' --to 'my support worker'");
}

}  // namespace kluis::cli
