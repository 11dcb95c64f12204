// Attack 10, in what a server shows of a dossier: another document's header, description or word in
// a document's place, of the same dossier, another of the same owner's, or another person's.
#include "reading.hpp"

namespace kluis::test {

using base::ErrorKind;

namespace {

using Calls = std::vector<std::string>;

struct Other {
    const char* what;
    statement::DossierId dossier;
    statement::DocumentId document;
};

std::vector<Other> others(const ReadersScene& scene) {
    return {{"of the same dossier", scene.id, scene.payslip},
            {"of another dossier of the owner's", scene.other, scene.report},
            {"of another person's dossier", scene.theirs, scene.diary}};
}

struct Swap {
    const char* what;
    std::string alarm;
    std::function<void(api::ViewDocument& shown, const api::ViewDocument& other)> make;
};

std::vector<Swap> swaps() {
    return {{"its header", kNotThatHeader,
             [](auto& shown, const auto& other) { shown.header = other.header; }},
            {"its description", kNotThatDescription,
             [](auto& shown, const auto& other) { shown.metadata = other.metadata; }},
            {"both", kNotThatHeader, [](auto& shown, const auto& other) {
                 shown.header = other.header;
                 shown.metadata = other.metadata;
             }}};
}

// Shows `other` for the lease, as far as `swap` does.
void show(ReadersScene& scene, const Swap& swap, const api::ViewDocument& other) {
    scene.server.mischief.view = [&scene, make = swap.make, other](Records& records) {
        make(document_in(records, scene.lease), other);
    };
    scene.server.forget();
}

// Nothing is signed on top of what the owner is shown, and nothing sent.
void check_nothing_is_signed(ReadersScene& scene) {
    scene.server.forget();
    CHECK(refuses(ErrorKind::forged, [&] {
        client::grant(scene.owner, scene.id, {scene.payslip}, scene.lawyer.me(), std::nullopt);
        return 0;
    }));
    CHECK(refuses(ErrorKind::forged, [&] {
        client::describe_document(scene.owner, scene.id, scene.lease,
                                  [](dossier::Metadata& metadata) { metadata.note = "new"; });
        return 0;
    }));
    CHECK(scene.server.calls() == Calls{"dossier", "dossier"});
}

// The owner's new card, to which the dossier was handed over: of the headers made for it, the
// statements name but the digest of a list.
client::Client hand_over(ReadersScene& scene) {
    auto heir = scene.join_and_open("heir");
    Scene::pin(scene.owner, "heir");
    for (const auto& dossier : {scene.id, scene.other}) {
        client::transfer_dossier(scene.owner, dossier,
                                 client::make_consent(heir, dossier, scene.owner.me()));
    }
    return heir;
}

}  // namespace

TEST_CASE("another document's header or description in the place of a document's is an alarm") {
    ReadersScene scene;
    for (const auto& reader : scene.readers()) {
        CAPTURE(api::name(reader.as));
        scene.server.mischief = {};
        const auto before = reader.look(scene.id);
        CHECK(before.alarms.empty());
        for (const auto& other : others(scene)) {
            CAPTURE(other.what);
            const auto record = scene.served(reader, other.dossier, other.document);
            for (const auto& swap : swaps()) {
                CAPTURE(swap.what);
                show(scene, swap, record);
                check_hidden(reader.look(scene.id), before, scene.lease, swap.alarm);
                CHECK(scene.server.calls() == Calls{"dossier"});
                if (reader.as == api::ViewAs::owner) check_nothing_is_signed(scene);
            }
        }
    }
}

TEST_CASE("a document's true header for another reader, or sealed anew by one, is an alarm") {
    ReadersScene scene;
    const auto readers = scene.readers();
    const auto key = readers[0].file_key(readers[0].readable(scene.id, scene.lease));
    for (const auto& reader : readers) {
        CAPTURE(api::name(reader.as));
        const auto& other = reader.as == api::ViewAs::owner ? readers[1] : readers[0];
        scene.server.mischief = {};
        const auto before = reader.look(scene.id);
        for (const auto& header : {scene.served(other, scene.id, scene.lease).header,
                                   document::seal_header(key, reader.client.card().recipient)}) {
            scene.server.mischief.view = [&](Records& records) {
                document_in(records, scene.lease).header = header;
            };
            check_hidden(reader.look(scene.id), before, scene.lease, kNotThatHeader);
        }
    }
}

TEST_CASE("two documents shown under each other's ids are two alarms, and neither is shown") {
    ReadersScene scene;
    for (const auto& reader : scene.readers()) {
        CAPTURE(api::name(reader.as));
        scene.server.mischief = {};
        auto rest = reader.look(scene.id).documents;
        rest.erase(scene.lease);
        rest.erase(scene.payslip);
        scene.server.mischief.view = [&](Records& records) {
            std::swap(document_in(records, scene.lease).id, document_in(records, scene.payslip).id);
        };
        const auto sight = reader.look(scene.id);
        CHECK(Scene::alarms(sight.alarms) == std::vector{kNotThatHeader, kNotThatHeader});
        CHECK(sight.documents == rest);
    }
}

TEST_CASE("a content or preview in the place of a document's description is an alarm") {
    ReadersScene scene;
    for (const auto& reader : scene.readers()) {
        CAPTURE(api::name(reader.as));
        scene.server.mischief = {};
        const auto before = reader.look(scene.id);
        for (const auto role : {api::Role::content, api::Role::preview}) {
            CAPTURE(statement::name(role));
            const auto stored = scene.stored(reader, scene.id, scene.lease, role);
            scene.server.mischief.view = [&](Records& records) {
                document_in(records, scene.lease).metadata = stored;
            };
            check_hidden(reader.look(scene.id), before, scene.lease, kNotThatDescription);
        }
    }
}

TEST_CASE("another document's word to the owner is an alarm, and what it says is not kept") {
    ReadersScene scene;
    const Reader owner{scene.owner, api::ViewAs::owner};
    const auto other = scene.served(owner, scene.id, scene.payslip).word;
    const auto report = scene.served(owner, scene.other, scene.report).word;
    REQUIRE((other && report));
    // A device to which the owner's words are new.
    scene.owner.change_keyring(
        [&](account::Keyring& keyring) { keyring.dossiers.at(scene.id).notes.clear(); });
    for (const auto& word : {other, report}) {
        scene.server.mischief.view = [&](Records& records) {
            document_in(records, scene.lease).word = word;
        };
        const auto view = client::OwnerView::fetch(scene.owner, scene.id);
        REQUIRE(view.alarms().size() == 1);
        CHECK(view.alarms()[0].text == "a word to the owner is not what was signed");
        CHECK(view.alarms()[0].document == scene.lease);
        CHECK_FALSE(view.alarms()[0].signer);
        CHECK_FALSE(view.documents().at(scene.lease).word);
        const auto& notes = scene.owner.keyring().dossiers.at(scene.id).notes;
        CHECK_FALSE(notes.contains(scene.lease));
        check_nothing_is_signed(scene);
    }
}

TEST_CASE("another dossier's view, or a part of it, in the place of the one asked for is refused") {
    ReadersScene scene;
    for (const auto& reader : scene.readers()) {
        CAPTURE(api::name(reader.as));
        scene.server.mischief = {};
        const auto before = reader.client.keyring();
        Records another;
        scene.vault.service.dossier(
            reader.client.session(), scene.other, reader.as, 0,
            [&](api::ViewRecord next) { another.push_back(std::move(next)); });
        const auto check_refused = [&](const std::function<void(Records&)>& change) {
            scene.server.mischief.view = change;
            scene.server.forget();
            CHECK(refuses(ErrorKind::forged, [&] { return reader.look(scene.id).documents; }));
            CHECK(scene.server.calls() == Calls{"dossier"});
            CHECK(reader.client.keyring() == before);
        };
        check_refused([&](Records& records) {
            records = another;
            std::get<api::ViewBegin>(records.front()).id = scene.id;
        });
        check_refused([&](Records& records) {
            records.insert(records.end() - 1, another.begin() + 1, another.end() - 1);
        });
        for (const bool at_end : {true, false}) {
            check_refused([&](Records& records) {
                for (const auto& record : another) {
                    if (!says<statement::DocumentDeposit>(record)) continue;
                    const auto place = at_end ? records.end() - 1 : records.begin() + 2;
                    records.insert(place, record);
                }
                records.insert(records.end() - 1, document_in(another, scene.report));
            });
        }
    }
}

TEST_CASE("headers exchanged after a handover are alarms, and their documents are not shown") {
    ReadersScene scene;
    auto heir = hand_over(scene);
    const Reader reader{heir, api::ViewAs::owner};
    const auto before = reader.look(scene.id);
    CHECK(before.alarms.empty());
    for (const auto& other :
         {Other{"", scene.id, scene.payslip}, Other{"", scene.other, scene.report}}) {
        const auto header = scene.served(reader, other.dossier, other.document).header;
        scene.server.mischief.view = [&](Records& records) {
            document_in(records, scene.lease).header = header;
        };
        const auto sight = reader.look(scene.id);
        REQUIRE(sight.alarms.size() == 2);
        CHECK(sight.alarms[0].text ==
              "the documents' headers are not those that the former owner handed over");
        CHECK(sight.alarms[1].document == scene.lease);
        CHECK_FALSE(sight.alarms[1].signer);
        CHECK_FALSE(sight.documents.contains(scene.lease));
        CHECK(sight.documents.size() == before.documents.size() - 1);
    }
}

TEST_CASE("headers exchanged after a handover are alarms where nothing names them any more") {
    ReadersScene scene;
    auto heir = hand_over(scene);
    // With one document gone, the list that the former owner signed can be compared no more.
    client::erase_document(heir, scene.id, scene.letter);
    const Reader reader{heir, api::ViewAs::owner};
    const auto before = reader.look(scene.id);
    for (const auto& other :
         {Other{"", scene.id, scene.payslip}, Other{"", scene.other, scene.report}}) {
        const auto record = scene.served(reader, other.dossier, other.document);
        for (const bool with_description : {false, true}) {
            scene.server.mischief.view = [&](Records& records) {
                auto& lease = document_in(records, scene.lease);
                lease.header = record.header;
                if (with_description) lease.metadata = record.metadata;
            };
            const auto sight = reader.look(scene.id);
            REQUIRE(sight.alarms.size() == 1);
            CHECK(sight.alarms[0].document == scene.lease);
            CHECK_FALSE(sight.alarms[0].signer);
            CHECK(sight.documents.size() == before.documents.size() - 1);
            CHECK_FALSE(sight.documents.contains(scene.lease));
        }
    }
}

}  // namespace kluis::test
