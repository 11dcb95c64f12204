// An age file in another form.
#pragma once

#include <kluis/age/seal/armor_writer.hpp>

namespace kluis::test {

inline base::Bytes armored(base::ByteView bytes) {
    base::MemoryWriter out;
    age::ArmorWriter writer(out);
    writer.write(bytes);
    writer.finish();
    return out.take();
}

// `bytes` with the first `from`, which must be there, replaced.
inline base::Bytes with_text(base::ByteView bytes, std::string_view from, std::string_view to) {
    auto text = base::to_string(bytes);
    const auto at = text.find(from);
    if (at == text.npos) throw std::logic_error("there is no such text to replace");
    return base::to_bytes(text.replace(at, from.size(), to));
}

}  // namespace kluis::test
