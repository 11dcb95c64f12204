#include <kluis/base/file.hpp>
#include <kluis/bundle/reader.hpp>

#include <client/fetch_bundle.hpp>
#include <client/resuming_reader.hpp>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;

// The name of a download until all of it was verified: the bundle's id is in it, so that a file of
// this name can only be what an earlier try has left.
std::filesystem::path partial_name(const std::filesystem::path& out,
                                   const statement::BundleId& bundle) {
    auto partial = out;
    partial += "." + statement::to_text(bundle) + ".part";
    std::error_code ignored;
    std::filesystem::remove(partial, ignored);
    return partial;
}

void receive(Client& client, const DossierId& dossier, const statement::BundleId& bundle,
             const std::filesystem::path& path, const BundleProgress& progress) {
    base::AtomicFile file(path, base::FileMode::owner_only, base::Replace::no);
    std::uint64_t done = 0;
    std::uint64_t size = 0;
    ResumingReader reader(
        [&](const std::optional<api::ByteRange>& range) {
            auto download = client.service().bundle(client.session(), dossier, bundle, range);
            size = download.size;
            return download;
        },
        [&](std::uint64_t count) {
            done += count;
            if (progress) {
                progress(done, 2 * size);
            }
        });
    base::copy(reader, file);
    file.commit();
}

}  // namespace

void receive_bundle(Client& client, const DossierId& dossier, const statement::BundleId& bundle,
                    const std::filesystem::path& out, const BundleProgress& progress,
                    const BundleCheck& check) {
    if (std::filesystem::exists(out)) {
        throw Error(ErrorKind::conflict, out.string() + " is there already", "choose another name");
    }
    const auto partial = partial_name(out, bundle);
    receive(client, dossier, bundle, partial, progress);
    try {
        const auto view = OwnerView::fetch(client, dossier);
        check(partial, view.replay(), [&](std::uint64_t done, std::uint64_t size) {
            if (progress) {
                progress(size + done, 2 * size);
            }
        });
        base::rename_new(partial, out);
    } catch (...) {
        std::error_code ignored;
        std::filesystem::remove(partial, ignored);
        throw;
    }
}

void fetch_bundle(Client& client, const DossierId& dossier, const statement::BundleId& bundle,
                  const std::filesystem::path& out, const BundleProgress& progress) {
    receive_bundle(client, dossier, bundle, out, progress,
                   [&](const std::filesystem::path& path, const chain::Replay& replay,
                       const BundleProgress& told) {
                       if (bundle::verify_as_owner(path, replay, told).bundle != bundle) {
                           throw Error(ErrorKind::forged,
                                       "the server sends another bundle than was sealed");
                       }
                   });
}

}  // namespace kluis::client
