#include <kluis/base/file.hpp>
#include <kluis/crypto/secret.hpp>

#include <cli/qr.hpp>
#include <cli/secret_output.hpp>

#include <iostream>

namespace kluis::cli {

void show_secret(std::string_view label, std::string_view secret) {
    std::cout << label << '\n' << std::flush;
    // Past std::cout, whose buffer is not wiped.
    base::StandardOutput out;
    out.write(base::as_bytes(secret));
    out.write(base::as_bytes("\n"));
}

void show_secret_code(std::string_view secret) {
    std::cout << std::flush;
    base::StandardOutput out;
    for (std::string& line : qr_lines(secret)) {
        line += '\n';
        out.write(base::as_bytes(line));
        crypto::wipe({reinterpret_cast<std::uint8_t*>(line.data()), line.size()});
    }
}

}  // namespace kluis::cli
