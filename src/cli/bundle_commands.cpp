#include <kluis/base/file.hpp>
#include <kluis/base/text.hpp>
#include <kluis/bundle/layout/reader.hpp>
#include <kluis/dossier/sealing_check.hpp>
#include <kluis/statement/words.hpp>

#include <cli/context.hpp>
#include <cli/identities.hpp>
#include <cli/progress.hpp>
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
    std::string out;
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

void seal(const Context& context, const SealOptions& options) {
    auto client = context.open();
    client::Library library(client);
    client::SealRequest request;
    request.dossier = library.find_dossier(options.dossier);
    request.set = client::read_card_set(options.set, client.trust());
    for (const auto& text : options.documents) {
        request.documents.push_back(
            library.find_document(statement::to_text(request.dossier) + "/" + text).id);
    }
    for (const auto& text : options.without) {
        request.without.push_back(statement::parse_id<statement::Fingerprint>(text));
    }
    if (!options.supplements.empty()) {
        request.supplements = statement::parse_id<statement::BundleId>(options.supplements);
    }
    request.letter = read_letter(options.letter);
    request.out = options.out;
    Progress progress("sealing", 0);
    const auto sealed = client::seal(client, request, [&](std::uint64_t done, std::uint64_t size) {
        progress.of(size);
        progress.at(done);
    });
    progress.done();
    context.show(Json{{"bundle", statement::to_text(sealed.bundle)},
                      {"documents", sealed.documents},
                      {"file", options.out},
                      {"manifest", base::hex_encode(sealed.manifest)},
                      {"recipients", sealed.recipients},
                      {"words", statement::four_words(sealed.head)}},
                 {"bundle      " + statement::to_text(sealed.bundle),
                  "documents   " + std::to_string(sealed.documents),
                  "readers     " + std::to_string(sealed.recipients),
                  "four words  " + statement::four_words(sealed.head),
                  "the bundle was read back: it is what you sealed, and its readers can open it"});
}

// The dossier of the owner's that sealed the bundle in `file`, if this device's account has one.
std::optional<statement::DossierId> sealed_in(client::Client& client, client::Library& library,
                                              const std::string& file) {
    base::FileReader in(file);
    const auto bundle = bundle::BundleReader(in).info().bundle;
    for (const auto& dossier : library.dossiers()) {
        const bool own = std::ranges::find(dossier.as, api::ViewAs::owner) != dossier.as.end() &&
                         client.keyring().dossiers.contains(dossier.id);
        if (own && library.owned(dossier.id).state().seal(bundle)) {
            return dossier.id;
        }
    }
    return std::nullopt;
}

// Against the owner's dossier, if there is an account here that sealed the bundle and can be
// unlocked.
std::optional<bundle::Verification> verify_as_owner(const Context& context, const std::string& file,
                                                    const bundle::Progress& progress) {
    if (!context.environment().home.account() || !context.can_unlock()) {
        return std::nullopt;
    }
    auto client = context.open();
    client::Library library(client);
    const auto dossier = sealed_in(client, library, file);
    if (!dossier) {
        return std::nullopt;
    }
    return bundle::verify_as_owner(file, library.owned(*dossier).replay(), progress);
}

bundle::Verification verify_without_identity(const Context& context, const std::string& file,
                                             const bundle::Progress& progress) {
    std::string unknown;
    try {
        if (auto verification = verify_as_owner(context, file, progress)) {
            return *verification;
        }
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::unavailable) {
            throw;
        }
        unknown = "whether it is what you sealed: your server cannot be reached";
    }
    auto verification = bundle::verify_form(file, progress);
    if (!unknown.empty()) {
        verification.not_proved.push_back(unknown);
    }
    return verification;
}

void verify(const Context& context, const std::string& file, const std::string& identity) {
    Progress progress("verifying", 0);
    const auto told = [&](std::uint64_t done, std::uint64_t size) {
        progress.of(size);
        progress.at(done);
    };
    const auto verification =
        identity.empty()
            ? verify_without_identity(context, file, told)
            : bundle::verify_fully(file, read_identities(context.passphrase_file, identity),
                                   context.environment().trust, nullptr, told)
                  .verification;
    progress.done();
    context.show(bundle::to_json(verification), bundle::describe(verification));
}

void open(const Context& context, const std::string& file, const std::string& identity,
          const std::string& out) {
    const auto secrets = read_identities(context.passphrase_file, identity);
    Progress progress("opening", 0);
    const auto opened = bundle::open_to_folder(file, secrets, context.environment().trust, out,
                                               [&](std::uint64_t done, std::uint64_t size) {
                                                   progress.of(size);
                                                   progress.at(done);
                                               });
    progress.done();
    auto json = bundle::to_json(opened.verification);
    json["folder"] = out;
    auto lines = bundle::describe(opened.verification);
    lines.push_back("opened to " + base::printable(out));
    context.show(json, lines);
}

}  // namespace

void add_bundle_commands(CLI::App& app, Context& context) {
    auto options = std::make_shared<SealOptions>();
    auto* seal_command = app.add_subcommand("seal", "Seal a dossier for a commission");
    seal_command
        ->add_option("DOSSIER", options->dossier, "An id, its beginning, a link or your name")
        ->required();
    seal_command->add_option("--to", options->set, "The commission's card set, a file")->required();
    seal_command
        ->add_option("--document", options->documents,
                     "A document to seal; may be repeated; else all that stand")
        ->allow_extra_args(false);
    seal_command
        ->add_option("--without", options->without,
                     "The fingerprint of a card in the set that must not receive it")
        ->allow_extra_args(false);
    seal_command->add_option("--supplements", options->supplements,
                             "The id of an earlier bundle that this one adds to");
    seal_command->add_option("--letter", options->letter, "A cover letter, a text file");
    seal_command->add_option("-o,--output", options->out, "The bundle to write, FILE.kluis")
        ->required();
    seal_command->callback([&context, options] { seal(context, *options); });
    seal_command->footer("Example: kluis seal 'my dossier' --to cards.json -o case.kluis");

    auto file = std::make_shared<std::string>();
    auto identity = std::make_shared<std::string>();
    auto out = std::make_shared<std::string>();
    auto* verify_command = app.add_subcommand("verify", "Verify a bundle, and say how far");
    verify_command->add_option("FILE", *file, "A bundle")->required();
    verify_command->add_option("-i,--identity", *identity, "A reader's identity file");
    verify_command->callback([&context, file, identity] { verify(context, *file, *identity); });
    verify_command->footer("Example: kluis verify case.kluis -i member.txt");

    auto* open_command = app.add_subcommand("open", "Verify a bundle and open it to a folder");
    open_command->add_option("FILE", *file, "A bundle")->required();
    open_command->add_option("-i,--identity", *identity, "A reader's identity file")->required();
    open_command->add_option("-o,--output", *out, "The folder to make")->required();
    open_command->callback(
        [&context, file, identity, out] { open(context, *file, *identity, *out); });
    open_command->footer("Example: kluis open case.kluis -i member.txt -o case");
}

}  // namespace kluis::cli
