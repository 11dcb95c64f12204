// docs/api.yaml against the code. Its layout is fixed enough to be read by indentation.
#include "fixture.hpp"

#include <kluis/base/file.hpp>

#include <api/endpoints.hpp>
#include <api/problem.hpp>
#include <api/wire.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <sstream>

using namespace kluis;

namespace {

std::vector<std::string> lines() {
    const auto bytes =
        base::read_file(std::string(KLUIS_SOURCE_DIR) + "/docs/api.yaml", 1024 * 1024);
    std::istringstream text(base::to_string(bytes));
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);)
        lines.push_back(line);
    return lines;
}

// The lines of the top-level member `name`.
std::vector<std::string> section(const std::string& name) {
    std::vector<std::string> found;
    bool inside = false;
    for (const std::string& line : lines()) {
        if (!line.empty() && line[0] != ' ') {
            inside = line == name + ":";
        } else if (inside) {
            found.push_back(line);
        }
    }
    return found;
}

using Names = std::set<std::string>;

// The names in "[a, b]".
Names names_in(std::string_view list) {
    Names names;
    std::istringstream text{std::string(list)};
    for (std::string name; std::getline(text, name, ',');)
        names.insert(name.substr(name.find_first_not_of(' ')));
    return names;
}

// The members of "{a: x, b: {…}}", without what stands in them.
Names members_in(std::string_view object) {
    Names names;
    int depth = 0;
    std::string name;
    for (const char c : object) {
        if (c == '{' || c == '[') ++depth;
        if (c == '}' || c == ']') --depth;
        if (depth == 1 && c == ':') names.insert(name);
        name = depth == 1 && (std::isalpha(static_cast<unsigned char>(c)) || c == '_')
                   ? name + c
                   : std::string();
        if (depth == 0) break;
    }
    return names;
}

struct Schema {
    Names required;
    Names properties;
};

Schema schema(const std::string& name) {
    Schema found;
    bool inside = false;
    for (const std::string& line : section("components")) {
        const bool begins = line.starts_with("    ") && line.size() > 4 && line[4] != ' ';
        if (begins) inside = line.starts_with("    " + name + ":");
        if (!inside) continue;
        if (const auto at = line.find("required: ["); at != line.npos && found.required.empty()) {
            const auto rest = line.substr(at + 11);
            found.required = names_in(rest.substr(0, rest.find(']')));
        }
        if (const auto at = line.find("properties: {"); begins && at != line.npos) {
            found.properties = members_in(std::string_view(line).substr(at + 12));
        }
        if (line.starts_with("        ") && line[8] != ' ' && line[8] != '-') {
            found.properties.insert(line.substr(8, line.find(':') - 8));
        }
    }
    return found;
}

base::Json json_of(const std::string& line) {
    return base::parse_json(base::as_bytes(line), "line");
}

// Whether the schema has exactly the members of these samples, and requires those that all have.
void check_schema(const std::string& name, const std::vector<base::Json>& samples) {
    Names all;
    Names common;
    for (const base::Json& sample : samples) {
        Names members;
        for (const auto& [member, value] : sample.object("sample"))
            members.insert(member);
        all.insert(members.begin(), members.end());
        if (&sample == &samples.front()) common = members;
        std::erase_if(common, [&](const auto& member) { return !members.contains(member); });
    }
    INFO(name);
    CHECK(schema(name).properties == all);
    CHECK(schema(name).required == common);
}

}  // namespace

TEST_CASE("docs/api.yaml has for each schema the members that the code writes") {
    const test::Person person;
    const auto envelope = test::some_envelope(person);
    const auto digest = crypto::random_value<api::Digest>();
    const auto first = [](const base::Json& list, const char* name) {
        return list.object("list").at(name).array(name).front();
    };
    const api::AccountReply account{person.card, statement::random_handle(), base::Bytes(72, 7),
                                    envelope, 3};
    const auto login = [&](std::optional<api::AccountReply> with) {
        return api::to_json(api::LoginReply{crypto::random_secret<api::SessionToken>(),
                                            {1'700'000'000},
                                            person.fingerprint,
                                            std::move(with)});
    };
    const auto line = [](const api::ViewRecord& record) {
        return json_of(api::encode_record(record));
    };
    using api::ViewAs;
    check_schema("Envelope", {statement::to_json(envelope)});
    check_schema("Card", {statement::to_json(person.card)});
    check_schema("Status", {api::to_json(api::Status{"https://a.example", {1'700'000'000}, 0})});
    check_schema("Challenge", {api::challenge_json({})});
    check_schema("Registration",
                 {api::to_json(api::RegisterRequest{crypto::random_secret<api::InvitationCode>(),
                                                    person.card, envelope, base::Bytes(72, 7)})});
    check_schema("Credentials",
                 {api::to_json(api::CredentialsRequest{envelope, base::Bytes(72, 7)})});
    check_schema("Account", {api::to_json(account)});
    check_schema("Login", {login(account), login(std::nullopt)});
    check_schema(
        "Invite",
        {api::to_json(api::InviteRequest{crypto::random_secret<api::InvitationCode>(), 1})});
    const auto dossiers = [](std::optional<api::Digest> head, std::optional<std::uint64_t> length,
                             ViewAs as) {
        return api::to_json(std::vector<api::DossierReply>{{{}, head, length, {as}}});
    };
    check_schema("Dossiers", {dossiers({}, {}, ViewAs::grantee)});
    check_schema("Dossier", {first(dossiers(digest, 4, ViewAs::owner), "dossiers"),
                             first(dossiers({}, {}, ViewAs::grantee), "dossiers")});
    const auto run = [&](std::vector<api::DocumentHeader> headers) {
        return api::to_json(std::vector<api::Submission>{{envelope, std::move(headers)}});
    };
    const auto with_header = run({{{}, base::Bytes(200, 1)}});
    check_schema("Run", {with_header});
    check_schema("Submission", {first(with_header, "statements"), first(run({}), "statements")});
    check_schema("DocumentHeader", {first(first(with_header, "statements"), "headers")});
    check_schema("Submitted", {api::to_json(api::SubmitReply{digest})});
    check_schema("Read", {json_of(api::encode_read(api::ReadEntry{1, base::Bytes(9, 1)}))});
    check_schema("ReadsEnd", {json_of(api::encode_read(api::ReadsEnd{}))});
    check_schema("ViewBegin", {line(api::ViewBegin{{}, ViewAs::owner, digest, 4, {}, {}}),
                               line(api::ViewBegin{{}, ViewAs::grantee, {}, {}, digest, {}}),
                               line(api::ViewBegin{{}, ViewAs::owner, digest, {}, {}, envelope})});
    check_schema("ViewCard", {line(api::ViewCard{person.card})});
    check_schema("ViewStatement", {line(api::ViewStatement{envelope})});
    check_schema(
        "ViewDocument",
        {line(api::ViewDocument{{}, base::Bytes(9, 1), base::Bytes(9, 1), std::nullopt}),
         line(api::ViewDocument{{}, base::Bytes(9, 1), base::Bytes(9, 1), base::Bytes(9, 1)})});
    check_schema("ViewEnd", {line(api::ViewEnd{digest, {}}), line(api::ViewEnd{{}, digest})});
    const auto problem = api::problem_document(
        base::Error(base::ErrorKind::denied, "no").with_code("denied"), "abc");
    check_schema("Problem", {problem});
}

TEST_CASE("docs/api.yaml describes exactly the routes, and which of them need no session") {
    std::set<std::string> described;
    std::string path;
    std::string operation;
    for (const std::string& line : section("paths")) {
        if (line.starts_with("  /")) path = line.substr(2, line.size() - 3);
        for (const char* method : {"get", "put", "post", "delete", "head", "patch"}) {
            if (line != "    " + std::string(method) + ":") continue;
            operation = std::string(method) + " " + path;
            described.insert(operation);
        }
        if (line == "      security: []") described.insert(operation + " open");
    }
    std::set<std::string> routed;
    for (const api::Route& route : api::routes()) {
        std::string method(api::name(route.method));
        for (char& c : method)
            c = static_cast<char>(std::tolower(c));
        const std::string name = method + " " + std::string(route.path);
        routed.insert(name);
        if (!route.session) routed.insert(name + " open");
    }
    CHECK(described == routed);
}

TEST_CASE("docs/api.yaml names each parameter of a path") {
    std::string path;
    std::set<std::string> named;
    const auto check = [&] {
        for (std::size_t at = path.find('{'); at != path.npos; at = path.find('{', at + 1)) {
            INFO(path);
            CHECK(named.contains(path.substr(at + 1, path.find('}', at) - at - 1)));
        }
    };
    for (const std::string& line : section("paths")) {
        if (line.starts_with("  /")) {
            check();
            path = line;
            named.clear();
        }
        for (const char* name : {"fingerprint", "dossier", "document", "bundle"}) {
            if (line.find("/parameters/" + std::string(name) + "'") != line.npos) {
                named.insert(name);
            }
        }
        for (const char* name : {"role", "member"}) {
            if (line.find("{name: " + std::string(name) + ", in: path") != line.npos) {
                named.insert(name);
            }
        }
    }
    check();
}

TEST_CASE("docs/api.yaml lists exactly the problems, as the code has them") {
    std::vector<std::string> wanted;
    for (const api::ProblemType& type : api::problem_types()) {
        std::ostringstream line;
        line << "  - {code: " << type.code << ", status: " << type.status
             << ", kind: " << base::name(type.kind)
             << ", retry: " << (type.retry ? "true" : "false") << ", title: \"" << type.title
             << "\"}";
        wanted.push_back(line.str());
    }
    CHECK(section("x-problems") == wanted);
}
