#include <kluis/base/file.hpp>
#include <kluis/base/text.hpp>
#include <kluis/statement/words.hpp>

#include <cli/context.hpp>
#include <cli/output.hpp>
#include <cli/people.hpp>
#include <cli/progress.hpp>
#include <cli/warnings.hpp>
#include <client/seal.hpp>

namespace kluis::cli {

namespace {

using base::Error;
using base::ErrorKind;
using base::Json;

constexpr std::size_t kLetterLimit = 1024 * 1024;

struct SealOptions {
    std::string dossier;
    std::string set;
    std::vector<std::string> documents;
    std::vector<std::string> without;
    std::string supplements;
    std::string letter;
    std::string again;
    std::string out;

    bool seals_anew() const {
        return !set.empty() || !documents.empty() || !without.empty() || !supplements.empty() ||
               !letter.empty();
    }
};

std::string read_letter(const std::string& file) {
    if (file.empty()) {
        return "";
    }
    const auto bytes = base::read_file(file, kLetterLimit);
    if (!base::is_utf8(bytes)) {
        throw Error(ErrorKind::malformed, "the letter is no UTF-8 text");
    }
    return base::to_string(bytes);
}

client::SealRequest request_of(const client::Client& client, client::Library& library,
                               const SealOptions& options) {
    client::SealRequest request;
    request.dossier = library.find_dossier(options.dossier);
    request.set = client::read_card_set(options.set, client.trust());
    for (const auto& text : options.documents) {
        request.documents.push_back(library.find_document_in(request.dossier, text).id);
    }
    const auto cards = client::trusted_now(client, request.set);
    for (const auto& text : options.without) {
        request.without.push_back(library.find_card_among(cards, text));
    }
    if (!options.supplements.empty()) {
        request.supplements = library.find_bundle(request.dossier, options.supplements);
    }
    request.letter = read_letter(options.letter);
    request.out = options.out;
    return request;
}

// What a person should see before anything is signed: with --json it stands in the result, once
// for all.
class Warnings {
  public:
    explicit Warnings(const Context& context) : context_(context) {}

    void show(const std::vector<dossier::Warning>& warnings) {
        json_.clear();
        for (const auto& warning : warnings) {
            json_.push_back(dossier::to_json(warning));
        }
        if (!context_.json && !shown_) {
            for (const auto& line : warning_lines(warnings)) {
                note("kluis: warning: " + line);
            }
        }
        shown_ = true;
    }
    Json::Array take() { return std::move(json_); }

  private:
    const Context& context_;
    Json::Array json_;
    bool shown_ = false;
};

// Runs `act` with a progress bar.
template <class Act>
auto with_progress(const char* what, const Act& act) {
    Progress progress(what, 0);
    return act([&](std::uint64_t done, std::uint64_t size) {
        progress.of(size);
        progress.at(done);
    });
}

void seal(const Context& context, const SealOptions& options) {
    auto client = context.open();
    client::Library library(client);
    auto request = request_of(client, library, options);
    Warnings warnings(context);
    request.warn = [&](const std::vector<dossier::Warning>& found) { warnings.show(found); };
    const bool test = client.trust().anchors.test;
    if (test) {
        context.notice("this rests on test anchors, given with --anchors");
    }
    const auto sealed = with_progress("sealing", [&](const client::SealProgress& told) {
        return client::seal(client, request, told);
    });
    context.alarm(sealed.alarms);
    for (const auto& warning : sealed.profile_warnings) {
        context.notice(statement::to_text(warning.document) + ": " + warning.text);
    }
    if (sealed.numbered_anew) {
        context.notice(
            "a former owner sealed before: these exhibits are numbered after all of theirs, so a "
            "document may have another number in an earlier bundle");
    }
    std::vector<std::string> lines{"bundle      " + statement::to_text(sealed.bundle),
                                   "documents   " + std::to_string(sealed.documents)};
    Json::Array readers;
    for (const auto& reader : sealed.recipients) {
        readers.emplace_back(statement::to_text(reader));
        lines.push_back("reader      " + name_of(client, reader));
    }
    lines.push_back("four words  " + statement::four_words(sealed.head));
    lines.emplace_back(
        "the bundle was read back: it is what you sealed, and its readers can open it");
    context.show(Json{{"bundle", statement::to_text(sealed.bundle)},
                      {"documents", sealed.documents},
                      {"file", options.out},
                      {"manifest", base::hex_encode(sealed.manifest)},
                      {"readers", std::move(readers)},
                      {"recipients", sealed.recipients.size()},
                      {"test", test},
                      {"warnings", warnings.take()},
                      {"words", statement::four_words(sealed.head)}},
                 lines);
}

// Gets a bundle that was sealed before, such as one whose download failed.
void seal_again(const Context& context, const SealOptions& options) {
    auto client = context.open();
    client::Library library(client);
    const auto dossier = library.find_dossier(options.dossier);
    const auto bundle = library.find_bundle(dossier, options.again);
    with_progress("receiving", [&](const client::SealProgress& told) {
        client::fetch_bundle(client, dossier, bundle, options.out, told);
    });
    context.show(Json{{"bundle", statement::to_text(bundle)}, {"file", options.out}},
                 {"bundle      " + statement::to_text(bundle),
                  "the bundle was read back and is what you sealed"});
}

void run(const Context& context, const SealOptions& options) {
    if (!options.again.empty()) {
        if (options.seals_anew()) {
            throw Error(ErrorKind::usage, "--again gets a bundle as it was sealed",
                        "give the dossier, --again BUNDLE-ID and -o FILE, and nothing else");
        }
        return seal_again(context, options);
    }
    if (options.set.empty()) {
        throw Error(ErrorKind::usage, "for whom to seal is not said", "give --to CARDSET");
    }
    seal(context, options);
}

}  // namespace

void add_seal_command(CLI::App& app, Context& context) {
    auto options = std::make_shared<SealOptions>();
    auto* command = app.add_subcommand("seal", "Seal a dossier for a commission");
    command->add_option("DOSSIER", options->dossier, "An id, its beginning, a link or your name")
        ->required();
    command->add_option("--to", options->set, "The commission's card set, a file");
    command
        ->add_option("--document", options->documents,
                     "A document to seal; may be repeated; else all that stand")
        ->allow_extra_args(false);
    command
        ->add_option("--without", options->without,
                     "A card in the set that must not receive it: its fingerprint or the beginning "
                     "of it, a file, or your name for it")
        ->allow_extra_args(false);
    command->add_option("--supplements", options->supplements,
                        "The id of an earlier bundle that this one adds to, or its beginning");
    command->add_option("--letter", options->letter, "A cover letter, a text file");
    command->add_option("--again", options->again,
                        "The id of a bundle sealed in the last 30 days, to get it once more");
    command->add_option("-o,--output", options->out, "The bundle to write, FILE.kluis")->required();
    command->callback([&context, options] { run(context, *options); });
    command->footer(
        "Examples:\n"
        "  kluis seal 'my dossier' --to cards.json -o case.kluis\n"
        "  kluis seal 'my dossier' --again abcd -o case.kluis");
}

}  // namespace kluis::cli
