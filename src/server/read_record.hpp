// The owner's record of reads by others: each entry an age file sealed to the owner's card as it
// happens, which the server cannot read back.
//
// Thread-safety: all operations.
#pragma once

#include <store/store.hpp>

#include <array>
#include <map>
#include <mutex>
#include <tuple>

namespace kluis::server {

class ReadRecord {
  public:
    // One reader's requests for one document of one owner's dossier within this time are one read.
    static constexpr std::chrono::seconds kOnce{3600};
    static constexpr std::size_t kRemembered = 800'000;
    static constexpr std::size_t kShelves = 16;

    // `store` must outlive this.
    explicit ReadRecord(store::Store& store) : store_(store) {}

    // Returns when the reads of all these documents are durable in the record. Throws
    // Error(storage) if they cannot be.
    void note(const statement::DossierId& dossier,
              const std::vector<statement::DocumentId>& documents,
              const statement::Fingerprint& reader, base::Time now);

    // Forgets what is an hour old: nothing depends on it any more.
    void forget(base::Time now);

  private:
    using Reader = std::tuple<statement::DossierId, statement::Fingerprint, statement::Fingerprint>;
    using Noted = std::map<statement::DocumentId, base::Time>;
    // What was noted lately, by dossier, owner and reader. Its lock is held until an entry is
    // durable, so that a second request waits for the first one's.
    struct Shelf {
        std::mutex mutex;
        std::map<Reader, Noted> noted;
        std::size_t size = 0;  // in documents

        void forget(base::Time now);
        void remember(const Reader& reader, const std::vector<statement::DocumentId>& documents,
                      base::Time now);
    };

    store::Store& store_;
    std::array<Shelf, kShelves> shelves_;
};

}  // namespace kluis::server
