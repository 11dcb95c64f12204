#include <kluis/base/text.hpp>

#include <cli/exit_codes.hpp>
#include <cli/usage.hpp>

#include <functional>
#include <memory>

namespace kluis::cli {

namespace {

// Every command below `app` that does something itself, in the order of its definition, with what
// is typed for it.
template <class App>
void collect(App& app, const std::string& before,
             std::vector<std::pair<std::string, App*>>& commands, bool unlisted_too) {
    const std::function<bool(App*)> all;
    for (App* child : app.get_subcommands(all)) {
        // Without a group: another way to a command that is listed.
        if (child->get_group().empty() && !unlisted_too) continue;
        const auto name = before + child->get_name();
        if (child->get_subcommands(all).empty()) {
            commands.emplace_back(name, child);
        } else {
            collect(*child, name + " ", commands, unlisted_too);
        }
    }
}

// Lists every command where CLI11 would list the groups.
class WholeFormatter final : public CLI::Formatter {
  public:
    std::string make_subcommands(const CLI::App* app, CLI::AppFormatMode mode) const override {
        if (app->get_parent() != nullptr) {
            return CLI::Formatter::make_subcommands(app, mode);
        }
        std::vector<std::pair<std::string, const CLI::App*>> commands;
        collect(*app, "", commands, false);
        std::string text =
            "\nCommands (`kluis COMMAND --help` shows its options and an example):\n";
        for (const auto& [name, command] : commands) {
            text += "  " + name + std::string(kColumn - std::min(name.size(), kColumn - 2), ' ') +
                    command->get_description() + "\n";
        }
        return text;
    }

  private:
    static constexpr std::size_t kColumn = 20;
};

// The last command on the line, and its name as typed.
std::pair<const CLI::App*, std::string> meant(const CLI::App& app) {
    const CLI::App* command = &app;
    auto name = app.get_name();
    while (!command->get_subcommands().empty()) {
        command = command->get_subcommands().back();
        name += " " + command->get_name();
    }
    return {command, name};
}

std::string listed(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) {
        text += (text.empty() ? "'" : ", '") + base::printable(word) + "'";
    }
    return text;
}

// CLI11's text as a phrase: "Could not …" begins small, "DOSSIER is required" and "--to" stay.
std::string phrase(std::string text) {
    const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (text.size() > 1 && upper(text[0]) && !upper(text[1])) {
        text[0] = static_cast<char>(text[0] - 'A' + 'a');
    }
    return text;
}

}  // namespace

void complete_help(CLI::App& app) {
    std::vector<std::pair<std::string, CLI::App*>> commands;
    collect(app, "", commands, true);
    for (const auto& [name, command] : commands) {
        command->footer(command->get_footer() + "\n\n" + exit_code_help());
    }
    app.formatter(std::make_shared<WholeFormatter>());
    app.footer(exit_code_help() +
               "KLUIS_HOME names the folder of this person's local state "
               "(default: $XDG_DATA_HOME/kluis).");
}

base::Error usage_error(const CLI::App& app, const CLI::ParseError& error) {
    const auto [command, name] = meant(app);
    const auto unknown = app.remaining(true);
    const std::function<bool(const CLI::App*)> all;
    const bool is_group = !command->get_subcommands(all).empty();
    const auto make = [&name = name](const std::string& message) {
        return base::Error(base::ErrorKind::usage, message, "see `" + name + " --help`");
    };
    if (is_group) {
        return make(unknown.empty() ? "which command of " + name + " is not said"
                                    : listed({unknown.front()}) + " is no command of " + name);
    }
    if (!unknown.empty()) {
        return make(listed(unknown) + (unknown.size() == 1 ? " was" : " were") + " not expected");
    }
    const std::string text = error.what();
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr &&
        text.find(" missing") != std::string::npos) {
        return make(text.substr(0, text.find(':')) + " needs a value");
    }
    return make(phrase(text));
}

}  // namespace kluis::cli
