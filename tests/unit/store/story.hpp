// A fixed series of operations on a store, made beforehand, so that it can be told in part, in
// another process, on another store, and again from any point; and a print of what a store shows,
// to compare.
#pragma once

#include "people.hpp"

#include <functional>

namespace kluis::test {

class Story {
  public:
    Story();

    std::size_t length() const { return steps_.size(); }
    // Does step `at` (from 0). Doing the last one done once more changes nothing. Throws what the
    // store throws, and std::runtime_error if it refuses a run.
    void tell(std::size_t at, store::Store& store, store::BlobStore& blobs) const;
    // Everything that the people of the story are shown, as one digest.
    Digest print(store::Store& store, store::BlobStore& blobs) const;

  private:
    using Step = std::function<void(store::Store&, store::BlobStore&)>;

    Signed next(const Person& actor, Act act);
    void submit(std::vector<store::Submission> run);
    void stage(const Person& by, const DocumentId& document, Role role, const Bytes& bytes);
    Digest deposit(const Person& by, const Paper& paper);
    void seal(const BundleId& bundle, const std::vector<DocumentId>& documents);
    void transfer(const std::vector<DocumentId>& standing);
    void print_bundle(crypto::Sha256& digest, const BundleId& id, store::Store& store,
                      store::BlobStore& blobs) const;

    Person owner_, worker_, lawyer_, heir_;
    DossierId dossier_;
    Digest head_;
    BundleId erased_bundle_ = crypto::random_value<BundleId>();
    BundleId kept_bundle_ = crypto::random_value<BundleId>();
    std::vector<Step> steps_;
};

}  // namespace kluis::test
