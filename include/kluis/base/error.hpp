// The one exception type of Bewijskluis and its closed set of kinds.
//
// An Error is thrown when what was asked cannot be done. Outcomes that a caller expects ("not mine",
// "absent", "stale") are return values instead. The text says what happened, to what, and what to
// do; it never holds a secret, a person's name or a path of the server. Kinds map once to exit codes
// (cli) and once to HTTP problems (api).
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace kluis::base {

enum class ErrorKind {
    usage,        // the request itself makes no sense; nothing was tried
    malformed,    // bytes that are not in the one accepted spelling
    wrong_key,    // no identity or passphrase given opens this
    forged,       // a signature, digest, commitment or chain does not verify: an alarm
    untrusted,    // an unpinned card or dossier, or an unknown anchor: verify it first
    denied,       // the actor has no right to this, or no longer
    not_found,    // no such thing, or none that the asker may know of
    conflict,     // someone else was first, or it is there already
    limit,        // too large, too many or too often
    unavailable,  // the other side cannot be reached, or stopped answering; try again
    storage,      // a file could not be read or written
    internal,     // a defect in this program
};

// The kind's name as it stands in JSON output and documentation, for example "wrong_key".
const char* name(ErrorKind kind) noexcept;

class Error : public std::runtime_error {
  public:
    // REQUIRES: `message` is a lower-case phrase without full stop, safe to show to the person.
    Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}

    // As above; `hint` says what to do next, as a whole phrase of its own.
    Error(ErrorKind kind, const std::string& message, std::string hint)
        : std::runtime_error(message), kind_(kind), hint_(std::move(hint)) {}

    // The same error with a stable code of its own, such as "stale-head", for JSON output and
    // problem documents; without one, those use the kind's name.
    Error&& with_code(std::string code) && {
        code_ = std::move(code);
        return std::move(*this);
    }

    ErrorKind kind() const noexcept { return kind_; }
    const std::string& hint() const noexcept { return hint_; }
    const std::string& code() const noexcept { return code_; }

  private:
    ErrorKind kind_;
    std::string hint_;
    std::string code_;
};

}  // namespace kluis::base
