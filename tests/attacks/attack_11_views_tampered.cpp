// Attack 11, before the client: a bit is changed in what a server shows of a dossier, in any byte
// of any statement or card, and all over headers, descriptions, words and downloads.
#include "reading.hpp"

namespace kluis::test {

using base::ErrorKind;

namespace {

// From one byte to the next that is tried, of those that one digest covers.
constexpr std::size_t kStep = 29;

bool is_refusal(ErrorKind kind) {
    return kind == ErrorKind::forged || kind == ErrorKind::malformed;
}

std::uint8_t bit_of(std::size_t place) {
    return static_cast<std::uint8_t>(1U << place % 8);
}

// The changes of one statement as it is shown: a bit in each byte of what it says, of its type, of
// its key id and of its signature.
std::vector<statement::Envelope> altered(const statement::Envelope& good) {
    std::vector<statement::Envelope> changes;
    const auto change = [&](auto&& bytes_of) {
        auto copy = good;
        const std::size_t size = bytes_of(copy).size();
        for (std::size_t i = 0; i < size; ++i) {
            copy = good;
            bytes_of(copy)[i] ^= bit_of(i);
            changes.push_back(copy);
        }
    };
    change([](statement::Envelope & envelope) -> auto& { return envelope.payload; });
    change([](statement::Envelope & envelope) -> auto& { return envelope.payload_type; });
    change([](statement::Envelope & envelope) -> auto& { return envelope.key_id; });
    change([](statement::Envelope& envelope) { return envelope.signature.writable(); });
    return changes;
}

// A dossier in which everything was said once, and which then went to an heir.
class EverythingScene : public ReadersScene {
  public:
    EverythingScene() {
        for (const char* name : {"worker", "heir"})
            pin(owner, name);
        client::allow_depositor(owner, id, worker.me(), vault.clock.now() + std::chrono::hours(1),
                                10);
        client::pin_dossier(worker, id, "");
        payroll = deposit_whole(worker, id, "payroll");
        client::describe_document(owner, id, lease,
                                  [](dossier::Metadata& metadata) { metadata.note = "ours"; });
        client::grant(owner, id, {lease, payroll}, lawyer.me(),
                      vault.clock.now() + std::chrono::hours(2));
        client::revoke(owner, id, {payslip}, lawyer.me());
    }

    // Leaves nobody but the heir to be shown the dossier.
    void end() {
        client::erase_document(owner, id, photo);
        client::remove_depositor(owner, id, worker.me());
        client::seal(owner, seal_request(), {});
        client::transfer_dossier(owner, id, client::make_consent(heir, id, owner.me()));
    }

    // Shows each changed form of a statement of each kind in a view, and wants it refused by
    // `look`.
    void check_every_statement(client::Client& client, api::ViewAs as, std::size_t count,
                               const std::function<void()>& look) {
        look();
        const auto keyring = client.keyring();
        const auto good = true_view(client, as);
        std::set<std::string> types;
        for (std::size_t place = 0; place < good.size(); ++place) {
            const auto* shown = std::get_if<api::ViewStatement>(&good[place]);
            if (shown == nullptr) continue;
            const std::string type(
                statement::type_name(statement::parse_statement(shown->envelope.payload).act));
            if (!types.insert(type).second) continue;
            CAPTURE(type);
            server.forget();
            std::size_t times = 0;
            for (auto& change : altered(shown->envelope)) {
                CAPTURE(times);
                server.mischief.view = [&](Records& records) {
                    std::get<api::ViewStatement>(records[place]).envelope = change;
                };
                const auto error = refusal([&] { return (look(), 0); });
                REQUIRE(error);
                CHECK(is_refusal(error->kind()));
                ++times;
            }
            CHECK(server.count("dossier") == times);
            CHECK(server.count("put_keyring") == 0);
        }
        CHECK(types.size() == count);
        CHECK(client.keyring() == keyring);
        server.mischief = {};
        CHECK_NOTHROW(look());
    }

    client::Client worker = join_and_open("worker");
    client::Client heir = join_and_open("heir");
    statement::DocumentId payroll;
};

// Flips bits all over a part of the lease's record, and wants an alarm for each.
void check_bits_of(ReadersScene& scene, const Reader& reader, const std::string& alarm,
                   base::Bytes& (*part)(api::ViewDocument&)) {
    scene.server.mischief = {};
    const auto before = reader.look(scene.id);
    auto served = scene.served(reader, scene.id, scene.lease);
    const auto size = part(served).size();
    scene.server.forget();
    std::size_t times = 0;
    for (std::size_t i = 0; i < size; i += kStep, ++times) {
        CAPTURE(i);
        scene.server.mischief.view = [&](Records& records) {
            part(document_in(records, scene.lease))[i] ^= bit_of(i);
        };
        check_hidden(reader.look(scene.id), before, scene.lease, alarm);
    }
    CHECK(scene.server.count("dossier") == times);
    CHECK(scene.server.count("document") == 0);
}

}  // namespace

TEST_CASE("a bit changed in any byte of a statement of any kind shown to an owner is refused") {
    EverythingScene scene;
    scene.end();
    scene.check_every_statement(scene.heir, api::ViewAs::owner, 10, [&] {
        client::OwnerView::fetch(scene.heir, scene.id).require_sound();
    });
}

TEST_CASE("a bit changed in any byte of a statement of any kind shown to a grantee is refused") {
    EverythingScene scene;
    scene.check_every_statement(scene.lawyer, api::ViewAs::grantee, 5, [&] {
        static_cast<void>(client::fetch_granted(scene.lawyer, scene.id));
    });
}

TEST_CASE("a bit changed in any byte of a statement of any kind shown to a depositor is refused") {
    EverythingScene scene;
    scene.check_every_statement(scene.worker, api::ViewAs::depositor, 3,
                                [&] { client::fetch_deposit_target(scene.worker, scene.id); });
}

TEST_CASE("a bit changed in the card of a depositor that a grantee is shown is refused") {
    EverythingScene scene;
    const auto good = scene.true_view(scene.lawyer, api::ViewAs::grantee);
    const auto is_card = [](const auto& record) {
        return std::holds_alternative<api::ViewCard>(record);
    };
    REQUIRE(std::ranges::count_if(good, is_card) >= 1);
    const auto check = [&](auto&& key_of) {
        for (std::size_t i = 0; i < 32; ++i) {
            CAPTURE(i);
            scene.server.mischief.view = [&](Records& records) {
                for (auto& record : records) {
                    if (!is_card(record)) continue;
                    key_of(std::get<api::ViewCard>(record).card).writable()[i] ^= bit_of(i);
                }
            };
            CHECK(refuses(ErrorKind::forged, [&] {
                return client::fetch_granted(scene.lawyer, scene.id).documents.size();
            }));
        }
    };
    check([](statement::Card & card) -> auto& { return card.signing; });
    check([](statement::Card & card) -> auto& { return card.recipient; });
}

TEST_CASE("a bit changed in the head or length that an owner is told is refused") {
    OwnerScene scene;
    const auto keyring = scene.owner.keyring();
    const auto check = [&](ErrorKind kind, const std::function<void(Records&)>& change) {
        scene.server.mischief.view = change;
        scene.server.forget();
        CHECK(refuses(kind, [&] { return client::OwnerView::fetch(scene.owner, scene.id); }));
        CHECK(scene.server.count("dossier") == scene.server.calls().size());
        CHECK(scene.owner.keyring() == keyring);
    };
    for (std::size_t i = 0; i < statement::Digest::kSize; ++i) {
        CAPTURE(i);
        check(ErrorKind::forged, [&](Records& records) {
            std::get<api::ViewBegin>(records.front()).head->writable()[i] ^= bit_of(i);
        });
        check(ErrorKind::conflict, [&](Records& records) {
            std::get<api::ViewEnd>(records.back()).head->writable()[i] ^= bit_of(i);
        });
    }
    for (int bit = 0; bit < 64; ++bit) {
        CAPTURE(bit);
        check(ErrorKind::forged, [&](Records& records) {
            *std::get<api::ViewBegin>(records.front()).length ^= std::uint64_t{1} << bit;
        });
    }
}

TEST_CASE("a bit changed in a header or description is an alarm, and hides it") {
    ReadersScene scene;
    for (const auto& reader : scene.readers()) {
        CAPTURE(api::name(reader.as));
        check_bits_of(
            scene, reader, kNotThatHeader,
            [](api::ViewDocument & shown) -> auto& { return shown.header; });
        check_bits_of(
            scene, reader, kNotThatDescription,
            [](api::ViewDocument & shown) -> auto& { return shown.metadata; });
    }
}

TEST_CASE("a bit changed in a word to the owner is an alarm, and it is not read") {
    ReadersScene scene;
    const auto size =
        scene.served({scene.owner, api::ViewAs::owner}, scene.id, scene.lease).word.value().size();
    for (std::size_t i = 0; i < size; i += kStep) {
        CAPTURE(i);
        scene.server.mischief.view = [&](Records& records) {
            (*document_in(records, scene.lease).word)[i] ^= bit_of(i);
        };
        const auto view = client::OwnerView::fetch(scene.owner, scene.id);
        REQUIRE(view.alarms().size() == 1);
        CHECK(view.alarms()[0].text == "a word to the owner is not what was signed");
        CHECK_FALSE(view.alarms()[0].signer);
        CHECK_FALSE(view.documents().at(scene.lease).word);
    }
}

TEST_CASE("a bit changed in the id of a document that is shown is two alarms, and hides it") {
    ReadersScene scene;
    for (const auto& reader : scene.readers()) {
        CAPTURE(api::name(reader.as));
        scene.server.mischief = {};
        const auto before = reader.look(scene.id);
        for (std::size_t i = 0; i < statement::DocumentId::kSize; ++i) {
            CAPTURE(i);
            scene.server.mischief.view = [&](Records& records) {
                document_in(records, scene.lease).id.writable()[i] ^= bit_of(i);
            };
            const auto sight = reader.look(scene.id);
            CHECK(sight.alarms.size() == 2);
            CHECK_FALSE(sight.documents.contains(scene.lease));
            CHECK(sight.documents.size() == before.documents.size() - 1);
        }
    }
}

TEST_CASE("a bit changed in the statement of an erasure that is shown makes it none") {
    OwnerScene scene;
    auto elsewhere = client::Client::open_by_secret(scene.environment("another device"), kOrigin,
                                                    Scene::secret("owner"));
    client::OwnerView::fetch(elsewhere, scene.id);
    client::erase_dossier(scene.owner, scene.id);
    const auto look = [&] { return client::OwnerView::fetch(elsewhere, scene.id).alarms(); };
    CHECK(code_of(look) == "dossier-erased");
    const auto records = scene.true_view(scene.owner, api::ViewAs::owner);
    const auto good = std::get<api::ViewBegin>(records.front()).erased.value();
    for (const auto& change : altered(good)) {
        scene.server.mischief.view = [&](Records& shown) {
            std::get<api::ViewBegin>(shown.front()).erased = change;
        };
        const auto error = refusal(look);
        REQUIRE(error);
        CHECK(error->code() == "");
        CHECK((is_refusal(error->kind()) || error->kind() == ErrorKind::untrusted));
    }
}

TEST_CASE("a bit changed in a download leaves no file") {
    ReadersScene scene;
    for (const auto& reader : scene.readers()) {
        CAPTURE(api::name(reader.as));
        scene.server.mischief = {};
        const auto lease = reader.readable(scene.id, scene.lease);
        const auto size = lease.header.size() + lease.promise.payloads.at(api::Role::content).size;
        for (std::size_t i = 0; i < size; i += kStep) {
            CAPTURE(i);
            scene.server.mischief.document = [&](base::Bytes& bytes) { bytes[i] ^= bit_of(i); };
            CHECK(refuses_to_save(scene.server, reader.client, lease));
        }
    }
}

}  // namespace kluis::test
