#include <kluis/base/file.hpp>
#include <kluis/base/text.hpp>
#include <kluis/statement/words.hpp>

#include <cli/columns.hpp>
#include <cli/context.hpp>
#include <cli/people.hpp>
#include <client/link.hpp>
#include <client/ownership.hpp>
#include <client/profile.hpp>
#include <client/tip.hpp>

namespace kluis::cli {

namespace {

using base::Error;
using base::ErrorKind;
using base::Json;

std::string link_of(const client::Client& client, const statement::DossierId& id) {
    return client::to_string({client::LinkKind::dossier, client.server(), statement::to_text(id)});
}

// Two dossiers of one name would fit wherever the name is given.
void require_free_name(const client::Client& client, const std::string& name,
                       const statement::DossierId* but) {
    for (const auto& [id, pinned] : client.keyring().dossiers) {
        if (!name.empty() && pinned.name == name && (but == nullptr || id != *but)) {
            throw Error(ErrorKind::conflict,
                        "you know another dossier as '" + base::printable(name) + "'",
                        "give this one another name");
        }
    }
}

void create(const Context& context, const std::string& jurisdiction, const std::string& name) {
    auto client = context.open();
    dossier::jurisdiction(jurisdiction);
    require_free_name(client, name, nullptr);
    const auto id = client::create_dossier(client, jurisdiction, name);
    context.show(Json{{"dossier", statement::to_text(id)},
                      {"jurisdiction", jurisdiction},
                      {"link", link_of(client, id)},
                      {"name", name}},
                 {"dossier  " + statement::to_text(id), "link     " + link_of(client, id)});
}

void pin(const Context& context, const std::string& text, const std::string& name) {
    auto client = context.open();
    const auto id = client::parse_dossier(text);
    require_free_name(client, name, &id);
    client::pin_dossier(client, id, name);
    context.show(Json{{"dossier", statement::to_text(id)}, {"name", name}},
                 {"pinned  " + statement::to_text(id)});
}

std::string roles_text(const std::vector<api::ViewAs>& roles) {
    std::string text;
    for (const auto role : roles) {
        text += (text.empty() ? "" : ", ") + std::string(api::name(role));
    }
    // Pinned, but not listed by the server.
    return text.empty() ? "nothing now" : text;
}

// Whether what is granted there comes from somebody of whom nothing is pinned.
bool is_stranger(client::Library& library, const client::FoundDossier& dossier) {
    return dossier.is(api::ViewAs::grantee) && !dossier.pinned &&
           !library.granted(dossier.id).owner_pinned;
}

void list(const Context& context) {
    auto client = context.open();
    client::Library library(client);
    Json::Array array;
    std::vector<std::vector<std::string>> rows;
    for (const auto& dossier : library.visible_dossiers()) {
        const auto name =
            dossier.pinned ? client.keyring().dossiers.at(dossier.id).name : std::string();
        const bool stranger = is_stranger(library, dossier);
        Json::Array as;
        for (const auto role : dossier.as) {
            as.emplace_back(api::name(role));
        }
        array.push_back(Json{{"as", std::move(as)},
                             {"dossier", statement::to_text(dossier.id)},
                             {"name", name},
                             {"pinned", dossier.pinned},
                             {"stranger", stranger}});
        rows.push_back({statement::to_text(dossier.id), roles_text(dossier.as),
                        base::printable(name),
                        stranger         ? "from a stranger: you checked neither it nor its owner"
                        : dossier.pinned ? "checked by you"
                                         : "not checked by you"});
    }
    context.show(Json{{"dossiers", std::move(array)}},
                 columns({"DOSSIER", "YOU ARE", "NAME", "ID"}, std::move(rows)));
}

// What a depositor, or one to whom something is granted, may know of a dossier.
void show_other(const Context& context, client::Client& client, client::Library& library,
                const client::FoundDossier& dossier) {
    Json json{{"dossier", statement::to_text(dossier.id)}, {"pinned", dossier.pinned}};
    std::vector<std::string> lines{"dossier       " + statement::to_text(dossier.id)};
    const auto say = [&](const char* label, const char* member, const std::string& value) {
        json[member] = value;
        lines.push_back(label + base::printable(value));
    };
    if (dossier.is(api::ViewAs::grantee)) {
        const auto& view = library.granted(dossier.id);
        context.alarm(view.alarms);
        json["granted"] = static_cast<std::uint64_t>(view.documents.size());
        lines.push_back("you may read  " + std::to_string(view.documents.size()) + " document(s)");
        say("owner         ", "owner", name_of(client, view.owner));
    }
    if (dossier.is(api::ViewAs::depositor)) {
        const auto target = client::fetch_deposit_target(client, dossier.id);
        say("jurisdiction  ", "jurisdiction", target.jurisdiction);
        json["deposits"] = target.permission->used;
        lines.push_back("deposited     " + std::to_string(target.permission->used) + " so far");
        if (!dossier.is(api::ViewAs::grantee)) {
            say("owner         ", "owner", name_of(client, statement::fingerprint(target.owner)));
        }
        if (target.permission->until) {
            say("until         ", "until", base::to_string(*target.permission->until));
        }
    }
    context.show(json, lines);
}

void show(const Context& context, const std::string& text) {
    auto client = context.open();
    client::Library library(client);
    const auto found = library.find_visible_dossier(text);
    if (!found.as.empty() && !found.is(api::ViewAs::owner)) {
        return show_other(context, client, library, found);
    }
    if (found.as.empty()) {
        library.refuse_unlisted(found.id);
    }
    const auto id = library.find_dossier(text);
    const auto& view = library.owned(id);
    const auto dossier = *view.state().dossier();
    const auto words = statement::four_words(dossier.head);
    const auto& pinned = client.keyring().dossiers.at(id);
    context.alarm(view.alarms());
    context.show(
        Json{{"documents", static_cast<std::uint64_t>(view.documents().size())},
             {"dossier", statement::to_text(id)},
             {"head", base::hex_encode(dossier.head)},
             {"jurisdiction", dossier.jurisdiction},
             {"length", dossier.length},
             {"link", link_of(client, id)},
             {"name", pinned.name},
             {"words", words}},
        {"dossier       " + statement::to_text(id), "name          " + base::printable(pinned.name),
         "link          " + link_of(client, id),
         "jurisdiction  " + base::printable(dossier.jurisdiction),
         "documents     " + std::to_string(view.documents().size()),
         "statements    " + std::to_string(dossier.length),
         "last          " + base::to_string(dossier.last), "four words    " + words});
}

void set_profile(const Context& context, const std::string& text, const std::string& file) {
    auto client = context.open();
    const auto id = client::Library(client).find_dossier(text);
    const auto profile = dossier::read_profile(base::read_file(file, dossier::kProfileLimit));
    const auto deposited = client::deposit_profile(client, id, profile);
    Json::Array warnings;
    std::vector<std::string> lines{"profile  " + statement::to_text(deposited.document)};
    const auto jurisdiction = client::fetch_deposit_target(client, id).jurisdiction;
    if (const auto* known = dossier::catalogue().jurisdiction(jurisdiction)) {
        for (const auto& warning :
             dossier::warnings(profile, *known, base::date_of(client.now()))) {
            warnings.push_back(dossier::to_json(warning));
            lines.push_back("note: " + dossier::sentence(warning, "en"));
        }
    }
    context.show(Json{{"document", statement::to_text(deposited.document)},
                      {"warnings", std::move(warnings)}},
                 lines);
}

}  // namespace

void add_dossier_commands(CLI::App& app, Context& context) {
    auto* dossier = app.add_subcommand("dossier", "Dossiers: open one, see it, hand it over");
    dossier->require_subcommand(1);
    auto text = std::make_shared<std::string>();
    auto name = std::make_shared<std::string>();
    auto other = std::make_shared<std::string>();

    auto* create_command = dossier->add_subcommand("create", "Open a dossier of your own");
    auto jurisdiction = std::make_shared<std::string>(dossier::kDefaultJurisdiction);
    create_command->add_option("--jurisdiction", *jurisdiction,
                               "Whose criteria count; default " + *jurisdiction);
    create_command->add_option("--name", *name, "Your own name for it; only you see it");
    create_command->callback(
        [&context, jurisdiction, name] { create(context, *jurisdiction, *name); });
    create_command->footer("Example: kluis dossier create --name 'my dossier'");

    auto* pin_command =
        dossier->add_subcommand("pin", "Trust a dossier's id that you compared with its owner");
    pin_command->add_option("DOSSIER", *text, "An id in full, or a link")->required();
    pin_command->add_option("--name", *name, "Your own name for it");
    pin_command->callback([&context, text, name] { pin(context, *text, *name); });
    pin_command->footer("Example: kluis dossier pin 'https://vault.example/#dossier=…' --name J");

    add_unpin_command(*dossier, context);

    auto* list_command =
        dossier->add_subcommand("list", "List your dossiers and those shared with you");
    list_command->callback([&context] { list(context); });
    list_command->footer("Example: kluis dossier list");

    auto* show_command = dossier->add_subcommand("show", "Show a dossier, as far as you may");
    show_command->add_option("DOSSIER", *text, "An id, its beginning, a link or your name")
        ->required();
    show_command->callback([&context, text] { show(context, *text); });
    show_command->footer("Example: kluis dossier show 'my dossier'");

    auto* profile = dossier->add_subcommand("profile", "Say whom the dossier is about");
    profile->add_option("DOSSIER", *text, "An id, its beginning, a link or your name")->required();
    profile->add_option("FILE", *other, "A JSON file; docs/format.md has an example")->required();
    profile->callback([&context, text, other] { set_profile(context, *text, *other); });
    profile->footer("Example: kluis dossier profile 'my dossier' profile.json");

    add_dossier_reports(*dossier, context);
    add_ownership_commands(*dossier, context);
}

}  // namespace kluis::cli
