// Statements that the real server must not take, over HTTP, and what it answers.
#include "kluisd.hpp"
#include "visitor.hpp"

#include <doctest/doctest.h>

using namespace kluis;
using test::HttpReply;
using test::Kluisd;
using test::Person;
using test::Visitor;

namespace {

statement::DepositorAllow allow(const Person& person) {
    return {person.card(), std::nullopt, std::nullopt, false};
}

// Whether the reply is exactly the RFC 9457 problem of this code and nothing more.
bool is_problem(const HttpReply& reply, int status, const std::string& code) {
    if (reply.status != status || reply.headers.at("content-type") != "application/problem+json") {
        return false;
    }
    const auto json = base::parse_json(base::as_bytes(reply.body), "problem");
    base::JsonMembers members(json, "problem");
    const bool fits = members.string("type") == "https://bewijskluis.org/problems/" + code &&
                      members.integer("status") == static_cast<std::uint64_t>(status) &&
                      members.string("title").ends_with('.') &&
                      members.string("request").size() == 16;
    members.finish();
    return fits;
}

// What the reply says, but for the request's own id.
std::string answer_of(const HttpReply& reply) {
    const auto json = base::parse_json(base::as_bytes(reply.body), "problem");
    base::JsonMembers members(json, "problem");
    return std::to_string(reply.status) + members.string("type") + members.string("title");
}

class Scene {
  public:
    Scene() : owner_code(invitation()), other_code(invitation()) {
        kluisd.serve();
        owner.emplace(kluisd.port(), "owner");
        owner->join(owner_code);
        owner->create();
        other.emplace(kluisd.port(), "other");
        other->join(other_code);
        other->dossier = owner->dossier;
    }

    // How long the chain is, as its owner is told.
    std::string dossiers() { return owner->get("/dossiers").body; }

    Kluisd kluisd;
    std::string owner_code;
    std::string other_code;
    std::optional<Visitor> owner;
    std::optional<Visitor> other;

  private:
    std::string invitation() {
        const std::string out = kluisd.run({"invite"}).out;
        return out.substr(0, out.find('\n'));
    }
};

}  // namespace

TEST_CASE("a statement on a stale head is refused as such, and accepted on the new head") {
    Scene scene;
    Visitor& owner = *scene.owner;
    const auto stale = owner.head();
    owner.deposit("a letter");
    const auto before = scene.dossiers();
    CHECK(is_problem(owner.say(owner.sign(allow(scene.other->person), stale).envelope), 409,
                     "stale-head"));
    CHECK(scene.dossiers() == before);
    const auto made = owner.sign(allow(scene.other->person), owner.head());
    const auto first = owner.say(made.envelope);
    CHECK(first.status == 200);
    CHECK(owner.say(made.envelope).body == first.body);
}

TEST_CASE("whoever a dossier does not know gets the answer of a dossier that does not exist") {
    Scene scene;
    Visitor& stranger = *scene.other;
    const auto before = scene.dossiers();
    const auto refused =
        stranger.say(stranger.sign(allow(stranger.person), scene.owner->head()).envelope);
    CHECK(is_problem(refused, 404, "not-found"));
    // Refused before the body was read: the connection does not go on.
    CHECK(refused.headers.at("connection") == "close");
    stranger.reconnect(scene.kluisd.port());
    stranger.dossier = crypto::random_value<statement::DossierId>();
    const auto none =
        stranger.say(stranger.sign(allow(stranger.person), scene.owner->head()).envelope);
    CHECK(answer_of(none) == answer_of(refused));
    CHECK(scene.dossiers() == before);
}

TEST_CASE("a depositor's signature does not do what only the owner's may") {
    Scene scene;
    Visitor& owner = *scene.owner;
    Visitor& depositor = *scene.other;
    const auto document = owner.deposit("a letter");
    const auto allowed = owner.sign(allow(depositor.person), owner.head());
    REQUIRE(owner.say(allowed.envelope).status == 200);
    const auto before = scene.dossiers();
    const auto refused = [&](const statement::Act& act) {
        return is_problem(depositor.say(depositor.sign(act, allowed.hash).envelope), 403,
                          "not-owner");
    };
    CHECK(refused(allow(Person("a third"))));
    CHECK(refused(statement::DepositorRemove{depositor.person.fingerprint()}));
    CHECK(refused(statement::GrantRevoke{owner.person.fingerprint(), {document}}));
    CHECK(refused(statement::DossierErase{}));
    CHECK(scene.dossiers() == before);
}

TEST_CASE("a statement in the owner's name that another signed, or hands in, is refused") {
    Scene scene;
    Visitor& owner = *scene.owner;
    Visitor& other = *scene.other;
    const auto before = scene.dossiers();
    const auto made = owner.sign(allow(other.person), owner.head());
    auto forged = made.envelope;
    forged.signature = other.sign(allow(other.person), owner.head()).envelope.signature;
    CHECK(is_problem(owner.say(forged), 422, "bad-signature"));
    CHECK(is_problem(other.say(made.envelope), 404, "not-found"));
    const auto others = other.sign(allow(other.person), owner.head());
    CHECK(is_problem(owner.say(others.envelope), 403, "denied"));
    CHECK(scene.dossiers() == before);
    CHECK(owner.say(made.envelope).status == 200);
}
