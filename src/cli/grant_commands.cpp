#include <cli/context.hpp>
#include <cli/people.hpp>
#include <client/share.hpp>

namespace kluis::cli {

namespace {

using base::Json;

Json ids_json(const std::vector<statement::DocumentId>& ids) {
    Json::Array array;
    for (const auto& id : ids) {
        array.emplace_back(statement::to_text(id));
    }
    return array;
}

void grant(const Context& context, const std::vector<std::string>& texts, const std::string& card,
           const std::string& until) {
    auto client = context.open();
    client::Library library(client);
    const auto fingerprint = library.find_card(card);
    require_grantable(client, fingerprint);
    const auto end = parse_end(until, client.now());
    const auto [dossier, documents] = library.find_own(texts);
    client::grant(client, dossier, documents, fingerprint, end);
    Json json{{"documents", ids_json(documents)}, {"granted", statement::to_text(fingerprint)}};
    std::string line = std::to_string(documents.size()) +
                       (documents.size() == 1 ? " document may now be read by "
                                              : " documents may now be read by ") +
                       name_of(client, fingerprint);
    if (end) {
        json["until"] = base::to_string(*end);
        line += " until " + base::to_string(*end) +
                "; then the server gives it no more, but what was read or copied stays";
    }
    context.show(json, {line});
}

void revoke(const Context& context, const std::vector<std::string>& texts,
            const std::string& card) {
    auto client = context.open();
    client::Library library(client);
    const auto [dossier, documents] = library.find_own(texts);
    const auto fingerprint = library.find_grantee(dossier, documents, card);
    client::revoke(client, dossier, documents, fingerprint);
    context.show(
        Json{{"documents", ids_json(documents)}, {"revoked", statement::to_text(fingerprint)}},
        {"revoked; what was read or copied before stays with its reader"});
}

}  // namespace

void add_grant_commands(CLI::App& app, Context& context) {
    auto texts = std::make_shared<std::vector<std::string>>();
    auto card = std::make_shared<std::string>();
    auto until = std::make_shared<std::string>();

    auto* grant_command = app.add_subcommand("grant", "Let a card read single documents of yours");
    grant_command->add_option("DOCUMENT", *texts, "Ids, their beginnings, or titles")->required();
    grant_command->add_option("--to", *card, "A card that you have added")->required();
    grant_command->add_option("--until", *until, "The last day on which they may read them");
    grant_command->callback(
        [&context, texts, card, until] { grant(context, *texts, *card, *until); });
    grant_command->footer("Example: kluis grant 'letter of the school' --to 'my lawyer'");

    auto* revoke_command = app.add_subcommand("revoke", "Let a card read documents no longer");
    revoke_command->add_option("DOCUMENT", *texts, "Ids, their beginnings, or titles")->required();
    revoke_command
        ->add_option("--from", *card,
                     "The card that was granted them: your name for it, or the beginning of its "
                     "fingerprint in `kluis dossier access`")
        ->required();
    revoke_command->callback([&context, texts, card] { revoke(context, *texts, *card); });
    revoke_command->footer("Example: kluis revoke 'letter of the school' --from 'my lawyer'");
}

}  // namespace kluis::cli
