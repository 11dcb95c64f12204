#include <kluis/age/open/payload_reader.hpp>
#include <kluis/age/open/x25519_identity.hpp>
#include <kluis/age/seal/split.hpp>

#include <client/reads.hpp>

namespace kluis::client {

namespace {

constexpr std::size_t kEntryLimit = 4096;
constexpr std::string_view kWhat = "a record of a read";

// Throws Error(malformed, forged, wrong_key or limit) on what is no entry.
Read open_read(const age::X25519Identity& identity, base::ByteView sealed) {
    base::MemoryReader file(sealed);
    age::SplitReader split(file);
    const auto key = age::unwrap(split.header(), identity);
    age::PayloadReader plain(key, split);
    return parse_read(base::read_all(plain, kEntryLimit, kWhat));
}

}  // namespace

Reads fetch_reads(Client& client, const statement::DossierId& dossier) {
    const age::X25519Identity identity(client.identity());
    Reads reads;
    client.service().reads(client.session(), dossier, 0, [&](const api::ReadEntry& entry) {
        try {
            reads.entries.push_back(open_read(identity, entry.sealed));
        } catch (const base::Error&) {
            ++reads.unreadable;
        }
    });
    return reads;
}

Read parse_read(base::ByteView plain) {
    const auto json = base::parse_canonical_json(plain, base::JsonText::ascii, kWhat);
    base::JsonMembers members(json, kWhat);
    Read read;
    read.document = statement::parse_id<statement::DocumentId>(members.string("document"));
    read.reader = statement::parse_id<statement::Fingerprint>(members.string("reader"));
    read.time = base::parse_time(members.string("time"), "the time of a read");
    members.finish();
    return read;
}

}  // namespace kluis::client
