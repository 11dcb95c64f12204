#include "target.hpp"

#include <kluis/statement/card.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = base::as_text({data, size});
    const auto card = fuzz::parsed([&]() -> std::optional<statement::Card> {
        try {
            return statement::parse_card_text(text);
        } catch (const base::Error& error) {
            // A card under another's fingerprint is well formed, but a forgery.
            if (error.kind() == base::ErrorKind::forged) return std::nullopt;
            throw;
        }
    });
    if (card && *card) {
        fuzz::require(text.find(statement::card_text(**card)) != std::string_view::npos);
    }
    return 0;
}
