#include <kluis/base/text.hpp>

#include <cli/age_streams.hpp>

namespace kluis::cli {
namespace {

constexpr std::size_t kPeekSize = 2048;

bool is_standard(const std::string& name) {
    return name.empty() || name == "-";
}

}  // namespace

base::FileReader open_input(const std::string& name) {
    return is_standard(name) ? base::FileReader::standard_input() : base::FileReader(name);
}

PeekReader::PeekReader(base::Reader& in) : in_(in), start_(kPeekSize) {
    start_.resize(base::read_full(in_, start_));
}

std::size_t PeekReader::read(base::MutableBytes out) {
    const base::ByteView kept = base::ByteView(start_).subspan(given_);
    if (kept.empty()) return in_.read(out);
    const std::size_t count = std::min(out.size(), kept.size());
    std::ranges::copy(kept.first(count), out.begin());
    given_ += count;
    return count;
}

Output::Output(const std::string& name, base::FileMode mode) {
    if (is_standard(name)) return;
    // A device or a pipe would be replaced by a file.
    if (std::filesystem::exists(name) && !std::filesystem::is_regular_file(name)) {
        throw base::Error(base::ErrorKind::usage, "'" + base::printable(name) + "' is not a file",
                          "leave out -o and redirect standard output");
    }
    file_.emplace(name, mode, base::Replace::yes);
}

base::Writer& Output::writer() {
    if (file_) return *file_;
    return standard_;
}

void Output::commit() {
    if (file_) file_->commit();
}

}  // namespace kluis::cli
