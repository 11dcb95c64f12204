#include <kluis/base/file.hpp>
#include <kluis/base/text.hpp>
#include <kluis/bundle/layout/reader.hpp>

#include <cli/context.hpp>
#include <cli/identities.hpp>
#include <cli/progress.hpp>
#include <client/seal.hpp>

namespace kluis::cli {

namespace {

using base::Error;
using base::ErrorKind;
using base::Json;

// The dossier of the owner's that sealed the bundle in `file`, if this device's account has one.
std::optional<statement::DossierId> sealed_in(client::Library& library, const std::string& file) {
    base::FileReader in(file);
    const auto bundle = bundle::BundleReader(in).info().bundle;
    // A dossier that cannot be looked into matters only if none of the others has the seal.
    std::optional<Error> unknown;
    for (const auto& dossier : library.visible_dossiers()) {
        if (!dossier.pinned || !dossier.is(api::ViewAs::owner)) {
            continue;
        }
        try {
            if (library.owned(dossier.id).state().seal(bundle)) {
                return dossier.id;
            }
        } catch (const Error& error) {
            unknown = error;
        }
    }
    if (unknown) {
        throw Error(*unknown);
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
    const auto dossier = sealed_in(library, file);
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
        if (error.kind() == ErrorKind::unavailable) {
            unknown = "whether it is what you sealed: your server cannot be reached";
        } else if (error.code() == "server-certificate") {
            unknown = "whether it is what you sealed: " + std::string(error.what());
        } else {
            throw;
        }
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
