#include <client/fetch.hpp>
#include <client/resuming_reader.hpp>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;

std::unique_ptr<ResumingReader> open_download(Client& client, const Readable& document,
                                              statement::Role role,
                                              const std::function<void(std::uint64_t)>& received) {
    const api::PayloadTarget target{document.dossier, document.promise.id, role};
    auto reader = std::make_unique<ResumingReader>(
        [&client, target, as = document.as](const std::optional<api::ByteRange>& range) {
            return client.service().document(client.session(), target, as, range);
        },
        received);
    base::Bytes header(document.header.size());
    if (base::read_full(*reader, header) != header.size() || header != document.header) {
        throw Error(ErrorKind::forged, "the server sends another header than it showed");
    }
    return reader;
}

// Passes everything on and keeps a copy for a second writer.
class TeeReader final : public base::Reader {
  public:
    TeeReader(base::Reader& in, base::Writer& copy) : in_(in), copy_(copy) {}
    std::size_t read(base::MutableBytes out) override {
        const auto count = in_.read(out);
        copy_.write({out.data(), count});
        return count;
    }

  private:
    base::Reader& in_;
    base::Writer& copy_;
};

class NullWriter final : public base::Writer {
  public:
    void write(base::ByteView) override {}
};

}  // namespace

Readable readable(const OwnerView& view, const DocumentId& id) {
    const auto& document = view.documents().at(id);
    return {view.id(),
            api::ViewAs::owner,
            view.promise(id),
            document.header,
            document.state.header.value_or(crypto::sha256(document.header)),
            document.metadata};
}

Readable readable(const GranteeDossier& dossier, const DocumentId& id) {
    const auto& document = dossier.documents.at(id);
    const auto& deposit = std::get<statement::DocumentDeposit>(document.view.deposit.statement.act);
    return {dossier.id,
            api::ViewAs::grantee,
            {id, deposit.payloads, document.view.metadata(), deposit.commitment},
            document.header,
            document.view.grant.header,
            document.metadata};
}

void fetch_content(Client& client, const Readable& document, base::Writer& out,
                   const std::function<void(std::uint64_t)>& received) {
    const auto key =
        document::open_header(document.header, document.header_digest, client.identity());
    const auto stored = open_download(client, document, statement::Role::content, received);
    document::open_content(key, document.promise, document.metadata, *stored, out);
}

void fetch_age_file(Client& client, const Readable& document, base::Writer& out,
                    const std::function<void(std::uint64_t)>& received) {
    const auto key =
        document::open_header(document.header, document.header_digest, client.identity());
    const auto stored = open_download(client, document, statement::Role::content, received);
    out.write(document.header);
    TeeReader tee(*stored, out);
    NullWriter nowhere;
    document::open_content(key, document.promise, document.metadata, tee, nowhere);
}

void fetch_preview(Client& client, const Readable& document, base::Writer& out,
                   const std::function<void(std::uint64_t)>& received) {
    const auto promised = document.promise.payloads.find(statement::Role::preview);
    if (promised == document.promise.payloads.end()) {
        throw Error(ErrorKind::not_found, "the depositor gave no preview of this document");
    }
    const auto key =
        document::open_header(document.header, document.header_digest, client.identity());
    const auto stored = open_download(client, document, statement::Role::preview, received);
    // A statement with a larger one is none (statement::kPreviewLimit). One more, so that nothing
    // follows it.
    base::Bytes bytes(promised->second.size + 1);
    bytes.resize(base::read_full(*stored, bytes));
    out.write(document::open_preview(key, document.promise, bytes));
}

}  // namespace kluis::client
