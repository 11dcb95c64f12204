#include <cli/exit_codes.hpp>

#include <array>

namespace kluis::cli {

namespace {

struct Code {
    base::ErrorKind kind;
    int code;
    const char* meaning;
};

constexpr std::array<Code, 12> kCodes{{
    {base::ErrorKind::usage, 2, "the command makes no sense as it was given"},
    {base::ErrorKind::malformed, 3, "a file or reply is not in the one form it must have"},
    {base::ErrorKind::wrong_key, 4, "wrong passphrase, or no identity given opens this"},
    {base::ErrorKind::forged, 5, "ALARM: a signature, digest or proof does not hold"},
    {base::ErrorKind::untrusted, 6, "a card, dossier, anchor or server that was not checked"},
    {base::ErrorKind::denied, 7, "no right to this, or no longer"},
    {base::ErrorKind::not_found, 8, "no such thing, or none that you may see"},
    {base::ErrorKind::conflict, 9, "it is there already, or someone else was first"},
    {base::ErrorKind::limit, 10, "too large, too many or too often"},
    {base::ErrorKind::unavailable, 11, "the server cannot be reached; try again"},
    {base::ErrorKind::storage, 12, "a file could not be read or written"},
    {base::ErrorKind::internal, 70, "a defect in this program"},
}};

}  // namespace

int exit_code(base::ErrorKind kind) noexcept {
    for (const auto& code : kCodes) {
        if (code.kind == kind) {
            return code.code;
        }
    }
    return kExitOther;
}

std::string exit_code_help() {
    std::string text =
        "Exit codes:\n   0  done\n   1  an error outside this program's own, such as no memory\n";
    for (const auto& code : kCodes) {
        const auto number = std::to_string(code.code);
        text += std::string(4 - number.size(), ' ') + number + "  " + code.meaning + "\n";
    }
    return text;
}

}  // namespace kluis::cli
