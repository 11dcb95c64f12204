// A dossier as its owner sees it: replayed, every document opened as far as its metadata.
//
// Nothing is taken from the server that a signature or digest does not vouch for. What does not fit
// becomes an alarm: the rest can still be read, but nothing is signed on top of it, but for what
// takes away (erasing, revoking, removing). What fits and still does not open was signed so by
// somebody who may deposit: that is left out, and the owner goes on.
//
// Thread-safety: one thread at a time.
#pragma once

#include <kluis/age/seal/file_key.hpp>
#include <kluis/chain/replay.hpp>
#include <kluis/document/document.hpp>
#include <kluis/dossier/entry.hpp>

#include <client/client.hpp>

namespace kluis::client {

struct ReceivedView;

using statement::DocumentId;
using statement::DossierId;
using statement::Fingerprint;

// Something that should not be: the evidence of a fault or of a hostile server, or else of the card
// that signed it.
struct Alarm {
    std::string text;  // one English phrase
    std::optional<DocumentId> document;
    std::optional<Fingerprint> signer = std::nullopt;
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
    // an erasure signed by the owner. Remembers the head, and as many of the depositors' words as a
    // keyring has room for, in the keyring.
    static OwnerView fetch(Client& client, const DossierId& id);

    // Fetches and opens what came since, and nothing else: so that whoever deposits all the time
    // cannot keep an owner from signing. Throws as fetch.
    void catch_up(Client& client);

    const DossierId& id() const { return id_; }
    const chain::Replay& replay() const { return replay_; }
    const chain::State& state() const { return replay_.state(); }
    const std::map<DocumentId, OwnedDocument>& documents() const { return documents_; }
    const std::vector<Alarm>& alarms() const { return alarms_; }

    // Throws Error(forged) with the first alarm that is not a signer's, if there is one.
    void require_sound() const;
    // Throws Error(conflict) unless every standing document opened.
    void require_complete() const;

    // The file key of a document of this view.
    age::FileKey file_key(const Client& client, const DocumentId& document) const;
    // What its payloads must be.
    document::Promise promise(const DocumentId& document) const;
    // The documents as the domain sees them, with the owner's notes, ascending by id.
    std::vector<dossier::Entry> entries(const Client& client) const;
    // The documents of kind `profile`, newest first: by their deposit, of one second by their ids.
    std::vector<DocumentId> profiles() const;

  private:
    explicit OwnerView(const DossierId& id) : id_(id), replay_(id) {}

    void read_on(Client& client);
    // One reading of the server's view, from the end of the chain that is known.
    void add(ReceivedView received);
    account::SeenHead head() const;
    bool holds(const account::SeenHead& seen) const;
    void require_seen(const Client& client, const std::vector<account::SeenHead>& seen) const;
    // The end of the chain, on this device.
    void note_here(Client& client) const;
    // Of what came since the last call.
    void open_documents(const Client& client);
    bool is_new(const chain::DocumentState& state) const;
    // Whether the headers are those that the former owner handed over; nothing if it cannot be
    // told.
    std::optional<bool> check_handover();
    void open_document(const Client& client, const chain::DocumentState& state,
                       const api::ViewDocument& received);
    void open_word(const Client& client, OwnedDocument& opened, const api::ViewDocument& received);
    std::string first_sight(const Client& client) const;
    void remember(Client& client);

    DossierId id_;
    chain::Replay replay_;
    std::size_t opened_until_ =
        0;  // place of the first statement whose document was not opened yet
    bool handed_over_ = false;
    std::map<DocumentId, api::ViewDocument> received_;
    std::map<DocumentId, OwnedDocument> documents_;
    std::vector<Alarm> alarms_;
};

// Throws Error(untrusted) unless the keyring has the dossier.
void require_pinned(const Client& client, const DossierId& id);

// Notes whose dossier this was when last verified, if it is pinned: who alone is believed to have
// erased it.
void remember_owner(Client& client, const DossierId& id, const statement::Card& owner);

}  // namespace kluis::client
