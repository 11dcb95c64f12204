// The names of the API's endpoints, once for both sides. Paths below /api/v1; docs/api.yaml
// describes each, and a test holds it against this table.
//
// Thread-safety: constants and pure functions.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kluis::api {

enum class Method { get, put, post, del };
std::string_view name(Method method);  // "GET", "PUT", "POST", "DELETE"

enum class Endpoint {
    status,               // GET    /status                                     no session
    challenge,            // POST   /challenges                                 no session
    register_account,     // POST   /accounts                                   no session
    login,                // POST   /sessions                                   no session
    logout,               // DELETE /sessions/current
    account,              // GET    /account
    replace_credentials,  // PUT    /account/credentials
    keyring,              // GET    /account/keyring
    put_keyring,          // PUT    /account/keyring                            If-Match
    invite,               // POST   /invitations
    card,                 // GET    /cards/{fingerprint}
    dossiers,             // GET    /dossiers
    create_dossier,       // POST   /dossiers
    dossier,              // GET    /dossiers/{dossier}?as=owner|depositor|grantee
    submit,               // POST   /dossiers/{dossier}/statements
    put_payloads,         // POST   /dossiers/{dossier}/payloads                small ones together
    put_payload,          // PUT    /dossiers/{dossier}/documents/{document}/payloads/{role}
    document,             // GET    /dossiers/{dossier}/documents/{document}?role=…&as=…   Range
    reads,                // GET    /dossiers/{dossier}/reads?from=…
    put_member,           // PUT    /dossiers/{dossier}/bundles/{bundle}/members/{member}
    bundle,               // GET    /dossiers/{dossier}/bundles/{bundle}         Range
};

struct Route {
    Endpoint endpoint;
    Method method;
    std::string_view path;  // template, as above, without query
    bool session;           // whether a session is needed
};

std::span<const Route> routes();
const Route& route(Endpoint endpoint);

inline constexpr std::string_view kApiPrefix = "/api/v1";

// The path of a request: kApiPrefix and the template with its parameters filled in, in order.
// REQUIRES: parameters consist of [a-z0-9.-] alone, as ids and fixed names do.
std::string path(Endpoint endpoint, const std::vector<std::string>& parameters = {});

struct Matched {
    const Route* route;
    std::vector<std::string_view> parameters;  // views into `path`
};

// The route for a method and a path without query; or nothing.
std::optional<Matched> match(std::string_view method, std::string_view path);
// The routes of this path, whatever the method.
std::vector<const Route*> routes_of(std::string_view path);

}  // namespace kluis::api
