#include <kluis/base/error.hpp>

#include <api/endpoints.hpp>

#include <algorithm>
#include <array>

namespace kluis::api {

namespace {

constexpr std::array kRoutes{
    Route{Endpoint::status, Method::get, "/status", false},
    Route{Endpoint::challenge, Method::post, "/challenges", false},
    Route{Endpoint::register_account, Method::post, "/accounts", false},
    Route{Endpoint::login, Method::post, "/sessions", false},
    Route{Endpoint::logout, Method::del, "/sessions/current", true},
    Route{Endpoint::account, Method::get, "/account", true},
    Route{Endpoint::replace_credentials, Method::put, "/account/credentials", true},
    Route{Endpoint::keyring, Method::get, "/account/keyring", true},
    Route{Endpoint::put_keyring, Method::put, "/account/keyring", true},
    Route{Endpoint::invite, Method::post, "/invitations", true},
    Route{Endpoint::card, Method::get, "/cards/{fingerprint}", true},
    Route{Endpoint::dossiers, Method::get, "/dossiers", true},
    Route{Endpoint::create_dossier, Method::post, "/dossiers", true},
    Route{Endpoint::dossier, Method::get, "/dossiers/{dossier}", true},
    Route{Endpoint::submit, Method::post, "/dossiers/{dossier}/statements", true},
    Route{Endpoint::put_payloads, Method::post, "/dossiers/{dossier}/payloads", true},
    Route{Endpoint::put_payload, Method::put,
          "/dossiers/{dossier}/documents/{document}/payloads/{role}", true},
    Route{Endpoint::document, Method::get, "/dossiers/{dossier}/documents/{document}", true},
    Route{Endpoint::reads, Method::get, "/dossiers/{dossier}/reads", true},
    Route{Endpoint::put_member, Method::put,
          "/dossiers/{dossier}/bundles/{bundle}/members/{member}", true},
    Route{Endpoint::bundle, Method::get, "/dossiers/{dossier}/bundles/{bundle}", true},
};

// Takes the part before the next '/' off `path`.
std::string_view take_segment(std::string_view& path) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view segment = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    return segment;
}

bool is_parameter(std::string_view segment) {
    return segment.starts_with('{');
}

bool is_plain(std::string_view value) {
    return !value.empty() && std::ranges::all_of(value, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    });
}

// What follows the prefix and its '/'; nothing if the path does not begin so.
std::optional<std::string_view> below_prefix(std::string_view path) {
    if (!path.starts_with(kApiPrefix)) return std::nullopt;
    path.remove_prefix(kApiPrefix.size());
    if (!path.starts_with('/')) return std::nullopt;
    return path.substr(1);
}

// The parameters of `path` (below the prefix, without its first '/') if it is of this template.
std::optional<std::vector<std::string_view>> parameters_of(std::string_view pattern,
                                                           std::string_view path) {
    if (std::ranges::count(pattern, '/') != std::ranges::count(path, '/')) return std::nullopt;
    std::vector<std::string_view> parameters;
    while (!pattern.empty()) {
        const std::string_view wanted = take_segment(pattern);
        const std::string_view found = take_segment(path);
        if (is_parameter(wanted)) {
            if (!is_plain(found)) return std::nullopt;
            parameters.push_back(found);
        } else if (wanted != found) {
            return std::nullopt;
        }
    }
    return parameters;
}

}  // namespace

std::string_view name(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::put:
            return "PUT";
        case Method::post:
            return "POST";
        case Method::del:
            return "DELETE";
    }
    return {};
}

std::span<const Route> routes() {
    return kRoutes;
}

const Route& route(Endpoint endpoint) {
    return *std::ranges::find(kRoutes, endpoint, &Route::endpoint);
}

std::string path(Endpoint endpoint, const std::vector<std::string>& parameters) {
    std::string result(kApiPrefix);
    std::string_view rest = route(endpoint).path.substr(1);
    auto parameter = parameters.begin();
    while (!rest.empty()) {
        const std::string_view segment = take_segment(rest);
        result += '/';
        if (!is_parameter(segment)) {
            result += segment;
        } else if (parameter != parameters.end() && is_plain(*parameter)) {
            result += *parameter++;
        } else {
            throw base::Error(base::ErrorKind::internal, "a path lacks a plain parameter");
        }
    }
    return result;
}

std::optional<Matched> match(std::string_view method, std::string_view path) {
    const auto rest = below_prefix(path);
    if (!rest) return std::nullopt;
    for (const Route& route : kRoutes) {
        if (name(route.method) != method) continue;
        auto parameters = parameters_of(route.path.substr(1), *rest);
        if (parameters) return Matched{&route, std::move(*parameters)};
    }
    return std::nullopt;
}

std::vector<const Route*> routes_of(std::string_view path) {
    std::vector<const Route*> found;
    const auto rest = below_prefix(path);
    if (!rest) return found;
    for (const Route& route : kRoutes) {
        if (parameters_of(route.path.substr(1), *rest)) found.push_back(&route);
    }
    return found;
}

}  // namespace kluis::api
