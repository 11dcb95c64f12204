// kluisd: serves a vault that it cannot read.
#include <kluis/base/json.hpp>

#include <CLI/CLI.hpp>
#include <server/commands.hpp>
#include <server/hardening.hpp>

#include <iostream>

namespace {

using kluis::base::Error;
using kluis::base::ErrorKind;
using kluis::base::Json;
using kluis::server::Options;

constexpr int kFailed = 1;
constexpr int kUsage = 2;

template <class Value>
void add_option(CLI::App& command, const std::string& flag, std::optional<Value>& value,
                const std::string& help) {
    command.add_option_function<std::string>(
        flag, [&value](const std::string& text) { value = text; }, help);
}

// The options that every command takes: whose vault, and how it answers.
CLI::App* add_command(CLI::App& app, Options& options, const std::string& name,
                      const std::string& help) {
    CLI::App* command = app.add_subcommand(name, help);
    command
        ->add_option_function<std::string>(
            "--data", [&options](const std::string& text) { options.data = text; },
            "The data directory")
        ->required();
    add_option(
        *command, "--key-file", options.key_file,
        "The file with the database key (else the systemd credential kluisd.key, or a prompt)");
    command->add_flag("--json", options.json, "Answer in JSON");
    return command;
}

void add_address(CLI::App& command, Options& options) {
    command.add_option("--listen", options.listen, "ADDRESS:PORT; port 0 takes a free one")
        ->capture_default_str();
    command.add_option("--origin", options.origin,
                       "What a login must name and a link begins with (by default the address)");
    add_option(command, "--tls-cert", options.tls_certificate, "Certificate chain, PEM");
    add_option(command, "--tls-key", options.tls_key, "Its private key, PEM");
}

int report(const Options& options, const Error& error) {
    if (options.json) {
        Json json{{"error", error.what()}, {"kind", kluis::base::name(error.kind())}};
        if (!error.hint().empty()) json["hint"] = error.hint();
        std::cerr << kluis::base::canonical_json(json, kluis::base::JsonText::utf8) << "\n";
    } else {
        std::cerr << "kluisd: error: " << error.what() << "\n";
        if (!error.hint().empty()) std::cerr << "kluisd: hint: " << error.hint() << "\n";
    }
    return error.kind() == ErrorKind::usage ? kUsage : kFailed;
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app("Serves a vault of evidence that it cannot read.", "kluisd");
    app.footer("Exit status: 0 done, 1 failed or (check) something is missing, 2 wrong usage.");
    app.require_subcommand(1);

    CLI::App* init =
        add_command(app, options, "init", "Make an empty vault, and its key if needed");
    CLI::App* serve = add_command(app, options, "serve", "Serve it, until SIGTERM or SIGINT");
    add_address(*serve, options);
    serve->add_option_function<std::vector<std::string>>(
        "--anchors",
        [&options](const std::vector<std::string>& folders) {
            options.anchors.assign(folders.begin(), folders.end());
        },
        "Folder with anchors.json and cards.json: bundles are sealed only to these cards");
    CLI::App* invite = add_command(app, options, "invite", "Make a one-time invitation");
    add_address(*invite, options);
    invite
        ->add_option("--may-invite", options.may_invite,
                     "How many accounts may come of it beside its own")
        ->check(CLI::Range(0, 1000));
    add_command(app, options, "check", "Read everything, sweep leftovers, report what is missing");

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : kUsage;
    }
    try {
        kluis::server::harden_process();
        if (init->parsed()) return kluis::server::init(options);
        if (serve->parsed()) return kluis::server::serve(options);
        if (invite->parsed()) return kluis::server::invite(options);
        return kluis::server::check(options);
    } catch (const Error& error) {
        return report(options, error);
    } catch (const std::exception& error) {
        return report(options, Error(ErrorKind::internal, error.what()));
    }
}
