#include "vault.hpp"

#include <kluis/bundle/layout/reader.hpp>

#include <api/wire.hpp>
#include <doctest/doctest.h>
#include <server/card_sets.hpp>
#include <server/exchange.hpp>
#include <support/live_memory.hpp>

#include <algorithm>

using namespace kluis;
using test::code_of;
using test::Person;
using test::TestDossier;
using test::TestVault;

namespace {

base::Bytes sealed(const statement::Card& card, const std::string& text) {
    base::Bytes file = test::header_for(card);
    base::append(file, text);
    return file;
}

// A bundle of one document, with its members uploaded.
struct TestBundle {
    explicit TestBundle(TestDossier& the_dossier, std::uint64_t set = 1)
        : dossier(the_dossier), document(dossier.add(base::Bytes(100'000, 5))) {
        act.bundle = id;
        act.documents = 1;
        act.manifest = crypto::sha256(members.at(api::Member::manifest));
        act.recipients = {Person("member").fingerprint()};
        act.set = set;
    }

    void upload() {
        for (const auto& [member, bytes] : members)
            upload(member);
    }

    void upload(api::Member member) {
        const auto& bytes = members.at(member);
        const auto upload = dossier.vault.service.put_member(dossier.session, dossier.id(), id,
                                                             member, bytes.size());
        upload->write(bytes);
        upload->finish();
    }

    void submit() { dossier.act(act, {{document, header}}); }

    TestDossier& dossier;
    statement::DocumentId document;
    statement::BundleId id = crypto::random_value<statement::BundleId>();
    Person case_key{"case key"};
    base::Bytes header = test::header_for(case_key.card());
    std::map<api::Member, base::Bytes> members{
        {api::Member::case_key, base::Bytes(500, 1)},
        {api::Member::manifest, sealed(case_key.card(), "manifest")},
        {api::Member::seal, sealed(case_key.card(), "seal")},
        {api::Member::readers, sealed(case_key.card(), "readers")}};
    statement::BundleSeal act;
};

std::vector<statement::CardSet> set_of(const Person& member, std::uint64_t version,
                                       base::Time now) {
    statement::CardSet set;
    set.jurisdiction = "nl-commissie-2025";
    set.version = version;
    set.issued = now - std::chrono::hours(1);
    set.end = now + std::chrono::hours(1);
    set.cards = {{member.card(), now - std::chrono::hours(1), std::nullopt}};
    return {set};
}

}  // namespace

TEST_CASE("a sealed bundle is assembled from its members and the stored payloads") {
    TestVault vault;
    TestDossier dossier(vault);
    TestBundle bundle(dossier);
    bundle.upload();
    bundle.submit();
    const auto whole =
        test::read(vault.service.bundle(dossier.session, dossier.id(), bundle.id, std::nullopt));
    base::MemoryReader in(whole);
    kluis::bundle::BundleReader reader(in);
    CHECK(reader.info().bundle == bundle.id);
    std::vector<base::Bytes> members;
    while (const auto member = reader.next())
        members.push_back(base::read_all(reader.body(), member->size, "member"));
    REQUIRE(members.size() == 6);
    CHECK(members[0] == bundle.members[api::Member::case_key]);
    CHECK(members[1] == bundle.members[api::Member::manifest]);
    CHECK(members[2] == bundle.members[api::Member::seal]);
    CHECK(members[3] == base::concat({bundle.header, base::Bytes(100'000, 5)}));
    CHECK(base::equal(base::ByteView(members[4]).first(bundle.header.size()), bundle.header));
    CHECK(members[5] == bundle.members[api::Member::readers]);

    auto part = vault.service.bundle(dossier.session, dossier.id(), bundle.id,
                                     api::ByteRange{1000, 50'000});
    CHECK(part.size == whole.size());
    CHECK(base::equal(test::read(std::move(part)), base::ByteView(whole).subspan(1000, 50'000)));
    CHECK(vault.service.peek_bundle(dossier.session, dossier.id(), bundle.id).etag ==
          vault.service.peek_bundle(dossier.session, dossier.id(), bundle.id).etag);
}

TEST_CASE("a bundle is answered by its head, in part, and not again to one who has it") {
    TestVault vault;
    TestDossier dossier(vault);
    TestBundle bundle(dossier);
    bundle.upload();
    bundle.submit();
    const auto get = [&](const std::string& method, std::map<std::string, std::string> headers) {
        server::RequestHead request;
        request.method = method;
        request.target = api::path(api::Endpoint::bundle, {statement::to_text(dossier.id()),
                                                           statement::to_text(bundle.id)});
        request.headers["authorization"] = api::bearer_text(dossier.session);
        for (const auto& [name, value] : headers)
            request.headers[name] = value;
        server::Exchange exchange(vault.service, std::move(request));
        exchange.begin();
        server::Reply reply = exchange.finish({});
        const auto body =
            reply.stream ? base::read_all(*reply.stream, 1'000'000, "bundle") : base::Bytes();
        return std::pair(std::move(reply), body);
    };
    const auto tag_of = [](const server::Reply& reply) {
        const auto found =
            std::ranges::find(reply.headers, "ETag", &std::pair<std::string, std::string>::first);
        return found == reply.headers.end() ? std::string() : found->second;
    };
    const auto [whole, bytes] = get("GET", {});
    CHECK(whole.status == 200);
    CHECK(bytes.size() == whole.length);
    const auto tag = tag_of(whole);
    CHECK(tag.size() > 2);
    const auto [named, nothing] = get("HEAD", {});
    CHECK(named.length == whole.length);
    CHECK(tag_of(named) == tag);
    CHECK(get("GET", {{"if-none-match", tag}}).first.status == 304);
    const auto [part, middle] = get("GET", {{"range", "bytes=700-899"}, {"if-range", tag}});
    CHECK(part.status == 206);
    CHECK(base::equal(middle, base::ByteView(bytes).subspan(700, 200)));
    CHECK(get("GET", {{"range", "bytes=700-899"}, {"if-range", "\"x\""}}).first.status == 200);
    CHECK(code_of([&] { return get("GET", {{"range", "bytes=9999999-"}}); }) == "range");
}

TEST_CASE("a bundle of many small documents is served in memory for one of them") {
    TestVault vault;
    TestDossier dossier(vault);
    TestBundle bundle(dossier);
    std::vector<api::DocumentHeader> headers{{bundle.document, bundle.header}};
    for (int i = 0; i < 50; ++i)
        headers.push_back({dossier.add(base::Bytes(60'000, 7)), bundle.header});
    bundle.act.documents = headers.size();
    bundle.upload();
    dossier.act(bundle.act, headers);
    base::Bytes buffer(64 * 1024);
    const std::size_t before = test::live_memory();
    const auto download =
        vault.service.bundle(dossier.session, dossier.id(), bundle.id, std::nullopt);
    std::size_t most = 0;
    std::uint64_t read = 0;
    while (const std::size_t count = download.body->read(buffer)) {
        read += count;
        most = std::max(most, test::live_memory() - before);
    }
    CHECK(read == download.size);
    CHECK(read > 3'000'000);
    CHECK(most < 500'000);
}

TEST_CASE("a document that is erased while its bundle is read ends the download") {
    TestVault vault;
    TestDossier dossier(vault);
    TestBundle bundle(dossier);
    bundle.upload();
    bundle.submit();
    const auto download =
        vault.service.bundle(dossier.session, dossier.id(), bundle.id, std::nullopt);
    dossier.act(statement::DocumentErase{bundle.document});
    CHECK(code_of([&] { return base::read_all(*download.body, 1 << 20, "bundle"); }) == "storage");
}

TEST_CASE("a bundle without all its members is not there yet") {
    TestVault vault;
    TestDossier dossier(vault);
    TestBundle bundle(dossier);
    const auto get = [&] {
        return code_of([&] {
            return vault.service.bundle(dossier.session, dossier.id(), bundle.id, std::nullopt);
        });
    };
    CHECK(get() == "not-found");
    bundle.upload(api::Member::manifest);
    bundle.submit();
    CHECK(get() == "not-found");
    bundle.upload();
    CHECK(get() == "");
}

TEST_CASE("a member that is not encrypted to one key is refused, but for the case key's") {
    TestVault vault;
    TestDossier dossier(vault);
    TestBundle bundle(dossier);
    for (const auto member : {api::Member::manifest, api::Member::seal, api::Member::readers}) {
        const auto upload =
            vault.service.put_member(dossier.session, dossier.id(), bundle.id, member, 300);
        upload->write(base::Bytes(300, 'x'));
        CHECK(code_of([&] { return (upload->finish(), 0); }) == "header-refused");
    }
}

TEST_CASE("a seal for a card that is not in the set, or of an unknown set, is refused") {
    const test::TestClock clock;
    for (const auto& [member, version, answer] :
         std::vector<std::tuple<std::string, std::uint64_t, std::string>>{
             {"member", 1, ""},
             {"other", 1, "recipient-not-in-set"},
             {"member", 2, "set-unknown"}}) {
        server::VaultRules rules;
        rules.card_sets = set_of(Person(member), version, clock.now());
        TestVault vault(std::move(rules));
        TestDossier dossier(vault);
        TestBundle bundle(dossier);
        bundle.upload(api::Member::manifest);
        CHECK(code_of([&] { return (bundle.submit(), 0); }) == answer);
    }
}

TEST_CASE("a seal to the set of another jurisdiction is refused, though the version is the same") {
    const test::TestClock clock;
    server::VaultRules rules;
    rules.card_sets = set_of(Person("member"), 1, clock.now());
    rules.card_sets[0].jurisdiction = "de-be-haertefall";
    TestVault vault(std::move(rules));
    TestDossier dossier(vault);
    TestBundle bundle(dossier);
    bundle.upload(api::Member::manifest);
    CHECK(code_of([&] { return (bundle.submit(), 0); }) == "set-unknown");
}

TEST_CASE("a seal after its card set has ended is refused") {
    TestVault clock_of;
    server::VaultRules rules;
    rules.card_sets = set_of(Person("member"), 1, clock_of.clock.now());
    rules.card_sets[0].end = clock_of.clock.now() - std::chrono::seconds(1);
    TestVault vault(std::move(rules));
    TestDossier dossier(vault);
    TestBundle bundle(dossier);
    CHECK(code_of([&] { return (bundle.submit(), 0); }) == "recipient-not-in-set");
}
