// What changes a document: a new description, and erasing it.
#include <kluis/base/text.hpp>

#include <cli/confirm.hpp>
#include <cli/context.hpp>
#include <client/kept_words.hpp>
#include <client/owner_acts.hpp>

namespace kluis::cli {

namespace {

using base::Error;
using base::ErrorKind;
using base::Json;

// The parts of a description that a person changes; absent ones stay, empty ones are cleared.
struct Description {
    std::optional<std::string> title, kind, from, to, issuer, language, note, subject;
    std::optional<std::vector<std::string>> criteria;
    std::optional<std::string> original_at, translation_of, redaction_of;

    bool changes_notes() const { return original_at || translation_of || redaction_of; }
    // Whether anything changes that readers see.
    bool changes_metadata() const {
        return title || kind || from || to || issuer || language || note || subject || criteria ||
               translation_of || redaction_of;
    }
};

std::optional<statement::DocumentId> find_other(client::Library& library,
                                                const client::FoundDocument& document,
                                                const std::optional<std::string>& text) {
    if (!text || text->empty()) {
        return std::nullopt;
    }
    const auto other = library.find_document_in(document.dossier, *text).id;
    if (other == document.id) {
        throw Error(ErrorKind::usage, "a document is no translation or redaction of itself");
    }
    return other;
}

void change_metadata(dossier::Metadata& metadata, const Description& change) {
    const auto set = [](std::string& member, const std::optional<std::string>& value) {
        if (value) {
            member = *value;
        }
    };
    const auto day = [](std::optional<base::Date>& member, const std::optional<std::string>& value,
                        const char* option) {
        if (value) {
            member = parse_day(*value, option);
        }
    };
    set(metadata.title, change.title);
    set(metadata.kind, change.kind);
    set(metadata.issuer, change.issuer);
    set(metadata.language, change.language);
    set(metadata.note, change.note);
    set(metadata.subject, change.subject);
    day(metadata.period.from, change.from, "--from");
    day(metadata.period.to, change.to, "--to");
    if (change.criteria) {
        metadata.criteria = {change.criteria->begin(), change.criteria->end()};
        metadata.criteria.erase("");
    }
    if (change.translation_of) {
        metadata.translation = !change.translation_of->empty();
    }
    if (change.redaction_of) {
        metadata.redaction = !change.redaction_of->empty();
    }
}

// The owner's own notes; one that was cleared stays as an empty one, so that what a depositor once
// said does not come back.
void change_notes(client::Client& client, client::Library& library,
                  const client::FoundDocument& found, const Description& change) {
    const auto translation = find_other(library, found, change.translation_of);
    const auto redaction = find_other(library, found, change.redaction_of);
    const auto& document = library.owned(found.dossier).documents().at(found.id);
    client.change_keyring([&](account::Keyring& keyring) {
        auto& pinned = keyring.dossiers.at(found.dossier);
        auto& note = pinned.notes[found.id] = client::note_of(pinned, found.id, document);
        if (change.original_at) {
            note.paper = *change.original_at;
        }
        if (change.translation_of) {
            note.translation_of = translation;
        }
        if (change.redaction_of) {
            note.redaction_of = redaction;
        }
    });
}

void describe(const Context& context, const std::string& text, const Description& change) {
    if (!change.changes_metadata() && !change.changes_notes()) {
        throw Error(ErrorKind::usage, "nothing is said that should change",
                    "see `kluis document describe --help`");
    }
    auto client = context.open();
    client::Library library(client);
    const auto found = library.find_document(text);
    if (found.as != api::ViewAs::owner) {
        throw Error(ErrorKind::denied, "only its owner may describe a document anew");
    }
    auto described = library.owned(found.dossier).documents().at(found.id).metadata;
    const auto before = described;
    change_metadata(described, change);
    if (change.changes_notes()) {
        change_notes(client, library, found, change);
    }
    if (described != before) {
        client::describe_document(
            client, found.dossier, found.id,
            [&](dossier::Metadata& metadata) { change_metadata(metadata, change); });
    }
    context.show(Json{{"described", statement::to_text(found.id)}}, {"described"});
}

bool is_whole_id(std::string_view text) {
    try {
        statement::parse_id<statement::DocumentId>(text);
        return true;
    } catch (const Error&) {
        return false;
    }
}

// A document to erase: one that can be read, or by DOSSIER/ID one that cannot: a depositor's, who
// sees it no more, or one that does not open.
client::FoundDocument find_erasable(client::Library& library, const std::string& text) {
    const auto slash = text.find('/');
    const auto id = slash == text.npos ? "" : text.substr(slash + 1);
    if (is_whole_id(id)) {
        return {library.find_dossier(text.substr(0, slash)), api::ViewAs::depositor,
                statement::parse_id<statement::DocumentId>(id), false};
    }
    const auto found = library.find_document(text);
    if (found.as != api::ViewAs::owner) {
        throw Error(ErrorKind::denied, "only its owner may erase what was granted to you");
    }
    return found;
}

// Its title, or its id where it does not open.
std::string called(client::Library& library, const client::FoundDocument& found) {
    if (found.as != api::ViewAs::owner) {
        return statement::to_text(found.id);
    }
    return library.owned(found.dossier).documents().at(found.id).metadata.title;
}

void erase(const Context& context, const std::string& text, bool sure) {
    require_sure(context, sure, "this destroys the document, for ever");
    auto client = context.open();
    client::Library library(client);
    const auto found = find_erasable(library, text);
    confirm(context, sure, "this destroys '" + called(library, found) + "', for ever");
    client::erase_document(client, found.dossier, found.id);
    context.show(Json{{"erased", statement::to_text(found.id)}},
                 {"erased " + statement::to_text(found.id) +
                  "; what was read or copied before stays with its reader"});
}

void add_describe(CLI::App& document, Context& context) {
    auto text = std::make_shared<std::string>();
    auto change = std::make_shared<Description>();
    auto* command = document.add_subcommand(
        "describe", "Describe a document of yours anew; an empty text ('') clears what was said");
    command->add_option("DOCUMENT", *text, "An id, its beginning, or a title")->required();
    command->add_option("--title", change->title, "What it is, in one line");
    command->add_option("--kind", change->kind, "The kind of evidence");
    auto criteria = std::make_shared<std::vector<std::string>>();
    auto* criterion =
        command->add_option("--criterion", *criteria, "All criteria that it supports; '' for none");
    criterion->allow_extra_args(false);
    command->add_option("--from", change->from, "The first day that it is about");
    command->add_option("--to", change->to, "The last day that it is about");
    command->add_option("--issuer", change->issuer, "Who made it");
    command->add_option("--language", change->language, "Its language");
    command->add_option("--note", change->note, "A note for whoever reads it");
    command->add_option("--subject", change->subject, "Whose it is, in a family");
    command->add_option("--original-at", change->original_at,
                        "Where the paper original is: for you, and for whoever opens a bundle that "
                        "you seal later");
    command->add_option("--translation-of", change->translation_of, "The document it translates");
    command->add_option("--redaction-of", change->redaction_of,
                        "The document that it is a redaction of");
    command->callback([&context, text, change, criteria, criterion] {
        // CLI11 would leave an optional list without a value where '' is given.
        if (criterion->count() > 0) {
            change->criteria = *criteria;
        }
        describe(context, *text, *change);
    });
    command->footer("Example: kluis document describe scan-004 --title 'Diploma' --kind diploma");
}

}  // namespace

void add_document_acts(CLI::App& document, Context& context) {
    add_describe(document, context);

    auto text = std::make_shared<std::string>();
    auto sure = std::make_shared<bool>(false);
    auto* command = document.add_subcommand("erase", "Destroy a document, for ever");
    command
        ->add_option("DOCUMENT", *text,
                     "An id, its beginning, or a title; for a depositor DOSSIER/ID")
        ->required();
    command->add_flag("--yes", *sure, "You are sure: nothing is asked");
    command->callback([&context, text, sure] { erase(context, *text, *sure); });
    command->footer("Example: kluis document erase 'scan of the wrong page' --yes");
}

}  // namespace kluis::cli
