// ASCII armor (C2SP age.md, "ASCII armor"): an age file as strict PEM.
//
// Thread-safety: one thread at a time for each object.
#pragma once

#include <kluis/base/stream.hpp>

#include <string_view>

namespace kluis::age {

inline constexpr std::string_view kArmorBegin = "-----BEGIN AGE ENCRYPTED FILE-----";
inline constexpr std::string_view kArmorEnd = "-----END AGE ENCRYPTED FILE-----";
inline constexpr std::size_t kArmorColumns = 64;

class ArmorWriter final : public base::Writer {
  public:
    // `out` must outlive this.
    explicit ArmorWriter(base::Writer& out);

    void write(base::ByteView bytes) override;

    // Writes the last line and the end. REQUIRES: called once, last.
    void finish();

  private:
    void write_lines(base::ByteView bytes);

    base::Writer& out_;
    base::Bytes pending_;
};

}  // namespace kluis::age
