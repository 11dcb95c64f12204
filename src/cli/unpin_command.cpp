// Forgetting a dossier's id that was pinned by mistake.
#include <cli/confirm.hpp>
#include <cli/context.hpp>

namespace kluis::cli {

namespace {

using base::Error;
using base::ErrorKind;
using base::Json;

statement::DossierId find_pinned(const client::Library& library, const std::string& text) {
    try {
        return library.find_dossier(text);
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::untrusted) {
            throw Error(ErrorKind::not_found, "you have not pinned this dossier");
        }
        throw;
    }
}

// Whether the owner has signed that it was erased.
bool is_erased(client::Library& library, const statement::DossierId& id) {
    try {
        library.owned(id);
    } catch (const Error& error) {
        return error.code() == "dossier-erased";
    }
    return false;
}

// What the server lists today is not enough: it may have lost the dossier, and get it back.
bool is_own(const client::Client& client, client::Library& library,
            const statement::DossierId& id) {
    if (client.keyring().dossiers.at(id).owner == client.card()) {
        return !is_erased(library, id);
    }
    return library.find_visible_dossier(statement::to_text(id)).is(api::ViewAs::owner);
}

// Whether more than the id and a name is remembered.
bool is_remembered(const client::Client& client, const statement::DossierId& id) {
    const auto& pinned = client.keyring().dossiers.at(id);
    account::PinnedDossier only_named;
    only_named.name = pinned.name;
    return pinned != only_named || !client.seen(id).empty() ||
           client.keyring().granted.contains(id);
}

void unpin(const Context& context, const std::string& text, bool sure) {
    auto client = context.open();
    client::Library library(client);
    const auto id = find_pinned(library, text);
    if (is_own(client, library, id)) {
        throw Error(ErrorKind::usage,
                    "this dossier is your own: what you remember of it shows whether the server "
                    "keeps all of it",
                    "`kluis dossier pin` gives it another name");
    }
    if (is_remembered(client, id)) {
        const bool noted = !client.keyring().dossiers.at(id).notes.empty();
        const auto what =
            std::string(
                "this forgets what you have seen of the dossier, by which you would notice "
                "that something in it is withheld") +
            (noted ? ", and your notes and exhibit numbers in it" : "");
        require_sure(context, sure, what);
        confirm(context, sure, what);
    }
    client.change_keyring([&](account::Keyring& keyring) {
        keyring.dossiers.erase(id);
        keyring.granted.erase(id);
    });
    std::vector<std::string> lines{
        "unpinned  " + statement::to_text(id),
        "your name for it and what you remembered of it are forgotten; what you may read or "
        "deposit in it is up to its owner"};
    if (client.has_seen(id)) {
        lines.emplace_back("this device alone still knows the last state that it has seen");
    }
    context.show(Json{{"unpinned", statement::to_text(id)}}, lines);
}

}  // namespace

void add_unpin_command(CLI::App& dossier, Context& context) {
    auto text = std::make_shared<std::string>();
    auto sure = std::make_shared<bool>(false);
    auto* command = dossier.add_subcommand(
        "unpin", "Forget a dossier's id that you pinned, and your name for it");
    command->add_option("DOSSIER", *text, "An id, its beginning, a link or your name")->required();
    command->add_flag("--yes", *sure,
                      "You are sure, although something was remembered of it: nothing is asked");
    command->callback([&context, text, sure] { unpin(context, *text, *sure); });
    command->footer("Example: kluis dossier unpin J");
}

}  // namespace kluis::cli
