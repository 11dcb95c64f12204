// Random input for properties. The seed comes from KLUIS_TEST_SEED if that is set, and is shown
// with each failure: INFO(random.seed()).
#pragma once

#include <kluis/base/bytes.hpp>

#include <cstdlib>
#include <random>
#include <string>

namespace kluis::test {

class Random {
  public:
    Random() : seed_(chosen_seed()), engine_(seed_) {}

    std::string seed() const { return "KLUIS_TEST_SEED=" + std::to_string(seed_); }

    // Uniform in [0, bound). REQUIRES: bound > 0.
    std::uint64_t below(std::uint64_t bound) {
        return std::uniform_int_distribution<std::uint64_t>(0, bound - 1)(engine_);
    }

    base::Bytes bytes(std::size_t size) {
        base::Bytes result(size);
        for (std::uint8_t& byte : result)
            byte = static_cast<std::uint8_t>(below(256));
        return result;
    }

  private:
    static std::uint64_t chosen_seed() {
        if (const char* chosen = std::getenv("KLUIS_TEST_SEED")) return std::stoull(chosen);
        return std::random_device()();
    }

    std::uint64_t seed_;
    std::mt19937_64 engine_;
};

}  // namespace kluis::test
