#include <kluis/base/error.hpp>

namespace kluis::base {

const char* name(ErrorKind kind) noexcept {
    switch (kind) {
        case ErrorKind::usage:
            return "usage";
        case ErrorKind::malformed:
            return "malformed";
        case ErrorKind::wrong_key:
            return "wrong_key";
        case ErrorKind::forged:
            return "forged";
        case ErrorKind::untrusted:
            return "untrusted";
        case ErrorKind::denied:
            return "denied";
        case ErrorKind::not_found:
            return "not_found";
        case ErrorKind::conflict:
            return "conflict";
        case ErrorKind::limit:
            return "limit";
        case ErrorKind::unavailable:
            return "unavailable";
        case ErrorKind::storage:
            return "storage";
        case ErrorKind::internal:
            return "internal";
    }
    return "internal";
}

}  // namespace kluis::base
