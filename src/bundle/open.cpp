// Opening a bundle to a folder that appears under its name only when all of it was good.
#include <kluis/base/file.hpp>
#include <kluis/bundle/reader.hpp>
#include <kluis/crypto/random.hpp>

namespace kluis::bundle {

namespace {

using base::Error;
using base::ErrorKind;
using base::Json;
namespace fs = std::filesystem;

// A folder beside the wanted one, given its name at the end and removed if that is never reached.
class PendingFolder {
  public:
    explicit PendingFolder(const fs::path& wanted)
        : wanted_(fs::absolute(wanted).lexically_normal()) {
        if (!wanted_.has_filename()) {
            wanted_ = wanted_.parent_path();
        }
        if (fs::exists(fs::symlink_status(wanted_))) {
            throw Error(ErrorKind::conflict, wanted.string() + " is there already",
                        "choose another name");
        }
        std::array<std::uint8_t, 10> random;
        crypto::random_fill(random);
        path_ = wanted_;
        path_ += ".part-" + base::base32_encode(random);
        std::error_code error;
        if (!fs::create_directory(path_, error)) {
            throw Error(ErrorKind::storage,
                        "cannot make a folder beside " + wanted.string() + ": " + error.message());
        }
        fs::permissions(path_, fs::perms::owner_all);
    }
    ~PendingFolder() {
        if (!path_.empty()) {
            std::error_code ignored;
            fs::remove_all(path_, ignored);
        }
    }
    PendingFolder(const PendingFolder&) = delete;
    PendingFolder& operator=(const PendingFolder&) = delete;

    const fs::path& path() const { return path_; }

    void commit() {
        base::sync_folder(path_);
        base::rename_new(path_, wanted_);
        path_.clear();
    }

  private:
    fs::path wanted_;
    fs::path path_;
};

class FolderSink final : public DocumentSink {
  public:
    explicit FolderSink(const fs::path& folder) : folder_(folder) {}

    base::Writer* begin(const ManifestDocument& document, const dossier::Metadata&) override {
        const auto path = folder_ / folder_path(document.path);
        fs::create_directories(path.parent_path());
        file_.emplace(path, base::FileMode::owner_only, base::Replace::no);
        return &*file_;
    }
    void finish() override {
        file_->commit();
        file_.reset();
    }

  private:
    fs::path folder_;
    std::optional<base::AtomicFile> file_;
};

void write_json(const fs::path& path, const Json& json) {
    const auto text = base::canonical_json(json, base::JsonText::utf8) + "\n";
    base::write_file(path, base::as_bytes(text), base::FileMode::owner_only, base::Replace::no);
}

Json dossier_json(const Opened& opened) {
    Json::Array documents;
    for (const auto& [line, metadata] : opened.documents) {
        auto json = dossier::to_json(metadata);
        json["document"] = statement::to_text(line.document);
        json["exhibit"] = line.exhibit;
        json["path"] = folder_path(line.path);
        if (!line.paper.empty()) {
            json["paper"] = line.paper;
        }
        documents.push_back(std::move(json));
    }
    Json json{{"bundle", statement::to_text(opened.head.bundle)},
              {"coverage", opened.head.coverage},
              {"documents", std::move(documents)},
              {"dossier", statement::to_text(opened.head.dossier)},
              {"format", kBundleFormat},
              {"letter", opened.head.letter},
              {"timeline", opened.head.timeline}};
    if (opened.head.profile) {
        json["profile"] = statement::to_text(*opened.head.profile);
    }
    return json;
}

}  // namespace

Opened open_to_folder(const fs::path& file, std::span<const crypto::X25519Secret> identities,
                      const TrustedSets& trust, const fs::path& folder, const Progress& progress) {
    PendingFolder pending(folder);
    FolderSink sink(pending.path());
    auto opened = verify_fully(file, identities, trust, &sink, progress);
    write_json(pending.path() / kDossierFile, dossier_json(opened));
    write_json(pending.path() / kVerificationFile, to_json(opened.verification));
    pending.commit();
    return opened;
}

}  // namespace kluis::bundle
