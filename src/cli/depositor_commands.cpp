#include <cli/context.hpp>
#include <client/owner_acts.hpp>

namespace kluis::cli {

namespace {

using base::Json;

void allow(const Context& context, const std::string& text, const std::string& card,
           const std::string& until, std::uint64_t count) {
    auto client = context.open();
    client::Library library(client);
    const auto id = library.find_dossier(text);
    const auto fingerprint = library.find_card(card);
    client::allow_depositor(client, id, fingerprint, parse_end(until, client.now()),
                            count == 0 ? std::nullopt : std::optional(count));
    context.show(
        Json{{"allowed", statement::to_text(fingerprint)}, {"dossier", statement::to_text(id)}},
        {"allowed; give them the dossier's link, which they pin before they deposit"});
}

void remove(const Context& context, const std::string& text, const std::string& card) {
    auto client = context.open();
    client::Library library(client);
    const auto id = library.find_dossier(text);
    const auto fingerprint = library.find_depositor(id, card);
    client::remove_depositor(client, id, fingerprint);
    context.show(
        Json{{"dossier", statement::to_text(id)}, {"removed", statement::to_text(fingerprint)}},
        {"removed; what they deposited stays"});
}

}  // namespace

void add_depositor_commands(CLI::App& app, Context& context) {
    auto* depositor = app.add_subcommand("depositor", "Who may deposit in your dossier");
    depositor->require_subcommand(1);
    auto text = std::make_shared<std::string>();
    auto card = std::make_shared<std::string>();
    auto until = std::make_shared<std::string>();
    auto count = std::make_shared<std::uint64_t>(0);

    auto* allow_command = depositor->add_subcommand("allow", "Let a card deposit");
    allow_command->add_option("DOSSIER", *text, "An id, its beginning, a link or your name")
        ->required();
    allow_command->add_option("CARD", *card, "A card that you have added")->required();
    allow_command->add_option("--until", *until, "The last day on which they may");
    allow_command->add_option("--count", *count, "How many documents they may deposit")
        ->check([](const std::string& number) {
            return number.find_first_not_of('0') == number.npos ? "a count is 1 or more" : "";
        });
    allow_command->callback(
        [&context, text, card, until, count] { allow(context, *text, *card, *until, *count); });
    allow_command->footer("Example: kluis depositor allow 'my dossier' 'my support worker'");

    auto* remove_command = depositor->add_subcommand("remove", "Let a card deposit no longer");
    remove_command->add_option("DOSSIER", *text, "An id, its beginning, a link or your name")
        ->required();
    remove_command
        ->add_option("CARD", *card,
                     "A card that may deposit now: your name for it, or the beginning of its "
                     "fingerprint in `kluis dossier access`")
        ->required();
    remove_command->callback([&context, text, card] { remove(context, *text, *card); });
    remove_command->footer("Example: kluis depositor remove 'my dossier' 'my support worker'");
}

}  // namespace kluis::cli
