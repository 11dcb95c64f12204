// A dossier's state kept as a server keeps it: rows of text, changed by the same effects.
#pragma once

#include <kluis/chain/state.hpp>

namespace kluis::test {

class RowState final : public chain::StateReader {
  public:
    using Row = std::vector<std::string>;

    std::optional<chain::DossierState> dossier() const override;
    std::optional<statement::Card> card(const statement::Fingerprint& id) const override;
    std::optional<chain::Permission> permission(const statement::Fingerprint& id) const override;
    std::optional<chain::DocumentState> document(const statement::DocumentId& id) const override;
    std::optional<chain::Grant> grant(const statement::DocumentId& document,
                                      const statement::Fingerprint& grantee) const override;
    std::optional<chain::Seal> seal(const statement::BundleId& id) const override;
    bool consent_used(const statement::Digest& consent) const override;

    void apply(const chain::Effects& effects);

  private:
    using Table = std::map<std::string, Row>;

    Row dossier_;
    Table cards_;
    Table permissions_;
    Table documents_;
    Table grants_;
    Table seals_;
    Table consents_;
};

}  // namespace kluis::test
