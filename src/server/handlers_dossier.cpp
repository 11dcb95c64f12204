#include "handlers.hpp"

#include <api/wire.hpp>
#include <server/refusal.hpp>

#include <algorithm>

namespace kluis::server {

namespace {

constexpr std::size_t kBatch = 64 * 1024;

// What a source gives, as lines, gathered to batches.
template <class Item>
class Lines final : public base::Reader {
  public:
    using Encode = std::string (*)(const Item&);
    Lines(std::unique_ptr<Source<Item>> source, Encode encode)
        : source_(std::move(source)), encode_(encode) {}

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
            const auto item = source_->next();
            if (!item) return;
            lines_ += encode_(*item);
        }
    }

    std::unique_ptr<Source<Item>> source_;
    Encode encode_;
    std::string lines_;
    std::size_t given_ = 0;
};

template <class Item>
Reply lines_reply(std::unique_ptr<Source<Item>> source, typename Lines<Item>::Encode encode) {
    Reply reply;
    reply.status = 200;
    reply.headers.emplace_back("Content-Type", api::kLinesMediaType);
    reply.stream = std::make_unique<Lines<Item>>(std::move(source), encode);
    return reply;
}

Reply dossiers(Exchange& exchange) {
    return json_reply(api::to_json(exchange.service().dossiers(exchange.session())));
}

Reply dossier(Exchange& exchange) {
    const auto id = id_parameter<api::DossierId>(exchange, 0);
    std::optional<std::uint64_t> from = 0;
    if (exchange.asks("from")) {
        from = api::parse_place(exchange.query("from"));
        // All of it has one spelling: without.
        if (!from || *from == 0) throw refusal("malformed");
    }
    return lines_reply(
        exchange.service().open_view(exchange.session(), id, view_of(exchange), *from),
        api::encode_record);
}

std::vector<api::Submission> run_of(const Exchange& exchange) {
    return api::parse_submissions(body_json(exchange));
}

void admit_create(Exchange& exchange) {
    exchange.service().require_account(exchange.session());
}

Reply create_dossier(Exchange& exchange) {
    return json_reply(api::to_json(
        exchange.service().submit(exchange.session(), std::nullopt, run_of(exchange))));
}

void admit_submit(Exchange& exchange) {
    exchange.service().require_submitter(exchange.session(),
                                         id_parameter<api::DossierId>(exchange, 0));
}

Reply submit(Exchange& exchange) {
    const auto id = id_parameter<api::DossierId>(exchange, 0);
    return json_reply(
        api::to_json(exchange.service().submit(exchange.session(), id, run_of(exchange))));
}

Reply reads(Exchange& exchange) {
    const auto id = id_parameter<api::DossierId>(exchange, 0);
    const auto from = api::parse_place(exchange.query("from"));
    if (!from) throw refusal("malformed");
    return lines_reply(exchange.service().open_reads(exchange.session(), id, *from),
                       api::encode_read);
}

}  // namespace

std::vector<Handler> dossier_handlers() {
    using api::Endpoint;
    constexpr auto json = api::kJsonMediaType;
    return {
        {Endpoint::dossiers, "", 0, {}, nullptr, dossiers},
        {Endpoint::create_dossier,
         json,
         api::kRequestLimit,
         {},
         nullptr,
         create_dossier,
         admit_create},
        {Endpoint::dossier, "", 0, {"as", "from"}, nullptr, dossier, nullptr, true},
        {Endpoint::submit, json, api::kRequestLimit, {}, nullptr, submit, admit_submit},
        {Endpoint::reads, "", 0, {"from"}, nullptr, reads, nullptr, true},
    };
}

}  // namespace kluis::server
