#include <attacks/scene.hpp>
#include <client/handover.hpp>
#include <doctest/doctest.h>
#include <support/history.hpp>

namespace kluis::test {

namespace {

using Headers = std::map<statement::DocumentId, statement::Digest>;

// A dossier with documents "one" and "two" that went from the first owner to the second.
class HandedOver {
  public:
    HandedOver() {
        for (const std::string name : {"one", "two", "erased before"})
            history.add(first, deposit(name));
        history.add(first, statement::DocumentErase{document_id("erased before")});
        for (const std::string name : {"one", "two"})
            headers[document_id(name)] = value_of<statement::Digest>(name + " for the second");
        auto act = history.transfer(first, second);
        act.headers = statement::header_list_digest(headers);
        history.add(first, act);
        history.add(second, deposit("three"));
        headers[document_id("three")] = value_of<statement::Digest>("three header");
    }

    std::optional<bool> are_of_transfer() const {
        return client::headers_are_of_transfer(history.replay(), headers);
    }

    Person first{"first owner"};
    Person second{"second owner"};
    History history{first};
    Headers headers;
};

}  // namespace

TEST_CASE("the headers that were handed over are those of the list") {
    HandedOver dossier;
    CHECK(dossier.are_of_transfer() == true);
}

TEST_CASE("a header in place of one that was handed over is seen") {
    HandedOver dossier;
    dossier.headers[document_id("two")] = value_of<statement::Digest>("another");
    CHECK(dossier.are_of_transfer() == false);
}

TEST_CASE("a header that was handed over and is withheld is seen") {
    HandedOver dossier;
    dossier.headers.erase(document_id("one"));
    CHECK(dossier.are_of_transfer() == false);
}

TEST_CASE("without a transfer, or after an erasure, there is no list to compare with") {
    const Person owner("owner");
    CHECK_FALSE(client::headers_are_of_transfer(History(owner).replay(), {}));
    HandedOver dossier;
    dossier.history.add(dossier.second, statement::DocumentErase{document_id("one")});
    CHECK_FALSE(dossier.are_of_transfer());
}

TEST_CASE("a new owner opens what was handed over, and is told of a header that was exchanged") {
    OwnerScene scene;
    auto child = scene.join_and_open("child");
    const auto consent = client::make_consent(child, scene.id, scene.owner.me());
    Scene::pin(scene.owner, "child");
    client::transfer_dossier(scene.owner, scene.id, consent);
    CHECK(client::OwnerView::fetch(child, scene.id).alarms().empty());

    // What the former owner could make, and the server put there: the same key, sealed again.
    const auto view = client::OwnerView::fetch(child, scene.id);
    const auto other =
        document::seal_header(view.file_key(child, scene.photo), child.card().recipient);
    scene.server.mischief.view = [&](std::vector<api::ViewRecord>& records) {
        for (auto& record : records) {
            auto* document = std::get_if<api::ViewDocument>(&record);
            if (document != nullptr && document->id == scene.photo) document->header = other;
        }
    };
    CHECK(Scene::alarms(client::OwnerView::fetch(child, scene.id).alarms()) ==
          std::vector<std::string>{
              "the documents' headers are not those that the former owner handed over"});
}

}  // namespace kluis::test
