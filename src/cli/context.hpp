// What every command shares: the options before the command, the person's unlocked account, and
// how results are shown, with what there is to say beside them.
//
// Thread-safety: one thread at a time.
#pragma once

#include <kluis/base/json.hpp>

#include <CLI/CLI.hpp>
#include <cli/progress.hpp>
#include <client/client.hpp>
#include <client/library.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace kluis::cli {

// What a person should know beside the result of a command.
struct Remarks {
    std::vector<std::string> notices;
    std::vector<client::Alarm> alarms;
    std::optional<Working> working;  // from when an account was unlocked
};

struct Context {
    bool json = false;
    std::filesystem::path passphrase_file;  // empty: ask at the terminal
    std::vector<std::filesystem::path> anchors;

    // Where the account is, how servers are reached, which anchors count.
    client::Environment environment() const;
    // Unlocks the account of this device, and passes its notices on.
    client::Client open() const;
    // Whether there is a passphrase file, or a terminal to ask at.
    bool can_unlock() const;

    // Shows a result: `json_result` with --json, else `lines`, made printable by the caller. With
    // --json, notices and alarms so far become its members `notices` and `alarms`, where there are
    // any.
    void show(base::Json json_result, const std::vector<std::string>& lines) const;
    // The line that show() writes with --json.
    std::string json_text(base::Json json_result) const;
    // Something that a person should know: on standard error, or with --json beside the result.
    void notice(const std::string& text) const;
    // Likewise for alarms. Where there was one, the command ends with the exit code of
    // Error(forged), after it has shown what did verify.
    void alarm(const std::vector<client::Alarm>& alarms) const;

    // Filled while a command runs.
    std::shared_ptr<Remarks> remarks = std::make_shared<Remarks>();
};

// Each adds its commands to `app`. Commands run in callbacks of CLI11 and throw base::Error.
void add_account_commands(CLI::App& app, Context& context);
void add_card_commands(CLI::App& app, Context& context);
void add_dossier_commands(CLI::App& app, Context& context);
void add_dossier_reports(CLI::App& dossier, Context& context);
void add_ownership_commands(CLI::App& dossier, Context& context);
void add_unpin_command(CLI::App& dossier, Context& context);
void add_depositor_commands(CLI::App& app, Context& context);
void add_deposit_command(CLI::App& app, Context& context);
void add_document_commands(CLI::App& app, Context& context);
void add_document_acts(CLI::App& document, Context& context);
void add_grant_commands(CLI::App& app, Context& context);
void add_seal_command(CLI::App& app, Context& context);
void add_bundle_commands(CLI::App& app, Context& context);
void add_commission_commands(CLI::App& app, Context& context);

// A time as a person writes it: `YYYY-MM-DD` (the end of that day, UTC) or `YYYY-MM-DDThh:mm:ssZ`.
// Throws Error(usage).
base::Time parse_until(const std::string& text);
// The same, which must lie after `now`; nothing for an empty text.
std::optional<base::Time> parse_end(const std::string& text, base::Time now);
// A day as a person writes it after `option`; nothing for an empty text. Throws Error(usage).
std::optional<base::Date> parse_day(const std::string& text, const char* option);

// A fingerprint as a person reads it out: in groups, in any case. Throws Error(usage).
statement::Fingerprint parse_read_out(const std::string& text);

}  // namespace kluis::cli
