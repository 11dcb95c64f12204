// Reading ASCII armor (C2SP age.md, "ASCII armor").
//
// Thread-safety: one thread at a time for each object; functions may be called from any thread.
#pragma once

#include <kluis/age/seal/armor_writer.hpp>

#include <optional>
#include <string>

namespace kluis::age {

// Whether `start`, the beginning of a file, is that of an armored one. An age file that is not
// armored begins otherwise.
bool is_armored(base::ByteView start);

// The age file inside an armored one. Accepts what ArmorWriter writes, with LF or CRLF line ends
// and with white space before and after it (at most 1 KiB each), and nothing else.
class ArmorReader final : public base::Reader {
  public:
    // `in` must outlive this.
    explicit ArmorReader(base::Reader& in);

    // Throws Error(malformed) when it meets what is not strict armor.
    std::size_t read(base::MutableBytes out) override;

  private:
    std::optional<char> next_character();
    std::string next_line();
    void begin();
    void end();
    void next_bytes();

    base::Reader& in_;
    base::Bytes buffer_;
    std::string_view unread_;
    base::Bytes decoded_;
    std::size_t given_ = 0;
    bool begun_ = false;
    bool short_line_ = false;
    bool ended_ = false;
};

}  // namespace kluis::age
