#include <client/kept_words.hpp>

#include <algorithm>

namespace kluis::client {

namespace {

// What words may take of a keyring, of one dossier and of all.
constexpr std::size_t kWordsOfDossier = 1024 * 1024;
constexpr std::size_t kWordsOfAll = account::kKeyringLimit / 2;

bool has_words(const account::DocumentNote& note) {
    return !note.paper.empty() || note.translation_of || note.redaction_of;
}

std::size_t size_of_words(const account::PinnedDossier& pinned) {
    std::size_t size = 0;
    for (const auto& [document, note] : pinned.notes) {
        size += has_words(note) ? account::size_of(note) : 0;
    }
    return size;
}

std::size_t room_for_words(const account::Keyring& keyring, const DossierId& id) {
    std::size_t of_all = 0;
    for (const auto& [dossier, pinned] : keyring.dossiers) {
        of_all += size_of_words(pinned);
    }
    const auto of_this = size_of_words(keyring.dossiers.at(id));
    return std::min(kWordsOfDossier - std::min(of_this, kWordsOfDossier),
                    kWordsOfAll - std::min(of_all, kWordsOfAll));
}

}  // namespace

bool keep_words(account::Keyring& keyring, const DossierId& id,
                const std::map<DocumentId, OwnedDocument>& documents) {
    auto room = room_for_words(keyring, id);
    auto& notes = keyring.dossiers.at(id).notes;
    bool all = true;
    for (const auto& [document_id, opened] : documents) {
        if (!opened.word || notes.contains(document_id)) {
            continue;
        }
        const account::DocumentNote note{opened.word->paper, opened.word->translation,
                                         opened.word->redaction, std::nullopt};
        const auto size = account::size_of(note);
        if (size > room) {
            all = false;
            continue;
        }
        room -= size;
        notes.emplace(document_id, note);
    }
    return all;
}

}  // namespace kluis::client
