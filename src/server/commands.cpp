#include <kluis/base/file.hpp>
#include <kluis/crypto/random.hpp>

#include <api/wire.hpp>
#include <server/card_sets.hpp>
#include <server/commands.hpp>
#include <server/hardening.hpp>
#include <server/http_server.hpp>
#include <server/key_file.hpp>
#include <server/log.hpp>
#include <server/vault_files.hpp>
#include <server/vault_service.hpp>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <thread>

namespace kluis::server {

namespace {

using base::Error;
using base::ErrorKind;
using base::Json;

constexpr std::chrono::minutes kUpkeep{10};
constexpr std::chrono::hours kInvitation{30 * 24};

// What is not for connections: the database, the log, pipes.
constexpr std::size_t kOwnDescriptors = 128;
constexpr std::size_t kMostConnections = 4096;
constexpr std::size_t kFewestConnections = 16;

void print(const std::string& line) {
    base::StandardOutput().write(base::as_bytes(line + "\n"));
}

void print(const Json& json) {
    print(base::canonical_json(json, base::JsonText::utf8));
}

struct Listen {
    std::string address;  // without brackets
    std::uint16_t port = 0;
};

Listen parse_listen(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    Listen listen;
    if (colon != text.npos) {
        listen.address = text.substr(0, colon);
        const char* end = text.data() + text.size();
        const auto [rest, error] = std::from_chars(text.data() + colon + 1, end, listen.port);
        if (listen.address.starts_with('[') && listen.address.ends_with(']')) {
            listen.address = listen.address.substr(1, listen.address.size() - 2);
        }
        if (error == std::errc{} && rest == end && !listen.address.empty()) return listen;
    }
    throw Error(ErrorKind::usage, "--listen takes ADDRESS:PORT");
}

std::string address_url(const Listen& listen, bool tls) {
    const bool v6 = listen.address.find(':') != std::string::npos;
    std::string url = tls ? "https://" : "http://";
    url += v6 ? "[" + listen.address + "]" : listen.address;
    if (listen.port != (tls ? 443 : 80)) url += ":" + std::to_string(listen.port);
    return url;
}

bool with_tls(const Options& options) {
    if (options.tls_certificate.has_value() != options.tls_key.has_value()) {
        throw Error(ErrorKind::usage, "--tls-cert and --tls-key go together");
    }
    return options.tls_certificate.has_value();
}

std::string origin_of(const Options& options, const Listen& listen) {
    if (options.origin.empty()) {
        // A login names the address that its client connected to, which is never this one.
        if (is_unspecified(listen.address)) {
            throw Error(ErrorKind::usage, "to listen on all addresses, --origin is needed",
                        "give the one that people connect to: https://name[:port]");
        }
        return address_url(listen, with_tls(options));
    }
    if (!statement::is_origin(options.origin)) {
        throw Error(ErrorKind::usage, "--origin is not of the form https://name[:port]");
    }
    return options.origin;
}

Vault open(const Options& options) {
    return open_vault(options.data, read_key(options.key_file, options.data));
}

// Removes what has had its time, again and again, on a thread of its own.
class Upkeep {
  public:
    Upkeep(VaultService& service, Log& log)
        : thread_(
              [this, &service, &log](const std::stop_token& stop) { run(service, log, stop); }) {}

  private:
    void run(VaultService& service, Log& log, const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        while (!stop.stop_requested()) {
            try {
                service.expire();
            } catch (const Error& error) {
                log.write(Json{{"event", "upkeep"}, {"error", base::name(error.kind())}});
            } catch (const std::exception&) {
                log.write(Json{{"event", "upkeep"}, {"error", base::name(ErrorKind::internal)}});
            }
            wake_.wait_for(lock, stop, kUpkeep, [] { return false; });
        }
    }

    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_;
};

// Sweeps what a crash left behind, and says what is missing.
void check_at_start(store::Store& store, Log& log) {
    const store::CheckReport report = store.check(false);
    log.write(Json{{"event", "start"},
                   {"documents", report.documents},
                   {"missing", report.missing.size()},
                   {"swept", report.swept}});
}

// A connection may have a payload's file open beside its socket.
std::size_t connections_of(std::size_t descriptors) {
    const std::size_t left = descriptors - std::min(descriptors, kOwnDescriptors);
    return std::clamp(left / 2, kFewestConnections, kMostConnections);
}

HttpOptions http_options(const Options& options, const Listen& listen) {
    HttpOptions http;
    http.address = listen.address;
    http.port = listen.port;
    http.signals = true;
    http.limits.connections = connections_of(raise_descriptor_limit());
    if (with_tls(options)) http.tls = TlsFiles{*options.tls_certificate, *options.tls_key};
    return http;
}

}  // namespace

int init(const Options& options) {
    make_vault(options.data, [&] { return read_or_make_key(options.key_file, options.data); });
    if (options.json) print(Json{{"made", true}});
    return 0;
}

int serve(const Options& options) {
    Listen listen = parse_listen(options.listen);
    // The port may not be known yet; whether there is an origin is.
    if (with_tls(options)) origin_of(options, listen);
    VaultRules rules;
    rules.card_sets = load_card_sets(options.anchors);
    const Vault vault = open(options);
    const base::Descriptor lock = lock_to_serve(options.data);
    Log log(STDERR_FILENO);
    VaultService service(*vault.store, *vault.blobs, std::move(rules), base::system_clock());
    HttpServer server(service, log, http_options(options, listen));
    listen.port = server.port();
    service.serve_as(origin_of(options, listen));
    check_at_start(*vault.store, log);
    const Upkeep upkeep(service, log);
    const std::string address = address_url(listen, with_tls(options));
    options.json ? print(Json{{"serving", address}}) : print("serving " + address);
    server.run();
    log.write(Json{{"event", "stop"}});
    return 0;
}

int invite(const Options& options) {
    const std::string origin = origin_of(options, parse_listen(options.listen));
    const Vault vault = open(options);
    const auto code = crypto::random_secret<api::InvitationCode>();
    vault.store->add_invitation(crypto::sha256(code.view()), options.may_invite,
                                base::system_clock().now() + kInvitation);
    const std::string text = api::invitation_text(code);
    const std::string link = origin + "/#invite=" + text;
    if (options.json) {
        print(Json{{"invitation", text}, {"link", link}});
        return 0;
    }
    // The code alone on standard output, for scripts; the link for a person who looks on, but not
    // where it would end in a log.
    print(text);
    if (::isatty(STDERR_FILENO) == 0) return 0;
    const std::string note = link + "\n";
    return ::write(STDERR_FILENO, note.data(), note.size()) < 0 ? 1 : 0;
}

int check(const Options& options) {
    const Vault vault = open(options);
    const store::CheckReport report = vault.store->check(true);
    if (options.json) {
        Json::Array missing(report.missing.begin(), report.missing.end());
        print(Json{{"dossiers", report.dossiers},
                   {"statements", report.statements},
                   {"documents", report.documents},
                   {"blobs", report.blobs},
                   {"swept", report.swept},
                   {"missing", std::move(missing)}});
    } else {
        print(std::to_string(report.dossiers) + " dossiers, " + std::to_string(report.statements) +
              " statements, " + std::to_string(report.documents) + " documents, " +
              std::to_string(report.blobs) + " files; " + std::to_string(report.swept) +
              " leftovers removed");
        for (const std::string& missing : report.missing)
            print("missing: " + missing);
    }
    return report.missing.empty() ? 0 : 1;
}

}  // namespace kluis::server
