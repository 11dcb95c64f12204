// Attack 10, in what a server sends for a document: another one's header, content or both, or
// another payload of the same document.
#include "reading.hpp"
#include "remade_bundle.hpp"

namespace kluis::test {

using base::ErrorKind;

namespace {

struct Sent {
    std::string what;
    base::Bytes bytes;
};

// Every payload of every document but the lease's content, under its own header and the lease's.
std::vector<Sent> false_downloads(ReadersScene& scene, const Reader& reader) {
    const auto header = scene.served(reader, scene.id, scene.lease).header;
    std::vector<Sent> sent;
    const std::pair<statement::DossierId, statement::DocumentId> documents[] = {
        {scene.id, scene.lease},
        {scene.id, scene.payslip},
        {scene.other, scene.report},
        {scene.theirs, scene.diary}};
    const auto content = scene.stored(reader, scene.id, scene.lease);
    for (const auto& [dossier, document] : documents) {
        const bool same = document == scene.lease;
        const auto own = scene.served(reader, dossier, document).header;
        for (const auto role : {api::Role::content, api::Role::metadata, api::Role::preview}) {
            if (same && role == api::Role::content) continue;
            const auto stored = role == api::Role::metadata
                                    ? scene.served(reader, dossier, document).metadata
                                    : scene.stored(reader, dossier, document, role);
            const auto what = statement::to_text(document) + " " + std::string(name(role));
            sent.push_back({what + " under the lease's header", base::concat({header, stored})});
            if (!same) sent.push_back({what, base::concat({own, stored})});
        }
        if (!same) {
            sent.push_back(
                {"the lease's content under another header", base::concat({own, content})});
        }
    }
    return sent;
}

}  // namespace

TEST_CASE("another document's header and payload, or either, in a download leave no file") {
    ReadersScene scene;
    for (const auto& reader : scene.readers()) {
        CAPTURE(api::name(reader.as));
        scene.server.mischief = {};
        const auto lease = reader.readable(scene.id, scene.lease);
        const auto downloads = false_downloads(scene, reader);
        CHECK(downloads.size() == 2 + 3 * 7);
        for (const auto& sent : downloads) {
            CAPTURE(sent.what);
            scene.server.mischief.document = [&](base::Bytes& bytes) { bytes = sent.bytes; };
            CHECK(refuses_to_save(scene.server, reader.client, lease));
        }
        scene.server.mischief = {};
        CHECK_FALSE(saving(reader.client, lease));
    }
}

TEST_CASE("a document's true download under its header for another reader leaves no file") {
    ReadersScene scene;
    const auto readers = scene.readers();
    for (const auto& reader : readers) {
        CAPTURE(api::name(reader.as));
        const auto& other = reader.as == api::ViewAs::owner ? readers[1] : readers[0];
        scene.server.mischief = {};
        const auto lease = reader.readable(scene.id, scene.lease);
        const auto header = scene.served(other, scene.id, scene.lease).header;
        scene.server.mischief.document = [&](base::Bytes& bytes) {
            std::ranges::copy(header, bytes.begin());
        };
        CHECK(refuses_to_save(scene.server, reader.client, lease));
    }
}

TEST_CASE("the same content of another document is refused: a payload is one document's") {
    OwnerScene scene;
    const auto copy = Scene::deposit(scene.owner, scene.id, "letter");
    const Reader reader{scene.owner, api::ViewAs::owner};
    const auto letter = reader.readable(scene.id, scene.letter);
    const auto other = read(scene.vault.service.document(
        scene.owner.session(), {scene.id, copy, api::Role::content}, api::ViewAs::owner, {}));
    for (const bool with_header : {true, false}) {
        CAPTURE(with_header);
        scene.server.mischief.document = [&](base::Bytes& bytes) {
            REQUIRE(bytes.size() == other.size());
            const auto from = with_header ? 0 : statement::kHeaderSize;
            std::ranges::copy(base::ByteView(other).subspan(from),
                              bytes.begin() + static_cast<std::ptrdiff_t>(from));
        };
        CHECK(refuses_to_save(scene.server, scene.owner, letter));
    }
}

TEST_CASE("another payload in place of a preview, or one that was cut or altered, leaves no file") {
    ReadersScene scene;
    for (const auto& reader : scene.readers()) {
        CAPTURE(api::name(reader.as));
        scene.server.mischief = {};
        const auto lease = reader.readable(scene.id, scene.lease);
        const auto fetch = [&] {
            base::MemoryWriter out;
            client::fetch_preview(reader.client, lease, out, {});
            return out.take();
        };
        const auto picture = fetch();
        CHECK(base::as_text(picture).starts_with("a picture of the lease"));
        const auto refused = [&](const base::Bytes& sent) {
            scene.server.mischief.document = [&](base::Bytes& bytes) { bytes = sent; };
            return refuses(ErrorKind::forged, fetch);
        };
        const auto header = scene.served(reader, scene.id, scene.lease).header;
        const auto own = scene.stored(reader, scene.id, scene.lease, api::Role::preview);
        const auto other = scene.stored(reader, scene.id, scene.payslip, api::Role::preview);
        const auto content = scene.stored(reader, scene.id, scene.lease);
        auto altered = own;
        altered.back() ^= 1;
        for (const auto& sent : {other, content, altered, base::concat({own, other})})
            CHECK(refused(base::concat({header, sent})));
        CHECK(refused(base::concat({scene.served(reader, scene.id, scene.payslip).header, own})));
    }
}

TEST_CASE("previews exchanged in a bundle that an owner is given are refused, and it is not kept") {
    ReadersScene scene;
    const auto request = scene.seal_request();
    const auto member = [](const statement::DocumentId& document, const std::string& ending) {
        return "documents/" + statement::to_text(document) + ending + ".age";
    };
    const std::pair<std::string, std::string> exchanges[] = {
        {member(scene.lease, ".preview"), member(scene.payslip, ".preview")},
        {member(scene.lease, ".preview"), member(scene.lease, "")},
        {member(scene.lease, ""), member(scene.payslip, "")},
        {member(scene.lease, ".metadata"), member(scene.payslip, ".metadata")}};
    const auto names = scene.folder.names();
    for (const auto& [one, two] : exchanges) {
        CAPTURE(one);
        CAPTURE(two);
        scene.server.mischief.bundle = [&](base::Bytes& tar) {
            auto parts = parts_of(tar);
            const auto first = std::ranges::find(parts, one, &Part::name);
            const auto second = std::ranges::find(parts, two, &Part::name);
            REQUIRE((first != parts.end() && second != parts.end()));
            std::swap(first->bytes, second->bytes);
            tar = tar_of(parts);
        };
        CHECK(refuses(ErrorKind::forged,
                      [&] { return client::seal(scene.owner, request, {}).documents; }));
        CHECK(scene.folder.names() == names);
    }
    scene.server.mischief = {};
    CHECK_NOTHROW(client::seal(scene.owner, request, {}));
}

}  // namespace kluis::test
