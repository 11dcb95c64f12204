#include <server/refusal.hpp>
#include <server/vault_service.hpp>

namespace kluis::server {

namespace {

constexpr std::size_t kEntriesAtOnce = 500;

// The record of reads, page by page, for as long as the dossier is this owner's.
class StoredReads final : public ReadsSource {
  public:
    StoredReads(const store::Store& store, const base::Clock& clock, const api::DossierId& id,
                const api::Fingerprint& owner, std::uint64_t from)
        : store_(store), clock_(clock), id_(id), owner_{store::ViewAs::owner, owner}, from_(from) {}

    std::optional<api::ReadLine> next() override {
        if (ready_.empty() && !ended_) fetch();
        if (!ready_.empty()) {
            api::ReadLine line = std::move(ready_.front());
            ready_.pop_front();
            return line;
        }
        return std::nullopt;
    }

  private:
    void fetch() {
        auto page = store_.reads(id_, from_, kEntriesAtOnce);
        ended_ = page.size() < kEntriesAtOnce;
        // A page read after a transfer is the new owner's: this one's is cut short, without an end.
        if (!store_.dossier(id_, owner_, clock_.now())) {
            ended_ = true;
            return;
        }
        for (store::StoredRead& read : page) {
            from_ = read.place + 1;
            ready_.push_back(api::ReadEntry{read.place, std::move(read.sealed)});
        }
        if (ended_) ready_.push_back(api::ReadsEnd{});
    }

    const store::Store& store_;
    const base::Clock& clock_;
    api::DossierId id_;
    store::Viewer owner_;
    std::uint64_t from_;
    std::deque<api::ReadLine> ready_;
    bool ended_ = false;
};

}  // namespace

std::unique_ptr<ReadsSource> VaultService::open_reads(const api::SessionToken& session,
                                                      const api::DossierId& id,
                                                      std::uint64_t from) {
    const store::Session who = session_of(session);
    require_owner(who, id);
    return std::make_unique<StoredReads>(store_, clock_, id, who.card, from);
}

void VaultService::reads(const api::SessionToken& session, const api::DossierId& id,
                         std::uint64_t from, const std::function<void(api::ReadEntry)>& entry) {
    const auto lines = open_reads(session, id, from);
    while (auto line = lines->next()) {
        if (auto* read = std::get_if<api::ReadEntry>(&*line)) entry(std::move(*read));
    }
}

}  // namespace kluis::server
