#include "vault.hpp"

#include <kluis/age/open/payload_reader.hpp>
#include <kluis/age/open/x25519_identity.hpp>
#include <kluis/age/seal/split.hpp>
#include <kluis/base/json.hpp>

#include <doctest/doctest.h>

#include <set>

using namespace kluis;
using test::code_of;
using test::Person;
using test::TestDossier;
using test::TestVault;

namespace {

base::Bytes pattern(std::size_t size) {
    base::Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<std::uint8_t>(i * 7 + i / 256);
    return bytes;
}

std::string opened(const base::Bytes& sealed, const Person& owner) {
    base::MemoryReader file(sealed);
    age::SplitReader split(file);
    const age::X25519Identity identity(owner.recipient_secret());
    const auto key = age::unwrap(split.header(), identity);
    age::PayloadReader plain(key, split);
    return base::to_string(base::read_all(plain, 4096, "entry"));
}

}  // namespace

TEST_CASE("a document comes back behind its header, as a row and as a blob") {
    TestVault vault;
    TestDossier dossier(vault);
    for (const std::size_t size :
         {std::size_t{100}, store::kInlineLimit, store::kInlineLimit + 1, std::size_t{1'000'000}}) {
        const base::Bytes content = pattern(size);
        const auto id = dossier.add(content);
        const api::PayloadTarget target{dossier.id(), id, api::Role::content};
        const auto whole = test::read(
            vault.service.document(dossier.session, target, api::ViewAs::owner, std::nullopt));
        const auto header = age::header_size(whole);
        REQUIRE(header);
        CHECK(base::equal(base::ByteView(whole).subspan(*header), content));
        for (const api::ByteRange range :
             {api::ByteRange{0, 1}, api::ByteRange{*header - 1, 2},
              api::ByteRange{whole.size() - 1, 1}, api::ByteRange{3, ~std::uint64_t{0}}}) {
            auto part = vault.service.document(dossier.session, target, api::ViewAs::owner, range);
            CHECK(part.size == whole.size());
            const auto wanted = base::ByteView(whole).subspan(range.first).first(part.length);
            CHECK(part.offset == range.first);
            CHECK(base::equal(test::read(std::move(part)), wanted));
        }
        CHECK(code_of([&] {
                  return vault.service.document(dossier.session, target, api::ViewAs::owner,
                                                api::ByteRange{whole.size(), 1});
              }) == "range");
    }
}

TEST_CASE("a grantee reads what is granted, while it is, and no more") {
    TestVault vault;
    TestDossier dossier(vault);
    const auto granted = dossier.add(pattern(100));
    const auto other = dossier.add(pattern(200));
    const Person lawyer("lawyer");
    const auto session = vault.join(lawyer);
    const auto read = [&](const statement::DocumentId& id, api::ViewAs as,
                          api::Role role = api::Role::content) {
        return code_of([&] {
            return vault.service.document(session, {dossier.id(), id, role}, as, std::nullopt);
        });
    };
    CHECK(read(granted, api::ViewAs::grantee) == "not-found");
    const auto header =
        dossier.grant(lawyer, granted, vault.clock.now() + std::chrono::seconds(100));
    const auto file = test::read(vault.service.document(
        session, {dossier.id(), granted, api::Role::content}, api::ViewAs::grantee, std::nullopt));
    CHECK(base::equal(base::ByteView(file).first(header.size()), header));
    CHECK(read(other, api::ViewAs::grantee) == "not-found");
    CHECK(read(granted, api::ViewAs::owner) == "not-found");
    CHECK(read(granted, api::ViewAs::depositor) == "not-found");
    CHECK(read(granted, api::ViewAs::grantee, api::Role::word) == "not-found");
    CHECK(read(granted, api::ViewAs::grantee, api::Role::preview) == "not-found");
    vault.clock.pass(std::chrono::seconds(100));
    CHECK(read(granted, api::ViewAs::grantee) == "not-found");
}

TEST_CASE("a revoked grant is not served") {
    TestVault vault;
    TestDossier dossier(vault);
    const auto id = dossier.add(pattern(100));
    const Person lawyer("lawyer");
    const auto session = vault.join(lawyer);
    dossier.grant(lawyer, id);
    dossier.act(statement::GrantRevoke{lawyer.fingerprint(), {id}});
    CHECK(code_of([&] {
              return vault.service.document(session, {dossier.id(), id, api::Role::content},
                                            api::ViewAs::grantee, std::nullopt);
          }) == "not-found");
}

TEST_CASE("the owner's record has each read by others once an hour, sealed to the owner") {
    TestVault vault;
    TestDossier dossier(vault);
    const auto id = dossier.add(pattern(100));
    const Person lawyer("lawyer");
    const auto session = vault.join(lawyer);
    dossier.grant(lawyer, id);
    const api::PayloadTarget target{dossier.id(), id, api::Role::content};
    const auto at = vault.clock.now();
    vault.service.document(dossier.session, target, api::ViewAs::owner, std::nullopt);
    vault.service.peek_document(session, target, api::ViewAs::grantee);
    CHECK(dossier.reads().empty());

    vault.service.document(session, target, api::ViewAs::grantee, std::nullopt);
    vault.service.document(session, target, api::ViewAs::grantee, api::ByteRange{5, 10});
    const auto entries = dossier.reads();
    REQUIRE(entries.size() == 1);
    CHECK(opened(entries[0], dossier.owner) == "{\"document\":\"" + statement::to_text(id) +
                                                   "\",\"reader\":\"" +
                                                   statement::to_text(lawyer.fingerprint()) +
                                                   "\",\"time\":\"" + base::to_string(at) + "\"}");
    vault.clock.pass(std::chrono::hours(1));
    vault.service.document(session, target, api::ViewAs::grantee, std::nullopt);
    CHECK(dossier.reads().size() == 2);
    CHECK(code_of([&] { return dossier.reads_by(session); }) == "not-found");
}

TEST_CASE("a read elsewhere of a document of the same id hides none here") {
    TestVault vault;
    TestDossier dossier(vault);
    TestDossier other(vault, "accomplice");
    const auto id = dossier.add(pattern(100));
    other.add(pattern(200), id);
    const Person lawyer("lawyer");
    const auto session = vault.join(lawyer);
    dossier.grant(lawyer, id);
    other.grant(lawyer, id);
    for (const TestDossier* of : {&other, &dossier}) {
        vault.service.document(session, {of->id(), id, api::Role::content}, api::ViewAs::grantee,
                               std::nullopt);
    }
    CHECK(other.reads().size() == 1);
    CHECK(dossier.reads().size() == 1);
}

TEST_CASE("a read after the dossier was handed over is in the new owner's record") {
    TestVault vault;
    TestDossier dossier(vault);
    const auto id = dossier.add(pattern(100));
    const Person lawyer("lawyer");
    const Person heir("heir");
    const auto session = vault.join(lawyer);
    const auto heirs = vault.join(heir);
    dossier.grant(lawyer, id);
    const api::PayloadTarget target{dossier.id(), id, api::Role::content};
    vault.service.document(session, target, api::ViewAs::grantee, std::nullopt);
    CHECK(dossier.reads().size() == 1);
    dossier.transfer(heir);
    CHECK(dossier.reads_by(heirs).empty());
    vault.service.document(session, target, api::ViewAs::grantee, std::nullopt);
    const auto entries = dossier.reads_by(heirs);
    REQUIRE(entries.size() == 1);
    CHECK(opened(entries[0], heir).find(statement::to_text(lawyer.fingerprint())) !=
          std::string::npos);
    CHECK(code_of([&] { return dossier.reads(); }) == "not-found");
}

TEST_CASE("a view that shows a grantee headers and metadata is a read of each document") {
    TestVault vault;
    TestDossier dossier(vault);
    const Person lawyer("lawyer");
    const auto session = vault.join(lawyer);
    std::set<std::string> wanted;
    for (int i = 0; i < 3; ++i) {
        const auto id = dossier.add(pattern(100));
        dossier.grant(lawyer, id);
        wanted.insert(statement::to_text(id));
    }
    dossier.add(pattern(100));
    test::view(vault, dossier.session, dossier.id(), api::ViewAs::owner);
    CHECK(dossier.reads().empty());
    test::view(vault, session, dossier.id(), api::ViewAs::grantee);
    std::set<std::string> noted;
    for (const auto& entry : dossier.reads()) {
        const std::string text = opened(entry, dossier.owner);
        noted.insert(text.substr(text.find(':') + 2, 26));
    }
    CHECK(noted == wanted);
    test::view(vault, session, dossier.id(), api::ViewAs::grantee);
    CHECK(dossier.reads().size() == 3);
    vault.clock.pass(std::chrono::hours(1));
    vault.service.expire();
    test::view(vault, session, dossier.id(), api::ViewAs::grantee);
    CHECK(dossier.reads().size() == 6);
    CHECK(dossier.reads(5).size() == 2);
    CHECK(dossier.reads(7).empty());
}

TEST_CASE("what a grantee's view shows of a document is in the record before it leaves") {
    TestVault vault;
    TestDossier dossier(vault);
    const Person lawyer("lawyer");
    const auto session = vault.join(lawyer);
    dossier.grant(lawyer, dossier.add(pattern(100)));
    const auto source = vault.service.open_view(session, dossier.id(), api::ViewAs::grantee, 0);
    while (const auto record = source->next()) {
        const bool document = std::holds_alternative<api::ViewDocument>(*record);
        if (document) CHECK(dossier.reads().size() == 1);
    }
    CHECK(dossier.reads().size() == 1);
}

TEST_CASE("a grantee whose grant has expired reads nothing, and is not in the record") {
    TestVault vault;
    TestDossier dossier(vault);
    const Person lawyer("lawyer");
    const auto session = vault.join(lawyer);
    const auto id = dossier.add(pattern(100));
    dossier.grant(lawyer, id, vault.clock.now() + std::chrono::seconds(100));
    vault.clock.pass(std::chrono::seconds(100));
    for (const auto& record : test::view(vault, session, dossier.id(), api::ViewAs::grantee)) {
        CHECK_FALSE(std::holds_alternative<api::ViewDocument>(record));
    }
    CHECK(code_of([&] {
              return vault.service.document(session, {dossier.id(), id, api::Role::content},
                                            api::ViewAs::grantee, std::nullopt);
          }) == "not-found");
    CHECK(dossier.reads().empty());
}

TEST_CASE("another's upload under the same id leaves the first one's as it is") {
    TestVault vault;
    TestDossier dossier(vault);
    const Person worker("worker");
    dossier.act(statement::DepositorAllow{worker.card(), std::nullopt, std::nullopt, false});
    const auto session = vault.join(worker);
    const auto id = crypto::random_value<statement::DocumentId>();
    const auto deposit =
        vault.deposit(session, worker, dossier.author, dossier.owner, id, pattern(100));
    vault.put(dossier.session, {dossier.id(), id, api::Role::content}, pattern(200));
    vault.service.submit(session, dossier.id(), {deposit});
    const auto whole = test::read(vault.service.document(
        dossier.session, {dossier.id(), id, api::Role::content}, api::ViewAs::owner, std::nullopt));
    CHECK(whole.size() == age::header_size(whole).value() + 100);
}

TEST_CASE("an upload of another length than it said is refused and leaves nothing") {
    TestVault vault;
    TestDossier dossier(vault);
    const api::PayloadTarget target{dossier.id(), {}, api::Role::content};
    const auto try_it = [&](std::uint64_t said, std::size_t sent) {
        return code_of([&] {
            const auto upload = vault.service.put_payload(dossier.session, target, said);
            upload->write(pattern(sent));
            upload->finish();
            return 0;
        });
    };
    CHECK(try_it(10, 9) == "malformed");
    CHECK(try_it(10, 11) == "malformed");
    CHECK(try_it(100'000, 99'999) == "malformed");
    CHECK(try_it(100'000, 100'001) == "malformed");
    CHECK(try_it(0, 0) == "malformed");
    std::size_t blobs = 0;
    vault.blobs.sweep([&](const store::BlobId&) { ++blobs; });
    CHECK(blobs == 0);
}

TEST_CASE("a payload beyond the limit of its role is refused before a byte of it") {
    TestVault vault;
    TestDossier dossier(vault);
    const auto try_it = [&](api::Role role, std::uint64_t size) {
        return code_of([&] {
            return vault.service.put_payload(dossier.session, {dossier.id(), {}, role}, size);
        });
    };
    CHECK(try_it(api::Role::content, 8'000'000'001) == "limit");
    CHECK(try_it(api::Role::content, 8'000'000'000) == "");
    CHECK(try_it(api::Role::metadata, 64 * 1024 + 65) == "limit");
    CHECK(try_it(api::Role::word, 70'000) == "limit");
}

TEST_CASE("a word to the owner that is no age file of one stanza is refused") {
    TestVault vault;
    TestDossier dossier(vault);
    const api::PayloadTarget target{dossier.id(), {}, api::Role::word};
    CHECK(code_of([&] { return (vault.put(dossier.session, target, pattern(300)), 0); }) ==
          "header-refused");
    base::Bytes word = test::header_for(dossier.owner.card());
    base::append(word, pattern(100));
    vault.put(dossier.session, target, word);
}

TEST_CASE("small payloads sent together are kept each in its place") {
    TestVault vault;
    TestDossier dossier(vault);
    std::vector<api::SmallPayload> payloads;
    std::vector<api::Submission> run;
    std::vector<statement::DocumentId> ids;
    for (const std::size_t size : {100, 4128}) {
        const auto id = crypto::random_value<statement::DocumentId>();
        payloads.push_back({id, api::Role::content, pattern(size)});
        payloads.push_back({id, api::Role::metadata, TestVault::metadata_of(id)});
        run.push_back(
            vault.signed_deposit(dossier.owner, dossier.author, dossier.owner, id, pattern(size)));
        ids.push_back(id);
    }
    vault.service.put_payloads(dossier.session, dossier.id(), payloads);
    CHECK(vault.service.submit(dossier.session, dossier.id(), run).head == dossier.author.head);
    const auto whole = test::read(vault.service.document(dossier.session,
                                                         {dossier.id(), ids[1], api::Role::content},
                                                         api::ViewAs::owner, std::nullopt));
    CHECK(
        base::equal(base::ByteView(whole).subspan(age::header_size(whole).value()), pattern(4128)));
}

TEST_CASE("of payloads sent together none is kept if a word among them is no age file") {
    TestVault vault;
    TestDossier dossier(vault);
    const auto id = crypto::random_value<statement::DocumentId>();
    CHECK(code_of([&] {
              vault.service.put_payloads(dossier.session, dossier.id(),
                                         {{id, api::Role::content, pattern(100)},
                                          {id, api::Role::metadata, TestVault::metadata_of(id)},
                                          {id, api::Role::word, pattern(300)}});
              return 0;
          }) == "header-refused");
    const auto deposit =
        vault.signed_deposit(dossier.owner, dossier.author, dossier.owner, id, pattern(100));
    CHECK(code_of([&] { return vault.service.submit(dossier.session, dossier.id(), {deposit}); }) ==
          "payload-missing");
}

TEST_CASE("who may not deposit may not send payloads together either") {
    TestVault vault;
    TestDossier dossier(vault);
    const auto session = vault.join(Person("stranger"));
    CHECK(code_of([&] {
              vault.service.put_payloads(session, dossier.id(),
                                         {{{}, api::Role::content, pattern(100)}});
              return 0;
          }) == "not-found");
}

TEST_CASE("one card has only so many uploads under way") {
    server::VaultRules rules;
    rules.uploads_at_once = 2;
    TestVault vault(std::move(rules));
    TestDossier dossier(vault);
    const api::PayloadTarget target{dossier.id(), {}, api::Role::content};
    auto first = vault.service.put_payload(dossier.session, target, 10);
    auto second = vault.service.put_payload(dossier.session, target, 10);
    CHECK(code_of([&] { return vault.service.put_payload(dossier.session, target, 10); }) ==
          "too-many-requests");
    first.reset();
    second = vault.service.put_payload(dossier.session, target, 10);
}

TEST_CASE("one card has only so many bytes staged and under way") {
    server::VaultRules rules;
    rules.staging.bytes = 1000;
    TestVault vault(std::move(rules));
    TestDossier dossier(vault);
    const auto target = [&] {
        return api::PayloadTarget{dossier.id(), crypto::random_value<statement::DocumentId>(),
                                  api::Role::content};
    };
    const auto begin = [&](std::uint64_t size) {
        return vault.service.put_payload(dossier.session, target(), size);
    };
    vault.put(dossier.session, target(), pattern(600));
    auto under_way = begin(300);
    CHECK(code_of([&] { return begin(101); }) == "too-many-requests");
    CHECK(code_of([&] { return begin(100); }) == "");
    under_way.reset();
    CHECK(code_of([&] { return begin(400); }) == "");
    CHECK(code_of([&] {
              vault.service.put_payloads(dossier.session, dossier.id(),
                                         {{{}, api::Role::content, pattern(401)}});
              return 0;
          }) == "too-many-requests");
}

TEST_CASE("an upload that is one document too many leaves nothing") {
    server::VaultRules rules;
    rules.staging.documents = 1;
    TestVault vault(std::move(rules));
    TestDossier dossier(vault);
    const auto put = [&](const statement::DocumentId& id, std::size_t size) {
        return code_of([&] {
            vault.put(dossier.session, {dossier.id(), id, api::Role::content}, pattern(size));
            return 0;
        });
    };
    const auto first = crypto::random_value<statement::DocumentId>();
    CHECK(put(first, 100'000) == "");
    CHECK(put(crypto::random_value<statement::DocumentId>(), 100'000) == "too-many-requests");
    CHECK(put(first, 200'000) == "");
    std::size_t blobs = 0;
    vault.blobs.sweep([&](const store::BlobId&) { ++blobs; });
    CHECK(blobs == 1);
}

TEST_CASE("who may no longer deposit may not upload") {
    TestVault vault;
    TestDossier dossier(vault);
    const Person worker("worker");
    dossier.act(statement::DepositorAllow{worker.card(), vault.clock.now() + std::chrono::hours(1),
                                          std::nullopt, false});
    const auto session = vault.join(worker);
    const api::PayloadTarget target{dossier.id(), {}, api::Role::content};
    vault.put(session, target, pattern(10));
    vault.clock.pass(std::chrono::seconds(3601));
    CHECK(code_of([&] { return vault.service.put_payload(session, target, 10); }) == "not-found");
}
