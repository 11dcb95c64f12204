// A document sealed as a depositor does, whose parts a test can then alter, and its opening as a
// reader does.
#pragma once

#include <kluis/crypto/random.hpp>
#include <kluis/document/document.hpp>

namespace kluis::test {

struct SealedDocument {
    age::FileKey key;
    base::Bytes content;  // as stored
    base::Bytes metadata;
    std::optional<base::Bytes> preview;
    document::Promise promise;
    dossier::Metadata described;
};

inline dossier::Metadata describe(base::ByteView plain, const std::string& title) {
    dossier::Metadata metadata;
    metadata.title = title;
    metadata.name = "letter.txt";
    metadata.type = "text/plain";
    metadata.kind = "letter";
    metadata.size = plain.size();
    metadata.sha256 = crypto::sha256(plain);
    return metadata;
}

// `key` is kept; each document has an id of its own.
inline SealedDocument seal_document(base::ByteView plain, const std::string& title = "A letter",
                                    age::FileKey key = crypto::random_secret<age::FileKey>()) {
    SealedDocument sealed;
    sealed.key = std::move(key);
    base::MemoryReader in(plain);
    base::MemoryWriter out;
    const auto content = document::seal_content(sealed.key, in, plain.size(), out);
    sealed.content = out.take();
    sealed.described = describe(plain, title);
    auto metadata = document::seal_metadata(sealed.key, sealed.described);
    auto preview = document::seal_preview(sealed.key, base::as_bytes("a picture of " + title));
    auto& promise = sealed.promise;
    promise.id = crypto::random_value<statement::DocumentId>();
    promise.payloads[statement::Role::content] = content.stored;
    promise.payloads[statement::Role::metadata] = promise.metadata = metadata.payload;
    promise.payloads[statement::Role::preview] = preview.payload;
    promise.commitment = document::commitment(sealed.key, promise.id, content.size, content.sha256);
    sealed.metadata = std::move(metadata.stored);
    sealed.preview = std::move(preview.stored);
    return sealed;
}

// What a reader with this key is shown and given, or the Error that they get.
inline base::Bytes open_document(const SealedDocument& sealed, const age::FileKey& key) {
    const auto metadata = document::open_metadata(key, sealed.promise, sealed.metadata);
    base::MemoryReader stored(sealed.content);
    base::MemoryWriter plain;
    document::open_content(key, sealed.promise, metadata, stored, plain);
    return plain.take();
}

inline base::Bytes open_document(const SealedDocument& sealed) {
    return open_document(sealed, sealed.key);
}

// Opening the content alone, with the metadata that the depositor wrote.
inline base::Bytes open_content_of(const SealedDocument& sealed, base::ByteView content) {
    base::MemoryReader stored(content);
    base::MemoryWriter plain;
    document::open_content(sealed.key, sealed.promise, sealed.described, stored, plain);
    return plain.take();
}

// The signed digest and size of what is stored now: for attacks that go beyond the digest.
inline statement::Payload payload_of(base::ByteView stored) {
    return {crypto::sha256(stored), stored.size()};
}

}  // namespace kluis::test
