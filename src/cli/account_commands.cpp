#include <kluis/base/file.hpp>
#include <kluis/base/text.hpp>
#include <kluis/crypto/random.hpp>

#include <cli/context.hpp>
#include <cli/identities.hpp>
#include <cli/passphrase.hpp>
#include <cli/secret_output.hpp>
#include <client/account.hpp>
#include <client/link.hpp>

#include <iostream>

namespace kluis::cli {

namespace {

using base::Error;
using base::ErrorKind;
using base::Json;

// Where a generated passphrase goes: to a new file of the owner alone, or to the terminal. Written
// before the account exists: a passphrase must never be lost after it counts.
void hand_over(const Context& context, const account::Passphrase& passphrase) {
    if (context.passphrase_file.empty()) {
        show_secret("your passphrase (write it down; it is shown this once):",
                    passphrase.text().text());
        return;
    }
    base::AtomicFile file(context.passphrase_file, base::FileMode::owner_only, base::Replace::no);
    file.write(passphrase.text().view());
    file.write(base::as_bytes("\n"));
    file.commit();
}

api::InvitationCode parse_invitation(const std::string& text) {
    const auto link = client::parse_link(text);
    return api::InvitationCode::copy_of(
        base::base32_decode(link ? link->value : text, "the invitation code"));
}

std::string server_of(const std::string& server, const std::string& invitation) {
    if (!server.empty()) {
        return server;
    }
    if (const auto link = client::parse_link(invitation)) {
        return link->origin;
    }
    throw Error(ErrorKind::usage, "no server was named", "give --server URL");
}

Json account_json(const client::Client& client) {
    return Json{{"fingerprint", statement::to_text(client.me())},
                {"handle", client.account()->handle.text},
                {"server", client.server()}};
}

std::vector<std::string> account_lines(const client::Client& client) {
    return {"server       " + client.server(), "handle       " + client.account()->handle.text,
            "fingerprint  " + statement::to_text(client.me())};
}

void create(const Context& context, const std::string& server, const std::string& invitation) {
    const auto environment = context.environment();
    if (environment.home.account()) {
        throw Error(ErrorKind::conflict, "this device has an account already",
                    "set KLUIS_HOME to another folder for another person");
    }
    const auto code = parse_invitation(invitation);
    const auto passphrase = account::Passphrase::generate();
    hand_over(context, passphrase);
    const auto client =
        client::create_account(environment, server_of(server, invitation), code, passphrase);
    auto lines = account_lines(client);
    lines.push_back("now make the recovery sheet with `kluis account kit`, and keep it safe");
    context.show(account_json(client), lines);
}

void recover(const Context& context, const std::string& server, const std::string& file) {
    // A passphrase file is where the new passphrase goes, so that of an identity is asked for.
    const auto kept = file.empty() ? ask_secret("recovery words, or the text of the QR code: ")
                                   : read_identity_text({}, file);
    auto secret = account::parse_recovery(kept);
    const auto passphrase = account::Passphrase::generate();
    hand_over(context, passphrase);
    const auto client =
        client::recover_account(context.environment(), server, std::move(secret), passphrase);
    context.show(account_json(client), account_lines(client));
}

void invite(const Context& context, std::uint64_t may_invite) {
    auto client = context.open();
    const api::InviteRequest request{crypto::random_secret<api::InvitationCode>(), may_invite};
    client.service().invite(client.session(), request);
    const auto text = base::base32_encode(request.invitation.view());
    const auto link = client::to_string({client::LinkKind::invite, client.server(), text});
    context.show(Json{{"invitation", text}, {"link", link}},
                 {"invitation  " + text, "link        " + link});
}

// The recovery sheet: words, QR code and age key, in secret memory until they are shown.
void kit(const Context& context) {
    const auto client = context.open();
    const auto sheet = account::recovery_kit(client.secret());
    if (context.json) {
        throw Error(ErrorKind::usage, "the recovery sheet has no JSON form",
                    "print it, or write the words down");
    }
    std::cout << "Keep this paper safe. Whoever has it can open everything in this account.\n"
                 "With these words, `kluis account recover` brings the account back on another\n"
                 "device. With the key, the program `age` opens every document without us.\n\n";
    show_secret("words:", sheet.words.text());
    show_secret("key:", sheet.identity.text());
    show_secret_code(sheet.qr.text());
}

void show(const Context& context) {
    const auto client = context.open();
    const auto credentials = statement::parse_credentials(client.account()->credentials);
    auto json = account_json(client);
    json["may_invite"] = client.account()->may_invite;
    json["passphrase_since"] = base::to_string(credentials.time);
    auto lines = account_lines(client);
    lines.push_back("may invite   " + std::to_string(client.account()->may_invite));
    lines.push_back("passphrase   since " + base::to_string(credentials.time));
    context.show(json, lines);
}

}  // namespace

void add_account_commands(CLI::App& app, Context& context) {
    auto* account = app.add_subcommand("account", "Your account: make it, bring it back, see it");
    account->require_subcommand(1);
    auto server = std::make_shared<std::string>();
    auto text = std::make_shared<std::string>();
    auto number = std::make_shared<std::uint64_t>(0);

    auto* create_command = account->add_subcommand("create", "Make an account with an invitation");
    create_command->add_option("--server", *server, "The server's address");
    create_command->add_option("--invite", *text, "The invitation's code or link")->required();
    create_command->callback([&context, server, text] { create(context, *server, *text); });
    create_command->footer(
        "Example: kluis account create --server https://vault.example --invite CODE");

    auto* recover_command = account->add_subcommand(
        "recover", "Bring an account back from its recovery sheet, with a new passphrase");
    recover_command->add_option("--server", *server, "The server's address")->required();
    recover_command->add_option(
        "--words-file", *text,
        "A file with the 24 words, with the text of the sheet's QR code (kluis-account1…), or the "
        "account's identity file; else words or text are asked");
    recover_command->callback([&context, server, text] { recover(context, *server, *text); });
    recover_command->footer(
        "The passphrase is new: the old one opens nothing any more. An age key (AGE-SECRET-KEY-1…) "
        "alone does not bring an account back.\n"
        "Example: kluis account recover --server https://vault.example");

    auto* invite_command = account->add_subcommand("invite", "Make an invitation for someone else");
    invite_command->add_option("--may-invite", *number, "How many others may come of it beside them; each is taken from your own number");
    invite_command->callback([&context, number] { invite(context, *number); });
    invite_command->footer("Example: kluis account invite");

    account->add_subcommand("kit", "Show the recovery sheet, to print or write down")
        ->callback([&context] { kit(context); });
    account->add_subcommand("show", "Show this device's account")->callback([&context] {
        show(context);
    });
}

}  // namespace kluis::cli
