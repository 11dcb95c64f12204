#include <kluis/base/text.hpp>
#include <kluis/dossier/catalogue.hpp>

#include <client/handover.hpp>
#include <client/kept_words.hpp>
#include <client/owner_view.hpp>
#include <client/view_reader.hpp>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;

document::Promise promise_of(const chain::DocumentState& state) {
    return {state.id, state.payloads, state.metadata(), state.commitment};
}

// Whether an error says that something is not as it should be.
bool is_alarm(const Error& error) {
    return error.kind() == ErrorKind::forged || error.kind() == ErrorKind::malformed ||
           error.kind() == ErrorKind::wrong_key || error.kind() == ErrorKind::limit;
}

bool is(const statement::Payload& payload, base::ByteView stored) {
    return payload.size == stored.size() && payload.sha256 == crypto::sha256(stored);
}

// An alarm about something that is exactly as `signer` signed it.
Alarm signed_alarm(const std::string& what, const Error& error, const chain::DocumentState& state,
                   const Fingerprint& signer) {
    return {what + " does not open, just as it was signed: " + error.what(), state.id, signer};
}

constexpr int kReadings = 30;

// Who made the owner's header of a document.
Fingerprint header_maker(const chain::Replay& replay, const chain::DocumentState& state) {
    return state.header ? state.depositor : handed_over_by(replay).value();
}

}  // namespace

void require_pinned(const Client& client, const DossierId& id) {
    if (!client.keyring().dossiers.contains(id)) {
        throw Error(ErrorKind::untrusted, "this dossier's id has not been checked by you",
                    "compare it with its owner and pin it with `kluis dossier pin`");
    }
}

void remember_owner(Client& client, const DossierId& id, const statement::Card& owner) {
    client.change_keyring([&](account::Keyring& keyring) {
        if (const auto pinned = keyring.dossiers.find(id); pinned != keyring.dossiers.end()) {
            pinned->second.owner = owner;
        }
    });
}

OwnerView OwnerView::fetch(Client& client, const DossierId& id) {
    require_pinned(client, id);
    OwnerView view(id);
    view.read_on(client);
    view.handed_over_ = view.check_handover() == true;
    view.open_documents(client);
    view.remember(client);
    return view;
}

void OwnerView::catch_up(Client& client) {
    read_on(client);
    open_documents(client);
    note_here(client);
}

// While others go on depositing, each reading asks only for what is new; the last is the one after
// whose statements nothing came.
void OwnerView::read_on(Client& client) {
    for (int readings = 0; readings < kReadings; ++readings) {
        // Before it is asked for: another program of this person may see more meanwhile.
        const auto seen = client.seen(id_);
        auto received = read_from(client, id_, replay_.links().size());
        const auto end = received.end.head;
        add(std::move(received));
        if (replay_.state().dossier()->head == end) {
            require_seen(client, seen);
            return;
        }
    }
    throw Error(ErrorKind::conflict, "the dossier is being changed all the time",
                "try again in a moment");
}

void OwnerView::add(ReceivedView received) {
    const auto known = replay_.links().size();
    for (auto& envelope : received.statements) {
        if (!replay_.add(statement::parse_signed(std::move(envelope)))) {
            const auto reason = replay_.broken_because();
            throw Error(ErrorKind::forged,
                        "the server shows a chain that is broken at statement " +
                            std::to_string(replay_.links().size() + 1) + ": " +
                            (reason ? std::string(chain::describe(*reason)) : "unreadable"));
        }
    }
    // Statements may have come since the view began; none before its beginning may be missing.
    const auto begin = replay_.place_of(received.begin.head.value());
    if (!begin || *begin + 1 != received.begin.length || *begin + 1 < known) {
        throw Error(ErrorKind::forged, "the server withholds statements of this dossier");
    }
    for (auto place = known; place < replay_.links().size(); ++place) {
        if (const auto reason = replay_.links()[place].void_because) {
            alarms_.push_back(
                {"a statement without the right to it: " + std::string(chain::describe(*reason)),
                 std::nullopt});
        }
    }
    // Received by an earlier reading, and erased since.
    std::erase_if(received_, [&](const auto& entry) {
        const auto found = state().documents().find(entry.first);
        return found != state().documents().end() && found->second.erased;
    });
    for (auto& document : received.documents) {
        const auto document_id = document.id;
        received_.insert_or_assign(document_id, std::move(document));
    }
}

account::SeenHead OwnerView::head() const {
    const auto dossier = state().dossier();
    return {dossier->head, dossier->length};
}

bool OwnerView::holds(const account::SeenHead& seen) const {
    const auto place = replay_.place_of(seen.head);
    return place && *place + 1 == seen.length;
}

void OwnerView::require_seen(const Client& client,
                             const std::vector<account::SeenHead>& seen) const {
    if (replay_.state().dossier()->owner != client.me()) {
        throw Error(ErrorKind::denied, "this dossier belongs to another card now");
    }
    if (!std::ranges::all_of(seen, [this](const auto& each) { return holds(each); })) {
        throw Error(ErrorKind::forged,
                    "the server shows an older or another chain than you have seen before",
                    "do not go on; what was deposited or granted since may be missing");
    }
}

void OwnerView::note_here(Client& client) const {
    client.saw_here(id_, head(), [this](const account::SeenHead& seen) { return holds(seen); });
}

bool OwnerView::is_new(const chain::DocumentState& document_state) const {
    const auto last = document_state.description.value_or(document_state.deposit);
    return replay_.place_of(last).value() >= opened_until_;
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
            documents_.erase(document_id);
            continue;
        }
        if (!is_new(document_state)) {
            continue;
        }
        // It may have been opened before it was described anew.
        documents_.erase(document_id);
        std::erase_if(alarms_, [&](const Alarm& alarm) { return alarm.document == document_id; });
        const auto found = received_.find(document_id);
        if (found == received_.end()) {
            alarms_.push_back({"the server withholds a document", document_id});
            continue;
        }
        open_document(client, document_state, found->second);
    }
    received_.clear();
    opened_until_ = replay_.links().size();
}

std::optional<bool> OwnerView::check_handover() {
    std::map<DocumentId, statement::Digest> headers;
    for (const auto& [document_id, received] : received_)
        headers[document_id] = crypto::sha256(received.header);
    const auto handed_over = headers_are_of_transfer(replay_, headers);
    if (handed_over == false) {
        alarms_.push_back({"the documents' headers are not those that the former owner handed over",
                           std::nullopt});
    }
    return handed_over;
}

void OwnerView::open_document(const Client& client, const chain::DocumentState& document_state,
                              const api::ViewDocument& received) {
    const auto digest = crypto::sha256(received.header);
    const bool header_as_signed =
        document_state.header ? *document_state.header == digest : handed_over_;
    bool header_opened = false;
    try {
        const auto key = document::open_header(
            received.header, document_state.header.value_or(digest), client.identity());
        header_opened = true;
        OwnedDocument opened;
        opened.state = document_state;
        opened.header = received.header;
        opened.metadata =
            document::open_metadata(key, promise_of(document_state), received.metadata);
        open_word(client, opened, received);
        documents_.insert_or_assign(document_state.id, std::move(opened));
    } catch (const Error& error) {
        if (!is_alarm(error)) {
            throw;
        }
        const bool as_signed = header_as_signed &&
                               (!header_opened || is(document_state.metadata(), received.metadata));
        alarms_.push_back(as_signed
                              ? signed_alarm("a document", error, document_state,
                                             header_opened ? document_state.describer
                                                           : header_maker(replay_, document_state))
                              : Alarm{error.what(), document_state.id});
    }
}

void OwnerView::open_word(const Client& client, OwnedDocument& opened,
                          const api::ViewDocument& received) {
    const auto word = opened.state.payloads.find(statement::Role::word);
    // A transfer drops words, which were for the old owner's card, and with them the header's own
    // digest.
    if (word == opened.state.payloads.end() || !opened.state.header) {
        return;
    }
    if (!received.word) {
        alarms_.push_back({"the server withholds what the depositor told you", opened.state.id});
        return;
    }
    try {
        opened.word = document::open_word(word->second, *received.word, client.identity());
    } catch (const Error& error) {
        if (!is_alarm(error)) {
            throw;
        }
        alarms_.push_back(is(word->second, *received.word)
                              ? signed_alarm("what the depositor told you", error, opened.state,
                                             opened.state.depositor)
                              : Alarm{error.what(), opened.state.id});
    }
}

// What a device without a memory of this dossier can only show, for a person to compare.
std::string OwnerView::first_sight(const Client& client) const {
    const auto& name = client.keyring().dossiers.at(id_).name;
    const auto standing = state().standing().size();
    return "this device sees the dossier " +
           (name.empty() ? statement::to_text(id_) : "'" + base::printable(name) + "'") +
           " for the first time: the server gave " + std::to_string(standing) +
           (standing == 1 ? " document" : " documents") + ", and the last change was at " +
           base::to_string(state().dossier()->last) + "; compare that with what you remember";
}

void OwnerView::remember(Client& client) {
    if (!client.has_seen(id_)) {
        client.note({Notice::Kind::new_device, first_sight(client)});
    }
    note_here(client);
    client.saw(id_, head());
    bool all = true;
    client.change_keyring([&](account::Keyring& keyring) {
        keyring.dossiers.at(id_).owner = client.card();
        all = keep_words(keyring, id_, state(), documents_);
    });
    if (!all) {
        client.note_once({Notice::Kind::words_left_out,
                          "depositors told you more of where paper originals are than your keyring "
                          "keeps: the rest of it is at the server only, and ends with a transfer"});
    }
}

void OwnerView::require_sound() const {
    const auto alarm =
        std::ranges::find_if(alarms_, [](const Alarm& each) { return !each.signer; });
    if (alarm != alarms_.end()) {
        throw Error(ErrorKind::forged, alarm->text,
                    "nothing is signed on top of a dossier that gives an alarm");
    }
}

void OwnerView::require_complete() const {
    for (const auto& [document_id, document_state] : state().documents()) {
        if (!document_state.erased && !documents_.contains(document_id)) {
            const auto id = statement::to_text(document_id);
            throw Error(ErrorKind::conflict, "document " + id + " does not open",
                        "erase it first, with `kluis document erase " + statement::to_text(id_) +
                            "/" + id + "`");
        }
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
    const auto& pinned = client.keyring().dossiers.at(id_);
    std::vector<dossier::Entry> entries;
    entries.reserve(documents_.size());
    for (const auto& [document_id, document] : documents_) {
        auto entry = dossier::make_entry(document.state, document.metadata);
        const auto note = note_of(pinned, document_id, document);
        entry.of = note.translation_of ? note.translation_of : note.redaction_of;
        entries.push_back(std::move(entry));
    }
    return entries;
}

std::vector<DocumentId> OwnerView::profiles() const {
    std::vector<DocumentId> profiles;
    for (const auto& [document_id, document] : documents_) {
        if (document.metadata.kind == dossier::kProfileKind) {
            profiles.push_back(document_id);
        }
    }
    std::ranges::sort(profiles, std::ranges::greater(), [this](const DocumentId& document_id) {
        return std::pair(documents_.at(document_id).state.deposited, document_id);
    });
    return profiles;
}

}  // namespace kluis::client
