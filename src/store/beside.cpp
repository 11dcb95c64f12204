// What must come beside a statement: headers with it, payloads before it.
#include "ledger.hpp"

namespace kluis::store {

using namespace statement;

namespace {

Refused mismatch(const std::optional<DocumentId>& document = std::nullopt) {
    return {.why = Refused::Why::header_mismatch, .document = document};
}

class HeaderCheck {
  public:
    HeaderCheck(const Ledger& ledger, const std::vector<DocumentHeader>& headers)
        : ledger_(ledger), headers_(headers) {}

    std::optional<Refused> operator()(const DocumentDeposit& act) const {
        return exactly({{act.document, act.header}});
    }

    std::optional<Refused> operator()(const GrantCreate& act) const {
        std::map<DocumentId, Digest> expected;
        for (const GrantedDocument& granted : act.documents)
            expected.emplace(granted.document, granted.header);
        return exactly(expected);
    }

    std::optional<Refused> operator()(const DossierTransfer& act) const {
        std::map<DocumentId, Digest> given;
        for (const auto& [document, header] : headers_) {
            if (!given.emplace(document, crypto::sha256(header)).second) return mismatch(document);
        }
        const auto standing = ledger_.standing();
        const auto is_given = [&](const DocumentId& id) { return given.contains(id); };
        if (standing.size() != given.size() || !std::ranges::all_of(standing, is_given)) {
            return mismatch();
        }
        if (header_list_digest(given) != act.headers) return mismatch();
        return std::nullopt;
    }

    std::optional<Refused> operator()(const BundleSeal& act) const {
        std::set<DocumentId> seen;
        for (const DocumentHeader& header : headers_) {
            const auto document = ledger_.state().document(header.document);
            if (!document || document->erased || !seen.insert(header.document).second) {
                return mismatch(header.document);
            }
        }
        if (headers_.size() != act.documents) return mismatch();
        return std::nullopt;
    }

    std::optional<Refused> operator()(const auto&) const { return exactly({}); }

  private:
    std::optional<Refused> exactly(std::map<DocumentId, Digest> expected) const {
        for (const auto& [document, header] : headers_) {
            const auto found = expected.find(document);
            if (found == expected.end() || crypto::sha256(header) != found->second) {
                return mismatch(document);
            }
            expected.erase(found);
        }
        if (!expected.empty()) return mismatch(expected.begin()->first);
        return std::nullopt;
    }

    const Ledger& ledger_;
    const std::vector<DocumentHeader>& headers_;
};

class PayloadCheck {
  public:
    PayloadCheck(const Ledger& ledger, const Fingerprint& actor) : ledger_(ledger), actor_(actor) {}

    std::optional<Refused> operator()(const DocumentDeposit& act) const {
        for (const auto& [role, payload] : act.payloads) {
            if (!ledger_.is_staged(act.document, role, actor_, payload)) {
                return missing(act.document);
            }
        }
        return std::nullopt;
    }

    std::optional<Refused> operator()(const DocumentDescribe& act) const {
        if (ledger_.is_staged(act.document, Role::metadata, actor_, act.metadata)) {
            return std::nullopt;
        }
        return missing(act.document);
    }

    std::optional<Refused> operator()(const BundleSeal& act) const {
        if (ledger_.is_manifest_staged(act.bundle, act.manifest)) return std::nullopt;
        return missing(std::nullopt);
    }

    std::optional<Refused> operator()(const auto&) const { return std::nullopt; }

  private:
    static Refused missing(const std::optional<DocumentId>& document) {
        return {.why = Refused::Why::payload_missing, .document = document};
    }

    const Ledger& ledger_;
    const Fingerprint& actor_;
};

}  // namespace

std::optional<Refused> check_headers(const Ledger& ledger, const Submission& submission) {
    return std::visit(HeaderCheck(ledger, submission.headers), submission.statement.statement.act);
}

std::optional<Refused> check_payloads(const Ledger& ledger, const Signed& statement) {
    return std::visit(PayloadCheck(ledger, statement.statement.actor), statement.statement.act);
}

std::optional<Fingerprint> subject_of(const Act& act) {
    if (const auto* allow = std::get_if<DepositorAllow>(&act)) return fingerprint(allow->card);
    if (const auto* remove = std::get_if<DepositorRemove>(&act)) return remove->depositor;
    if (const auto* grant = std::get_if<GrantCreate>(&act)) return grant->grantee;
    if (const auto* revoke = std::get_if<GrantRevoke>(&act)) return revoke->grantee;
    return std::nullopt;
}

SealedPayloads sealed_payloads(const chain::DocumentState& document) {
    const auto preview = document.payloads.find(Role::preview);
    return {
        document.payloads.at(Role::content).sha256, document.metadata().sha256,
        preview == document.payloads.end() ? std::nullopt : std::optional(preview->second.sha256)};
}

}  // namespace kluis::store
