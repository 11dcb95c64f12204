// What every command shares: the options before the command, the person's unlocked account, and
// how results are shown.
//
// Thread-safety: one thread at a time.
#pragma once

#include <kluis/base/json.hpp>

#include <CLI/CLI.hpp>
#include <client/client.hpp>
#include <client/library.hpp>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace kluis::cli {

struct Context {
    bool json = false;
    std::filesystem::path passphrase_file;  // empty: ask at the terminal
    std::vector<std::filesystem::path> anchors;

    // Where the account is, how servers are reached, which anchors count.
    client::Environment environment() const;
    // Unlocks the account of this device; shows its notices on standard error.
    client::Client open() const;
    // Whether there is a passphrase file, or a terminal to ask at.
    bool can_unlock() const;

    // Shows a result: `json_result` with --json, else `lines`, made printable by the caller.
    void show(const base::Json& json_result, const std::vector<std::string>& lines) const;
    // Shows alarms on standard error. Returns whether there were any: the command then ends with
    // the exit code of Error(forged), after it has shown what did verify.
    bool show_alarms(const std::vector<client::Alarm>& alarms) const;
};

// Each adds its commands to `app`. Commands run in callbacks of CLI11 and throw base::Error.
void add_account_commands(CLI::App& app, Context& context);
void add_card_commands(CLI::App& app, Context& context);
void add_dossier_commands(CLI::App& app, Context& context);
void add_dossier_reports(CLI::App& dossier, Context& context);
void add_ownership_commands(CLI::App& dossier, Context& context);
void add_depositor_commands(CLI::App& app, Context& context);
void add_deposit_command(CLI::App& app, Context& context);
void add_document_commands(CLI::App& app, Context& context);
void add_grant_commands(CLI::App& app, Context& context);
void add_bundle_commands(CLI::App& app, Context& context);
void add_commission_commands(CLI::App& app, Context& context);

// A time as a person writes it: `YYYY-MM-DD` (the end of that day, UTC) or `YYYY-MM-DDThh:mm:ssZ`.
// Throws Error(usage).
base::Time parse_until(const std::string& text);

}  // namespace kluis::cli
