#include <client/exhibits.hpp>

#include <algorithm>
#include <tuple>

namespace kluis::client {

namespace {

// The order in which documents without a number get one: by the beginning of their period (those
// without one last), then by deposit, then by id.
auto order_of(const OwnedDocument& document) {
    const auto& period = document.metadata.period;
    const auto from = period.from ? period.from : period.to;
    return std::tuple(!from.has_value(), from.value_or(base::Date{}), document.state.deposited,
                      document.state.id);
}

}  // namespace

std::map<DocumentId, std::uint64_t> exhibit_numbers(Client& client, const OwnerView& view,
                                                    const std::vector<DocumentId>& documents) {
    auto ordered = documents;
    std::ranges::sort(ordered, {},
                      [&](const DocumentId& id) { return order_of(view.documents().at(id)); });
    client.change_keyring([&](account::Keyring& keyring) {
        auto& notes = keyring.dossiers.at(view.id()).notes;
        std::uint64_t highest = numbers_of_former_owners(view.replay());
        for (const auto& [id, note] : notes) {
            highest = std::max(highest, note.exhibit.value_or(0));
        }
        for (const auto& id : ordered) {
            // What was no note until now says nothing of why it has no words.
            const auto& word = view.documents().at(id).word;
            const bool left_out = !notes.contains(id) && word && !word->empty();
            auto& note = notes[id];
            note.left_out = note.left_out || left_out;
            if (!note.exhibit) {
                note.exhibit = ++highest;
            }
        }
    });
    const auto& notes = client.keyring().dossiers.at(view.id()).notes;
    std::map<DocumentId, std::uint64_t> numbers;
    for (const auto& id : documents) {
        numbers[id] = *notes.at(id).exhibit;
    }
    return numbers;
}

std::uint64_t numbers_of_former_owners(const chain::Replay& replay) {
    std::uint64_t highest = 0;
    std::uint64_t deposits = 0;
    bool sealed = false;
    for (const auto& link : replay.links()) {
        if (link.void_because) {
            continue;
        }
        const auto& act = link.statement.statement.act;
        if (std::holds_alternative<statement::DocumentDeposit>(act)) {
            ++deposits;
        } else if (std::holds_alternative<statement::BundleSeal>(act)) {
            sealed = true;
        } else if (std::holds_alternative<statement::DossierTransfer>(act) && sealed) {
            highest += deposits;
        }
    }
    return highest;
}

}  // namespace kluis::client
