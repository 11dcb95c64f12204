#include <kluis/dossier/catalogue.hpp>

#include <client/fetch.hpp>
#include <client/profile.hpp>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;

dossier::Profile read_profile(Client& client, const OwnerView& view, const DocumentId& id) {
    const auto document = readable(view, id);
    if (document.metadata.size > dossier::kProfileLimit) {
        throw Error(ErrorKind::limit, "it is too large to be one");
    }
    base::MemoryWriter content;
    fetch_content(client, document, content, {});
    return dossier::parse_profile(content.bytes());
}

bool is_unreadable(const Error& error) {
    return error.kind() == ErrorKind::malformed || error.kind() == ErrorKind::limit ||
           error.kind() == ErrorKind::forged;
}

}  // namespace

FoundProfile fetch_profile(Client& client, const OwnerView& view) {
    FoundProfile found;
    for (const auto& id : view.profiles()) {
        try {
            found.profile = read_profile(client, view, id);
        } catch (const Error& error) {
            if (!is_unreadable(error)) {
                throw;
            }
            found.warnings.push_back(
                {id,
                 std::string("this profile cannot be read, and does not count: ") + error.what()});
            continue;
        }
        found.document = id;
        const auto& depositor = view.documents().at(id).state.depositor;
        if (depositor != client.me()) {
            found.warnings.push_back({id, "this profile counts, and was deposited by card " +
                                              statement::to_text(depositor) + ", not by you"});
        }
        break;
    }
    return found;
}

Deposited deposit_profile(Client& client, const DossierId& dossier,
                          const dossier::Profile& profile) {
    dossier::Metadata metadata;
    metadata.title = "Profile";
    metadata.name = "profile.json";
    metadata.type = "application/json";
    metadata.kind = dossier::kProfileKind;
    return deposit_made(client, dossier, dossier::encode(profile), std::move(metadata));
}

Deposited deposit_made(Client& client, const DossierId& dossier, base::Bytes content,
                       dossier::Metadata metadata) {
    DepositItem item;
    item.file = metadata.name;
    item.content = std::move(content);
    item.metadata = std::move(metadata);
    item.made = true;
    auto result = deposit(client, dossier, {std::move(item)}, {});
    auto& outcome = result.outcomes.front();
    if (outcome.error) {
        throw base::Error(*outcome.error);
    }
    return *outcome.deposited;
}

}  // namespace kluis::client
