#include <kluis/base/file.hpp>

#include <cli/confirm.hpp>
#include <cli/context.hpp>
#include <client/ownership.hpp>

namespace kluis::cli {

namespace {

using base::Error;
using base::ErrorKind;
using base::Json;

void consent(const Context& context, const std::string& text, const std::string& from,
             const std::string& out) {
    auto client = context.open();
    const client::Library library(client);
    const auto id = library.find_dossier_or_new(text);
    const auto owner = library.find_card(from);
    const auto envelope = client::make_consent(client, id, owner);
    auto bytes = statement::encode(envelope);
    base::append(bytes, "\n");
    base::write_file(out, bytes, base::FileMode::shared, base::Replace::no);
    context.show(Json{{"dossier", statement::to_text(id)}, {"file", out}},
                 {"give this file to the present owner"});
}

statement::Envelope read_consent(const std::string& file) {
    auto bytes = base::read_file(file, statement::kEnvelopeLimit);
    if (!bytes.empty() && bytes.back() == '\n') {
        bytes.pop_back();
    }
    try {
        return statement::parse_envelope(bytes);
    } catch (const Error& error) {
        throw Error(error.kind(), "this file is no consent: " + std::string(error.what()),
                    "the new owner makes it with `kluis dossier consent`");
    }
}

void transfer(const Context& context, const std::string& text, const std::string& file) {
    auto client = context.open();
    const auto id = client::Library(client).find_dossier(text);
    client::transfer_dossier(client, id, read_consent(file));
    context.show(Json{{"dossier", statement::to_text(id)}, {"transferred", true}},
                 {"the dossier belongs to the new owner now; you have no rights in it any more"});
}

void erase(const Context& context, const std::string& text, bool sure) {
    require_sure(context, sure, "this destroys every document of the dossier, for ever");
    auto client = context.open();
    const auto id = client::Library(client).find_dossier(text);
    const auto& name = client.keyring().dossiers.at(id).name;
    confirm(context, sure,
            "this destroys every document of the dossier '" +
                (name.empty() ? statement::to_text(id) : name) + "', for ever");
    client::erase_dossier(client, id);
    context.show(Json{{"dossier", statement::to_text(id)}, {"erased", true}}, {"erased"});
}

}  // namespace

void add_ownership_commands(CLI::App& dossier, Context& context) {
    auto text = std::make_shared<std::string>();
    auto other = std::make_shared<std::string>();
    auto out = std::make_shared<std::string>();
    auto sure = std::make_shared<bool>(false);

    auto* consent_command =
        dossier.add_subcommand("consent", "Agree to take over a dossier from its owner");
    consent_command->add_option("DOSSIER", *text, "Its id in full, its link, or your name for it")
        ->required();
    consent_command->add_option("--from", *other, "The present owner's card")->required();
    consent_command->add_option("-o,--output", *out, "The file to write")->required();
    consent_command->callback(
        [&context, text, other, out] { consent(context, *text, *other, *out); });
    consent_command->footer("Example: kluis dossier consent LINK --from mother -o consent.json");

    auto* transfer_command =
        dossier.add_subcommand("transfer", "Hand your dossier over to a card that consented");
    transfer_command->add_option("DOSSIER", *text, "An id, its beginning, a link or your name")
        ->required();
    transfer_command->add_option("--consent", *other, "The file from the new owner")->required();
    transfer_command->callback([&context, text, other] { transfer(context, *text, *other); });
    transfer_command->footer("Example: kluis dossier transfer 'my dossier' --consent consent.json");

    auto* erase_command =
        dossier.add_subcommand("erase", "Destroy a dossier of your own, for ever");
    erase_command->add_option("DOSSIER", *text, "An id, its beginning, a link or your name")
        ->required();
    erase_command->add_flag("--yes", *sure, "You are sure: nothing is asked");
    erase_command->callback([&context, text, sure] { erase(context, *text, *sure); });
    erase_command->footer("Example: kluis dossier erase 'my dossier' --yes");
}

}  // namespace kluis::cli
