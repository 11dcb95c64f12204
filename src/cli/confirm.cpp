#include <kluis/base/text.hpp>

#include <cli/confirm.hpp>
#include <cli/passphrase.hpp>

#include <fstream>

namespace kluis::cli {

namespace {

using base::Error;
using base::ErrorKind;

}  // namespace

void require_sure(const Context& context, bool yes, const std::string& what) {
    const bool can_ask = !context.json && context.passphrase_file.empty() && has_terminal();
    if (!yes && !can_ask) {
        throw Error(ErrorKind::usage, what, "give --yes if you are sure");
    }
}

void confirm(const Context& context, bool yes, const std::string& what) {
    if (yes) {
        return;
    }
    context.remarks->working.reset();
    std::ofstream ask("/dev/tty");
    std::ifstream listen("/dev/tty");
    ask << base::printable(what) << "; type `yes` to go on: " << std::flush;
    std::string answer;
    std::getline(listen, answer);
    if (answer != "yes") {
        throw Error(ErrorKind::usage, "nothing was done: the answer was not `yes`");
    }
    context.remarks->working.emplace();
}

}  // namespace kluis::cli
