#include <kluis/base/file.hpp>
#include <kluis/base/text.hpp>
#include <kluis/statement/words.hpp>

#include <cli/context.hpp>
#include <client/link.hpp>
#include <client/ownership.hpp>
#include <client/profile.hpp>

namespace kluis::cli {

namespace {

using base::Error;
using base::ErrorKind;
using base::Json;

std::string link_of(const client::Client& client, const statement::DossierId& id) {
    return client::to_string({client::LinkKind::dossier, client.server(), statement::to_text(id)});
}

void create(const Context& context, const std::string& jurisdiction, const std::string& name) {
    auto client = context.open();
    dossier::jurisdiction(jurisdiction);
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
    client::pin_dossier(client, id, name);
    context.show(Json{{"dossier", statement::to_text(id)}, {"name", name}},
                 {"pinned  " + statement::to_text(id)});
}

std::string roles_text(const std::vector<api::ViewAs>& roles) {
    std::string text;
    for (const auto role : roles) {
        text += (text.empty() ? "" : ", ") + std::string(api::name(role));
    }
    return text.empty() ? "nothing" : text;
}

void list(const Context& context) {
    auto client = context.open();
    std::map<statement::DossierId, std::vector<api::ViewAs>> roles;
    for (const auto& dossier : client.service().dossiers(client.session())) {
        roles[dossier.id] = dossier.as;
    }
    for (const auto& [id, pinned] : client.keyring().dossiers) {
        roles.try_emplace(id);
    }
    Json::Array array;
    std::vector<std::string> lines;
    for (const auto& [id, as] : roles) {
        const auto pinned = client.keyring().dossiers.find(id);
        const bool is_pinned = pinned != client.keyring().dossiers.end();
        const auto name = is_pinned ? pinned->second.name : "";
        Json::Array as_json;
        for (const auto role : as) {
            as_json.emplace_back(api::name(role));
        }
        array.push_back(Json{{"as", std::move(as_json)},
                             {"dossier", statement::to_text(id)},
                             {"name", name},
                             {"pinned", is_pinned}});
        lines.push_back(statement::to_text(id) + "  " + roles_text(as) + "  " +
                        base::printable(name) + (is_pinned ? "" : "  (not checked by you)"));
    }
    context.show(Json{{"dossiers", std::move(array)}}, lines);
}

void show(const Context& context, const std::string& text) {
    auto client = context.open();
    client::Library library(client);
    const auto id = library.find_dossier(text);
    const auto& view = library.owned(id);
    const auto dossier = *view.state().dossier();
    const auto words = statement::four_words(dossier.head);
    const auto& pinned = client.keyring().dossiers.at(id);
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
    if (context.show_alarms(view.alarms())) {
        throw Error(ErrorKind::forged, "the dossier gives an alarm");
    }
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

    dossier->add_subcommand("list", "List your dossiers and those shared with you")
        ->callback([&context] { list(context); });

    auto* show_command = dossier->add_subcommand("show", "Show a dossier of your own");
    show_command->add_option("DOSSIER", *text, "An id, its beginning, a link or your name")
        ->required();
    show_command->callback([&context, text] { show(context, *text); });

    auto* profile = dossier->add_subcommand("profile", "Say whom the dossier is about");
    profile->add_option("DOSSIER", *text, "An id, its beginning, a link or your name")->required();
    profile->add_option("FILE", *other, "A JSON file; docs/format.md has an example")->required();
    profile->callback([&context, text, other] { set_profile(context, *text, *other); });
    profile->footer("Example: kluis dossier profile 'my dossier' profile.json");

    add_dossier_reports(*dossier, context);
    add_ownership_commands(*dossier, context);
}

}  // namespace kluis::cli
