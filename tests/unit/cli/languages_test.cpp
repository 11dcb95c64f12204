#include "support/refusal.hpp"

#include <cli/languages.hpp>
#include <doctest/doctest.h>

using namespace kluis;

TEST_CASE("a language that there is, or that is a form of one, is taken") {
    for (const char* language : {"nl", "en", "de", "nl-BE"}) {
        CAPTURE(language);
        CHECK_NOTHROW(cli::require_language(language, cli::criteria_languages()));
    }
    CHECK_NOTHROW(cli::require_language("nl", cli::kind_languages()));
}

TEST_CASE("a language that there is not is refused, and those that there are are named") {
    for (const char* language : {"xx", "", "NL", "-nl", "n"}) {
        CAPTURE(language);
        const auto error = test::refusal([&] {
            cli::require_language(language, cli::criteria_languages());
            return 0;
        });
        REQUIRE(error);
        CHECK(error->kind() == base::ErrorKind::usage);
        CHECK(error->hint() == "give one of these: de, en, nl");
    }
    CHECK(test::refuses(base::ErrorKind::usage, [] {
        cli::require_language("de", cli::kind_languages());
        return 0;
    }));
}
