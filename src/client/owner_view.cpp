#include <kluis/dossier/catalogue.hpp>

#include <client/handover.hpp>
#include <client/owner_view.hpp>
#include <client/view_reader.hpp>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;

document::Promise promise_of(const chain::DocumentState& state) {
    return {state.id, state.payloads, state.metadata(), state.commitment};
}

}  // namespace

void require_pinned(const Client& client, const DossierId& id) {
    if (!client.keyring().dossiers.contains(id)) {
        throw Error(ErrorKind::untrusted, "this dossier's id has not been checked by you",
                    "compare it with its owner and pin it with `kluis dossier pin`");
    }
}

OwnerView OwnerView::fetch(Client& client, const DossierId& id) {
    require_pinned(client, id);
    OwnerView view(id);
    view.replay_all(client);
    view.open_documents(client);
    view.remember(client);
    return view;
}

void OwnerView::replay_all(Client& client) {
    auto received = read_view(client, id_, api::ViewAs::owner);
    for (auto& envelope : received.statements) {
        if (!replay_.add(statement::parse_signed(std::move(envelope)))) {
            const auto reason = replay_.broken_because();
            throw Error(ErrorKind::forged,
                        "the server shows a chain that is broken at statement " +
                            std::to_string(replay_.links().size() + 1) + ": " +
                            (reason ? std::string(chain::describe(*reason)) : "unreadable"));
        }
    }
    const auto dossier = replay_.state().dossier();
    if (!dossier || dossier->head != received.begin.head) {
        throw Error(ErrorKind::forged, "the server withholds statements of this dossier");
    }
    if (dossier->owner != client.me()) {
        throw Error(ErrorKind::denied, "this dossier belongs to another card now");
    }
    for (const auto& seen : client.seen(id_)) {
        const auto place = replay_.place_of(seen.head);
        if (!place || *place + 1 != seen.length) {
            throw Error(ErrorKind::forged,
                        "the server shows an older or another chain than you have seen before",
                        "do not go on; what was deposited or granted since may be missing");
        }
    }
    for (const auto& link : replay_.links()) {
        if (link.void_because) {
            alarms_.push_back({"a statement without the right to it: " +
                                   std::string(chain::describe(*link.void_because)),
                               std::nullopt});
        }
    }
    for (auto& document : received.documents) {
        const auto document_id = document.id;
        received_.insert_or_assign(document_id, std::move(document));
    }
}

void OwnerView::open_documents(const Client& client) {
    for (const auto& [document_id, received] : received_) {
        const auto found = state().documents().find(document_id);
        if (found == state().documents().end() || found->second.erased) {
            alarms_.push_back({"the server offers a document that nobody deposited", document_id});
        }
    }
    for (const auto& [document_id, document_state] : state().documents()) {
        if (document_state.erased) {
            continue;
        }
        const auto found = received_.find(document_id);
        if (found == received_.end()) {
            alarms_.push_back({"the server withholds a document", document_id});
            continue;
        }
        open_document(client, document_state, found->second);
    }
    check_handover();
    received_.clear();
}

void OwnerView::check_handover() {
    std::map<DocumentId, statement::Digest> headers;
    for (const auto& [document_id, received] : received_)
        headers[document_id] = crypto::sha256(received.header);
    if (headers_are_of_transfer(replay_, headers) == false) {
        alarms_.push_back({"the documents' headers are not those that the former owner handed over",
                           std::nullopt});
    }
}

void OwnerView::open_document(const Client& client, const chain::DocumentState& document_state,
                              const api::ViewDocument& received) {
    try {
        const auto key = document::open_header(
            received.header, document_state.header.value_or(crypto::sha256(received.header)),
            client.identity());
        OwnedDocument opened;
        opened.state = document_state;
        opened.header = received.header;
        opened.metadata =
            document::open_metadata(key, promise_of(document_state), received.metadata);
        const auto word = document_state.payloads.find(statement::Role::word);
        const bool has_word = word != document_state.payloads.end();
        // A transfer drops words, which were for the old owner's card, and with them the header's
        // own digest.
        if (has_word && !received.word && document_state.header) {
            alarms_.push_back(
                {"the server withholds what the depositor told you", document_state.id});
        }
        if (has_word && received.word) {
            opened.word = document::open_word(word->second, *received.word, client.identity());
        }
        documents_.emplace(document_state.id, std::move(opened));
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::forged && error.kind() != ErrorKind::malformed &&
            error.kind() != ErrorKind::wrong_key) {
            throw;
        }
        alarms_.push_back({error.what(), document_state.id});
    }
}

void OwnerView::remember(Client& client) const {
    const auto dossier = state().dossier();
    client.saw(id_, {dossier->head, dossier->length});
    client.change_keyring([&](account::Keyring& keyring) {
        auto& pinned = keyring.dossiers[id_];
        for (const auto& [document_id, opened] : documents_) {
            if (!opened.word || pinned.notes.contains(document_id)) {
                continue;
            }
            auto& note = pinned.notes[document_id];
            note.paper = opened.word->paper;
            note.translation_of = opened.word->translation;
            note.redaction_of = opened.word->redaction;
        }
    });
}

void OwnerView::require_sound() const {
    if (!alarms_.empty()) {
        throw Error(ErrorKind::forged, alarms_.front().text,
                    "nothing is signed on top of a dossier that gives an alarm");
    }
}

age::FileKey OwnerView::file_key(const Client& client, const DocumentId& document_id) const {
    const auto& document = documents_.at(document_id);
    return document::open_header(document.header,
                                 document.state.header.value_or(crypto::sha256(document.header)),
                                 client.identity());
}

document::Promise OwnerView::promise(const DocumentId& document_id) const {
    return promise_of(documents_.at(document_id).state);
}

std::vector<dossier::Entry> OwnerView::entries(const Client& client) const {
    const auto& notes = client.keyring().dossiers.at(id_).notes;
    std::vector<dossier::Entry> entries;
    entries.reserve(documents_.size());
    for (const auto& [document_id, document] : documents_) {
        auto entry = dossier::make_entry(document.state, document.metadata);
        if (const auto note = notes.find(document_id); note != notes.end()) {
            entry.of = note->second.translation_of ? note->second.translation_of
                                                   : note->second.redaction_of;
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

std::optional<DocumentId> OwnerView::profile() const {
    std::optional<DocumentId> newest;
    for (const auto& [document_id, document] : documents_) {
        if (document.metadata.kind == dossier::kProfileKind &&
            (!newest || documents_.at(*newest).state.deposited <= document.state.deposited)) {
            newest = document_id;
        }
    }
    return newest;
}

}  // namespace kluis::client
