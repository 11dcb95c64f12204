// HTTP requests as calls, without sockets.
#pragma once

#include "vault.hpp"

#include <api/wire.hpp>
#include <server/exchange.hpp>

namespace kluis::test {

inline server::RequestHead head(std::string method, std::string target) {
    server::RequestHead head;
    head.method = std::move(method);
    head.target = std::move(target);
    return head;
}

inline server::RequestHead head(std::string method, std::string target,
                                const api::SessionToken& session) {
    server::RequestHead result = head(std::move(method), std::move(target));
    result.headers["authorization"] = api::bearer_text(session);
    return result;
}

inline server::Reply answer(TestVault& vault, server::RequestHead request,
                            const base::Bytes& body = {}) {
    if (!body.empty()) request.length = body.size();
    server::Exchange exchange(vault.service, std::move(request));
    exchange.begin();
    if (exchange.upload()) {
        exchange.upload()->write(body);
        return exchange.finish({});
    }
    return exchange.finish(body);
}

inline std::string refused(TestVault& vault, server::RequestHead request,
                           const base::Bytes& body = {}) {
    return code_of([&] { return answer(vault, std::move(request), body); });
}

inline std::string header(const server::Reply& reply, const std::string& name) {
    for (const auto& [key, value] : reply.headers) {
        if (key == name) return value;
    }
    return {};
}

}  // namespace kluis::test
