// Runs a fuzz target once over the empty input and each file below the folders that are named.
#include "target.hpp"

#include <kluis/base/file.hpp>

#include <cstdio>
#include <exception>
#include <filesystem>

namespace {

constexpr std::size_t kMostBytes = 16 * 1024 * 1024;

void replay(const std::filesystem::path& path) {
    std::printf("%s\n", path.c_str());
    std::fflush(stdout);
    const kluis::base::Bytes input = kluis::base::read_file(path, kMostBytes);
    LLVMFuzzerTestOneInput(input.data(), input.size());
}

}  // namespace

int main(int count, char** arguments) try {
    LLVMFuzzerTestOneInput(nullptr, 0);
    std::size_t replayed = 0;
    for (int i = 1; i < count; ++i) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(arguments[i])) {
            if (!entry.is_regular_file()) continue;
            replay(entry.path());
            ++replayed;
        }
    }
    if (replayed == 0) std::fputs("no seeds\n", stderr);
    return replayed == 0 ? 1 : 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
