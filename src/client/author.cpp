#include <kluis/crypto/random.hpp>

#include <client/author.hpp>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;

constexpr int kStaleTries = 30;

std::size_t weight(const statement::Signed& signed_statement,
                   const std::vector<api::DocumentHeader>& headers) {
    std::size_t bytes = signed_statement.envelope.payload.size() + 300;
    for (const auto& header : headers) {
        bytes += header.header.size() + 60;
    }
    return bytes * 4 / 3;
}

// Notes the new end of a chain that this person follows as its owner: a server that accepts a
// revocation and then shows the chain without it is caught.
void remember(Client& client, const Tip& tip) {
    const auto pinned = client.keyring().dossiers.find(tip.dossier);
    if (pinned == client.keyring().dossiers.end() || !pinned->second.seen || !tip.length) {
        return;
    }
    client.saw(tip.dossier, {tip.head, *tip.length});
}

}  // namespace

std::vector<statement::Signed> Author::submit(std::vector<Draft> drafts) {
    std::vector<statement::Signed> accepted;
    accepted.reserve(drafts.size());
    std::size_t next = 0;
    while (next < drafts.size()) {
        std::vector<api::Submission> run;
        Tip end = tip_;
        std::size_t bytes = 0;
        while (next < drafts.size() && run.size() < kRunStatements && bytes < kRunBytes) {
            auto& draft = drafts[next];
            statement::Statement statement;
            statement.dossier = end.dossier;
            statement.previous = end.head;
            statement.actor = client_.me();
            statement.time = std::max(client_.now(), end.last);
            statement.salt = crypto::random_value<statement::Salt>();
            statement.act = std::move(draft.act);
            auto made = statement::sign(statement, client_.signer());
            bytes += weight(made, draft.headers);
            end.head = made.hash;
            end.last = statement.time;
            if (end.length) {
                ++*end.length;
            }
            run.push_back({made.envelope, std::move(draft.headers)});
            accepted.push_back(std::move(made));
            ++next;
        }
        const auto reply = client_.service().submit(client_.session(), tip_.dossier, run);
        if (reply.head != end.head) {
            throw Error(ErrorKind::forged, "the server accepted something else than was signed");
        }
        tip_ = end;
        remember(client_, tip_);
    }
    return accepted;
}

statement::Signed Author::create(Client& client, const std::string& jurisdiction) {
    statement::Statement statement;
    statement.actor = client.me();
    statement.time = client.now();
    statement.salt = crypto::random_value<statement::Salt>();
    statement.act = statement::DossierCreate{client.card(), jurisdiction};
    auto made = statement::sign(statement, client.signer());
    const auto reply =
        client.service().submit(client.session(), std::nullopt, {{made.envelope, {}}});
    if (reply.head != made.hash) {
        throw Error(ErrorKind::forged, "the server accepted something else than was signed");
    }
    return made;
}

void retry_on_stale_head(const std::function<void()>& act) {
    for (int tries = 1;; ++tries) {
        try {
            act();
            return;
        } catch (const Error& error) {
            if (error.code() != "stale-head" || tries == kStaleTries) {
                throw;
            }
        }
    }
}

}  // namespace kluis::client
