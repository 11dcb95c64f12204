// A dossier as its owner sees it: replayed, every document opened as far as its metadata.
//
// Nothing is taken from the server that a signature or digest does not vouch for. What does not fit
// becomes an alarm: the rest can still be read, but nothing is signed on top of it.
//
// Thread-safety: one thread at a time.
#pragma once

#include <kluis/age/seal/file_key.hpp>
#include <kluis/chain/replay.hpp>
#include <kluis/document/document.hpp>
#include <kluis/dossier/entry.hpp>

#include <client/client.hpp>

namespace kluis::client {

using statement::DocumentId;
using statement::DossierId;
using statement::Fingerprint;

// Something that should not be: the evidence of a fault or of a hostile server.
struct Alarm {
    std::string text;  // one English phrase
    std::optional<DocumentId> document;
};

// A document of the owner's, opened.
struct OwnedDocument {
    chain::DocumentState state;
    base::Bytes header;  // the owner's
    dossier::Metadata metadata;
    std::optional<dossier::Word> word;
};

class OwnerView {
  public:
    // Fetches, replays and opens. Throws Error(untrusted) if the dossier is not pinned,
    // Error(not_found) if the server has none for this card, Error(forged) if the chain is broken
    // or does not hold the head that the keyring remembers, Error(denied, "dossier-erased") after
    // an erasure signed by the owner. Remembers the head, and the depositors' words, in the
    // keyring.
    static OwnerView fetch(Client& client, const DossierId& id);

    const DossierId& id() const { return id_; }
    const chain::Replay& replay() const { return replay_; }
    const chain::State& state() const { return replay_.state(); }
    const std::map<DocumentId, OwnedDocument>& documents() const { return documents_; }
    const std::vector<Alarm>& alarms() const { return alarms_; }

    // Throws Error(forged) with the first alarm, if there is one.
    void require_sound() const;

    // The file key of a document of this view.
    age::FileKey file_key(const Client& client, const DocumentId& document) const;
    // What its payloads must be.
    document::Promise promise(const DocumentId& document) const;
    // The documents as the domain sees them, with the owner's notes, ascending by id.
    std::vector<dossier::Entry> entries(const Client& client) const;
    // The newest standing document of kind `profile`, if any.
    std::optional<DocumentId> profile() const;

  private:
    explicit OwnerView(const DossierId& id) : id_(id), replay_(id) {}

    void replay_all(Client& client);
    void open_documents(const Client& client);
    void check_handover();
    void open_document(const Client& client, const chain::DocumentState& state,
                       const api::ViewDocument& received);
    void remember(Client& client) const;

    DossierId id_;
    chain::Replay replay_;
    std::map<DocumentId, api::ViewDocument> received_;
    std::map<DocumentId, OwnedDocument> documents_;
    std::vector<Alarm> alarms_;
};

// Throws Error(untrusted) unless the keyring has the dossier.
void require_pinned(const Client& client, const DossierId& id);

}  // namespace kluis::client
