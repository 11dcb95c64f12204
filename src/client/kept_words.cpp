#include <client/kept_words.hpp>

#include <algorithm>

namespace kluis::client {

namespace {

using Notes = std::map<DocumentId, account::DocumentNote>;

// What words may take of a keyring, of one dossier and of all.
constexpr std::size_t kWordsOfDossier = 1024 * 1024;
constexpr std::size_t kWordsOfAll = account::kKeyringLimit / 2;

bool has_words(const account::DocumentNote& note) {
    return !note.paper.empty() || note.translation_of || note.redaction_of;
}

bool says_nothing(const std::optional<dossier::Word>& word) {
    return !word || word->empty();
}

std::size_t size_of_words(const Notes& notes) {
    std::size_t size = 0;
    for (const auto& [document, note] : notes) {
        size += has_words(note) ? account::size_of(note) : 0;
    }
    return size;
}

std::size_t room_for_words(const account::Keyring& keyring, const DossierId& id) {
    std::size_t of_all = 0;
    for (const auto& [dossier, pinned] : keyring.dossiers) {
        of_all += size_of_words(pinned.notes);
    }
    const auto of_this = size_of_words(keyring.dossiers.at(id).notes);
    return std::min(kWordsOfDossier - std::min(of_this, kWordsOfDossier),
                    kWordsOfAll - std::min(of_all, kWordsOfAll));
}

void forget_erased(Notes& notes, const chain::State& state) {
    for (auto note = notes.begin(); note != notes.end();) {
        const auto found = state.documents().find(note->first);
        if (found == state.documents().end() || !found->second.erased) {
            ++note;
        } else if (const auto exhibit = note->second.exhibit) {
            note->second = {};
            note->second.exhibit = exhibit;
            ++note;
        } else {
            note = notes.erase(note);
        }
    }
}

}  // namespace

account::DocumentNote note_of(const account::PinnedDossier& pinned, const DocumentId& id,
                              const OwnedDocument& document) {
    const auto found = pinned.notes.find(id);
    auto note = found == pinned.notes.end() ? account::DocumentNote{} : found->second;
    if ((found == pinned.notes.end() || note.left_out) && document.word) {
        note.paper = document.word->paper;
        note.translation_of = document.word->translation;
        note.redaction_of = document.word->redaction;
        note.left_out = false;
    }
    return note;
}

bool keep_words(account::Keyring& keyring, const DossierId& id, const chain::State& state,
                const std::map<DocumentId, OwnedDocument>& documents) {
    auto& pinned = keyring.dossiers.at(id);
    forget_erased(pinned.notes, state);
    auto room = room_for_words(keyring, id);
    bool all = true;
    for (const auto& [document_id, opened] : documents) {
        const auto kept = pinned.notes.find(document_id);
        if (says_nothing(opened.word) || (kept != pinned.notes.end() && !kept->second.left_out)) {
            continue;
        }
        const auto note = note_of(pinned, document_id, opened);
        const auto size = account::size_of(note);
        if (size > room) {
            all = false;
            continue;
        }
        room -= size;
        pinned.notes[document_id] = note;
    }
    return all;
}

}  // namespace kluis::client
