#include <server/refusal.hpp>
#include <server/vault_service.hpp>

#include <deque>

namespace kluis::server {

namespace {

constexpr std::size_t kStatementsAtOnce = 200;
constexpr std::size_t kDocumentsAtOnce = 100;

// The view of a dossier that stands, page by page.
class StandingView final : public ViewSource {
  public:
    StandingView(const store::Store& store, ReadRecord& record, const base::Clock& clock,
                 const store::DossierSummary& summary, const store::Viewer& viewer,
                 std::uint64_t from)
        : store_(store),
          record_(record),
          clock_(clock),
          id_(summary.id),
          viewer_(viewer),
          first_(from),
          from_(from) {
        api::ViewBegin begin;
        begin.id = id_;
        begin.as = static_cast<api::ViewAs>(viewer.as);
        const api::ViewEnd state = state_of(summary);
        begin.head = state.head;
        begin.shown = state.shown;
        if (viewer.as == store::ViewAs::owner) begin.length = summary.length;
        ready_.push_back(std::move(begin));
        for (const auto& card : store_.cards(id_, viewer_, clock_.now()))
            ready_.push_back(api::ViewCard{card});
    }

    std::optional<api::ViewRecord> next() override {
        while (ready_.empty() && stage_ != Stage::done)
            fetch();
        if (ready_.empty()) return std::nullopt;
        api::ViewRecord record = std::move(ready_.front());
        ready_.pop_front();
        return record;
    }

  private:
    enum class Stage { statements, documents, end, done };

    // By what the viewer learns that the view has changed: a grantee of what is shown to him alone.
    api::ViewEnd state_of(const store::DossierSummary& summary) const {
        if (viewer_.as != store::ViewAs::grantee) return {summary.head, std::nullopt};
        return {std::nullopt, store_.shown(id_, viewer_.card, clock_.now())};
    }

    void fetch() {
        switch (stage_) {
            case Stage::statements:
                return fetch_statements();
            case Stage::documents:
                return fetch_documents();
            case Stage::end:
                return fetch_end();
            case Stage::done:
                return;
        }
    }

    void fetch_statements() {
        auto page = store_.statements(id_, viewer_, from_, kStatementsAtOnce, clock_.now());
        if (page.empty()) stage_ = Stage::documents;
        for (auto& placed : page) {
            from_ = placed.place + 1;
            ready_.push_back(api::ViewStatement{std::move(placed.envelope)});
        }
    }

    void fetch_documents() {
        if (viewer_.as == store::ViewAs::depositor) {
            stage_ = Stage::end;
            return;
        }
        auto page = store_.documents(id_, viewer_, first_, after_, kDocumentsAtOnce, clock_.now());
        if (page.size() < kDocumentsAtOnce) stage_ = Stage::end;
        if (viewer_.as == store::ViewAs::grantee) note(page);
        for (auto& row : page) {
            after_ = row.id;
            ready_.push_back(api::ViewDocument{row.id, std::move(row.header),
                                               std::move(row.metadata), std::move(row.word)});
        }
    }

    // Header and metadata open most of a document: whoever is given them reads it.
    void note(const std::vector<store::DocumentRow>& page) {
        std::vector<store::DocumentId> documents;
        for (const auto& row : page)
            documents.push_back(row.id);
        record_.note(id_, documents, viewer_.card, clock_.now());
    }

    // A right that ended meanwhile cuts the view short: it has no end.
    void fetch_end() {
        stage_ = Stage::done;
        const auto summary = store_.dossier(id_, viewer_, clock_.now());
        if (summary) ready_.push_back(state_of(*summary));
    }

    const store::Store& store_;
    ReadRecord& record_;
    const base::Clock& clock_;
    store::DossierId id_;
    store::Viewer viewer_;
    Stage stage_ = Stage::statements;
    std::uint64_t first_;  // place of the first statement that is shown
    std::uint64_t from_;   // of the next
    std::optional<store::DocumentId> after_;
    std::deque<api::ViewRecord> ready_;
};

// What is left of an erased dossier.
class ErasedView final : public ViewSource {
  public:
    ErasedView(const api::DossierId& id, api::ViewAs as, api::Envelope erased)
        : head_(statement::payload_hash(erased)) {
        begin_ = api::ViewBegin{id, as, head_, std::nullopt, std::nullopt, std::move(erased)};
    }

    std::optional<api::ViewRecord> next() override {
        if (begin_) return *std::exchange(begin_, std::nullopt);
        if (std::exchange(ended_, true)) return std::nullopt;
        return api::ViewEnd{head_, std::nullopt};
    }

  private:
    api::Digest head_;
    std::optional<api::ViewBegin> begin_;
    bool ended_ = false;
};

}  // namespace

std::unique_ptr<ViewSource> VaultService::open_view(const api::SessionToken& session,
                                                    const api::DossierId& id, api::ViewAs as,
                                                    std::uint64_t from) {
    const store::Session who = session_of(session);
    if (from > 0 && as != api::ViewAs::owner) throw refusal("malformed");
    const store::Viewer viewer{static_cast<store::ViewAs>(as), who.card};
    if (const auto summary = store_.dossier(id, viewer, clock_.now())) {
        return std::make_unique<StandingView>(store_, read_record_, clock_, *summary, viewer, from);
    }
    if (auto erased = store_.erasure(id, who.card, clock_.now())) {
        return std::make_unique<ErasedView>(id, as, std::move(*erased));
    }
    throw unknown();
}

void VaultService::dossier(const api::SessionToken& session, const api::DossierId& id,
                           api::ViewAs as, std::uint64_t from,
                           const std::function<void(api::ViewRecord)>& record) {
    const auto view = open_view(session, id, as, from);
    while (auto next = view->next())
        record(std::move(*next));
}

}  // namespace kluis::server
