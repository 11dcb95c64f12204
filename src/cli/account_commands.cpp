#include <kluis/base/file.hpp>
#include <kluis/base/text.hpp>
#include <kluis/crypto/random.hpp>

#include <cli/context.hpp>
#include <cli/identities.hpp>
#include <cli/output.hpp>
#include <cli/passphrase.hpp>
#include <cli/secret_output.hpp>
#include <client/account.hpp>
#include <client/link.hpp>

namespace kluis::cli {

namespace {

using base::Error;
using base::ErrorKind;
using base::Json;

// A generated passphrase on its way to a person: into a new file of the owner alone, or shown. The
// file is written before the passphrase counts, so that it cannot be lost after; it is taken back
// where the server refused.
class HandOver {
  public:
    explicit HandOver(const Context& context)
        : context_(context),
          home_(context.environment().home),
          before_(home_.account()),
          passphrase_(account::Passphrase::generate()) {}

    // Runs `act`, after which the passphrase counts.
    template <class Act>
    client::Client run(const Act& act) {
        const auto& file = context_.passphrase_file;
        if (!file.empty()) {
            base::AtomicFile out(file, base::FileMode::owner_only, base::Replace::no);
            out.write(passphrase_.text().view());
            out.write(base::as_bytes("\n"));
            out.commit();
        }
        context_.remarks->working.emplace();
        try {
            return act(passphrase_);
        } catch (const Error& error) {
            if (is_refusal(error)) {
                std::error_code ignored;
                if (!file.empty()) {
                    std::filesystem::remove(file, ignored);
                }
                if (error.code() == "invitation-refused") {
                    throw Error(error.kind(), error.what(),
                                before_ ? "an account was begun on this device before: try `kluis "
                                          "account show` with its passphrase"
                                        : "compare it with what you were given, or ask for another")
                        .with_code(error.code());
                }
                throw;
            }
            if (file.empty()) {
                show_secret(kUncertain, passphrase_.text().text());
            }
            throw Error(error.kind(), error.what(),
                        (file.empty() ? "this passphrase" : "the passphrase in " + file.string()) +
                            " may count already: keep it, and try `kluis account show` with it");
        }
    }

    // The account with its passphrase, or with where that is.
    void show(const Json& json, std::vector<std::string> lines) const {
        if (!context_.passphrase_file.empty()) {
            lines.push_back("passphrase   in " +
                            base::printable(context_.passphrase_file.string()) + "; write it down");
            return context_.show(json, lines);
        }
        const auto text = passphrase_.text().text();
        if (context_.json) {
            return show_json_with_secrets(context_.json_text(json), {{"passphrase", text}});
        }
        context_.show(json, lines);
        show_secret("your passphrase (write it down; it is shown this once):", text);
    }

  private:
    static constexpr const char* kUncertain =
        "your passphrase, if the server did what it was asked (write it down):";

    // Whether the server said no, and this device has nothing new of it. Else the passphrase stays.
    bool is_refusal(const Error& error) const {
        const auto now = home_.account();
        const bool accepted = now && (!before_ || now->sealed_secret != before_->sealed_secret);
        return client::is_refusal(error) && !accepted;
    }

    const Context& context_;
    client::Home home_;
    std::optional<client::LocalAccount> before_;
    account::Passphrase passphrase_;
};

// Throws Error(unavailable) before anything is written, if the server cannot be reached.
void require_reachable(const client::Environment& environment, const std::string& server) {
    environment.connector(server)->status();
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
    client::require_no_account(environment.home);
    const auto code = parse_invitation(invitation);
    const auto where = server_of(server, invitation);
    require_reachable(environment, where);
    HandOver hand_over(context);
    const auto client = hand_over.run([&](const account::Passphrase& passphrase) {
        return client::create_account(environment, where, code, passphrase);
    });
    auto lines = account_lines(client);
    lines.push_back("now make the recovery sheet with `kluis account kit`, and keep it safe");
    hand_over.show(account_json(client), lines);
}

void recover(const Context& context, const std::string& server, const std::string& file) {
    // A passphrase file is where the new passphrase goes, so that of an identity is asked for.
    const auto kept = file.empty() ? ask_secret("recovery words, or the text of the QR code: ")
                                   : read_identity_text({}, file);
    auto secret = account::parse_recovery(kept);
    require_reachable(context.environment(), server);
    HandOver hand_over(context);
    const auto client = hand_over.run([&](const account::Passphrase& passphrase) {
        return client::recover_account(context.environment(), server, std::move(secret),
                                       passphrase);
    });
    hand_over.show(account_json(client), account_lines(client));
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

// The recovery sheet: where the account is, and words, QR code and age key, in secret memory until
// they are shown.
void kit(const Context& context) {
    const auto client = context.open();
    const auto sheet = account::recovery_kit(client.secret());
    if (context.json) {
        return show_json_with_secrets(context.json_text(account_json(client)),
                                      {{"code", sheet.qr.text()},
                                       {"identity", sheet.identity.text()},
                                       {"words", sheet.words.text()}});
    }
    print(
        "Keep this paper safe. Whoever has it can open everything in this account.\n"
        "With these words, this command brings the account back on another device:\n"
        "  kluis account recover --server " +
        client.server() + "\nWith the key, the program `age` opens every document without us.\n");
    for (const auto& line : account_lines(client)) {
        print(line);
    }
    print("");
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
    invite_command->add_option(
        "--may-invite", *number,
        "How many others may come of it beside them; each is taken from your own number");
    invite_command->callback([&context, number] { invite(context, *number); });
    invite_command->footer("Example: kluis account invite");

    auto* kit_command =
        account->add_subcommand("kit", "Show the recovery sheet, to print or write down");
    kit_command->callback([&context] { kit(context); });
    kit_command->footer("Example: kluis account kit");

    auto* show_command = account->add_subcommand("show", "Show this device's account");
    show_command->callback([&context] { show(context); });
    show_command->footer("Example: kluis account show");
}

}  // namespace kluis::cli
