// An HTTP server in this process, over a vault in memory.
#pragma once

#include "visitor.hpp"

#include <fcntl.h>
#include <server/http_server.hpp>
#include <server/log.hpp>
#include <server/vault_service.hpp>
#include <store/memory/memory_blob_store.hpp>
#include <store/memory/memory_store.hpp>

#include <thread>

namespace kluis::test {

class Served {
  public:
    explicit Served(server::HttpLimits limits = {}, server::VaultRules rules = {})
        : service(store, blobs, std::move(rules), base::system_clock()),
          log(::open("/dev/null", O_WRONLY | O_CLOEXEC)),
          server(service, log, options(limits)),
          thread([this] { server.run(); }) {
        service.serve_as("http://127.0.0.1:" + std::to_string(server.port()));
    }
    ~Served() {
        server.stop();
        thread.join();
    }

    Visitor visitor(const std::string& name) {
        const auto code = crypto::random_secret<api::InvitationCode>();
        store.add_invitation(crypto::sha256(code.view()), 0,
                             base::system_clock().now() + std::chrono::hours(1));
        Visitor visitor(server.port(), name);
        visitor.join(api::invitation_text(code));
        visitor.create();
        return visitor;
    }

    store::MemoryBlobStore blobs;
    store::MemoryStore store{blobs};
    server::VaultService service;
    server::Log log;
    server::HttpServer server;
    std::thread thread;

  private:
    static server::HttpOptions options(const server::HttpLimits& limits) {
        server::HttpOptions options;
        options.limits = limits;
        return options;
    }
};

}  // namespace kluis::test
