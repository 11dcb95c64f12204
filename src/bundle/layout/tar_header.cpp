#include <kluis/bundle/layout/tar.hpp>

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <clocale>
#include <cstring>
#include <utility>

namespace kluis::bundle {

namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t kNameLimit = 100;
constexpr std::uint64_t kSizeLimit = (std::uint64_t{1} << 33) - 1;  // 11 octal digits

struct FreeWriter {
    // Fills the member with zeros to its whole size, which keep_header lets go by:
    // archive_write_fail would stop that, but then libarchive forgets to free what it holds.
    void operator()(archive* writer) const noexcept { archive_write_free(writer); }
};
struct FreeReader {
    void operator()(archive* reader) const noexcept { archive_read_free(reader); }
};
struct FreeEntry {
    void operator()(archive_entry* entry) const noexcept { archive_entry_free(entry); }
};

// The first block of what is written.
la_ssize_t keep_header(archive*, void* out, const void* bytes, std::size_t count) {
    auto& header = *static_cast<base::Bytes*>(out);
    if (header.empty()) {
        base::append(header, {static_cast<const std::uint8_t*>(bytes), count});
    }
    return static_cast<la_ssize_t>(count);
}

void require(int result) {
    if (result != ARCHIVE_OK) throw Error(ErrorKind::internal, "libarchive refused a plain member");
}

// libarchive converts names by the locale and crashes on some in the C locale.
void set_utf8_locale() {
    static const bool done = std::setlocale(LC_CTYPE, "C.UTF-8") != nullptr;
    if (!done) throw Error(ErrorKind::internal, "the locale C.UTF-8 is missing");
}

bool is_plain_name(std::string_view name) {
    return !name.empty() && name.size() < kNameLimit && name.front() != '/' &&
           std::ranges::all_of(name, [](char c) { return c > 0x20 && c < 0x7f; });
}

bool is_zero(base::ByteView bytes) {
    return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
}

Error not_plain() {
    return Error(ErrorKind::malformed, "the tar has an entry that is not a plain file of a bundle");
}

// What libarchive takes `block` for, alone: nothing that needs a second block can be read.
TarMember read_alone(base::ByteView block) {
    const std::unique_ptr<archive, FreeReader> reader(archive_read_new());
    if (!reader) throw std::bad_alloc();
    require(archive_read_support_format_tar(reader.get()));
    archive_entry* entry = nullptr;
    if (archive_read_open_memory(reader.get(), block.data(), block.size()) != ARCHIVE_OK ||
        archive_read_next_header(reader.get(), &entry) != ARCHIVE_OK) {
        throw not_plain();
    }
    const char* name = archive_entry_pathname(entry);
    const la_int64_t size = archive_entry_size(entry);
    if (!name || size < 0) throw not_plain();
    return {name, static_cast<std::uint64_t>(size)};
}

}  // namespace

std::array<std::uint8_t, kTarBlock> tar_header(const TarMember& member) {
    if (!is_plain_name(member.name) || member.size > kSizeLimit) {
        throw Error(ErrorKind::limit, "a member's name or size does not fit a plain tar");
    }
    set_utf8_locale();
    base::Bytes block;
    const std::unique_ptr<archive, FreeWriter> writer(archive_write_new());
    const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
    if (!writer || !entry) throw std::bad_alloc();
    require(archive_write_set_format_ustar(writer.get()));
    require(archive_write_set_bytes_per_block(writer.get(), 0));
    require(archive_write_open(writer.get(), &block, nullptr, keep_header, nullptr));
    archive_entry_set_pathname(entry.get(), member.name.c_str());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(member.size));
    archive_entry_set_mtime(entry.get(), 0, 0);
    require(archive_write_header(writer.get(), entry.get()));
    std::array<std::uint8_t, kTarBlock> header;
    if (block.size() != header.size()) {
        throw Error(ErrorKind::internal, "libarchive wrote a header of another size");
    }
    std::ranges::copy(block, header.begin());
    return header;
}

std::optional<TarMember> parse_tar_header(base::ByteView block) {
    if (block.size() != kTarBlock) throw not_plain();
    if (is_zero(block)) return std::nullopt;
    set_utf8_locale();
    TarMember member = read_alone(block);
    if (!is_plain_name(member.name) || member.size > kSizeLimit) throw not_plain();
    if (!base::equal(tar_header(member), block)) throw not_plain();
    return member;
}

}  // namespace kluis::bundle
