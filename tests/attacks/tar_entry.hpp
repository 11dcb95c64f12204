// An entry of a tar as a forger makes it: any name, kind and size.
#pragma once

#include <kluis/base/bytes.hpp>

#include <cstdio>

namespace kluis::test {

// The header of a tar entry, of any kind, summed up as a forger would.
class TarEntry {
  public:
    explicit TarEntry(std::string_view name, char type = '0', std::uint64_t size = 0) {
        put(0, name);
        put(100, "000644 ");
        put(108, "000000 ");
        put(116, "000000 ");
        char digits[12];
        std::snprintf(digits, sizeof digits, "%011llo", static_cast<unsigned long long>(size));
        put(124, digits);
        put(136, "00000000000");
        put(156, std::string_view(&type, 1));
        put(257, std::string_view("ustar\00000", 8));
    }
    TarEntry& put(std::size_t at, std::string_view text) {
        std::ranges::copy(text, block_.begin() + static_cast<std::ptrdiff_t>(at));
        return *this;
    }
    TarEntry& link_to(std::string_view target) { return put(157, target); }
    TarEntry& in_folder(std::string_view prefix) { return put(345, prefix); }
    TarEntry& of_size(std::string_view field) { return put(124, field); }
    TarEntry& holding(base::ByteView data) {
        data_ = base::to_bytes(data);
        data_.resize((data.size() + 511) / 512 * 512);
        return *this;
    }

    base::Bytes bytes() const {
        auto block = block_;
        std::fill_n(block.begin() + 148, 8, std::uint8_t{' '});
        unsigned sum = 0;
        for (const std::uint8_t byte : block)
            sum += byte;
        char digits[8];
        std::snprintf(digits, sizeof digits, "%06o", sum);
        std::copy_n(digits, 7, block.begin() + 148);
        return base::concat({block, data_});
    }

  private:
    base::Bytes block_ = base::Bytes(512);
    base::Bytes data_;
};

}  // namespace kluis::test
