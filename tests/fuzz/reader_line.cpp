#include "../../src/bundle/readers.hpp"
#include "target.hpp"

using namespace kluis;

// The payload alone: an envelope is a target of its own.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    statement::Envelope envelope;
    envelope.payload.assign(data, data + size);
    if (const auto line = fuzz::parsed([&] { return bundle::parse_reader_line(envelope); })) {
        const std::string_view text = base::as_text(envelope.payload);
        fuzz::require(text.find(statement::to_text(line->bundle)) != std::string_view::npos);
        const auto card =
            base::canonical_json(statement::to_json(line->added.card), base::JsonText::ascii);
        fuzz::require(text.find(card) != std::string_view::npos);
    }
    return 0;
}
