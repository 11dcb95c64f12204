// System calls that fail: a seccomp filter for the rest of the process's life, so for use in a
// child.
#pragma once

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <cstddef>
#include <stdexcept>

namespace kluis::test {

inline void install_filter(sock_filter* instructions, unsigned short count) {
    const sock_fprog program{count, instructions};
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
        throw std::runtime_error("cannot install a seccomp filter");
    }
}

// From now on system call `number` fails with `code`.
inline void fail_call(unsigned number, unsigned code) {
    sock_filter instructions[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | code),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    install_filter(instructions, sizeof instructions / sizeof *instructions);
}

// As above, but only where argument `index` (from 0) has all bits of `bits` (in its low 32).
inline void fail_call_with_bits(unsigned number, unsigned index, unsigned bits, unsigned code) {
    const auto argument =
        static_cast<unsigned>(offsetof(seccomp_data, args) + index * sizeof(__u64));
    sock_filter instructions[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 4),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, argument),
        BPF_STMT(BPF_ALU | BPF_AND | BPF_K, bits),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, bits, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | code),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    install_filter(instructions, sizeof instructions / sizeof *instructions);
}

}  // namespace kluis::test
