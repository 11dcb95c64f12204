// Attack 9, before the client: an owner with a program of their own, who works with the server,
// deposits one payload that opens to two documents, and gives each reader the key of one.
#include "reading.hpp"
#include "two_keys.hpp"

#include <kluis/age/open/payload_reader.hpp>

#include <client/author.hpp>
#include <support/sealed_document.hpp>

namespace kluis::test {

using base::ErrorKind;

namespace {

// One of the two documents: its key, what it opens to, and a description that fits.
struct Face {
    age::FileKey key = crypto::random_secret<age::FileKey>();
    base::Bytes plain;
    document::SealedSmall metadata;

    void read(base::ByteView stored) {
        base::MemoryReader payload(stored);
        base::MemoryWriter out;
        age::decrypt_payload(key, payload, out);
        plain = out.take();
        metadata = document::seal_metadata(key, describe(plain, "A receipt"));
    }
};

// The receipt is deposited under the first key, which the deposit commits to, and is granted to the
// lawyer so. Then it is described for the second key, and granted to an expert under that.
class TwoFacedScene : public OwnerScene {
  public:
    TwoFacedScene() {
        content = payload_under_two_keys(first.key, two_keys_text("I have paid all of it. "),
                                         second.key, two_keys_text("I have paid none of it. "));
        first.read(content);
        second.read(content);
        deposit_receipt();
        grant(lawyer, first);
        lawyers_view = true_view(lawyer, api::ViewAs::grantee);
        describe_for_second();
        grant(expert, second);
    }

    // What the owner's own program signs, whatever alarms the dossier gives.
    void act(const statement::Act& act, std::vector<api::DocumentHeader> headers) {
        client::act_as_owner(
            owner, id,
            [&](const client::OwnerView&) {
                std::vector<client::Draft> drafts;
                drafts.push_back({act, headers});
                return drafts;
            },
            true);
    }

    // Shows the lawyer the dossier as it was before the second description.
    void show_lawyer_the_first() {
        server.mischief.view = [this](Records& records) {
            auto before = lawyers_view;
            before.front() = records.front();
            before.back() = records.back();
            records = std::move(before);
        };
    }

    void grant(client::Client& reader, const Face& face) {
        const auto state = client::OwnerView::fetch(owner, id).state().documents().at(receipt);
        const auto header = document::seal_header(face.key, reader.card().recipient);
        statement::GrantCreate grant;
        grant.grantee = reader.me();
        grant.documents = {{receipt, state.deposit, state.description, crypto::sha256(header)}};
        act(grant, {{receipt, header}});
    }

    client::Client lawyer = join_and_open("lawyer");
    client::Client expert = join_and_open("expert");
    statement::DocumentId receipt = crypto::random_value<statement::DocumentId>();
    Face first;
    Face second;
    base::Bytes content;
    Records lawyers_view;

  private:
    void deposit_receipt() {
        vault.put(owner.session(), {id, receipt, api::Role::content}, content);
        vault.put(owner.session(), {id, receipt, api::Role::metadata}, first.metadata.stored);
        const auto header = document::seal_header(first.key, owner.card().recipient);
        statement::DocumentDeposit deposit;
        deposit.document = receipt;
        deposit.payloads = {{api::Role::content, payload_of(content)},
                            {api::Role::metadata, first.metadata.payload}};
        deposit.commitment = document::commitment(first.key, receipt, first.plain.size(),
                                                  crypto::sha256(first.plain));
        deposit.header = crypto::sha256(header);
        act(deposit, {{receipt, header}});
    }

    void describe_for_second() {
        vault.put(owner.session(), {id, receipt, api::Role::metadata}, second.metadata.stored);
        act(statement::DocumentDescribe{receipt, second.metadata.payload}, {});
    }
};

// The owner signs the grant anew, of the document as it was deposited.
void forget_description(Records& records) {
    const auto grant = std::ranges::find_if(records, says<statement::GrantCreate>);
    auto& envelope = std::get<api::ViewStatement>(*grant).envelope;
    auto said = statement::parse_statement(envelope.payload);
    std::get<statement::GrantCreate>(said.act).documents.at(0).description.reset();
    envelope = statement::sign(said, account::signer(Scene::secret("owner"))).envelope;
}

}  // namespace

TEST_CASE("a grantee of the key that was committed to reads the one document") {
    TwoFacedScene scene;
    CHECK(scene.first.plain != scene.second.plain);
    scene.show_lawyer_the_first();
    const Reader lawyer{scene.lawyer, api::ViewAs::grantee};
    const auto receipt = lawyer.readable(scene.id, scene.receipt);
    base::MemoryWriter out;
    client::fetch_content(scene.lawyer, receipt, out, {});
    CHECK(out.take() == scene.first.plain);
}

TEST_CASE("a grantee of the second key is shown an alarm, and not a byte is asked for") {
    TwoFacedScene scene;
    scene.server.forget();
    const auto granted = client::fetch_granted(scene.expert, scene.id);
    CHECK(Scene::alarms(granted.alarms) == std::vector{kNotThatDocument});
    CHECK(granted.documents.empty());
    CHECK(refuses(ErrorKind::not_found,
                  [&] { return client::Library(scene.expert).find_document("A receipt").id; }));
    CHECK(scene.server.count("document") == 0);
}

TEST_CASE("a grantee of the second key with the first description is shown an alarm") {
    // As the grant names it, and as if the document had never been described anew.
    for (const bool hidden : {false, true}) {
        CAPTURE(hidden);
        TwoFacedScene scene;
        scene.server.mischief.view = [&](Records& records) {
            if (hidden) {
                hide<statement::DocumentDescribe>(records);
                forget_description(records);
            }
            document_in(records, scene.receipt).metadata = scene.first.metadata.stored;
        };
        scene.server.forget();
        const auto granted = client::fetch_granted(scene.expert, scene.id);
        REQUIRE(granted.alarms.size() == 1);
        CHECK(granted.alarms[0].document == scene.receipt);
        CHECK(granted.documents.empty());
        CHECK(scene.server.count("document") == 0);
    }
}

TEST_CASE("the same reader is given the second document in the first one's place in vain") {
    TwoFacedScene scene;
    scene.show_lawyer_the_first();
    const Reader lawyer{scene.lawyer, api::ViewAs::grantee};
    const auto before = lawyer.look(scene.id);
    const auto receipt = lawyer.readable(scene.id, scene.receipt);
    const auto header = document::seal_header(scene.second.key, scene.lawyer.card().recipient);
    // In a download: the same payload under a header of the second key.
    scene.server.mischief.document = [&](base::Bytes& bytes) {
        std::ranges::copy(header, bytes.begin());
    };
    CHECK(refuses_to_save(scene.server, scene.lawyer, receipt));
    // In a grant anew, of the second key: by now with the description for it.
    scene.server.mischief = {};
    scene.grant(scene.lawyer, scene.second);
    const auto sight = lawyer.look(scene.id);
    CHECK(before.documents.contains(scene.receipt));
    CHECK(Scene::alarms(sight.alarms) == std::vector{kNotThatDocument});
    CHECK(sight.documents.empty());
}

TEST_CASE("a new owner who is handed the second key is shown an alarm, signed by the former one") {
    TwoFacedScene scene;
    auto heir = scene.join_and_open("heir");
    Scene::pin(scene.owner, "heir");
    const auto consent = client::make_consent(heir, scene.id, scene.owner.me());
    const auto view = client::OwnerView::fetch(scene.owner, scene.id);
    std::vector<api::DocumentHeader> headers;
    std::map<statement::DocumentId, statement::Digest> digests;
    for (const auto& document : view.state().standing()) {
        const auto key = document == scene.receipt ? scene.second.key.duplicate()
                                                   : view.file_key(scene.owner, document);
        headers.push_back({document, document::seal_header(key, heir.card().recipient)});
        digests[document] = crypto::sha256(headers.back().header);
    }
    scene.act(
        statement::DossierTransfer{heir.card(), consent, statement::header_list_digest(digests)},
        headers);
    scene.server.forget();
    const auto theirs = client::OwnerView::fetch(heir, scene.id);
    REQUIRE(theirs.alarms().size() == 1);
    CHECK(theirs.alarms()[0].text.ends_with(kNotThatDocument));
    CHECK(theirs.alarms()[0].document == scene.receipt);
    CHECK(theirs.alarms()[0].signer == scene.owner.me());
    CHECK_FALSE(theirs.documents().contains(scene.receipt));
    CHECK(theirs.documents().size() == 2);
    CHECK(scene.server.count("document") == 0);
}

}  // namespace kluis::test
