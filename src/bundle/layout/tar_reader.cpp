#include <kluis/bundle/layout/tar.hpp>

#include <algorithm>

namespace kluis::bundle {

namespace {

base::Error malformed(const char* message) {
    return base::Error(base::ErrorKind::malformed, message);
}

}  // namespace

// The stream, and within it the data of the member at hand.
class TarReader::Body final : public base::Reader {
  public:
    explicit Body(base::Reader& in) : in_(in) {}

    std::uint64_t position() const { return position_; }

    void begin(std::uint64_t size) {
        left_ = size;
        padding_ = (kTarBlock - size % kTarBlock) % kTarBlock;
    }

    std::size_t read(base::MutableBytes out) override {
        if (left_ == 0) return 0;
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), left_));
        const std::size_t got = in_.read(out.first(count));
        if (got == 0) throw malformed("the tar ends within a member");
        left_ -= got;
        position_ += got;
        return got;
    }

    // Reads to the end of the member, its padding included.
    void skip() {
        std::array<std::uint8_t, 16 * 1024> rest;
        while (read(rest) > 0) {
        }
        const auto padding = base::MutableBytes(rest).first(padding_);
        take(padding);
        padding_ = 0;
        if (std::ranges::any_of(padding, [](std::uint8_t byte) { return byte != 0; })) {
            throw malformed("the tar's padding is not zeros");
        }
    }

    void take(base::MutableBytes out) {
        if (out.empty()) return;
        if (base::read_full(in_, out) != out.size()) throw malformed("the tar is cut short");
        position_ += out.size();
    }

    bool at_end() {
        std::uint8_t byte;
        return in_.read({&byte, 1}) == 0;
    }

  private:
    base::Reader& in_;
    std::uint64_t position_ = 0;
    std::uint64_t left_ = 0;
    std::size_t padding_ = 0;
};

TarReader::TarReader(base::Reader& in, std::uint64_t most)
    : body_(std::make_unique<Body>(in)), left_(most) {}

TarReader::~TarReader() = default;

std::optional<TarMember> TarReader::next() {
    if (ended_) return std::nullopt;
    body_->skip();
    std::array<std::uint8_t, kTarBlock> block;
    body_->take(block);
    auto member = parse_tar_header(block);
    if (member) {
        if (left_-- == 0) throw malformed("the tar has too many members");
        body_->begin(member->size);
        return member;
    }
    body_->take(block);
    if (parse_tar_header(block)) throw malformed("the tar goes on after its end");
    if (!body_->at_end()) throw malformed("something follows the tar's end");
    ended_ = true;
    return std::nullopt;
}

base::Reader& TarReader::body() {
    return *body_;
}

std::uint64_t TarReader::position() const noexcept {
    return body_->position();
}

}  // namespace kluis::bundle
