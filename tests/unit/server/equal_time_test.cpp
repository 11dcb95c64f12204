// How long a refused login takes, over the store that a server has.
#include "support/fresh_database.hpp"
#include "support/temporary_folder.hpp"
#include "vault.hpp"

#include <doctest/doctest.h>
#include <store/sqlcipher/sqlcipher_store.hpp>

#include <algorithm>
#include <ctime>

using namespace kluis;
using test::Person;

namespace {

constexpr int kTries = 300;

// Of this thread alone: what else the machine does is not counted.
std::int64_t processor_time() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

std::int64_t median(std::vector<std::int64_t>& times) {
    std::ranges::nth_element(times, times.begin() + kTries / 2);
    return times[kTries / 2];
}

struct Vault {
    test::TemporaryFolder folder;
    store::MemoryBlobStore blobs;
    store::SqlcipherStore store{folder / "vault.db", test::fresh_database(folder / "vault.db"),
                                blobs};
    test::TestClock clock;
    server::VaultService service{store, blobs, rules(), clock};

    static server::VaultRules rules() {
        server::VaultRules rules;
        rules.origin = test::kOrigin;
        return rules;
    }

    std::int64_t refused(const statement::LoginName& who) {
        const auto login = statement::sign_login({test::kOrigin, service.challenge(), who},
                                                 Person("someone else").signer());
        clock.pass(std::chrono::seconds(30));
        const std::int64_t before = processor_time();
        const auto code = test::code_of([&] { return service.login(login); });
        const std::int64_t took = processor_time() - before;
        CHECK(code == "login-refused");
        return took;
    }
};

}  // namespace

TEST_CASE("a refused login takes the same time for a name that there is and for one that is not") {
    Vault vault;
    const Person person("N");
    const auto handle = statement::random_handle();
    const auto add = [&](const Person& who, const statement::Handle& name) {
        const auto code = crypto::random_secret<api::InvitationCode>();
        vault.store.add_invitation(crypto::sha256(code.view()), 0,
                                   vault.clock.now() + std::chrono::hours(1));
        const base::Bytes secret(72, 1);
        const statement::Credentials credentials{who.fingerprint(),         name,
                                                 who.signer().public_key(), crypto::sha256(secret),
                                                 vault.clock.now(),         std::nullopt};
        vault.service.register_account({code.duplicate(), who.card(),
                                        statement::sign_credentials(credentials, who.signer()),
                                        secret});
    };
    for (int i = 0; i < 20; ++i)
        add(Person("other " + std::to_string(i)), statement::random_handle());
    add(person, handle);
    const Person stranger("stranger");
    const auto unknown = statement::random_handle();
    const std::vector<std::pair<statement::LoginName, statement::LoginName>> pairs{
        {handle, unknown}, {person.fingerprint(), stranger.fingerprint()}};
    for (const auto& [known, other] : pairs) {
        std::vector<std::int64_t> of_known;
        std::vector<std::int64_t> of_other;
        for (int i = 0; i < kTries; ++i) {
            of_known.push_back(vault.refused(known));
            of_other.push_back(vault.refused(other));
        }
        const auto first = static_cast<double>(median(of_known));
        const auto second = static_cast<double>(median(of_other));
        INFO(first << " and " << second << " ns");
        CHECK(first / second < 1.2);
        CHECK(second / first < 1.2);
    }
}
