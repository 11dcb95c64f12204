#include "support/refusal.hpp"
#include "support/temporary_folder.hpp"

#include <kluis/base/file.hpp>

#include <cli/age_commands.hpp>
#include <doctest/doctest.h>

using namespace kluis;
using base::ErrorKind;

namespace {

// A person's files, and kluis' age commands on them. Where a passphrase file is named, it is asked
// for nothing else.
class Desk {
  public:
    void run(std::vector<std::string> arguments) {
        CLI::App app;
        cli::add_age_commands(app, {json_, passphrase_file_});
        std::ranges::reverse(arguments);
        app.parse(std::move(arguments));
    }
    std::string at(const std::string& name) const { return folder_ / name; }
    void write(const std::string& name, std::string_view text) const {
        base::write_file(at(name), base::as_bytes(text), base::FileMode::owner_only,
                         base::Replace::yes);
    }
    base::Bytes read(const std::string& name) const { return base::read_file(at(name), 1 << 20); }
    void use_passphrase(const std::string& name) { passphrase_file_ = at(name); }

    std::string new_recipient(const std::string& name) {
        run({"keygen", "-o", at(name)});
        const std::string text = base::to_string(read(name));
        const auto begin = text.find("age1");
        return text.substr(begin, text.find('\n', begin) - begin);
    }

  private:
    test::TemporaryFolder folder_;
    bool json_ = true;
    std::filesystem::path passphrase_file_;
};

}  // namespace

TEST_CASE("the passphrase of an identity file that is not needed is not asked for") {
    Desk desk;
    const std::string mine = desk.new_recipient("mine");
    desk.new_recipient("other");
    desk.write("passphrase", "open sesame\n");
    desk.use_passphrase("passphrase");
    desk.run({"encrypt", "-p", "-o", desk.at("locked"), desk.at("other")});
    desk.write("plain", "evidence");
    desk.run({"encrypt", "-r", mine, "-o", desk.at("sealed"), desk.at("plain")});

    desk.use_passphrase("absent");
    desk.run({"decrypt", "-i", desk.at("mine"), "-i", desk.at("locked"), "-o", desk.at("opened"),
              desk.at("sealed")});
    CHECK(desk.read("opened") == desk.read("plain"));
    CHECK(test::refuses(ErrorKind::not_found, [&] {
        desk.run({"decrypt", "-i", desk.at("locked"), "-i", desk.at("mine"), desk.at("sealed")});
        return 0;
    }));
}

TEST_CASE("a file that none of several identity files opens is refused") {
    Desk desk;
    const std::string mine = desk.new_recipient("mine");
    desk.new_recipient("first");
    desk.new_recipient("second");
    desk.write("plain", "evidence");
    desk.run({"encrypt", "-r", mine, "-o", desk.at("sealed"), desk.at("plain")});
    CHECK(test::refuses(ErrorKind::wrong_key, [&] {
        desk.run({"decrypt", "-i", desk.at("first"), "-i", desk.at("second"), "-o",
                  desk.at("opened"), desk.at("sealed")});
        return 0;
    }));
    CHECK_FALSE(std::filesystem::exists(desk.at("opened")));
}
