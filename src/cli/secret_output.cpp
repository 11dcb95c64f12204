#include <cli/secret_output.hpp>

#include <kluis/base/file.hpp>

#include <iostream>

namespace kluis::cli {

void show_secret(std::string_view label, std::string_view secret) {
    std::cout << label << '\n' << std::flush;
    // Past std::cout, whose buffer is not wiped.
    base::StandardOutput out;
    out.write(base::as_bytes(secret));
    out.write(base::as_bytes("\n"));
}

}  // namespace kluis::cli
