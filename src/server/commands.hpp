// The commands of kluisd.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace kluis::server {

struct Options {
    std::filesystem::path data;
    std::optional<std::filesystem::path> key_file;
    std::string listen = "127.0.0.1:8470";
    std::string origin;  // empty: that of `listen`
    std::vector<std::filesystem::path> anchors;
    std::optional<std::filesystem::path> tls_certificate;
    std::optional<std::filesystem::path> tls_key;
    unsigned may_invite = 0;
    bool json = false;
};

// Each returns the exit status, or throws base::Error.
int init(const Options& options);
int serve(const Options& options);
int invite(const Options& options);
int check(const Options& options);

}  // namespace kluis::server
