// A client and a true server over HTTP, with a server in between that alters replies.
#pragma once

#include "scene.hpp"

#include <client/account.hpp>
#include <client/http_service.hpp>
#include <server/http_server.hpp>
#include <server/log.hpp>
#include <support/wire_proxy.hpp>

namespace kluis::test {

class WireScene {
  public:
    WireScene() : running_([this] { http_.run(); }) { vault.service.serve_as(proxy.origin()); }
    ~WireScene() {
        http_.stop();
        running_.join();
    }
    WireScene(const WireScene&) = delete;
    WireScene& operator=(const WireScene&) = delete;

    client::Environment environment(const std::string& name) {
        return {client::Home(folder / name),
                [](const std::string& origin) { return client::http_service(origin); },
                {},
                &vault.clock};
    }

    TestVault vault;
    TemporaryFolder folder;

  private:
    server::Log log_{-1};
    server::HttpServer http_{vault.service, log_, {}};
    std::thread running_;

  public:
    WireProxy proxy{http_.port()};
};

// A reply's JSON with one member more, at the place that `path` names from the outside in.
inline std::string with_member(const std::string& body, const std::vector<std::string>& path,
                               const std::string& name, const base::Json& value) {
    auto json = base::parse_json(base::as_bytes(body), "a reply");
    auto* place = &json;
    for (const auto& step : path)
        place = &(*place)[step];
    (*place)[name] = value;
    return base::canonical_json(json, base::JsonText::utf8);
}

}  // namespace kluis::test
