#include <kluis/base/encoding.hpp>
#include <kluis/base/file.hpp>
#include <kluis/crypto/random.hpp>

#include <server/key_file.hpp>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace kluis::server {

namespace {

using base::Error;
using base::ErrorKind;
using Path = std::filesystem::path;

constexpr std::size_t kDigits = 2 * store::DatabaseKey::kSize;

// One line of hexadecimal digits; its line end may be missing.
store::DatabaseKey parse_key(base::ByteView text) {
    if (!text.empty() && text.back() == '\n') text = text.first(text.size() - 1);
    if (text.size() != kDigits) {
        throw Error(ErrorKind::malformed, "the database key is not 64 hexadecimal digits");
    }
    base::Bytes bytes = base::hex_decode(base::as_text(text), "database key");
    const crypto::WipeOnExit wipe(bytes);
    return store::DatabaseKey::copy_of(bytes);
}

void require_outside(const Path& file, const Path& data) {
    const Path place = std::filesystem::weakly_canonical(file);
    const Path folder = std::filesystem::weakly_canonical(data);
    if (std::ranges::search(place, folder).begin() == place.begin()) {
        throw Error(ErrorKind::denied, "the key file lies in the data directory",
                    "who seizes the data must not find the key: keep it elsewhere");
    }
}

// Where no buffer of a stream's keeps a copy. What is longer than a key is cut, and stays longer.
crypto::SecretBuffer read_text(const Path& file) {
    base::FileReader in(file);
    crypto::SecretBuffer text(kDigits + 2);
    text.shrink(base::read_full(in, text.writable()));
    return text;
}

store::DatabaseKey read_key_file(const Path& file) {
    struct stat about {};
    if (::stat(file.c_str(), &about) != 0) {
        throw Error(ErrorKind::not_found, "there is no key file", "kluisd init makes one");
    }
    if (!S_ISREG(about.st_mode) || (about.st_mode & 077) != 0) {
        throw Error(ErrorKind::denied, "the key file may be read by others",
                    "chmod 600 it; if it lay open, take its vault's contents for known");
    }
    if (about.st_uid != ::geteuid()) {
        throw Error(ErrorKind::denied, "the key file is another user's",
                    "run kluisd as the user whose vault it is");
    }
    return parse_key(read_text(file).view());
}

store::DatabaseKey read_credential(const Path& folder) {
    return parse_key(read_text(folder / kCredential).view());
}

// Echo is off while this lives.
class Unseen {
  public:
    Unseen() {
        ::tcgetattr(STDIN_FILENO, &before_);
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~Unseen() { ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }
    Unseen(const Unseen&) = delete;
    Unseen& operator=(const Unseen&) = delete;

  private:
    termios before_{};
};

store::DatabaseKey prompt() {
    constexpr std::string_view question = "database key (64 hexadecimal digits): ";
    const Unseen unseen;
    if (::write(STDERR_FILENO, question.data(), question.size()) < 0) {
        throw Error(ErrorKind::storage, "the terminal cannot be written to");
    }
    crypto::SecretBuffer line(kDigits + 1);
    const ssize_t count = ::read(STDIN_FILENO, line.writable().data(), line.size());
    return parse_key(line.view().first(static_cast<std::size_t>(std::max<ssize_t>(0, count))));
}

}  // namespace

store::DatabaseKey read_key(const std::optional<Path>& file, const Path& data) {
    if (file) {
        require_outside(*file, data);
        return read_key_file(*file);
    }
    if (const char* folder = std::getenv("CREDENTIALS_DIRECTORY")) return read_credential(folder);
    if (::isatty(STDIN_FILENO)) return prompt();
    throw Error(ErrorKind::usage, "there is no database key",
                "give --key-file, or the systemd credential kluisd.key");
}

store::DatabaseKey read_or_make_key(const std::optional<Path>& file, const Path& data) {
    if (!file || std::filesystem::exists(*file)) return read_key(file, data);
    require_outside(*file, data);
    auto key = crypto::random_secret<store::DatabaseKey>();
    crypto::SecretBuffer text(kDigits + 1);
    base::hex_encode_to(text.writable(), key.view());
    text.writable().back() = '\n';
    base::write_file(*file, text.view(), base::FileMode::owner_only, base::Replace::no);
    return key;
}

}  // namespace kluis::server
