// kluis_generate_vectors FOLDER writes the cases of cards, statements, logins and replays below
// FOLDER (tests/vectors); with --check before it, only compares. All keys are made from names, so
// that the cases are the same in every run.
#include "vectors.hpp"

#include <cstdio>
#include <exception>
#include <string_view>

int main(int count, char** arguments) try {
    const bool check = count == 3 && std::string_view(arguments[1]) == "--check";
    if (count != 2 && !check) {
        std::fputs("usage: kluis_generate_vectors [--check] FOLDER\n", stderr);
        return 2;
    }
    kluis::generate::Vectors vectors;
    kluis::generate::add_cards(vectors);
    kluis::generate::add_statements(vectors);
    kluis::generate::add_logins(vectors);
    kluis::generate::add_replays(vectors);
    if (check) return vectors.are_in(arguments[2]) ? 0 : 1;
    vectors.write(arguments[1]);
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
