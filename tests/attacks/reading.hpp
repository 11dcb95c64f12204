// Documents as people read them before a hostile server: listed, and saved as the command line
// does it.
#pragma once

#include "scene.hpp"

#include <kluis/base/file.hpp>

#include <client/seal.hpp>
#include <doctest/doctest.h>

namespace kluis::test {

using Records = std::vector<api::ViewRecord>;

// A document's record in a view that has one.
inline api::ViewDocument& document_in(Records& records, const statement::DocumentId& id) {
    for (auto& record : records) {
        auto* document = std::get_if<api::ViewDocument>(&record);
        if (document != nullptr && document->id == id) return *document;
    }
    throw std::logic_error("the view has no such document");
}

template <class Act>
bool says(const api::ViewRecord& record) {
    const auto* shown = std::get_if<api::ViewStatement>(&record);
    return shown != nullptr &&
           std::holds_alternative<Act>(statement::parse_statement(shown->envelope.payload).act);
}

// Takes the statements of one kind out of a view.
template <class Act>
void hide(Records& records) {
    std::erase_if(records, says<Act>);
}

// What saving the document throws, if it does, as its content and as an age file: the same either
// way, and then there is no file, whole or in part.
inline std::optional<base::Error> saving(client::Client& client, const client::Readable& document) {
    std::vector<std::optional<base::Error>> errors;
    for (const auto& fetch : {client::fetch_content, client::fetch_age_file}) {
        const TemporaryFolder folder;
        errors.push_back(refusal([&] {
            base::AtomicFile file(folder / "saved", base::FileMode::owner_only, base::Replace::no);
            fetch(client, document, file, {});
            file.commit();
            return 0;
        }));
        CHECK(folder.names() ==
              (errors.back() ? std::set<std::string>{} : std::set<std::string>{"saved"}));
    }
    CHECK(errors[0].has_value() == errors[1].has_value());
    if (errors[0] && errors[1]) CHECK(errors[0]->kind() == errors[1]->kind());
    return errors[0];
}

// Whether that is refused as another document than was signed, after one question for it each time.
inline bool refuses_to_save(HostileServer& server, client::Client& client,
                            const client::Readable& document) {
    server.forget();
    const auto error = saving(client, document);
    CHECK(server.calls() == std::vector<std::string>{"document", "document"});
    return error && error->kind() == base::ErrorKind::forged;
}

// What a reader is shown of a dossier.
struct Sight {
    std::set<statement::DocumentId> documents;
    std::vector<client::Alarm> alarms;
};

// One who may read documents: their owner, or somebody to whom they were granted.
struct Reader {
    client::Client& client;
    api::ViewAs as;

    Sight look(const statement::DossierId& id) const {
        Sight sight;
        const auto take = [&](const auto& view, const std::vector<client::Alarm>& alarms) {
            for (const auto& [document, opened] : view)
                sight.documents.insert(document);
            sight.alarms = alarms;
        };
        if (as == api::ViewAs::owner) {
            const auto view = client::OwnerView::fetch(client, id);
            take(view.documents(), view.alarms());
        } else {
            const auto view = client::fetch_granted(client, id);
            take(view.documents, view.alarms);
        }
        return sight;
    }

    client::Readable readable(const statement::DossierId& id,
                              const statement::DocumentId& document) const {
        return as == api::ViewAs::owner
                   ? client::readable(client::OwnerView::fetch(client, id), document)
                   : client::readable(client::fetch_granted(client, id), document);
    }

    // The file key, which every reader has.
    age::FileKey file_key(const client::Readable& document) const {
        return document::open_header(document.header, document.header_digest, client.identity());
    }
};

// The only alarm, about this document, is as the text says, and is no signer's fault: the document
// is not shown, and what else was granted is.
inline void check_hidden(const Sight& sight, const Sight& before,
                         const statement::DocumentId& document, const std::string& text) {
    CHECK(Scene::alarms(sight.alarms) == std::vector<std::string>{text});
    for (const auto& alarm : sight.alarms) {
        CHECK(alarm.document == document);
        CHECK_FALSE(alarm.signer);
    }
    auto others = before.documents;
    CHECK(others.erase(document) == 1);
    CHECK(sight.documents == others);
}

inline const std::string kNotThatHeader = "a document's header is not what was signed";
inline const std::string kNotThatDescription = "a document's description is not what was signed";
inline const std::string kNotThatDocument =
    "the document's key or description is not the one that was deposited";

// Two dossiers of the owner and one of a neighbour, in which a lawyer may read all documents, and
// the owner too. Each has a preview, and a word of its depositor's to the owner.
class ReadersScene : public OwnerScene {
  public:
    ReadersScene()
        : neighbour(join_and_open("neighbour")),
          lawyer(join_and_open("lawyer")),
          other(client::create_dossier(owner, kJurisdiction, "other")),
          theirs(client::create_dossier(neighbour, kJurisdiction, "theirs")),
          lease(deposit_whole(owner, id, "lease")),
          payslip(deposit_whole(owner, id, "payslip")),
          report(deposit_whole(owner, other, "report")),
          diary(deposit_whole(neighbour, theirs, "diary")) {
        pin(owner, "lawyer");
        pin(neighbour, "lawyer");
        pin(neighbour, "owner");
        client::grant(owner, id, {lease, payslip}, lawyer.me(), std::nullopt);
        client::grant(owner, other, {report}, lawyer.me(), std::nullopt);
        client::grant(neighbour, theirs, {diary}, lawyer.me(), std::nullopt);
        client::grant(neighbour, theirs, {diary}, owner.me(), std::nullopt);
    }

    std::vector<Reader> readers() {
        return {{owner, api::ViewAs::owner}, {lawyer, api::ViewAs::grantee}};
    }

    // A document's record as the true server shows it.
    api::ViewDocument served(const Reader& reader, const statement::DossierId& dossier,
                             const statement::DocumentId& document) {
        Records records;
        vault.service.dossier(reader.client.session(), dossier, role_in(reader, dossier), 0,
                              [&](api::ViewRecord next) { records.push_back(std::move(next)); });
        return document_in(records, document);
    }

    // A stored payload, without header.
    base::Bytes stored(const Reader& reader, const statement::DossierId& dossier,
                       const statement::DocumentId& document, api::Role role = api::Role::content) {
        const auto file =
            read(vault.service.document(reader.client.session(), {dossier, document, role},
                                        role_in(reader, dossier), std::nullopt));
        return base::to_bytes(base::ByteView(file).subspan(statement::kHeaderSize));
    }

    // To seal the first dossier to a commission of one member.
    client::SealRequest seal_request() const {
        client::SealRequest request;
        request.dossier = id;
        auto& set = request.set;
        set.jurisdiction = kJurisdiction;
        set.version = 1;
        set.issued = vault.clock.now() - std::chrono::hours(1);
        set.end = vault.clock.now() + std::chrono::hours(1);
        set.cards = {{card("member"), set.issued, std::nullopt}};
        request.out = folder / "case.kluis";
        return request;
    }

  protected:
    statement::DocumentId deposit_whole(client::Client& client, const statement::DossierId& dossier,
                                        const std::string& title) {
        auto whole = item(title, "what the " + title + " says");
        whole.word.paper = "the paper " + title + " is at home";
        whole.preview = folder / (title + ".jpg");
        base::write_file(*whole.preview, base::as_bytes("a picture of the " + title),
                         base::FileMode::owner_only, base::Replace::no);
        const auto result = client::deposit(client, dossier, {whole}, {});
        return result.outcomes.at(0).deposited.value().document;
    }

  private:
    // Of the neighbour's dossier the owner is a reader like others.
    api::ViewAs role_in(const Reader& reader, const statement::DossierId& dossier) const {
        return dossier == theirs ? api::ViewAs::grantee : reader.as;
    }

  public:
    client::Client neighbour;
    client::Client lawyer;
    statement::DossierId other;
    statement::DossierId theirs;
    statement::DocumentId lease;
    statement::DocumentId payslip;
    statement::DocumentId report;
    statement::DocumentId diary;
};

}  // namespace kluis::test
