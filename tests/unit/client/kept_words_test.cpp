// How much of a keyring depositors can take.
#include <kluis/base/encoding.hpp>
#include <kluis/base/json.hpp>

#include <attacks/scene.hpp>
#include <client/kept_words.hpp>
#include <doctest/doctest.h>

namespace kluis::test {

namespace {

using Documents = std::map<statement::DocumentId, client::OwnedDocument>;

// `count` documents, each with this word.
Documents documents_with(std::size_t count, const dossier::Word& word) {
    Documents documents;
    for (std::size_t i = 0; i < count; ++i) {
        const auto digest = crypto::sha256(base::as_bytes(std::to_string(i)));
        documents[statement::DocumentId::from(digest.view().first(16))].word = word;
    }
    return documents;
}

class Kept {
  public:
    explicit Kept(const Documents& documents) {
        empty_size = size();
        all = client::keep_words(keyring, id, {}, documents);
    }

    std::size_t size() const {
        return base::canonical_json(account::to_json(keyring), base::JsonText::utf8).size();
    }
    std::size_t notes() const { return keyring.dossiers.at(id).notes.size(); }

    const statement::DossierId id = crypto::random_value<statement::DossierId>();
    account::Keyring keyring{{}, {{id, {}}}, {}, {}, 0, {}};
    std::size_t empty_size = 0;
    bool all = false;
};

}  // namespace

TEST_CASE("words that say nothing take nothing of a keyring") {
    const Kept kept(documents_with(1000, {}));
    CHECK(kept.all);
    CHECK(kept.notes() == 0);
}

TEST_CASE("the smallest words take no more of a keyring than the largest") {
    for (const auto length : {std::size_t{1}, std::size_t{40}, std::size_t{4000}}) {
        CAPTURE(length);
        const Kept kept(
            documents_with(length < 4000 ? 30'000 : 400, {std::string(length, 'x'), {}, {}}));
        CHECK_FALSE(kept.all);
        CHECK(kept.notes() > 0);
        CHECK(kept.size() - kept.empty_size <= 1024 * 1024 + 16);
    }
}

}  // namespace kluis::test
