#include "support/refusal.hpp"

#include <kluis/bundle/layout/reader.hpp>

#include <doctest/doctest.h>

using namespace kluis;
using base::ErrorKind;

namespace {

struct Part {
    std::string name;
    std::string data;
};

class Parts final : public bundle::TarSource {
  public:
    explicit Parts(const std::vector<Part>& parts) : parts_(parts) {}
    void read_at(std::size_t member, std::uint64_t offset, base::MutableBytes out) override {
        const std::string& data = parts_[member].data;
        std::copy_n(data.begin() + static_cast<std::ptrdiff_t>(offset), out.size(), out.begin());
    }

  private:
    const std::vector<Part>& parts_;
};

base::Bytes tar_of(const std::vector<Part>& parts) {
    std::vector<bundle::TarMember> members;
    for (const Part& part : parts)
        members.push_back({part.name, part.data.size()});
    const bundle::TarPlan plan(std::move(members));
    Parts source(parts);
    const auto reader = bundle::read_tar(plan, source, 0, plan.size());
    return base::read_all(*reader, 64 * 1024 * 1024, "tar");
}

const std::string kId(26, 'a');

std::vector<Part> good(std::uint64_t documents = 1) {
    return {{"bewijskluis-bundle.json", bundle::encode({{}, documents})},
            {"case.age", "case"},
            {"manifest.age", "manifest"},
            {"seal.age", "seal"},
            {"documents/" + kId + ".age", "content"},
            {"documents/" + kId + ".metadata.age", "metadata"},
            {"readers.age", "readers"}};
}

std::vector<std::string> contents(const std::vector<Part>& parts) {
    const base::Bytes tar = tar_of(parts);
    base::MemoryReader in(tar);
    bundle::BundleReader reader(in);
    std::vector<std::string> found;
    while (const auto member = reader.next())
        found.push_back(base::to_string(base::read_all(reader.body(), member->size, "member")));
    return found;
}

bool refused(const std::vector<Part>& parts) {
    return test::refuses(ErrorKind::malformed, [&] { return contents(parts); });
}

}  // namespace

TEST_CASE("a bundle's members come in their order with their bytes") {
    CHECK(contents(good()) ==
          std::vector<std::string>{"case", "manifest", "seal", "content", "metadata", "readers"});
}

TEST_CASE("a bundle of another number of documents than it says is refused") {
    CHECK(refused(good(2)));
}

TEST_CASE("a bundle missing any member is refused") {
    for (std::size_t i = 0; i < good().size(); ++i) {
        auto parts = good();
        parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i));
        INFO(i);
        CHECK(refused(parts));
    }
    CHECK(refused({}));
}

TEST_CASE("a bundle with two members exchanged is refused") {
    for (std::size_t i = 1; i < good().size(); ++i) {
        auto parts = good();
        std::swap(parts[i - 1], parts[i]);
        CHECK(refused(parts));
    }
}

TEST_CASE("a member that no bundle has is refused, whatever its name") {
    for (const char* name : {"evil", "documents/../../evil", "..", "a/b", "Case.age"}) {
        auto parts = good();
        parts.insert(parts.begin() + 4, {name, "x"});
        INFO(name);
        CHECK(refused(parts));
    }
}

TEST_CASE("a member beyond its limit is refused before it is read") {
    auto parts = good();
    parts[1].data.resize(1024 * 1024 + 1);
    CHECK(refused(parts));
}
