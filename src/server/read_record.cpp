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

}  // namespace

void ReadRecord::note(const statement::DossierId& dossier, const statement::DocumentId& document,
                      const statement::Fingerprint& reader, base::Time now) {
    Shelf& shelf = shelves_[document.data()[0] % shelves_.size()];
    const std::lock_guard lock(shelf.mutex);
    const auto noted = shelf.noted.find({document, reader});
    if (noted != shelf.noted.end() && now < noted->second + kOnce) return;
    if (shelf.noted.size() >= kRemembered / shelves_.size()) {
        std::erase_if(shelf.noted, [&](const auto& entry) { return now >= entry.second + kOnce; });
        if (shelf.noted.size() >= kRemembered / shelves_.size()) shelf.noted.clear();
    }
    const auto owner = store_.owner_card(dossier);
    if (!owner) throw unknown();
    const base::Json entry{{"document", statement::to_text(document)},
                           {"reader", statement::to_text(reader)},
                           {"time", base::to_string(now)}};
    store_.add_read(dossier, now,
                    seal_to(*owner, base::canonical_json(entry, base::JsonText::ascii)));
    shelf.noted[{document, reader}] = now;
}

}  // namespace kluis::server
