// kluis: the vault from the command line.
#include <cli/age_commands.hpp>
#include <cli/context.hpp>
#include <cli/exit_codes.hpp>
#include <cli/output.hpp>
#include <cli/usage.hpp>

#include <algorithm>
#include <clocale>
#include <exception>
#include <new>

namespace {

using namespace kluis;

void add_commands(CLI::App& app, cli::Context& context) {
    cli::add_age_commands(app, {context.json, context.passphrase_file});
    cli::add_account_commands(app, context);
    cli::add_card_commands(app, context);
    cli::add_dossier_commands(app, context);
    cli::add_depositor_commands(app, context);
    cli::add_deposit_command(app, context);
    cli::add_document_commands(app, context);
    cli::add_grant_commands(app, context);
    cli::add_seal_command(app, context);
    cli::add_bundle_commands(app, context);
    cli::add_commission_commands(app, context);
}

void add_options(CLI::App& app, cli::Context& context) {
    app.require_subcommand(1);
    app.fallthrough();
    app.set_version_flag("--version", "kluis " KLUIS_VERSION);
    app.add_flag("--json", context.json, "Show results and errors as JSON");
    app.add_option("--passphrase-file", context.passphrase_file,
                   "A file that holds the passphrase; else it is asked for");
    app.add_option("--anchors", context.anchors,
                   "A folder with further trust anchors; what rests on them is marked as a test")
        ->allow_extra_args(false);
}

// Whether errors are shown as JSON, also those of a command line that was not read to its end.
bool wants_json(int count, char** arguments) {
    return std::any_of(arguments, arguments + count,
                       [](const char* argument) { return std::string_view(argument) == "--json"; });
}

}  // namespace

int main(int count, char** arguments) {
    // libarchive names members by the locale's character set.
    std::setlocale(LC_CTYPE, "C.UTF-8");
    cli::Context context;
    CLI::App app("Bewijskluis: an end-to-end encrypted evidence vault", "kluis");
    const auto report = [&](const base::Error& error) {
        return cli::report(error, context.json, context.remarks->notices);
    };
    try {
        add_options(app, context);
        add_commands(app, context);
        cli::complete_help(app);
        app.parse(count, arguments);
        if (!context.remarks->alarms.empty()) {
            throw base::Error(base::ErrorKind::forged, "the dossier gives an alarm",
                              "what is shown did verify; what is named in the alarm did not");
        }
        return cli::kExitDone;
    } catch (const CLI::Success& success) {
        return app.exit(success);
    } catch (const CLI::ParseError& error) {
        return cli::report(cli::usage_error(app, error), wants_json(count, arguments));
    } catch (const base::Error& error) {
        return report(error);
    } catch (const std::bad_alloc&) {
        return cli::report_other("there is not enough memory", context.json);
    } catch (const std::exception& error) {
        return cli::report_other(error.what(), context.json);
    }
}
