// Attack 4, as bytes: replies over HTTP and members of a bundle in another form than the one.
#include "other_forms.hpp"
#include "remade_bundle.hpp"
#include "wire_scene.hpp"

#include <kluis/age/seal/payload_writer.hpp>
#include <kluis/base/file.hpp>

#include <client/seal.hpp>
#include <doctest/doctest.h>

namespace kluis::test {

using base::ErrorKind;
using base::Json;

namespace {

// An owner with a dossier, over HTTP.
class WireOwner : public WireScene {
  public:
    WireOwner() : owner(join()) {
        id = client::create_dossier(owner, kJurisdiction, "mine");
        Scene::deposit(owner, id, "letter");
        view_line = "GET /api/v1/dossiers/" + statement::to_text(id) + "?as=owner";
    }

    std::optional<base::Error> fetching(const std::function<void(HttpReply&)>& change) {
        proxy.alter = [&](const WireRequest& request, HttpReply& reply) {
            if (request.line == view_line) change(reply);
        };
        proxy.forget();
        auto error = refusal([&] { return client::OwnerView::fetch(owner, id); });
        proxy.alter = nullptr;
        if (error) CHECK(proxy.lines() == std::vector<std::string>{view_line});
        return error;
    }

    client::Client owner;
    statement::DossierId id;
    std::string view_line;

  private:
    client::Client join() {
        return client::create_account(environment("owner"), proxy.origin(), vault.invitation(),
                                      account::Passphrase::generate());
    }
};

std::vector<std::string> lines_of(const std::string& body) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < body.size();) {
        const auto end = body.find('\n', at);
        lines.push_back(body.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

// Changes the envelope of the first statement in a view.
void change_envelope(HttpReply& reply, const std::function<void(Json&)>& change) {
    std::string body;
    bool done = false;
    for (auto line : lines_of(reply.body)) {
        auto json = base::parse_json(base::as_bytes(line), "a line");
        if (!done && json["record"].string("record") == "statement") {
            change(json["envelope"]);
            line = base::canonical_json(json, base::JsonText::utf8);
            done = true;
        }
        body += line + "\n";
    }
    CHECK(done);
    reply.body = body;
}

Json signature_of(Json& envelope) {
    return envelope["signatures"].array("signatures").front();
}

void set_signature(Json& envelope, const std::string& text) {
    auto signature = signature_of(envelope);
    signature["sig"] = text;
    envelope["signatures"] = Json::Array{signature};
}

base::Bytes signature_bytes(Json& envelope) {
    return base::base64_decode(signature_of(envelope)["sig"].string("sig"), "a signature");
}

}  // namespace

TEST_CASE("a view in another form than lines of one spelling is refused, and not asked for again") {
    WireOwner scene;
    CHECK_FALSE(scene.fetching([](HttpReply&) {}));
    using Change = std::function<void(std::string&)>;
    const std::vector<std::pair<const char*, Change>> changes{
        {"a list",
         [](std::string& body) {
             std::string list = "[";
             for (const auto& line : lines_of(body))
                 list += (list.size() > 1 ? "," : "") + line;
             body = list + "]\n";
         }},
        {"carriage returns",
         [](std::string& body) {
             std::string lines;
             for (const auto& line : lines_of(body))
                 lines += line + "\r\n";
             body = lines;
         }},
        {"a byte order mark", [](std::string& body) { body = "\xef\xbb\xbf" + body; }},
        {"white space", [](std::string& body) { body = " " + body; }},
        {"an empty line", [](std::string& body) { body = "\n" + body; }},
        {"another record", [](std::string& body) { body = "{\"record\":\"hello\"}\n" + body; }},
        {"a version", [](std::string& body) { body = "{\"version\":2}\n" + body; }},
        {"XML", [](std::string& body) { body = "<view/>"; }},
        {"no last line end", [](std::string& body) { body.pop_back(); }},
        {"nothing", [](std::string& body) { body.clear(); }},
        {"a line more", [](std::string& body) { body += "{}\n"; }},
    };
    for (const auto& [what, change] : changes) {
        CAPTURE(what);
        const auto error = scene.fetching([&](HttpReply& reply) { change(reply.body); });
        REQUIRE(error);
        CHECK((error->kind() == ErrorKind::malformed || error->kind() == ErrorKind::unavailable));
    }
    CHECK_FALSE(scene.fetching([](HttpReply&) {}));
}

TEST_CASE("an envelope in another form, or with other signatures than one, is refused") {
    WireOwner scene;
    using Change = std::function<void(Json&)>;
    const std::vector<std::pair<const char*, Change>> changes{
        {"no signature", [](Json& json) { json["signatures"] = Json::Array{}; }},
        {"two signatures",
         [](Json& json) {
             const auto one = signature_of(json);
             json["signatures"] = Json::Array{one, one};
         }},
        {"a named algorithm",
         [](Json& json) {
             auto one = signature_of(json);
             one["alg"] = "none";
             json["signatures"] = Json::Array{one};
         }},
        {"a signature of 63 bytes",
         [](Json& json) {
             auto bytes = signature_bytes(json);
             bytes.pop_back();
             set_signature(json, base::base64_encode(bytes));
         }},
        {"a signature of 65 bytes",
         [](Json& json) {
             auto bytes = signature_bytes(json);
             bytes.push_back(0);
             set_signature(json, base::base64_encode(bytes));
         }},
        {"an ECDSA signature in DER",
         [](Json& json) {
             const base::Bytes tail(68, 1);
             set_signature(json,
                           base::base64_encode(base::concat({base::Bytes{0x30, 0x44}, tail})));
         }},
        {"a signature in hex",
         [](Json& json) { set_signature(json, base::hex_encode(signature_bytes(json))); }},
        {"a signature without padding",
         [](Json& json) {
             auto text = base::base64_encode(signature_bytes(json));
             while (text.back() == '=')
                 text.pop_back();
             set_signature(json, text);
         }},
        {"no payload type",
         [](Json& json) {
             auto members = json.object("an envelope");
             members.erase("payloadType");
             json = Json(members);
         }},
        {"an empty payload type", [](Json& json) { json["payloadType"] = ""; }},
        {"version 2",
         [](Json& json) { json["payloadType"] = "application/vnd.bewijskluis.statement.v2+json"; }},
        {"a payload as an object", [](Json& json) { json["payload"] = Json(); }},
        {"an unknown member", [](Json& json) { json["encoding"] = "none"; }},
    };
    for (const auto& [what, change] : changes) {
        CAPTURE(what);
        const auto error =
            scene.fetching([&](HttpReply& reply) { change_envelope(reply, change); });
        REQUIRE(error);
        CHECK(error->kind() == ErrorKind::malformed);
    }
    CHECK_FALSE(scene.fetching([](HttpReply&) {}));
}

TEST_CASE("a redirection to another version of the API is not followed") {
    WireOwner scene;
    for (const int status : {301, 302, 303, 307, 308, 300, 426}) {
        CAPTURE(status);
        CHECK(scene.fetching([&](HttpReply& reply) {
            reply.status = status;
            reply.headers["location"] = "/api/v0/dossiers";
            reply.headers["upgrade"] = "h2c";
            reply.body = "{}";
        }));
    }
}

TEST_CASE("a bundle of another format is refused in plain words, without a key and with one") {
    SealedScene scene;
    for (const char* format : {"\"format\":1", "\"format\":2", "\"format\":9007199254740991"}) {
        CAPTURE(format);
        auto apart = SealedScene::take_apart(scene.sealed);
        auto& info = apart.part("bewijskluis-bundle.json").bytes;
        info = with_text(info, "\"format\":0", format);
        const auto label = scene.opening(apart.tar());
        REQUIRE(label);
        CHECK(label->code() == "other-format");
        const auto file = scene.folder / "other.kluis";
        base::write_file(file, apart.tar(), base::FileMode::owner_only, base::Replace::yes);
        const auto form = refusal([&] { return bundle::verify_form(file, {}).documents; });
        REQUIRE(form);
        CHECK(form->code() == "other-format");

        apart = SealedScene::take_apart(scene.sealed);
        const auto text = open_with(apart.case_key, apart.part("manifest.age").bytes);
        apart.put_manifest(with_text(text, "\"format\":0", format));
        apart.put_seal(Scene::fingerprint("owner"), account::signer(Scene::secret("owner")));
        const auto manifest = scene.opening(apart.tar());
        REQUIRE(manifest);
        CHECK(manifest->code() == "other-format");
    }
}

TEST_CASE("an owner who is given back a bundle of another format does not keep it") {
    SealedScene scene;
    scene.server.mischief.bundle = [](base::Bytes& tar) {
        auto parts = parts_of(tar);
        parts.front().bytes = with_text(parts.front().bytes, "\"format\":0", "\"format\":1");
        tar = tar_of(parts);
    };
    const auto names = scene.folder.names();
    client::SealRequest request;
    request.dossier = scene.id;
    request.set = {scene.trust.sets.front(), ""};
    request.out = scene.folder / "again.kluis";
    scene.server.forget();
    const auto error = refusal([&] { return client::seal(scene.owner, request, {}).documents; });
    REQUIRE(error);
    CHECK(error->code() == "other-format");
    CHECK(scene.folder.names() == names);
    CHECK(scene.server.count("bundle") == 1);
    CHECK(scene.server.calls().back() == "dossier");
}

TEST_CASE("a bundle's member in armor, of another version, or of another stanza is refused") {
    SealedScene scene;
    for (const auto& part : parts_of(scene.sealed)) {
        if (!part.name.ends_with(".age")) continue;
        CAPTURE(part.name);
        const auto unknown = with_text(part.bytes, "-> X25519 ", "-> X25518 ");
        for (const auto& bytes : {armored(part.bytes), with_text(part.bytes, "/v1", "/v2"), unknown,
                                  with_text(part.bytes, "\n-> X", "\r\n-> X")}) {
            auto apart = SealedScene::take_apart(scene.sealed);
            apart.part(part.name).bytes = bytes;
            const auto error = scene.opening(apart.tar());
            REQUIRE(error);
            CHECK((error->kind() == ErrorKind::malformed || error->kind() == ErrorKind::forged));
        }
    }
}

TEST_CASE("a manifest or seal for two keys, one of them the case key, is refused") {
    SealedScene scene;
    for (const std::string name : {"manifest.age", "seal.age", "readers.age"}) {
        CAPTURE(name);
        auto apart = SealedScene::take_apart(scene.sealed);
        const auto plain = open_with(apart.case_key, apart.part(name).bytes);
        const std::array keys{apart.case_public(), Scene::card("stranger").recipient};
        const age::X25519Recipient first(keys[0]), second(keys[1]);
        const std::array<const age::Recipient*, 2> recipients{&first, &second};
        const auto key = crypto::random_secret<age::FileKey>();
        base::MemoryWriter out;
        out.write(age::make_header(key, recipients));
        base::MemoryReader in(plain);
        age::encrypt_payload(key, crypto::random_value<age::PayloadNonce>(), in, out);
        apart.part(name).bytes = out.take();
        if (name == "manifest.age") {
            apart.put_seal(Scene::fingerprint("owner"), account::signer(Scene::secret("owner")));
        }
        CHECK(scene.refuses_to_open(ErrorKind::malformed, apart.tar()));
    }
}

}  // namespace kluis::test
