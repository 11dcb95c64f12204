#include <kluis/base/file.hpp>
#include <kluis/base/text.hpp>
#include <kluis/dossier/wish_list.hpp>

#include <cli/columns.hpp>
#include <cli/context.hpp>
#include <cli/languages.hpp>
#include <cli/people.hpp>
#include <cli/progress.hpp>
#include <client/fetch.hpp>
#include <client/kept_words.hpp>

namespace kluis::cli {

namespace {

using base::Error;
using base::ErrorKind;
using base::Json;

constexpr const char* kStranger =
    "this is from a stranger: you have checked neither this dossier's id nor its owner's card";

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

// What `document list` shows of a dossier.
struct List {
    Json::Array documents;
    std::vector<std::vector<std::string>> rows;

    void add(const statement::DossierId& dossier, const statement::DocumentId& id,
             const dossier::Metadata& metadata, bool stranger) {
        auto json = summary(dossier, id, metadata);
        json["stranger"] = stranger;
        documents.push_back(std::move(json));
        rows.push_back({statement::to_text(id), metadata.kind, period_text(metadata.period),
                        base::printable(metadata.title)});
    }
};

void list_granted(const Context& context, const client::GranteeDossier& view, List& list,
                  Json& json) {
    for (const auto& [document, shared] : view.documents) {
        list.add(view.id, document, shared.metadata, !view.owner_pinned);
    }
    context.alarm(view.alarms);
    if (!view.owner_pinned) {
        context.notice(kStranger);
    }
    Json::Array missing;
    for (const auto& document : view.missing) {
        missing.emplace_back(statement::to_text(document));
        context.notice("document " + statement::to_text(document) +
                       " was granted to you and is not shown: its owner erased it since, or the "
                       "server withholds it");
    }
    json["missing"] = std::move(missing);
}

void list(const Context& context, const std::string& text) {
    auto client = context.open();
    client::Library library(client);
    const auto dossier = library.find_visible_dossier(text);
    List list;
    Json json(Json::Object{});
    if (dossier.is(api::ViewAs::owner) && dossier.pinned) {
        const auto& view = library.owned(dossier.id);
        for (const auto& [document, owned] : view.documents()) {
            list.add(dossier.id, document, owned.metadata, false);
        }
        context.alarm(view.alarms());
    } else if (dossier.is(api::ViewAs::depositor) && !dossier.is(api::ViewAs::grantee)) {
        throw Error(ErrorKind::denied, "you may deposit in this dossier, and read nothing in it");
    } else if (dossier.is(api::ViewAs::grantee)) {
        list_granted(context, library.granted(dossier.id), list, json);
    } else {
        library.refuse_unlisted(dossier.id);
    }
    json["documents"] = std::move(list.documents);
    context.show(json, columns({"DOCUMENT", "KIND", "PERIOD", "TITLE"}, std::move(list.rows)));
}

// A document that was found, in whichever role, as `document show` needs it.
struct Shown {
    dossier::Metadata metadata;
    statement::Fingerprint depositor;
    base::Time deposited;
    bool through_link = false;
};

Shown look_at(const Context& context, client::Library& library,
              const client::FoundDocument& found) {
    if (found.as == api::ViewAs::owner) {
        const auto& view = library.owned(found.dossier);
        context.alarm(view.alarms());
        const auto& document = view.documents().at(found.id);
        return {document.metadata, document.state.depositor, document.state.deposited,
                document.state.through_link};
    }
    const auto& view = library.granted(found.dossier);
    context.alarm(view.alarms);
    if (found.stranger) {
        context.notice(kStranger);
    }
    const auto& document = view.documents.at(found.id);
    const auto& deposit = document.view.deposit.statement;
    return {document.metadata, deposit.actor, deposit.time, false};
}

client::Readable readable(client::Library& library, const client::FoundDocument& found) {
    return found.as == api::ViewAs::owner
               ? client::readable(library.owned(found.dossier), found.id)
               : client::readable(library.granted(found.dossier), found.id);
}

// Adds what the owner knows about a document.
void add_notes(const client::Client& client, client::Library& library,
               const client::FoundDocument& found, Json& json, std::vector<std::string>& lines) {
    if (found.as != api::ViewAs::owner) {
        return;
    }
    const auto note = client::note_of(client.keyring().dossiers.at(found.dossier), found.id,
                                      library.owned(found.dossier).documents().at(found.id));
    const auto add = [&](const char* member, const std::string& label, const std::string& value) {
        if (!value.empty()) {
            json[member] = value;
            lines.push_back(label + base::printable(value));
        }
    };
    const auto id = [](const std::optional<statement::DocumentId>& document) {
        return document ? statement::to_text(*document) : "";
    };
    add("original_at", "original at     ", note.paper);
    add("translation_of", "translation of  ", id(note.translation_of));
    add("redaction_of", "redaction of    ", id(note.redaction_of));
    if (note.exhibit) {
        json["exhibit"] = *note.exhibit;
        lines.push_back("exhibit         " + std::to_string(*note.exhibit));
    }
}

// A wish list is for reading: its text is shown, not only that it is there.
void add_wishes(client::Client& client, const client::Readable& document,
                const std::string& language, Json& json, std::vector<std::string>& lines) {
    if (document.metadata.kind != dossier::kWishListKind ||
        document.metadata.size > dossier::kWishListLimit) {
        return;
    }
    base::MemoryWriter content;
    client::fetch_content(client, document, content, {});
    const auto list = dossier::parse_wish_list(content.bytes());
    json["wish_list"] = dossier::to_json(list);
    json["text"] = dossier::text(list, language);
    lines.emplace_back();
    lines.push_back(dossier::text(list, language));
}

void show(const Context& context, const std::string& text, const std::string& language) {
    require_language(language, kind_languages());
    auto client = context.open();
    client::Library library(client);
    const auto found = library.find_document(text);
    const auto shown = look_at(context, library, found);
    const auto& metadata = shown.metadata;
    auto json = summary(found.dossier, found.id, metadata);
    json["deposited"] = base::to_string(shown.deposited);
    json["depositor"] = statement::to_text(shown.depositor);
    json["stranger"] = found.stranger;
    json["through_link"] = shown.through_link;
    std::vector<std::string> lines{
        "document        " + statement::to_text(found.id),
        "title           " + base::printable(metadata.title),
        "name            " + base::printable(metadata.name),
        "kind            " + metadata.kind,
        "size            " + std::to_string(metadata.size) + " bytes, " +
            base::printable(metadata.type),
        "sha256          " + base::hex_encode(metadata.sha256),
        "deposited       " + base::to_string(shown.deposited) + " " +
            (shown.through_link ? "through a link" : "by " + name_of(client, shown.depositor))};
    const auto line = [&](const char* label, const std::string& value) {
        if (!value.empty()) {
            lines.push_back(label + base::printable(value));
        }
    };
    std::string criteria;
    for (const auto& criterion : metadata.criteria) {
        criteria += (criteria.empty() ? "" : " ") + criterion;
    }
    line("criteria        ", criteria);
    line("period          ", period_text(metadata.period));
    line("issuer          ", metadata.issuer);
    line("language        ", metadata.language);
    line("subject         ", metadata.subject);
    line("note            ", metadata.note);
    if (metadata.translation || metadata.redaction) {
        line("it is           ", metadata.translation ? "a translation" : "a redaction");
    }
    add_notes(client, library, found, json, lines);
    add_wishes(client, readable(library, found), language, json, lines);
    context.show(json, lines);
}

struct Wanted {
    std::string document;
    std::string out;
    bool as_age = false;
    bool preview = false;

    statement::Role role() const {
        return preview ? statement::Role::preview : statement::Role::content;
    }
};

void fetch(client::Client& client, const client::Readable& document, const Wanted& wanted,
           base::AtomicFile& file) {
    const auto promised = document.promise.payloads.find(wanted.role());
    Progress progress("receiving",
                      promised == document.promise.payloads.end() ? 0 : promised->second.size);
    std::uint64_t done = 0;
    const auto received = [&](std::uint64_t count) { progress.at(done += count); };
    if (wanted.preview) {
        client::fetch_preview(client, document, file, received);
    } else if (wanted.as_age) {
        client::fetch_age_file(client, document, file, received);
    } else {
        client::fetch_content(client, document, file, received);
    }
    progress.done();
}

void get(const Context& context, const Wanted& wanted) {
    if (wanted.out == "-") {
        throw Error(ErrorKind::usage, "a document is checked as a whole before any of it is shown",
                    "name a file with -o");
    }
    auto client = context.open();
    client::Library library(client);
    const auto found = library.find_document(wanted.document);
    look_at(context, library, found);
    const auto document = readable(library, found);
    base::AtomicFile file(wanted.out, base::FileMode::owner_only, base::Replace::no);
    fetch(client, document, wanted, file);
    file.commit();
    Json json{{"document", statement::to_text(found.id)},
              {"file", wanted.out},
              {"stranger", found.stranger}};
    if (wanted.preview) {
        json["preview"] = true;
        return context.show(json, {"written to " + base::printable(wanted.out) +
                                   ": the depositor's picture, and no proof of what it shows"});
    }
    json["sha256"] = base::hex_encode(document.metadata.sha256);
    json["size"] = document.metadata.size;
    context.show(json, {"checked and written to " + base::printable(wanted.out) +
                        (wanted.as_age ? ", an age file" : "")});
}

}  // namespace

void add_document_commands(CLI::App& app, Context& context) {
    auto* document = app.add_subcommand("document", "Documents: see, get, describe and erase them");
    document->require_subcommand(1);
    auto text = std::make_shared<std::string>();
    auto wanted = std::make_shared<Wanted>();
    auto language = std::make_shared<std::string>("en");

    auto* list_command = document->add_subcommand("list", "List what you may read in a dossier");
    list_command->add_option("DOSSIER", *text, "An id, its beginning, a link or your name")
        ->required();
    list_command->callback([&context, text] { list(context, *text); });
    list_command->footer("Example: kluis document list 'my dossier'");

    auto* show_command = document->add_subcommand("show", "Show what is known of a document");
    show_command->add_option("DOCUMENT", *text, "An id, its beginning, or a title")->required();
    show_command->add_option("--language", *language, "Of a wish list's text: nl or en");
    show_command->callback([&context, text, language] { show(context, *text, *language); });
    show_command->footer("Example: kluis document show diploma");

    auto* get_command = document->add_subcommand("get", "Get a document, checked");
    get_command->add_option("DOCUMENT", wanted->document, "An id, its beginning, or a title")
        ->required();
    get_command->add_option("-o,--output", wanted->out, "The file to write")->required();
    auto* age_flag =
        get_command->add_flag("--age", wanted->as_age, "As an age file, which `age -d` opens");
    get_command
        ->add_flag("--preview", wanted->preview, "The depositor's small picture of it instead")
        ->excludes(age_flag);
    get_command->callback([&context, wanted] { get(context, *wanted); });
    get_command->footer("Example: kluis document get diploma -o diploma.pdf");

    add_document_acts(*document, context);
}

}  // namespace kluis::cli
