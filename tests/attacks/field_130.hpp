// Integers modulo 2^130 - 5, in which Poly1305 reckons.
#pragma once

#include <kluis/base/bytes.hpp>

namespace kluis::test {

class Field130 {
  public:
    Field130() = default;

    // Little-endian, at most 17 bytes.
    static Field130 from(base::ByteView bytes) {
        Field130 result;
        for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
            const std::uint64_t value = (bytes[bit / 8] >> bit % 8) & 1U;
            result.limbs_[std::min(bit / kBits, kLimbs - 1)] +=
                value << (bit - std::min(bit / kBits, kLimbs - 1) * kBits);
        }
        return result.carried();
    }

    // The 17 bytes of the value between 0 and the modulus.
    std::array<std::uint8_t, 17> bytes() const {
        const Field130 value = reduced();
        std::array<std::uint8_t, 17> result{};
        for (std::size_t bit = 0; bit < kLimbs * kBits; ++bit) {
            const std::uint64_t set = (value.limbs_[bit / kBits] >> bit % kBits) & 1U;
            result[bit / 8] = static_cast<std::uint8_t>(result[bit / 8] | set << bit % 8);
        }
        return result;
    }

    friend Field130 operator+(const Field130& a, const Field130& b) {
        Field130 result;
        for (std::size_t i = 0; i < kLimbs; ++i)
            result.limbs_[i] = a.limbs_[i] + b.limbs_[i];
        return result.carried();
    }

    friend Field130 operator-(const Field130& a, const Field130& b) {
        // Four times the modulus, whose limbs are larger than any carried ones.
        constexpr std::uint64_t kLow = 4 * (kMask - 4);
        Field130 result;
        for (std::size_t i = 0; i < kLimbs; ++i)
            result.limbs_[i] = a.limbs_[i] + (i == 0 ? kLow : 4 * kMask) - b.limbs_[i];
        return result.carried();
    }

    friend Field130 operator*(const Field130& a, const Field130& b) {
        Field130 result;
        for (std::size_t i = 0; i < kLimbs; ++i) {
            for (std::size_t j = 0; j < kLimbs; ++j) {
                const std::uint64_t product = a.limbs_[i] * b.limbs_[j];
                result.limbs_[(i + j) % kLimbs] += i + j < kLimbs ? product : 5 * product;
            }
        }
        return result.carried();
    }

    // REQUIRES: not zero.
    Field130 inverse() const {
        // To the power of the modulus less 2, which is 2^130 - 7: all bits set but two.
        Field130 result;
        result.limbs_[0] = 1;
        for (int bit = 129; bit >= 0; --bit) {
            result = result * result;
            if (bit != 1 && bit != 2) result = result * *this;
        }
        return result;
    }

  private:
    static constexpr std::size_t kLimbs = 5;
    static constexpr std::size_t kBits = 26;
    static constexpr std::uint64_t kMask = (1U << kBits) - 1;

    // The same value, with limbs that fit into little more than 26 bits.
    Field130 carried() const {
        Field130 result = *this;
        for (int round = 0; round < 2; ++round) {
            std::uint64_t carry = 0;
            for (std::uint64_t& limb : result.limbs_) {
                limb += carry;
                carry = limb >> kBits;
                limb &= kMask;
            }
            result.limbs_[0] += 5 * carry;
        }
        return result;
    }

    Field130 reduced() const {
        Field130 value = carried().carried();
        const bool above = value.limbs_[0] >= kMask - 4 &&
                           std::all_of(value.limbs_.begin() + 1, value.limbs_.end(),
                                       [](std::uint64_t limb) { return limb == kMask; });
        if (above) value.limbs_ = {value.limbs_[0] - (kMask - 4), 0, 0, 0, 0};
        return value;
    }

    std::array<std::uint64_t, kLimbs> limbs_{};
};

}  // namespace kluis::test
