#include <kluis/base/text.hpp>

#include <cli/columns.hpp>
#include <cli/context.hpp>
#include <cli/qr.hpp>
#include <client/cards.hpp>
#include <client/link.hpp>

namespace kluis::cli {

namespace {

using base::Error;
using base::ErrorKind;
using base::Json;

std::string grouped(const statement::Fingerprint& fingerprint) {
    const auto text = statement::to_text(fingerprint);
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i > 0 && i % 4 == 0) {
            result += ' ';
        }
        result += text[i];
    }
    return result;
}

Json card_json(const statement::Card& card, const std::string& name) {
    return Json{{"card", statement::to_json(card)},
                {"fingerprint", statement::to_text(statement::fingerprint(card))},
                {"name", name}};
}

void show_own(const Context& context, const std::string& format) {
    const auto client = context.open();
    const auto link = client::to_string(
        {client::LinkKind::card, client.server(), statement::to_text(client.me())});
    auto json = card_json(client.card(), "me");
    json["link"] = link;
    std::vector<std::string> lines;
    if (format == "text") {
        lines = {statement::card_text(client.card())};
    } else if (format == "link") {
        lines = {link};
    } else if (format == "qr") {
        lines = qr_lines(link);
    } else {
        lines = {"fingerprint  " + grouped(client.me()), "link         " + link,
                 "text         " + statement::card_text(client.card())};
        for (auto& line : qr_lines(link)) {
            lines.push_back(std::move(line));
        }
    }
    context.show(json, lines);
}

void list(const Context& context) {
    const auto client = context.open();
    Json::Array array;
    std::vector<std::vector<std::string>> rows;
    for (const auto& [fingerprint, pinned] : client.keyring().cards) {
        auto json = card_json(pinned.card, pinned.name);
        json["checked"] = pinned.checked;
        const auto holder = client::known_holder(client.trust(), fingerprint);
        const bool test = holder && client.trust().anchors.test;
        if (holder) {
            json["holder"] = *holder;
            json["test"] = test;
        }
        array.push_back(std::move(json));
        rows.push_back(
            {statement::to_text(fingerprint), base::printable(pinned.name),
             pinned.checked ? "yes" : "no",
             holder ? base::printable(*holder) + (test ? " (by TEST anchors)" : "") : ""});
    }
    context.show(Json{{"cards", std::move(array)}},
                 columns({"FINGERPRINT", "NAME", "CHECKED", "BY THE ANCHORS"}, std::move(rows)));
}

void add(const Context& context, const std::string& text, const std::string& name) {
    if (name == "me") {
        throw Error(ErrorKind::usage, "'me' is your own card", "give this one another name");
    }
    auto client = context.open();
    const auto added = client::add_card(client, text, name);
    auto json = card_json(added.card, name);
    json["checked"] = added.checked;
    std::vector<std::string> lines{"added  " + grouped(statement::fingerprint(added.card))};
    lines.emplace_back(added.checked
                           ? "it is the card of the fingerprint that you were given"
                           : "have its holder read the fingerprint out, by telephone or face to "
                             "face, then: kluis card verify CARD FINGERPRINT");
    context.show(json, lines);
}

void verify(const Context& context, const std::string& text, const std::string& fingerprint_text) {
    auto client = context.open();
    const auto expected = parse_read_out(fingerprint_text);
    const auto found = client::Library(client).find_card(text);
    client::verify_card(client, found, expected);
    context.show(Json{{"fingerprint", statement::to_text(found)}, {"verified", true}},
                 {"the fingerprint is right"});
}

void remove(const Context& context, const std::string& text) {
    auto client = context.open();
    const auto found = client::Library(client).find_any_card(text, {});
    client::remove_card(client, found);
    context.show(Json{{"removed", statement::to_text(found)}},
                 {"forgotten  " + grouped(found),
                  "your name for it is forgotten too; what it may read or deposit stands until you "
                  "end that: `kluis dossier access` shows it, `kluis revoke` and "
                  "`kluis depositor remove` end it"});
}

}  // namespace

void add_card_commands(CLI::App& app, Context& context) {
    auto* card = app.add_subcommand("card", "Cards: whom you trust");
    card->require_subcommand(1);

    auto* show = card->add_subcommand("show", "Show your own card, to give to others");
    auto format = std::make_shared<std::string>("all");
    show->add_option("--as", *format, "all, text, link or qr")
        ->check(CLI::IsMember({"all", "text", "link", "qr"}));
    show->callback([&context, format] { show_own(context, *format); });
    show->footer("Example: kluis card show --as text > my.card");

    auto* list_command = card->add_subcommand("list", "List the cards that you have added");
    list_command->callback([&context] { list(context); });
    list_command->footer("Example: kluis card list");

    auto* add_command = card->add_subcommand("add", "Add a card that its holder gave you");
    auto text = std::make_shared<std::string>();
    auto name = std::make_shared<std::string>();
    add_command
        ->add_option("CARD", *text,
                     "A link, a whole fingerprint, the text of a card, or a file that holds such a "
                     "text or link")
        ->required();
    add_command->add_option("--name", *name, "Your own name for its holder");
    add_command->callback([&context, text, name] { add(context, *text, *name); });
    add_command->footer("Example: kluis card add lawyer.card --name 'my lawyer'");

    auto* verify_command =
        card->add_subcommand("verify", "Compare a card's fingerprint with what its holder says");
    auto fingerprint = std::make_shared<std::string>();
    verify_command->add_option("CARD", *text, "A card that you have added")->required();
    verify_command->add_option("FINGERPRINT", *fingerprint, "As its holder reads it out")
        ->required();
    verify_command->callback(
        [&context, text, fingerprint] { verify(context, *text, *fingerprint); });
    verify_command->footer("Example: kluis card verify 'my lawyer' 'abcd efgh …'");

    auto* remove_command =
        card->add_subcommand("remove", "Forget a card that you have added, and your name for it");
    remove_command->add_option("CARD", *text, "A card that you have added")->required();
    remove_command->callback([&context, text] { remove(context, *text); });
    remove_command->footer(
        "What it may read or deposit stands until `kluis revoke` or `kluis depositor remove` ends "
        "it.\n\n"
        "Example: kluis card remove 'my lawyer'");
}

}  // namespace kluis::cli
