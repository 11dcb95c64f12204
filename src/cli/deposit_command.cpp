#include <kluis/base/file.hpp>
#include <kluis/base/text.hpp>
#include <kluis/dossier/table.hpp>
#include <kluis/statement/words.hpp>

#include <cli/context.hpp>
#include <cli/output.hpp>
#include <cli/progress.hpp>
#include <client/deposit.hpp>

namespace kluis::cli {

namespace {

using base::Error;
using base::ErrorKind;
using base::Json;

// The options of one deposit, as typed.
struct Options {
    std::string dossier;
    std::vector<std::string> files;
    std::string table;
    std::string title, kind, from, to, issuer, language, note, original_at, subject, preview;
    std::string translation_of, redaction_of;
    std::vector<std::string> criteria;
};

// Documents that a table or option refers to, as the depositor names them.
class References {
  public:
    References(client::Client& client, const statement::DossierId& dossier, bool own)
        : library_(client), dossier_(dossier), own_(own) {}

    // Nothing for an empty text. A depositor who is not the owner sees no document, and names one
    // by its whole id.
    std::optional<statement::DocumentId> find(const std::string& text) {
        if (text.empty()) {
            return std::nullopt;
        }
        if (own_) {
            return library_.find_document_in(dossier_, text).id;
        }
        try {
            return statement::parse_id<statement::DocumentId>(text);
        } catch (const Error&) {
            throw Error(ErrorKind::usage, "'" + base::printable(text) + "' is no document's id",
                        "you see no document of this dossier, so give the whole id, as it was "
                        "shown when you deposited it");
        }
    }

  private:
    client::Library library_;
    statement::DossierId dossier_;
    bool own_;
};

client::DepositItem item_of(const dossier::TableRow& row, const std::filesystem::path& folder,
                            References& references) {
    client::DepositItem item;
    item.file = folder / row.file;
    item.metadata.title = row.title;
    item.metadata.kind = row.kind;
    item.metadata.criteria = row.criteria;
    item.metadata.period = row.period;
    item.metadata.issuer = row.issuer;
    item.metadata.language = row.language;
    item.metadata.note = row.note;
    item.metadata.subject = row.subject;
    item.word.paper = row.original_at;
    item.word.translation = references.find(row.translation_of);
    item.word.redaction = references.find(row.redaction_of);
    item.metadata.translation = item.word.translation.has_value();
    item.metadata.redaction = item.word.redaction.has_value();
    if (!row.preview.empty()) {
        item.preview = folder / row.preview;
    }
    return item;
}

std::vector<client::DepositItem> items_of(const Options& options, References& references) {
    std::vector<client::DepositItem> items;
    if (!options.table.empty()) {
        const auto rows =
            dossier::parse_table(base::read_file(options.table, dossier::kTableLimit));
        const auto folder = std::filesystem::path(options.table).parent_path();
        for (const auto& row : rows) {
            items.push_back(item_of(row, folder, references));
        }
        return items;
    }
    dossier::TableRow row;
    row.title = options.title;
    row.kind = options.kind;
    row.criteria.insert(options.criteria.begin(), options.criteria.end());
    row.period = {parse_day(options.from, "--from"), parse_day(options.to, "--to")};
    row.issuer = options.issuer;
    row.language = options.language;
    row.note = options.note;
    row.original_at = options.original_at;
    row.subject = options.subject;
    row.preview = options.preview;
    row.translation_of = options.translation_of;
    row.redaction_of = options.redaction_of;
    for (const auto& file : options.files) {
        row.file = file;
        items.push_back(item_of(row, {}, references));
    }
    return items;
}

void require_sense(const Options& options) {
    if (options.files.empty() == options.table.empty()) {
        throw Error(ErrorKind::usage, "give either files or --table FILE.csv");
    }
    if (options.files.size() > 1 && (!options.title.empty() || !options.preview.empty())) {
        throw Error(ErrorKind::usage, "a title or preview is for one file",
                    "deposit the files one by one, or use --table");
    }
}

// What is odd about a description: shown, never a reason to refuse.
std::vector<std::string> warnings_of(const dossier::Metadata& metadata,
                                     const std::string& jurisdiction, base::Date today) {
    std::vector<std::string> texts;
    if (const auto* known = dossier::catalogue().jurisdiction(jurisdiction)) {
        auto described = metadata;
        if (described.kind.empty()) {
            described.kind = dossier::kOtherKind;
        }
        for (const auto& warning : dossier::warnings(described, *known, today)) {
            if (warning.code != "type-unclear") {
                texts.push_back(dossier::sentence(warning, "en"));
            }
        }
    }
    return texts;
}

void show_result(const Context& context, const std::vector<client::DepositItem>& items,
                 const client::DepositResult& result,
                 const std::vector<std::vector<std::string>>& warnings) {
    constexpr std::size_t kShownWarnings = 20;  // of more files, the results would be lost
    Json::Array array;
    std::vector<std::string> lines;
    std::size_t unshown = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto& outcome = result.outcomes[i];
        const auto file = items[i].file.string();
        Json json{{"file", base::is_utf8(base::as_bytes(file)) ? file : base::printable(file)}};
        if (outcome.deposited) {
            json["document"] = statement::to_text(outcome.deposited->document);
            json["statement"] = base::hex_encode(outcome.deposited->statement);
            lines.push_back(statement::to_text(outcome.deposited->document) + "  " +
                            base::printable(file));
        } else {
            json["error"] = error_json(*outcome.error);
            lines.push_back("not deposited               " + base::printable(file) + ": " +
                            base::printable(outcome.error->what()));
        }
        Json::Array texts;
        for (const auto& text : warnings[i]) {
            texts.emplace_back(text);
            if (items.size() <= kShownWarnings) {
                lines.push_back("  note: " + text);
            } else {
                ++unshown;
            }
        }
        json["warnings"] = std::move(texts);
        array.push_back(std::move(json));
    }
    if (unshown > 0) {
        lines.push_back(std::to_string(unshown) +
                        " note(s) on the descriptions, which --json shows");
    }
    const auto words = statement::four_words(result.head);
    lines.push_back("the dossier's state in four words: " + words);
    context.show(Json{{"documents", std::move(array)},
                      {"head", base::hex_encode(result.head)},
                      {"words", words}},
                 lines);
}

void run(const Context& context, const Options& options) {
    require_sense(options);
    auto client = context.open();
    const auto dossier = client::Library(client).find_dossier(options.dossier);
    const auto target = client::fetch_deposit_target(client, dossier);
    References references(client, dossier, target.own.has_value());
    const auto items = items_of(options, references);
    std::vector<std::vector<std::string>> warnings;
    std::uint64_t total = 0;
    for (const auto& item : items) {
        warnings.push_back(
            warnings_of(item.metadata, target.jurisdiction, base::date_of(client.now())));
        std::error_code ignored;
        const auto size = std::filesystem::file_size(item.file, ignored);
        total += ignored ? 0 : size;
    }
    Progress progress("depositing", total);
    const auto result = client::deposit(
        client, dossier, items, [&](std::size_t, std::uint64_t bytes) { progress.at(bytes); });
    progress.done();
    if (items.size() == 1 && result.outcomes.front().error) {
        throw Error(*result.outcomes.front().error);
    }
    show_result(context, items, result, warnings);
    for (const auto& outcome : result.outcomes) {
        if (outcome.error) {
            throw Error(*outcome.error);
        }
    }
}

void add_description(CLI::App& command, Options& options) {
    command.add_option("--title", options.title, "What it is, in one line; else the file's name");
    command.add_option("--kind", options.kind, "The kind of evidence, such as letter-of-support");
    command
        .add_option("--criterion", options.criteria,
                    "A criterion that it supports; may be repeated")
        ->allow_extra_args(false);
    command.add_option("--from", options.from, "The first day that it is about, YYYY-MM-DD");
    command.add_option("--to", options.to, "The last day that it is about, YYYY-MM-DD");
    command.add_option("--issuer", options.issuer, "Who made it");
    command.add_option("--language", options.language, "Its language, such as nl or ar");
    command.add_option("--note", options.note, "A note for whoever reads it");
    command.add_option("--original-at", options.original_at,
                       "Where the paper original is: for the owner, and for whoever opens a bundle "
                       "that is sealed later");
    command.add_option("--translation-of", options.translation_of,
                       "The document that it translates; not your own dossier: its whole id");
    command.add_option("--redaction-of", options.redaction_of,
                       "The document that it is a redaction of; likewise");
    command.add_option("--subject", options.subject, "Whose it is, in a family");
    command.add_option("--preview", options.preview, "A small picture of it");
}

}  // namespace

void add_deposit_command(CLI::App& app, Context& context) {
    auto options = std::make_shared<Options>();
    auto* command = app.add_subcommand("deposit", "Put evidence into a dossier");
    command->add_option("DOSSIER", options->dossier, "An id, its beginning, a link or your name")
        ->required();
    command->add_option("FILE", options->files, "The files to deposit");
    command->add_option("--table", options->table,
                        "A CSV file with a row for each file; columns as the options, and `file`");
    add_description(*command, *options);
    command->callback([&context, options] { run(context, *options); });
    command->footer(
        "Examples:\n"
        "  kluis deposit 'my dossier' diploma.pdf --kind diploma --criterion raised-and-schooled\n"
        "  kluis deposit J --table scans.csv");
}

}  // namespace kluis::cli
