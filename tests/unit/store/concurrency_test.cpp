// Many at once, in one dossier and in several; run under ThreadSanitizer too.
#include "backend_sqlcipher.hpp"
#include "scene.hpp"

#include <store/memory/memory_blob_store.hpp>
#include <store/memory/memory_store.hpp>

#include <barrier>
#include <thread>

namespace kluis::test {
namespace {

constexpr int kThreads = 8;
constexpr int kRounds = 6;

// An owner with a dossier of his own, who uses the store alone.
class Applicant {
  public:
    explicit Applicant(store::Store& store) : store_(store) {
        const Signed create =
            sign(statement_of(owner_, DossierCreate{owner_.card, "nl"}, kNow), owner_.signer);
        dossier_ = dossier_id(create);
        head_ = create.hash;
        store_.submit({{create, {}}}, rules_at(kNow));
    }

    // Deposits, erases one in three, and reads what there is.
    bool live(int round) {
        const Paper paper;
        stage(paper);
        if (!submit(paper.act(), {paper.header})) return false;
        if (round % 3 == 2 && !submit(DocumentErase{paper.id}, {})) return false;
        if (round % 3 != 2) ++standing_;
        const store::Viewer viewer{store::ViewAs::owner, owner_.id};
        return store_.dossier(dossier_, viewer, kNow)->head == head_ &&
               store_.documents(dossier_, viewer, 0, {}, 100, kNow).size() == standing_;
    }

  private:
    void stage(const Paper& paper) {
        for (const auto& [role, bytes] : paper.payloads) {
            const store::Staged staged{
                dossier_, paper.id, role, owner_.id, {bytes, bytes.size(), crypto::sha256(bytes)},
                kNow};
            if (!store_.stage({staged}, {})) throw std::runtime_error("a payload was refused");
        }
    }
    bool submit(Act act, std::vector<store::DocumentHeader> headers) {
        Statement statement = statement_of(owner_, std::move(act), kNow);
        statement.dossier = dossier_;
        statement.previous = head_;
        Signed made = sign(statement, owner_.signer);
        head_ = made.hash;
        return std::holds_alternative<store::Accepted>(
            store_.submit({{std::move(made), std::move(headers)}}, rules_at(kNow)));
    }

    store::Store& store_;
    Person owner_;
    DossierId dossier_;
    Digest head_;
    std::size_t standing_ = 0;
};

template <class Body>
void in_threads(Body body) {
    std::barrier start(kThreads);
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
        threads.emplace_back([&, i] {
            start.arrive_and_wait();
            body(i);
        });
    }
    for (std::thread& thread : threads)
        thread.join();
}

void many_dossiers(store::Store& store) {
    std::atomic<int> failures = 0;
    in_threads([&](int) {
        Applicant applicant(store);
        for (int round = 0; round < kRounds; ++round) {
            if (!applicant.live(round)) ++failures;
        }
    });
    CHECK(failures == 0);
    const auto report = store.check(true);
    CHECK(report.dossiers == kThreads);
    CHECK(report.missing.empty());
}

// All want the same head: one of them gets it, the others are told the new one.
template <class Scene>
void one_dossier(Scene& scene) {
    std::atomic<int> accepted = 0, stale = 0;
    for (int round = 0; round < kRounds; ++round) {
        std::vector<Signed> rivals;
        std::vector<Digest> heads;
        const Digest before = scene.head;
        for (int i = 0; i < kThreads; ++i) {
            scene.head = before;
            rivals.push_back(scene.next(
                scene.owner, DepositorAllow{Person().card, std::nullopt, std::nullopt, false}));
        }
        in_threads([&](int i) {
            const auto result =
                scene.store().submit({{rivals[static_cast<std::size_t>(i)], {}}}, rules_at(kNow));
            const auto* why = std::get_if<Refused>(&result);
            if (!why) ++accepted;
            if (why && why->why == Why::stale_head) ++stale;
            scene.store().dossiers(scene.owner.id, kNow);
            scene.store().add_reads(scene.dossier, scene.owner.id, kNow, {ciphertext(200)});
        });
        scene.head = scene.store().dossier(scene.dossier, scene.as_owner(), kNow)->head;
    }
    CHECK(accepted == kRounds);
    CHECK(stale == kRounds * (kThreads - 1));
    CHECK(scene.store().reads(scene.dossier, 0, 100'000).size() == kRounds * kThreads);
    CHECK(scene.is_sound());
}

class InMemory {
  public:
    store::Store& store() { return store_; }
    store::BlobStore& blobs() { return blobs_; }
    void reopen() {}

  private:
    store::MemoryBlobStore blobs_;
    store::MemoryStore store_{blobs_};
};

}  // namespace

TEST_CASE("eight people in dossiers of their own do not disturb each other") {
    SUBCASE("in rows") {
        Backend backend;
        many_dossiers(backend.store());
    }
    SUBCASE("in memory") {
        InMemory backend;
        many_dossiers(backend.store());
    }
}

TEST_CASE("of eight statements on one head, one is accepted") {
    SUBCASE("in rows") {
        Scene<Backend> scene;
        one_dossier(scene);
    }
    SUBCASE("in memory") {
        Scene<InMemory> scene;
        one_dossier(scene);
    }
}

}  // namespace kluis::test
