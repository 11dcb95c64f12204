#include <kluis/base/file.hpp>
#include <kluis/base/text.hpp>

#include <cli/context.hpp>
#include <cli/progress.hpp>
#include <client/fetch.hpp>
#include <client/owner_acts.hpp>

namespace kluis::cli {

namespace {

using base::Error;
using base::ErrorKind;
using base::Json;

std::string who_text(const client::Client& client, const statement::Fingerprint& card,
                     bool through_link) {
    if (through_link) {
        return "through a link";
    }
    if (card == client.me()) {
        return "by you";
    }
    const auto pinned = client.keyring().cards.find(card);
    if (pinned != client.keyring().cards.end() && !pinned->second.name.empty()) {
        return "by " + base::printable(pinned->second.name);
    }
    return "by card " + statement::to_text(card);
}

std::string period_text(const dossier::Period& period) {
    if (!period.known()) {
        return "";
    }
    return (period.from ? base::to_string(*period.from) : "?") + " - " +
           (period.to ? base::to_string(*period.to) : "?");
}

Json summary(const statement::DossierId& dossier, const statement::DocumentId& id,
             const dossier::Metadata& metadata) {
    auto json = dossier::to_json(metadata);
    json["document"] = statement::to_text(id);
    json["dossier"] = statement::to_text(dossier);
    return json;
}

std::string summary_line(const statement::DocumentId& id, const dossier::Metadata& metadata) {
    return statement::to_text(id) + "  " + metadata.kind + "  " + base::printable(metadata.title) +
           (metadata.period.known() ? "  " + period_text(metadata.period) : "");
}

void list(const Context& context, const std::string& text) {
    auto client = context.open();
    client::Library library(client);
    Json::Array array;
    std::vector<std::string> lines;
    std::vector<client::Alarm> alarms;
    const auto add = [&](const statement::DossierId& dossier, const statement::DocumentId& id,
                         const dossier::Metadata& metadata) {
        array.push_back(summary(dossier, id, metadata));
        lines.push_back(summary_line(id, metadata));
    };
    statement::DossierId id;
    bool own = false;
    bool granted = false;
    for (const auto& dossier : library.dossiers()) {
        const auto full = statement::to_text(dossier.id);
        const auto pinned = client.keyring().dossiers.find(dossier.id);
        const bool fits =
            full == text || (text.size() >= 4 && full.starts_with(text)) ||
            (pinned != client.keyring().dossiers.end() && pinned->second.name == text);
        if (fits) {
            id = dossier.id;
            own = std::ranges::find(dossier.as, api::ViewAs::owner) != dossier.as.end();
            granted = std::ranges::find(dossier.as, api::ViewAs::grantee) != dossier.as.end();
        }
    }
    if (own) {
        const auto& view = library.owned(id);
        for (const auto& [document, owned] : view.documents()) {
            add(id, document, owned.metadata);
        }
        alarms = view.alarms();
    } else if (granted) {
        const auto& view = library.granted(id);
        for (const auto& [document, shared] : view.documents) {
            add(id, document, shared.metadata);
        }
        alarms = view.alarms;
        if (!view.owner_pinned) {
            lines.push_back(
                "note: these are from a stranger: you have not checked this dossier's "
                "id or its owner's card");
        }
    } else {
        throw Error(ErrorKind::not_found,
                    "nothing in '" + base::printable(text) + "' may be read by you");
    }
    context.show(Json{{"documents", std::move(array)}}, lines);
    if (context.show_alarms(alarms)) {
        throw Error(ErrorKind::forged, "the dossier gives an alarm");
    }
}

void show(const Context& context, const std::string& text) {
    auto client = context.open();
    client::Library library(client);
    const auto found = library.find_document(text);
    const auto* owned = found.as == api::ViewAs::owner
                            ? &library.owned(found.dossier).documents().at(found.id)
                            : nullptr;
    const auto* granted =
        owned == nullptr ? &library.granted(found.dossier).documents.at(found.id) : nullptr;
    const auto& metadata = owned != nullptr ? owned->metadata : granted->metadata;
    const auto depositor =
        owned != nullptr ? owned->state.depositor : granted->view.deposit.statement.actor;
    const auto deposited =
        owned != nullptr ? owned->state.deposited : granted->view.deposit.statement.time;
    const bool link = owned != nullptr && owned->state.through_link;
    auto json = summary(found.dossier, found.id, metadata);
    json["deposited"] = base::to_string(deposited);
    json["depositor"] = statement::to_text(depositor);
    json["through_link"] = link;
    std::vector<std::string> lines{
        "document   " + statement::to_text(found.id),
        "title      " + base::printable(metadata.title),
        "name       " + base::printable(metadata.name),
        "kind       " + metadata.kind,
        "size       " + std::to_string(metadata.size) + " bytes, " + base::printable(metadata.type),
        "sha256     " + base::hex_encode(metadata.sha256),
        "deposited  " + base::to_string(deposited) + " " + who_text(client, depositor, link)};
    const auto line = [&](const char* label, const std::string& value) {
        if (!value.empty()) {
            lines.push_back(label + base::printable(value));
        }
    };
    std::string criteria;
    for (const auto& criterion : metadata.criteria) {
        criteria += (criteria.empty() ? "" : " ") + criterion;
    }
    line("criteria   ", criteria);
    line("period     ", period_text(metadata.period));
    line("issuer     ", metadata.issuer);
    line("language   ", metadata.language);
    line("subject    ", metadata.subject);
    line("note       ", metadata.note);
    if (owned != nullptr) {
        const auto& notes = client.keyring().dossiers.at(found.dossier).notes;
        if (const auto note = notes.find(found.id); note != notes.end()) {
            line("paper      ", note->second.paper);
            json["paper"] = note->second.paper;
        }
    }
    context.show(json, lines);
}

void get(const Context& context, const std::string& text, const std::string& out, bool as_age) {
    auto client = context.open();
    client::Library library(client);
    const auto found = library.find_document(text);
    const auto document = found.as == api::ViewAs::owner
                              ? client::readable(library.owned(found.dossier), found.id)
                              : client::readable(library.granted(found.dossier), found.id);
    base::AtomicFile file(out, base::FileMode::owner_only, base::Replace::no);
    Progress progress("receiving", document.promise.payloads.at(statement::Role::content).size);
    std::uint64_t done = 0;
    const auto received = [&](std::uint64_t count) { progress.at(done += count); };
    if (as_age) {
        client::fetch_age_file(client, document, file, received);
    } else {
        client::fetch_content(client, document, file, received);
    }
    file.commit();
    progress.done();
    context.show(Json{{"document", statement::to_text(found.id)},
                      {"file", out},
                      {"sha256", base::hex_encode(document.metadata.sha256)},
                      {"size", document.metadata.size}},
                 {});
}

// The parts of a description that a person changes; absent ones stay.
struct Description {
    std::optional<std::string> title, kind, from, to, issuer, language, note, subject;
    std::optional<std::vector<std::string>> criteria;
};

void describe(const Context& context, const std::string& text, const Description& change) {
    auto client = context.open();
    client::Library library(client);
    const auto found = library.find_document(text);
    if (found.as != api::ViewAs::owner) {
        throw Error(ErrorKind::denied, "only its owner may describe a document anew");
    }
    const auto set = [](std::string& member, const std::optional<std::string>& value) {
        if (value) {
            member = *value;
        }
    };
    const auto day = [](std::optional<base::Date>& member,
                        const std::optional<std::string>& value) {
        if (value) {
            member =
                value->empty() ? std::nullopt : std::optional(base::parse_date(*value, "the date"));
        }
    };
    client::describe_document(client, found.dossier, found.id, [&](dossier::Metadata& metadata) {
        set(metadata.title, change.title);
        set(metadata.kind, change.kind);
        set(metadata.issuer, change.issuer);
        set(metadata.language, change.language);
        set(metadata.note, change.note);
        set(metadata.subject, change.subject);
        day(metadata.period.from, change.from);
        day(metadata.period.to, change.to);
        if (change.criteria) {
            metadata.criteria = {change.criteria->begin(), change.criteria->end()};
        }
    });
    context.show(Json{{"described", statement::to_text(found.id)}}, {"described"});
}

void erase(const Context& context, const std::string& text) {
    auto client = context.open();
    // A depositor cannot see the document any more, and names it by dossier and id.
    const auto slash = text.find('/');
    const bool by_id = slash != text.npos && text.size() - slash - 1 == 26;
    client::Library library(client);
    const auto found = by_id ? client::FoundDocument{library.find_dossier(text.substr(0, slash)),
                                                     api::ViewAs::depositor,
                                                     statement::parse_id<statement::DocumentId>(
                                                         text.substr(slash + 1))}
                             : library.find_document(text);
    client::erase_document(client, found.dossier, found.id);
    context.show(Json{{"erased", statement::to_text(found.id)}}, {"erased"});
}

}  // namespace

void add_document_commands(CLI::App& app, Context& context) {
    auto* document = app.add_subcommand("document", "Documents: see, get, describe and erase them");
    document->require_subcommand(1);
    auto text = std::make_shared<std::string>();
    auto out = std::make_shared<std::string>();
    auto as_age = std::make_shared<bool>(false);
    auto change = std::make_shared<Description>();

    auto* list_command = document->add_subcommand("list", "List what you may read in a dossier");
    list_command->add_option("DOSSIER", *text, "An id, its beginning, a link or your name")
        ->required();
    list_command->callback([&context, text] { list(context, *text); });

    auto* show_command = document->add_subcommand("show", "Show what is known of a document");
    show_command->add_option("DOCUMENT", *text, "An id, its beginning, or a title")->required();
    show_command->callback([&context, text] { show(context, *text); });

    auto* get_command = document->add_subcommand("get", "Get a document, checked");
    get_command->add_option("DOCUMENT", *text, "An id, its beginning, or a title")->required();
    get_command->add_option("-o,--output", *out, "The file to write")->required();
    get_command->add_flag("--age", *as_age, "As an age file, which `age -d` opens");
    get_command->callback([&context, text, out, as_age] { get(context, *text, *out, *as_age); });
    get_command->footer("Example: kluis document get diploma -o diploma.pdf");

    auto* describe_command =
        document->add_subcommand("describe", "Describe a document of yours anew");
    describe_command->add_option("DOCUMENT", *text, "An id, its beginning, or a title")->required();
    describe_command->add_option("--title", change->title, "What it is, in one line");
    describe_command->add_option("--kind", change->kind, "The kind of evidence");
    describe_command->add_option("--criterion", change->criteria, "All criteria that it supports")
        ->allow_extra_args(false);
    describe_command->add_option("--from", change->from, "The first day that it is about");
    describe_command->add_option("--to", change->to, "The last day that it is about");
    describe_command->add_option("--issuer", change->issuer, "Who made it");
    describe_command->add_option("--language", change->language, "Its language");
    describe_command->add_option("--note", change->note, "A note for whoever reads it");
    describe_command->add_option("--subject", change->subject, "Whose it is, in a family");
    describe_command->callback([&context, text, change] { describe(context, *text, *change); });
    describe_command->footer(
        "Example: kluis document describe scan-004 --title 'Diploma' --kind diploma");

    auto* erase_command = document->add_subcommand("erase", "Destroy a document, for ever");
    erase_command
        ->add_option("DOCUMENT", *text,
                     "An id, its beginning, or a title; for a depositor DOSSIER/ID")
        ->required();
    erase_command->callback([&context, text] { erase(context, *text); });
}

}  // namespace kluis::cli
