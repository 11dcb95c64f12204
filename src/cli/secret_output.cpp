#include <kluis/base/file.hpp>
#include <kluis/crypto/secret.hpp>

#include <cli/output.hpp>
#include <cli/qr.hpp>
#include <cli/secret_output.hpp>

namespace kluis::cli {

void show_secret(std::string_view label, std::string_view secret) {
    print(label);
    // Straight to the descriptor: no buffer keeps it.
    base::StandardOutput out;
    out.write(base::as_bytes(secret));
    out.write(base::as_bytes("\n"));
}

void show_secret_code(std::string_view secret) {
    begin_result();
    base::StandardOutput out;
    for (std::string& line : qr_lines(secret)) {
        line += '\n';
        out.write(base::as_bytes(line));
        crypto::wipe({reinterpret_cast<std::uint8_t*>(line.data()), line.size()});
    }
}

void show_json_with_secrets(
    std::string_view object,
    const std::vector<std::pair<std::string_view, std::string_view>>& secrets) {
    begin_result();
    base::StandardOutput out;
    const auto write = [&](std::string_view text) { out.write(base::as_bytes(text)); };
    write("{");
    for (const auto& [name, secret] : secrets) {
        write("\"");
        write(name);
        write("\":\"");
        write(secret);
        write("\",");
    }
    write(object.substr(1));
    write("\n");
}

}  // namespace kluis::cli
