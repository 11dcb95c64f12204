#include "handlers.hpp"

#include <api/wire.hpp>
#include <server/refusal.hpp>

#include <algorithm>

namespace kluis::server {

namespace {

constexpr std::size_t kBatch = 64 * 1024;

// A view as lines, gathered to batches.
class ViewLines final : public base::Reader {
  public:
    explicit ViewLines(std::unique_ptr<ViewSource> view) : view_(std::move(view)) {}

    std::size_t read(base::MutableBytes out) override {
        if (given_ == lines_.size()) fill();
        const std::size_t count = std::min(out.size(), lines_.size() - given_);
        std::copy_n(lines_.begin() + static_cast<std::ptrdiff_t>(given_), count, out.begin());
        given_ += count;
        return count;
    }

  private:
    void fill() {
        lines_.clear();
        given_ = 0;
        while (lines_.size() < kBatch) {
            const auto record = view_->next();
            if (!record) return;
            lines_ += api::encode_record(*record);
        }
    }

    std::unique_ptr<ViewSource> view_;
    std::string lines_;
    std::size_t given_ = 0;
};

api::ViewAs view_of(const Exchange& exchange) {
    const auto as = api::view_named(exchange.query("as"));
    if (!as) throw refusal("malformed");
    return *as;
}

Reply dossiers(Exchange& exchange) {
    return json_reply(api::to_json(exchange.service().dossiers(exchange.session())));
}

Reply dossier(Exchange& exchange) {
    const auto id = id_parameter<api::DossierId>(exchange, 0);
    Reply reply;
    reply.status = 200;
    reply.headers.emplace_back("Content-Type", api::kLinesMediaType);
    reply.stream = std::make_unique<ViewLines>(
        exchange.service().open_view(exchange.session(), id, view_of(exchange)));
    return reply;
}

std::vector<api::Submission> run_of(const Exchange& exchange) {
    return api::parse_submissions(base::parse_json(exchange.body(), "request"));
}

Reply create_dossier(Exchange& exchange) {
    return json_reply(api::to_json(
        exchange.service().submit(exchange.session(), std::nullopt, run_of(exchange))));
}

Reply submit(Exchange& exchange) {
    const auto id = id_parameter<api::DossierId>(exchange, 0);
    return json_reply(
        api::to_json(exchange.service().submit(exchange.session(), id, run_of(exchange))));
}

Reply reads(Exchange& exchange) {
    const auto id = id_parameter<api::DossierId>(exchange, 0);
    return json_reply(api::reads_json(exchange.service().reads(exchange.session(), id)));
}

}  // namespace

std::vector<Handler> dossier_handlers() {
    using api::Endpoint;
    constexpr auto json = api::kJsonMediaType;
    return {
        {Endpoint::dossiers, "", 0, {}, nullptr, dossiers},
        {Endpoint::create_dossier, json, api::kRequestLimit, {}, nullptr, create_dossier},
        {Endpoint::dossier, "", 0, {"as"}, nullptr, dossier},
        {Endpoint::submit, json, api::kRequestLimit, {}, nullptr, submit},
        {Endpoint::reads, "", 0, {}, nullptr, reads},
    };
}

}  // namespace kluis::server
