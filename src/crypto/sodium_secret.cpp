// Secret memory, in libsodium's guarded allocations.
#include "sodium_start.hpp"

#include <kluis/crypto/secret.hpp>

#include <sodium.h>

#include <cstdlib>
#include <new>
#include <utility>

namespace kluis::crypto {

void start_sodium() noexcept {
    static const bool started = sodium_init() >= 0;
    if (!started) std::abort();
}

namespace {

// Wiped blocks of one size, for the next secret of that size. A guarded allocation costs some 35
// microseconds of system calls, and a document takes about ten keys.
class Shelf {
  public:
    explicit Shelf(std::size_t size) : size_(size) {}
    ~Shelf() {
        while (count_ > 0)
            sodium_free(blocks_[--count_]);
    }
    Shelf(const Shelf&) = delete;
    Shelf& operator=(const Shelf&) = delete;

    std::size_t size() const { return size_; }
    std::uint8_t* take() { return count_ > 0 ? blocks_[--count_] : nullptr; }
    bool put(std::uint8_t* block) {
        if (count_ == blocks_.size()) return false;
        blocks_[count_++] = block;
        return true;
    }

  private:
    std::size_t size_;
    std::size_t count_ = 0;
    std::array<std::uint8_t*, 32> blocks_{};
};

// Outlives the shelves: a secret of static storage goes after the main thread's shelves are gone.
thread_local bool shelves_are_gone = false;

struct Shelves {
    std::array<Shelf, 3> all{Shelf(16), Shelf(32), Shelf(64)};
    ~Shelves() { shelves_are_gone = true; }
};

// This thread's shelf for `size`, or null if there is none.
Shelf* shelf_for(std::size_t size) noexcept {
    if (shelves_are_gone) return nullptr;
    thread_local Shelves shelves;
    for (Shelf& shelf : shelves.all) {
        if (shelf.size() == size) return &shelf;
    }
    return nullptr;
}

}  // namespace

SecretBuffer::SecretBuffer(std::size_t size) : size_(size), allocated_(size) {
    if (size == 0) return;
    if (Shelf* shelf = shelf_for(size)) data_ = shelf->take();
    if (data_) return;
    start_sodium();
    data_ = static_cast<std::uint8_t*>(sodium_malloc(size));
    if (!data_) throw std::bad_alloc();
    sodium_memzero(data_, size);
}

SecretBuffer SecretBuffer::copy_of(base::ByteView bytes) {
    SecretBuffer result(bytes.size());
    std::ranges::copy(bytes, result.writable().begin());
    return result;
}

SecretBuffer::SecretBuffer(SecretBuffer&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      allocated_(std::exchange(other.allocated_, 0)) {}

SecretBuffer& SecretBuffer::operator=(SecretBuffer&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(allocated_, other.allocated_);
    return *this;
}

SecretBuffer::~SecretBuffer() {
    if (!data_) return;
    sodium_memzero(data_, allocated_);
    if (Shelf* shelf = shelf_for(allocated_); shelf && shelf->put(data_)) return;
    sodium_free(data_);
}

bool equal_secrets(base::ByteView a, base::ByteView b) noexcept {
    if (a.size() != b.size()) return false;
    return a.empty() || sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

void wipe(base::MutableBytes bytes) noexcept {
    if (!bytes.empty()) sodium_memzero(bytes.data(), bytes.size());
}

}  // namespace kluis::crypto
