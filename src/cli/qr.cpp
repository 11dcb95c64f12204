#include <kluis/base/error.hpp>
#include <kluis/crypto/secret.hpp>

#include <cli/qr.hpp>
#include <qrencode.h>

#include <memory>

namespace kluis::cli {

namespace {

constexpr int kQuietZone = 4;  // ISO/IEC 18004

// The code may be of a secret.
void wipe_and_free(QRcode* code) {
    const auto size = static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
    crypto::wipe({code->data, size});
    QRcode_free(code);
}

}  // namespace

std::vector<std::string> qr_lines(std::string_view text) {
    const std::unique_ptr<QRcode, decltype(&wipe_and_free)> code(
        QRcode_encodeData(static_cast<int>(text.size()),
                          reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M),
        wipe_and_free);
    if (!code) {
        throw base::Error(base::ErrorKind::internal, "the text is too long for a QR code");
    }
    const auto is_dark = [&](int x, int y) {
        return x >= 0 && y >= 0 && x < code->width && y < code->width &&
               (code->data[y * code->width + x] & 1) != 0;
    };
    std::vector<std::string> lines;
    for (int y = -kQuietZone; y < code->width + kQuietZone; y += 2) {
        std::string line = "\x1b[30;107m";  // black on white
        for (int x = -kQuietZone; x < code->width + kQuietZone; ++x) {
            const bool upper = is_dark(x, y);
            const bool lower = is_dark(x, y + 1);
            line += upper ? (lower ? "█" : "▀") : (lower ? "▄" : " ");
        }
        lines.push_back(line + "\x1b[0m");
    }
    return lines;
}

}  // namespace kluis::cli
