#include <kluis/bundle/layout/tar.hpp>

#include <algorithm>

namespace kluis::bundle {

namespace {

constexpr std::uint64_t kEnd = 2 * kTarBlock;

std::uint64_t padded(std::uint64_t size) {
    return (size + kTarBlock - 1) / kTarBlock * kTarBlock;
}

class PlanReader final : public base::Reader {
  public:
    PlanReader(const TarPlan& plan, TarSource& source, std::uint64_t first, std::uint64_t count)
        : plan_(plan), source_(source), position_(first), left_(count) {
        if (first > plan.size() || count > plan.size() - first) {
            throw base::Error(base::ErrorKind::internal, "a range lies outside of its tar");
        }
        while (member_ < members().size() && first >= end_of(member_))
            ++member_;
    }

    std::size_t read(base::MutableBytes out) override {
        std::size_t done = 0;
        while (done < out.size() && left_ > 0) {
            const auto rest = out.subspan(
                done, static_cast<std::size_t>(std::min<std::uint64_t>(out.size() - done, left_)));
            const std::size_t count = read_part(rest);
            done += count;
            left_ -= count;
            position_ += count;
            if (member_ < members().size() && position_ == end_of(member_)) ++member_;
        }
        return done;
    }

  private:
    const std::vector<TarMember>& members() const { return plan_.members(); }
    std::uint64_t end_of(std::size_t member) const {
        return plan_.offset(member) + kTarBlock + padded(members()[member].size);
    }

    // Reads within one header, data, padding or the end.
    std::size_t read_part(base::MutableBytes out) {
        if (member_ == members().size()) return zeros(out, left_);
        const std::uint64_t inside = position_ - plan_.offset(member_);
        const std::uint64_t size = members()[member_].size;
        if (inside < kTarBlock) return header(out, static_cast<std::size_t>(inside));
        const std::uint64_t at = inside - kTarBlock;
        if (at >= size) return zeros(out, padded(size) - at);
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), size - at));
        source_.read_at(member_, at, out.first(count));
        return count;
    }

    std::size_t header(base::MutableBytes out, std::size_t inside) {
        const auto block = tar_header(members()[member_]);
        const std::size_t count = std::min(out.size(), kTarBlock - inside);
        std::copy_n(block.begin() + static_cast<std::ptrdiff_t>(inside), count, out.begin());
        return count;
    }

    static std::size_t zeros(base::MutableBytes out, std::uint64_t most) {
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), most));
        std::ranges::fill(out.first(count), std::uint8_t{0});
        return count;
    }

    const TarPlan& plan_;
    TarSource& source_;
    std::uint64_t position_;
    std::uint64_t left_;
    std::size_t member_ = 0;
};

}  // namespace

TarPlan::TarPlan(std::vector<TarMember> members) : members_(std::move(members)) {
    offsets_.reserve(members_.size());
    for (const TarMember& member : members_) {
        offsets_.push_back(size_);
        size_ += kTarBlock + padded(member.size);
    }
    size_ += kEnd;
}

std::unique_ptr<base::Reader> read_tar(const TarPlan& plan, TarSource& source, std::uint64_t first,
                                       std::uint64_t count) {
    return std::make_unique<PlanReader>(plan, source, first, count);
}

}  // namespace kluis::bundle
