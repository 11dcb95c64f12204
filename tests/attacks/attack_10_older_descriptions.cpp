// Attack 10, in descriptions: one that was replaced is shown again, or an owner's own one rewrites
// the document.
#include "reading.hpp"

namespace kluis::test {

using base::ErrorKind;

namespace {

void describe(client::Client& owner, const statement::DossierId& id,
              const statement::DocumentId& document, const std::string& note) {
    client::describe_document(owner, id, document,
                              [&](dossier::Metadata& metadata) { metadata.note = note; });
}

// A lease that its owner described twice, granted to the lawyer before that and to an expert
// afterwards, with what its description was at each time.
class DescribedScene : public ReadersScene {
  public:
    DescribedScene() {
        pin(owner, "expert");
        const Reader as_owner{owner, api::ViewAs::owner};
        deposited = served(as_owner, id, lease).metadata;
        describe(owner, id, lease, "once");
        first_view = true_view(lawyer, api::ViewAs::grantee);
        once = served(as_owner, id, lease).metadata;
        describe(owner, id, lease, "twice");
        client::grant(owner, id, {lease, payslip}, expert.me(), std::nullopt);
    }

    void show_description(const base::Bytes& metadata) {
        server.mischief.view = [this, metadata](Records& records) {
            document_in(records, lease).metadata = metadata;
        };
        server.forget();
    }

    // The statement by which it was first described.
    api::ViewRecord first_statement() const {
        return *std::ranges::find_if(first_view, says<statement::DocumentDescribe>);
    }

    client::Client expert = join_and_open("expert");
    base::Bytes deposited;
    base::Bytes once;
    Records first_view;
};

// The owner, with a program of their own, gives the lease a description of another size and digest.
void rewrite(ReadersScene& scene, std::string_view text) {
    client::act_as_owner(scene.owner, scene.id, [&](const client::OwnerView& view) {
        auto metadata = view.documents().at(scene.lease).metadata;
        metadata.size = text.size();
        metadata.sha256 = crypto::sha256(base::as_bytes(text));
        const auto sealed =
            document::seal_metadata(view.file_key(scene.owner, scene.lease), metadata);
        scene.vault.put(scene.owner.session(), {scene.id, scene.lease, api::Role::metadata},
                        sealed.stored);
        std::vector<client::Draft> drafts;
        drafts.push_back({statement::DocumentDescribe{scene.lease, sealed.payload}, {}});
        return drafts;
    });
}

}  // namespace

TEST_CASE("a description that its owner replaced is an alarm where the server keeps showing it") {
    DescribedScene scene;
    auto readers = scene.readers();
    readers.push_back({scene.expert, api::ViewAs::grantee});
    for (const auto& reader : readers) {
        CAPTURE(statement::to_text(reader.client.me()));
        scene.server.mischief = {};
        CHECK(reader.readable(scene.id, scene.lease).metadata.note == "twice");
        const auto before = reader.look(scene.id);
        for (const auto& older : {scene.deposited, scene.once}) {
            scene.show_description(older);
            check_hidden(reader.look(scene.id), before, scene.lease, kNotThatDescription);
            CHECK(scene.server.calls() == std::vector<std::string>{"dossier"});
        }
    }
}

TEST_CASE("an owner describes nothing anew from a description that was replaced") {
    DescribedScene scene;
    for (const auto& older : {scene.deposited, scene.once}) {
        scene.show_description(older);
        CHECK(refuses(ErrorKind::forged,
                      [&] { return (describe(scene.owner, scene.id, scene.lease, "new"), 0); }));
        CHECK(scene.server.calls() == std::vector<std::string>{"dossier"});
    }
}

TEST_CASE("an owner who described a document refuses the chain in which that is undone") {
    DescribedScene scene;
    const auto keyring = scene.owner.keyring();
    for (const bool again : {false, true}) {
        scene.server.mischief.view = [&](Records& records) {
            hide<statement::DocumentDescribe>(records);
            if (again) records.insert(records.end() - 1, scene.first_statement());
            document_in(records, scene.lease).metadata = again ? scene.once : scene.deposited;
        };
        scene.server.forget();
        CHECK(refuses(ErrorKind::forged,
                      [&] { return client::OwnerView::fetch(scene.owner, scene.id); }));
        CHECK(scene.server.calls() == std::vector<std::string>{"dossier"});
        CHECK(scene.owner.keyring() == keyring);
    }
}

TEST_CASE("a description before the one that was granted is refused, with its statement or not") {
    DescribedScene scene;
    for (const bool with_statement : {false, true}) {
        CAPTURE(with_statement);
        scene.server.mischief.view = [&](Records& records) {
            const auto last = std::ranges::find_if(records, says<statement::DocumentDescribe>);
            REQUIRE(last != records.end());
            if (with_statement) {
                *last = scene.first_statement();
            } else {
                records.erase(last);
            }
            document_in(records, scene.lease).metadata =
                with_statement ? scene.once : scene.deposited;
        };
        scene.server.forget();
        CHECK(refuses(ErrorKind::forged, [&] {
            return client::fetch_granted(scene.expert, scene.id).documents.size();
        }));
        CHECK(scene.server.calls() == std::vector<std::string>{"dossier"});
        CHECK_FALSE(scene.expert.keyring().granted.contains(scene.id));
    }
}

TEST_CASE("both descriptions of one document, or another's, are refused before a grantee") {
    DescribedScene scene;
    describe(scene.owner, scene.id, scene.payslip, "of the payslip");
    scene.server.mischief.view = [&](Records& records) {
        const auto last = std::ranges::find_if(records, says<statement::DocumentDescribe>);
        records.insert(last, scene.first_statement());
    };
    CHECK(refuses(ErrorKind::forged,
                  [&] { return client::fetch_granted(scene.lawyer, scene.id).documents.size(); }));
    // The payslip's, under its own statement: not the lease's.
    scene.server.mischief.view = [&](Records& records) {
        document_in(records, scene.lease).metadata = document_in(records, scene.payslip).metadata;
    };
    const auto granted = client::fetch_granted(scene.lawyer, scene.id);
    CHECK(Scene::alarms(granted.alarms) == std::vector{kNotThatDescription});
    CHECK_FALSE(granted.documents.contains(scene.lease));
}

TEST_CASE("a description as old as the grant can be shown again, and the contrary not promised") {
    DescribedScene scene;
    const Reader lawyer{scene.lawyer, api::ViewAs::grantee};
    CHECK(lawyer.readable(scene.id, scene.lease).metadata.note == "twice");
    scene.server.mischief.view = [&](Records& records) {
        hide<statement::DocumentDescribe>(records);
        document_in(records, scene.lease).metadata = scene.deposited;
    };
    const auto lease = lawyer.readable(scene.id, scene.lease);
    CHECK(lease.metadata.note == "");
    // What it describes is the same document.
    CHECK_FALSE(saving(scene.lawyer, lease));
}

TEST_CASE("an owner's description that cuts a document back is refused by all who may read it") {
    for (const std::string claimed : {"what the lease", "what the lease says, and more", ""}) {
        CAPTURE(claimed);
        ReadersScene scene;
        rewrite(scene, claimed);
        for (const auto& reader : scene.readers()) {
            CAPTURE(api::name(reader.as));
            scene.server.forget();
            const auto sight = reader.look(scene.id);
            REQUIRE(sight.alarms.size() == 1);
            CHECK(sight.alarms[0].text.ends_with(kNotThatDocument));
            CHECK(sight.alarms[0].document == scene.lease);
            CHECK_FALSE(sight.documents.contains(scene.lease));
            CHECK(sight.documents.contains(scene.payslip));
            CHECK(scene.server.count("document") == 0);
        }
    }
}

}  // namespace kluis::test
