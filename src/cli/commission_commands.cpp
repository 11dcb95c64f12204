#include <cli/commission.hpp>
#include <cli/context.hpp>

namespace kluis::cli {

namespace {

CLI::App* add_member_commands(CLI::App& above, Context& context) {
    auto text = std::make_shared<std::string>();
    auto folder = std::make_shared<std::string>();
    auto out = std::make_shared<std::string>();
    auto end = std::make_shared<std::string>();
    auto* member =
        above.add_subcommand("member", "For a commission: its members and their card set");
    member->require_subcommand(1);
    auto* member_keygen =
        member->add_subcommand("keygen", "Make a member's identity file, under a passphrase");
    member_keygen->add_option("-o,--output", *out, "The file to write")->required();
    member_keygen->callback([&context, out] { member_keygen_command(context, *out); });
    member_keygen->footer("Example: kluis member keygen -o member.txt");

    auto* add = member->add_subcommand("add", "Put a card into the set and sign it anew");
    add->add_option("CARD", *text, "A file or the text of a card")->required();
    add->add_option("--set", *folder, "The commission's folder")->required();
    add->add_option("--end", *end, "When the set must be renewed");
    auto read_out = std::make_shared<std::string>();
    add->add_option(
        "--fingerprint", *read_out,
        "As the member reads it out; another card is refused before anything is signed");
    add->callback([&context, text, folder, end, read_out] {
        member_add(context, *text, *folder, *end, *read_out);
    });
    add->footer(
        "Example: kluis member add member.txt.card --set commission --fingerprint 'abcd efgh …'");

    auto* remove =
        member->add_subcommand("remove", "End a card's time in the set and sign it anew");
    remove
        ->add_option("CARD", *text, "A file, the text of a card, or a fingerprint or its beginning")
        ->required();
    remove->add_option("--set", *folder, "The commission's folder")->required();
    remove->callback([&context, text, folder] { member_remove(context, *text, *folder); });
    remove->footer("Example: kluis member remove member.txt.card --set commission");
    return member;
}

}  // namespace

void add_commission_commands(CLI::App& app, Context& context) {
    auto out = std::make_shared<std::string>();
    auto end = std::make_shared<std::string>();
    auto jurisdiction = std::make_shared<std::string>("nl-commissie-2025");

    auto* commission = app.add_subcommand("commission", "For a commission: its root key");
    commission->require_subcommand(1);
    auto* keygen = commission->add_subcommand("keygen", "Make a root key, to be kept offline");
    keygen->add_option("-o,--output", *out, "The folder to write")->required();
    keygen->add_option("--jurisdiction", *jurisdiction, "Whose cases come to it");
    keygen->add_option("--end", *end, "When the card set must be renewed; default in two years");
    keygen->callback([&context, out, jurisdiction, end] {
        commission_keygen(context, *out, *jurisdiction, *end);
    });
    keygen->footer("Example: kluis commission keygen -o commission");

    // `kluis commission member` is the same, but named once in the list of commands.
    add_member_commands(app, context);
    add_member_commands(*commission, context)->group("");
}

}  // namespace kluis::cli
