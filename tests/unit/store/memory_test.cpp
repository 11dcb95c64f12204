#include <store/memory/memory_blob_store.hpp>
#include <store/memory/memory_store.hpp>

namespace kluis::test {

// What is in memory does not survive a restart: there is none to test.
class Backend {
  public:
    store::Store& store() { return store_; }
    store::BlobStore& blobs() { return blobs_; }
    void reopen() {}

  private:
    store::MemoryBlobStore blobs_;
    store::MemoryStore store_{blobs_};
};

}  // namespace kluis::test

#include "conformance.hpp"
