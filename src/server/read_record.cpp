#include <kluis/age/seal/header.hpp>
#include <kluis/age/seal/payload_writer.hpp>
#include <kluis/base/json.hpp>

#include <server/read_record.hpp>
#include <server/refusal.hpp>

namespace kluis::server {

namespace {

base::Bytes seal_to(const statement::Card& owner, std::string_view text) {
    const auto key = crypto::random_secret<age::FileKey>();
    const age::X25519Recipient recipient(owner.recipient);
    base::MemoryWriter file;
    file.write(age::make_header(key, recipient));
    age::PayloadWriter payload(key, crypto::random_value<age::PayloadNonce>(), file);
    payload.write(base::as_bytes(text));
    payload.finish();
    return file.take();
}

std::string entry_of(const statement::DocumentId& document, const statement::Fingerprint& reader,
                     base::Time now) {
    const base::Json entry{{"document", statement::to_text(document)},
                           {"reader", statement::to_text(reader)},
                           {"time", base::to_string(now)}};
    return base::canonical_json(entry, base::JsonText::ascii);
}

}  // namespace

void ReadRecord::Shelf::forget(base::Time now) {
    size = 0;
    for (auto it = noted.begin(); it != noted.end();) {
        std::erase_if(it->second, [&](const auto& entry) { return now >= entry.second + kOnce; });
        size += it->second.size();
        it = it->second.empty() ? noted.erase(it) : std::next(it);
    }
}

void ReadRecord::forget(base::Time now) {
    for (Shelf& shelf : shelves_) {
        const std::lock_guard lock(shelf.mutex);
        shelf.forget(now);
    }
}

void ReadRecord::note(const statement::DossierId& dossier,
                      const std::vector<statement::DocumentId>& documents,
                      const statement::Fingerprint& reader, base::Time now) {
    Shelf& shelf = shelves_[(dossier.data()[0] ^ reader.data()[0]) % shelves_.size()];
    const std::lock_guard lock(shelf.mutex);
    for (bool durable = false; !durable;) {
        const auto owner = store_.owner_card(dossier);
        if (!owner) throw unknown();
        const statement::Fingerprint owned_by = statement::fingerprint(*owner);
        const auto found = shelf.noted.find({dossier, owned_by, reader});
        std::vector<statement::DocumentId> fresh;
        std::vector<base::Bytes> entries;
        for (const statement::DocumentId& document : documents) {
            if (found != shelf.noted.end()) {
                const auto noted = found->second.find(document);
                if (noted != found->second.end() && now < noted->second + kOnce) continue;
            }
            fresh.push_back(document);
            entries.push_back(seal_to(*owner, entry_of(document, reader, now)));
        }
        // If the dossier was handed over meanwhile, the new owner is to see the read.
        durable = entries.empty() || store_.add_reads(dossier, owned_by, now, entries);
        if (durable && !fresh.empty()) shelf.remember({dossier, owned_by, reader}, fresh, now);
    }
}

void ReadRecord::Shelf::remember(const Reader& reader,
                                 const std::vector<statement::DocumentId>& documents,
                                 base::Time now) {
    if (size + documents.size() > kRemembered / kShelves) forget(now);
    if (size + documents.size() > kRemembered / kShelves) {
        noted.clear();
        size = 0;
    }
    Noted& of_reader = noted[reader];
    for (const statement::DocumentId& document : documents)
        size += of_reader.insert_or_assign(document, now).second;
}

}  // namespace kluis::server
