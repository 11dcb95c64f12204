#include <kluis/base/file.hpp>
#include <kluis/base/text.hpp>
#include <kluis/crypto/random.hpp>
#include <kluis/document/document.hpp>
#include <kluis/document/padding.hpp>
#include <kluis/dossier/catalogue.hpp>
#include <kluis/dossier/media_type.hpp>

#include <client/sealed_upload.hpp>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;
using statement::Role;

// The content of an item, from its file or from memory; reading it is reported.
class Source final : public base::Reader {
  public:
    Source(const DepositItem& item, const std::function<void(std::uint64_t)>& sent) : sent_(sent) {
        if (item.content) {
            memory_.emplace(*item.content);
            size_ = item.content->size();
            first_ = base::ByteView(*item.content)
                         .first(std::min(item.content->size(), dossier::kMediaTypeBytes));
            return;
        }
        file_.emplace(item.file);
        if (!file_->size()) {
            throw Error(ErrorKind::usage, item.file.string() + " is not a regular file");
        }
        size_ = *file_->size();
        first_buffer_.resize(dossier::kMediaTypeBytes);
        first_buffer_.resize(file_->read_at(0, first_buffer_));
        first_ = first_buffer_;
    }

    std::size_t read(base::MutableBytes out) override {
        const auto count = file_ ? file_->read(out) : memory_->read(out);
        sent_(count);
        return count;
    }

    std::uint64_t size() const { return size_; }
    base::ByteView first() const { return first_; }

  private:
    const std::function<void(std::uint64_t)>& sent_;
    std::optional<base::MemoryReader> memory_;
    std::optional<base::FileReader> file_;
    std::uint64_t size_ = 0;
    base::Bytes first_buffer_;
    base::ByteView first_;
};

dossier::Metadata complete(const DepositItem& item, const Source& source) {
    auto metadata = item.metadata;
    if (metadata.name.empty()) {
        metadata.name = item.file.filename().string();
    }
    if (!base::is_utf8(base::as_bytes(metadata.name))) {
        metadata.name = base::printable(metadata.name);
    }
    if (metadata.title.empty()) {
        metadata.title = dossier::title_from_name(metadata.name);
    }
    if (metadata.kind.empty()) {
        metadata.kind = dossier::kOtherKind;
    }
    if (metadata.type.empty()) {
        metadata.type = dossier::media_type(metadata.name, source.first());
    }
    if (!item.made) {
        require_depositable(metadata.kind);
    }
    metadata.size = source.size();
    return metadata;
}

std::optional<base::Bytes> preview_of(const DepositItem& item) {
    if (!item.preview) {
        return std::nullopt;
    }
    return base::read_file(*item.preview, document::kPreviewLimit);
}

}  // namespace

SealedItem seal_and_send(PayloadSender& sender, const statement::Card& owner,
                         const DepositItem& item, const std::function<void(std::uint64_t)>& sent) {
    Source source(item, sent);
    // Before anything is sent: what is wrong with these should not cost the upload of the content.
    auto metadata = complete(item, source);
    dossier::encode_padded(metadata);
    const auto picture = preview_of(item);
    const auto key = crypto::random_secret<age::FileKey>();
    SealedItem sealed;
    auto& act = sealed.act;
    act.document = crypto::random_value<statement::DocumentId>();

    auto content_upload = sender.stream(
        act.document, Role::content, document::stored_size(document::padded_size(source.size())));
    const auto content = document::seal_content(key, source, source.size(), *content_upload);
    content_upload->finish();
    content_upload.reset();
    act.payloads[Role::content] = content.stored;
    metadata.sha256 = content.sha256;

    auto described = document::seal_metadata(key, metadata);
    act.payloads[Role::metadata] = described.payload;
    sender.send(act.document, Role::metadata, std::move(described.stored));

    if (picture) {
        auto preview = document::seal_preview(key, *picture);
        act.payloads[Role::preview] = preview.payload;
        sender.send(act.document, Role::preview, std::move(preview.stored));
    }
    if (!item.word.empty()) {
        auto word = document::seal_word(item.word, owner.recipient);
        act.payloads[Role::word] = word.payload;
        sender.send(act.document, Role::word, std::move(word.stored));
    }
    act.commitment = document::commitment(key, act.document, content.size, content.sha256);
    sealed.header = document::seal_header(key, owner.recipient);
    act.header = crypto::sha256(sealed.header);
    return sealed;
}

}  // namespace kluis::client
