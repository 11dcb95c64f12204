#include <kluis/dossier/catalogue.hpp>

#include <client/fetch.hpp>
#include <client/profile.hpp>

namespace kluis::client {

std::optional<dossier::Profile> fetch_profile(Client& client, const OwnerView& view) {
    const auto id = view.profile();
    if (!id) {
        return std::nullopt;
    }
    const auto document = readable(view, *id);
    if (document.metadata.size > dossier::kProfileLimit) {
        throw base::Error(base::ErrorKind::malformed, "the profile is too large to be one");
    }
    base::MemoryWriter content;
    fetch_content(client, document, content, {});
    return dossier::parse_profile(content.bytes());
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
    auto result = deposit(client, dossier, {std::move(item)}, {});
    auto& outcome = result.outcomes.front();
    if (outcome.error) {
        throw base::Error(*outcome.error);
    }
    return *outcome.deposited;
}

}  // namespace kluis::client
