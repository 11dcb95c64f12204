#include "target.hpp"

#include <kluis/bundle/layout/reader.hpp>

using namespace kluis;

namespace {

// The data of members that were read before.
class Kept final : public bundle::TarSource {
  public:
    std::vector<base::Bytes> data;
    void read_at(std::size_t member, std::uint64_t offset, base::MutableBytes out) override {
        const auto from = data[member].begin() + static_cast<std::ptrdiff_t>(offset);
        std::copy_n(from, out.size(), out.begin());
    }
};

// Reads the tar and makes it again: there is one spelling.
int read_tar(base::ByteView input) {
    base::MemoryReader in(input);
    bundle::TarReader reader(in, 1000);
    std::vector<bundle::TarMember> members;
    Kept kept;
    while (const auto member = reader.next()) {
        members.push_back(*member);
        kept.data.push_back(base::read_all(reader.body(), input.size(), "member"));
    }
    const bundle::TarPlan plan(std::move(members));
    const auto again = bundle::read_tar(plan, kept, 0, plan.size());
    fuzz::require(base::equal(base::read_all(*again, input.size() + 1, "tar"), input));
    return 0;
}

int read_bundle(base::ByteView input) {
    base::MemoryReader in(input);
    bundle::BundleReader reader(in);
    while (reader.next()) {
    }
    return 0;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::parsed([&] { return read_tar({data, size}); });
    fuzz::parsed([&] { return read_bundle({data, size}); });
    return 0;
}
