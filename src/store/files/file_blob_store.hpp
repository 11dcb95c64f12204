// Blobs as files of a directory: `ab/<id>` by the first two hexadecimal digits of the id.
//
// A blob is written to `incoming/<id>`, fsynced, renamed to its place, and the folder of that place
// fsynced; all those folders are made, durably, before the first upload. So a name outside
// incoming/ is always a whole blob on disk, and who names it in a row afterwards names what is
// there.
//
// Several processes may share the directory. Each that has begun an upload holds a shared lock; a
// sweep that gets the exclusive one while it lists what there is knows that all of it is finished,
// else it leaves alone whatever is younger than a day.
//
// Thread-safety: as BlobStore.
#pragma once

#include <kluis/base/file.hpp>

#include <store/blob_store.hpp>

#include <filesystem>
#include <mutex>

namespace kluis::store {

class FileBlobStore final : public BlobStore {
  public:
    // Makes the directory (0700) and its folders where they are not there.
    explicit FileBlobStore(std::filesystem::path directory);

    std::unique_ptr<BlobUpload> create() override;
    std::unique_ptr<Blob> open(const BlobId& id) const override;
    std::vector<BlobId> remove_all(const std::vector<BlobId>& ids) override;
    void sweep(const std::function<void(const BlobId&)>& visit) override;

  private:
    class Upload;

    std::filesystem::path incoming(const std::string& name) const;
    std::filesystem::path shelf(const std::string& name) const;
    void hold_upload_lock();
    std::vector<BlobId> finished_blobs() const;

    std::filesystem::path directory_;
    std::mutex mutex_;
    base::Descriptor upload_lock_;  // shared, from the first upload on
};

}  // namespace kluis::store
