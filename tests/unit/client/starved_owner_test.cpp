// An owner among depositors who never rest: what the owner signs is accepted all the same, and
// nothing that they say fills what the owner keeps.
#include <attacks/scene.hpp>
#include <client/exhibits.hpp>
#include <client/kept_words.hpp>
#include <client/seal.hpp>
#include <doctest/doctest.h>

namespace kluis::test {

namespace {

// A worker, with a connection of their own, who may deposit in the owner's dossier.
class BusyScene : public OwnerScene {
  public:
    BusyScene() {
        join("worker");
        auto environment = this->environment("worker");
        environment.connector = [this](const std::string&) { return honest.connect(); };
        worker.emplace(client::Client::open_by_secret(environment, kOrigin, secret("worker")));
        pin(owner, "worker");
        client::allow_depositor(owner, id, worker->me(), std::nullopt, std::nullopt);
        client::pin_dossier(*worker, id, "theirs");
    }

    void deposit_more() {
        ++deposited;
        deposit(*worker, id, "report " + std::to_string(deposited));
    }
    // The worker deposits in the middle of each of the next `views` views, and before each of the
    // next `runs` runs.
    void crowd(int views, int runs) {
        server.mischief.view = [this, views](std::vector<api::ViewRecord>& records) mutable {
            if (views-- <= 0) return;
            deposit_more();
            std::get<api::ViewEnd>(records.back()).head = head();
        };
        server.mischief.run = [this, runs]() mutable {
            if (runs-- > 0) deposit_more();
        };
        server.forget();
    }
    statement::Digest head() const {
        const store::Viewer viewer{store::ViewAs::owner, owner.me()};
        return vault.store.dossier(id, viewer, vault.clock.now())->head;
    }

    HostileServer honest{vault.service};
    std::optional<client::Client> worker;
    int deposited = 0;
};

// As long as one may be: a thousand characters, of four bytes each.
std::string long_word() {
    std::string word;
    for (int i = 0; i < 1000; ++i)
        word += "\U0001F4C4";
    return word;
}

}  // namespace

TEST_CASE("an owner ends a permission although its holder deposits before each try") {
    BusyScene scene;
    scene.crowd(0, 20);
    client::remove_depositor(scene.owner, scene.id, scene.worker->me());
    CHECK(scene.deposited == 20);
    CHECK_FALSE(client::OwnerView::fetch(scene.owner, scene.id)
                    .state()
                    .permission(scene.worker->me())
                    ->stands_at(scene.vault.clock.now()));
}

TEST_CASE("an owner grants, describes and erases while others deposit, and sees all of it after") {
    BusyScene scene;
    Scene::pin(scene.owner, "lawyer");
    scene.crowd(3, 3);
    client::grant(scene.owner, scene.id, {scene.letter}, Scene::fingerprint("lawyer"),
                  std::nullopt);
    scene.crowd(3, 3);
    client::describe_document(scene.owner, scene.id, scene.letter,
                              [](dossier::Metadata& metadata) { metadata.note = "read this"; });
    scene.crowd(3, 3);
    client::erase_document(scene.owner, scene.id, scene.photo);
    const auto view = client::OwnerView::fetch(scene.owner, scene.id);
    CHECK(view.alarms().empty());
    CHECK(view.documents().size() == 1 + 18);
    CHECK(view.documents().at(scene.letter).metadata.note == "read this");
    CHECK_FALSE(view.documents().contains(scene.photo));
}

TEST_CASE("a view that grows while it is read is read on, and holds what one reading would") {
    BusyScene scene;
    scene.crowd(8, 0);
    const auto grown = client::OwnerView::fetch(scene.owner, scene.id);
    CHECK(scene.server.count("dossier") == 9);
    const auto whole = client::OwnerView::fetch(scene.owner, scene.id);
    CHECK(grown.alarms().empty());
    CHECK(grown.state().dossier()->head == whole.state().dossier()->head);
    CHECK(grown.documents().size() == whole.documents().size());
}

TEST_CASE("an owner deposits while others do") {
    BusyScene scene;
    scene.crowd(3, 10);
    Scene::deposit(scene.owner, scene.id, "reply");
    CHECK(scene.deposited == 13);
    // The first time alone is the whole dossier read, and what the keyring notes written.
    CHECK(scene.server.count("put_keyring") <= 3);
    CHECK(client::OwnerView::fetch(scene.owner, scene.id).documents().size() == 2 + 13 + 1);
}

TEST_CASE("what was read on the way to an act that failed is remembered by this device") {
    BusyScene scene;
    client::OwnerView::fetch(scene.owner, scene.id);
    scene.crowd(0, 1000);
    CHECK(refuses(base::ErrorKind::conflict, [&] {
        client::remove_depositor(scene.owner, scene.id, scene.worker->me());
        return 0;
    }));
    scene.server.mischief = {};
    const auto kept =
        client::SeenHeads::load(scene.environment("owner").home, Scene::secret("owner"))
            .of(scene.id);
    const auto view = client::OwnerView::fetch(scene.owner, scene.id);
    // But for the last, before the try that was not repeated.
    CHECK(kept.value().length + 1 == view.state().dossier()->length);
}

TEST_CASE("an owner seals while others deposit: the bundle has what was chosen") {
    BusyScene scene;
    client::SealRequest request;
    request.dossier = scene.id;
    request.documents = {scene.letter};
    request.set.jurisdiction = kJurisdiction;
    request.set.version = 1;
    request.set.issued = scene.vault.clock.now() - std::chrono::hours(1);
    request.set.end = scene.vault.clock.now() + std::chrono::hours(1);
    request.set.cards = {{Scene::card("member"), request.set.issued, std::nullopt}};
    request.out = scene.folder / "case.kluis";
    scene.crowd(2, 10);
    CHECK(client::seal(scene.owner, request, {}).documents == 1);
    CHECK(scene.deposited == 12);
    // Made once, although signed several times.
    CHECK(scene.server.count("put_member") == 4);
}

TEST_CASE("what depositors tell beyond its room is not kept, and the owner acts all the same") {
    BusyScene scene;
    std::vector<client::DepositItem> items;
    for (int i = 0; i < 300; ++i) {
        auto item = Scene::item("scan " + std::to_string(i), "x");
        item.word.paper = long_word();
        items.push_back(std::move(item));
    }
    const auto result = client::deposit(*scene.worker, scene.id, items, {});
    for (const auto& outcome : result.outcomes)
        REQUIRE_FALSE(outcome.error);
    const auto view = client::OwnerView::fetch(scene.owner, scene.id);
    CHECK(view.documents().size() == 302);
    CHECK(view.alarms().empty());
    client::OwnerView::fetch(scene.owner, scene.id);
    CHECK(std::ranges::count(scene.owner.notices(), client::Notice::Kind::words_left_out,
                             &client::Notice::kind) == 1);
    const auto& notes = scene.owner.keyring().dossiers.at(scene.id).notes;
    CHECK(notes.size() > 200);
    CHECK(notes.size() < 300);
    client::remove_depositor(scene.owner, scene.id, scene.worker->me());
    client::erase_document(scene.owner, scene.id, scene.photo);
    CHECK(client::OwnerView::fetch(scene.owner, scene.id).documents().size() == 301);
}

TEST_CASE(
    "what was left out of what depositors tell is sealed all the same, and kept where there "
    "is room again") {
    BusyScene scene;
    std::vector<client::DepositItem> items;
    for (int i = 0; i < 265; ++i) {
        auto item = Scene::item("scan " + std::to_string(i), "x");
        item.word.paper = long_word();
        items.push_back(std::move(item));
    }
    client::deposit(*scene.worker, scene.id, items, {});
    client::OwnerView::fetch(scene.owner, scene.id);
    auto item = Scene::item("report", "y");
    item.word.paper = long_word();
    const auto report =
        client::deposit(*scene.worker, scene.id, {item}, {}).outcomes[0].deposited->document;
    // What the owner knows of where the paper is, and whether the keyring keeps it.
    const auto note = [&] {
        const auto view = client::OwnerView::fetch(scene.owner, scene.id);
        const auto& pinned = scene.owner.keyring().dossiers.at(scene.id);
        return std::pair(client::note_of(pinned, report, view.documents().at(report)).paper,
                         pinned.notes.contains(report) && !pinned.notes.at(report).left_out);
    };
    CHECK(note() == std::pair(item.word.paper, false));
    const auto view = client::OwnerView::fetch(scene.owner, scene.id);
    client::exhibit_numbers(scene.owner, view, {report});
    CHECK(note() == std::pair(item.word.paper, false));
    int erased = 0;
    for (const auto& [id, document] : view.documents()) {
        if (document.metadata.title.starts_with("scan") && erased < 10) {
            client::erase_document(scene.owner, scene.id, id);
            ++erased;
        }
    }
    CHECK(note() == std::pair(item.word.paper, true));
    CHECK(scene.owner.keyring().dossiers.at(scene.id).notes.at(report).exhibit == 1);
}

}  // namespace kluis::test
