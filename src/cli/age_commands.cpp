#include <kluis/age/open/armor_reader.hpp>
#include <kluis/age/open/identity_file.hpp>
#include <kluis/age/open/payload_reader.hpp>
#include <kluis/age/open/scrypt_identity.hpp>
#include <kluis/age/seal/payload_writer.hpp>
#include <kluis/age/seal/split.hpp>
#include <kluis/base/json.hpp>
#include <kluis/base/time.hpp>

#include <cli/age_commands.hpp>
#include <cli/age_streams.hpp>
#include <cli/identities.hpp>
#include <cli/output.hpp>
#include <cli/passphrase.hpp>
#include <cli/progress.hpp>
#include <unistd.h>

#include <mutex>

namespace kluis::cli {
namespace {

using base::Error;
using base::ErrorKind;

struct EncryptOptions {
    std::vector<std::string> recipients;
    bool passphrase = false;
    bool armor = false;
    std::string input;
    std::string output;
};

struct DecryptOptions {
    std::vector<std::string> identities;
    std::string input;
    std::string output;
};

// Adds up what several threads tell a progress bar.
class SharedProgress {
  public:
    SharedProgress(std::string doing, std::uint64_t total) : bar_(std::move(doing), total) {}
    void add(std::uint64_t bytes) {
        const std::lock_guard lock(mutex_);
        bar_.add(bytes);
    }

  private:
    std::mutex mutex_;
    Progress bar_;
};

// Tells a progress bar of what is read.
class CountingReader final : public base::Reader {
  public:
    CountingReader(base::Reader& in, SharedProgress& progress) : in_(in), progress_(progress) {}
    std::size_t read(base::MutableBytes out) override {
        const std::size_t count = in_.read(out);
        progress_.add(count);
        return count;
    }

  private:
    base::Reader& in_;
    SharedProgress& progress_;
};

crypto::SecretBuffer joined(std::string_view before, const crypto::SecretBuffer& secret) {
    crypto::SecretBuffer all(before.size() + secret.size() + 1);
    const auto end = std::ranges::copy(before, all.writable().begin()).out;
    *std::ranges::copy(secret.view(), end).out = '\n';
    return all;
}

void keygen(const AgeSettings& settings, const std::string& output) {
    if (settings.json && output.empty()) {
        throw Error(ErrorKind::usage, "with --json the identity needs a file of its own",
                    "name it with -o");
    }
    const age::X25519Identity identity(crypto::random_secret<crypto::X25519Secret>());
    const std::string recipient = identity.recipient().text();
    const crypto::SecretBuffer text =
        joined("# created: " + base::to_string(base::system_clock().now()) +
                   "\n# public key: " + recipient + "\n",
               identity.text());
    if (output.empty()) {
        if (!is_terminal(STDOUT_FILENO)) note("public key: " + recipient);
        base::StandardOutput().write(text.view());
        return;
    }
    base::write_file(output, text.view(), base::FileMode::owner_only, base::Replace::no);
    print(settings.json
              ? base::canonical_json(base::Json{{"recipient", recipient}}, base::JsonText::utf8)
              : recipient);
}

// With --json, which file was written; standard output holds the result itself.
void show_file(const AgeSettings& settings, Output& out, const std::string& name) {
    if (settings.json && out.file() != nullptr) {
        print(base::canonical_json(base::Json{{"file", name}}, base::JsonText::utf8));
    }
}

base::Bytes new_header(const AgeSettings& settings, const EncryptOptions& options,
                       const age::FileKey& file_key) {
    if (options.passphrase) {
        const age::ScryptRecipient recipient(
            read_new_passphrase(settings.passphrase_file, "passphrase"));
        const Working working;
        return age::make_header(file_key, recipient);
    }
    std::vector<age::X25519Recipient> recipients;
    for (const std::string& text : options.recipients)
        recipients.push_back(age::X25519Recipient::parse(text));
    std::vector<const age::Recipient*> pointers;
    for (const age::X25519Recipient& recipient : recipients)
        pointers.push_back(&recipient);
    return age::make_header(file_key, pointers);
}

void encrypt_stream(const age::FileKey& file_key, base::ByteView header, base::Reader& in,
                    base::Writer& out, bool armored) {
    const auto nonce = crypto::random_value<age::PayloadNonce>();
    if (!armored) {
        out.write(header);
        age::encrypt_payload(file_key, nonce, in, out);
        return;
    }
    age::ArmorWriter armor(out);
    armor.write(header);
    age::encrypt_payload(file_key, nonce, in, armor);
    armor.finish();
}

void encrypt(const AgeSettings& settings, const EncryptOptions& options) {
    if (options.passphrase != options.recipients.empty()) {
        throw Error(ErrorKind::usage, "encryption needs either recipients or a passphrase",
                    "give -r RECIPIENT, or -p");
    }
    if (options.output.empty() && !options.armor && is_terminal(STDOUT_FILENO)) {
        throw Error(ErrorKind::usage, "refusing to write binary to the terminal",
                    "use -a for text, -o FILE for a file, or -o - to insist");
    }
    base::FileReader in = open_input(options.input);
    Output out(options.output, base::FileMode::shared);
    const auto file_key = crypto::random_secret<age::FileKey>();
    const base::Bytes header = new_header(settings, options, file_key);
    const bool is_file = !options.input.empty() && options.input != "-";
    const auto size = is_file ? in.size() : std::nullopt;
    SharedProgress progress("encrypting", size.value_or(0));
    if (size && out.file() && !options.armor) {
        out.file()->write_at(0, header);
        age::encrypt_payload(file_key, crypto::random_value<age::PayloadNonce>(), in, *size,
                             *out.file(), header.size(),
                             [&](std::uint64_t bytes) { progress.add(bytes); });
    } else {
        CountingReader counted(in, progress);
        encrypt_stream(file_key, header, counted, out.writer(), options.armor);
    }
    out.commit();
    show_file(settings, out, options.output);
}

// The file key that an identity of this file unwraps, or nothing.
std::optional<age::FileKey> unwrapped_by(const AgeSettings& settings, const std::string& name,
                                         base::ByteView header) {
    const auto text = read_identity_text(settings.passphrase_file, name);
    const auto parsed = age::parse_identity_file(text);
    std::vector<const age::Identity*> pointers;
    for (const age::X25519Identity& identity : parsed.identities)
        pointers.push_back(&identity);
    try {
        return age::unwrap(header, pointers);
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::wrong_key) throw;
        return std::nullopt;
    }
}

age::FileKey open_header(const AgeSettings& settings, const DecryptOptions& options,
                         base::ByteView header) {
    if (age::is_for_passphrase(age::parse_header(header))) {
        const age::ScryptIdentity identity(read_passphrase(settings.passphrase_file, "passphrase"));
        const Working working;
        return age::unwrap(header, identity);
    }
    if (options.identities.empty()) {
        throw Error(ErrorKind::usage, "this file is not opened with a passphrase",
                    "give an identity file with -i");
    }
    // One after the other: the passphrase of a file that is not needed is not asked for.
    for (const std::string& name : options.identities) {
        if (auto file_key = unwrapped_by(settings, name, header)) return *std::move(file_key);
    }
    throw Error(ErrorKind::wrong_key, "none of the identities opens this file");
}

void decrypt_stream(const AgeSettings& settings, const DecryptOptions& options, base::Reader& in) {
    age::SplitReader split(in);
    const age::FileKey file_key = open_header(settings, options, split.header());
    Output out(options.output, base::FileMode::owner_only);
    age::decrypt_payload(file_key, split, out.writer());
    out.commit();
    show_file(settings, out, options.output);
}

void decrypt_file(const AgeSettings& settings, const DecryptOptions& options,
                  const base::FileReader& in, base::ByteView header, SharedProgress& progress) {
    const age::FileKey file_key = open_header(settings, options, header);
    Output out(options.output, base::FileMode::owner_only);
    age::decrypt_payload(file_key, in, header.size(), *out.file(),
                         [&](std::uint64_t bytes) { progress.add(bytes); });
    out.commit();
    show_file(settings, out, options.output);
}

void decrypt(const AgeSettings& settings, const DecryptOptions& options) {
    base::FileReader in = open_input(options.input);
    const bool from_file = !options.input.empty() && options.input != "-" && in.size();
    const bool to_file = !options.output.empty() && options.output != "-";
    SharedProgress progress("decrypting", from_file ? *in.size() : 0);
    PeekReader peeked(in);
    if (age::is_armored(peeked.start())) {
        age::ArmorReader armor(peeked);
        CountingReader counted(armor, progress);
        decrypt_stream(settings, options, counted);
    } else if (from_file && to_file) {
        const age::SplitReader split(peeked);
        decrypt_file(settings, options, in, split.header(), progress);
    } else {
        CountingReader counted(peeked, progress);
        decrypt_stream(settings, options, counted);
    }
}

}  // namespace

void add_age_commands(CLI::App& app, AgeSettings settings) {
    auto* keygen_command = app.add_subcommand("keygen", "Make an age identity file");
    auto identity = std::make_shared<std::string>();
    keygen_command->add_option("-o,--output", *identity, "The file to write; else standard output");
    keygen_command->callback([settings, identity] { keygen(settings, *identity); });
    keygen_command->footer("Example: kluis keygen -o key.txt");

    auto* encrypt_command = app.add_subcommand("encrypt", "Encrypt a file, as age does");
    auto sealing = std::make_shared<EncryptOptions>();
    encrypt_command->add_option("-r,--recipient", sealing->recipients, "Who can open it (age1…)")
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    encrypt_command->add_flag("-p,--passphrase", sealing->passphrase, "Encrypt with a passphrase");
    encrypt_command->add_flag("-a,--armor", sealing->armor, "Write text instead of binary");
    encrypt_command->add_option("-o,--output", sealing->output,
                                "The file to write; else standard output");
    encrypt_command->add_option("FILE", sealing->input, "The file to read; else standard input");
    encrypt_command->callback([settings, sealing] { encrypt(settings, *sealing); });
    encrypt_command->footer("Example: kluis encrypt -r age1… -o letter.pdf.age letter.pdf");

    auto* decrypt_command = app.add_subcommand("decrypt", "Decrypt an age file");
    auto opening = std::make_shared<DecryptOptions>();
    decrypt_command->add_option("-i,--identity", opening->identities, "An identity file")
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    decrypt_command->add_option("-o,--output", opening->output,
                                "The file to write; else standard output");
    decrypt_command->add_option("FILE", opening->input, "The file to read; else standard input");
    decrypt_command->callback([settings, opening] { decrypt(settings, *opening); });
    decrypt_command->footer("Example: kluis decrypt -i key.txt -o letter.pdf letter.pdf.age");
}

}  // namespace kluis::cli
