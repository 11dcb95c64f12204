// The owner's record of reads by others: each entry an age file sealed to the owner's card as it
// happens, which the server cannot read back.
//
// Thread-safety: all operations.
#pragma once

#include <store/store.hpp>

#include <array>
#include <map>
#include <mutex>

namespace kluis::server {

class ReadRecord {
  public:
    // One reader's requests for one document within this time are one read.
    static constexpr std::chrono::seconds kOnce{3600};
    static constexpr std::size_t kRemembered = 100'000;

    // `store` must outlive this.
    explicit ReadRecord(store::Store& store) : store_(store) {}

    // Returns when the read is durable in the record. Throws Error(storage) if it cannot be.
    void note(const statement::DossierId& dossier, const statement::DocumentId& document,
              const statement::Fingerprint& reader, base::Time now);

  private:
    using Key = std::pair<statement::DocumentId, statement::Fingerprint>;
    // What was noted lately. Its lock is held until an entry is durable, so that a second request
    // waits for the first one's.
    struct Shelf {
        std::mutex mutex;
        std::map<Key, base::Time> noted;
    };

    store::Store& store_;
    std::array<Shelf, 16> shelves_;
};

}  // namespace kluis::server
