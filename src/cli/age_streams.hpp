// Where the age commands read from and write to: a named file, or standard input and output.
//
// Thread-safety: one thread at a time for each object, but for Output::write as base says.
#pragma once

#include <kluis/base/file.hpp>

#include <memory>
#include <optional>
#include <string>

namespace kluis::cli {

// Standard input where `name` is empty or "-".
base::FileReader open_input(const std::string& name);

// A stream of which the beginning was looked at.
class PeekReader final : public base::Reader {
  public:
    // `in` must outlive this.
    explicit PeekReader(base::Reader& in);

    // Its first bytes; fewer than 2 KiB only if there are no more.
    base::ByteView start() const noexcept { return start_; }
    std::size_t read(base::MutableBytes out) override;

  private:
    base::Reader& in_;
    base::Bytes start_;
    std::size_t given_ = 0;
};

// Standard output where `name` is empty or "-", else a file that appears when whole, replacing one
// that is there. Throws Error(usage) if something other than a file is there.
class Output {
  public:
    Output(const std::string& name, base::FileMode mode);

    base::Writer& writer();
    // The file, or null for standard output.
    base::AtomicFile* file() { return file_ ? &*file_ : nullptr; }
    void commit();

  private:
    std::optional<base::AtomicFile> file_;
    base::StandardOutput standard_;
};

}  // namespace kluis::cli
