// The API's service over HTTP/1.1: what `kluis` talks to a server with. Every reply is taken as
// hostile: bounded in size and time, parsed strictly, and believed only where a signature or digest
// says so, which is for the caller to check.
//
// Plain HTTP is used to loopback addresses only; anything else needs https:// (TLS 1.3, the
// system's certificates). No redirects, no proxies, no cookies.
//
// Thread-safety: one thread at a time for each object. One connection is kept open between calls.
#pragma once

#include <api/service.hpp>

#include <memory>

namespace kluis::client {

// A service at `origin`. Nothing is sent before the first call. Throws Error(usage) if `origin` is
// none, or would need TLS and does not have it.
std::unique_ptr<api::Service> http_service(const std::string& origin);

}  // namespace kluis::client
