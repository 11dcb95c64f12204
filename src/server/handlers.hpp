// What each endpoint takes and answers.
#pragma once

#include <server/exchange.hpp>
#include <server/refusal.hpp>
#include <server/vault_service.hpp>

namespace kluis::server {

struct Handler {
    api::Endpoint endpoint;
    std::string_view media_type;          // of the body; empty if there is none
    std::size_t body_limit;               // of a body that is gathered
    std::vector<std::string_view> query;  // the parameters that it knows
    // Opens the upload for a body that is streamed; null if it is gathered.
    std::unique_ptr<api::Upload> (*upload)(Exchange&, std::uint64_t size);
    Reply (*answer)(Exchange&);
    // Throws if the session may not do this at all; null if that is seen only later.
    void (*admit)(Exchange&) = nullptr;
    bool download = false;  // whether the reply may be long
};

const Handler& handler(api::Endpoint endpoint);

// The groups that `handler` is made of.
std::vector<Handler> account_handlers();
std::vector<Handler> dossier_handlers();
std::vector<Handler> document_handlers();

// A run of statements, the one JSON body that may be long, has at least 60 bytes for a value.
inline constexpr std::size_t kRequestBytesPerValue = 32;
// How many times its own size a JSON body may take in memory, itself and what is made of it
// included: 100 MB of values (json_values_limit) and 12 MB of statements for one of 16 MiB. One
// card may have that once at a time, all with an account four times, all without as often
// (VaultRules).
inline constexpr std::uint64_t kJsonBodyCost = 8;

// The body. Throws Error(malformed) if it is no JSON, or holds more values than such a body has.
base::Json body_json(const Exchange& exchange);

Reply json_reply(const base::Json& json);

// The view that the query names.
api::ViewAs view_of(const Exchange& exchange);

// A dossier's id and the like, from a path: what is none cannot exist.
template <class Id>
Id id_parameter(const Exchange& exchange, std::size_t place) {
    try {
        return statement::parse_id<Id>(exchange.parameter(place));
    } catch (const base::Error&) {
        throw unknown();
    }
}

}  // namespace kluis::server
