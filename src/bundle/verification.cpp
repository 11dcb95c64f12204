#include <kluis/base/text.hpp>
#include <kluis/bundle/verification.hpp>

namespace kluis::bundle {

namespace {

using base::Json;

std::string_view name(Depth depth) {
    switch (depth) {
        case Depth::form:
            return "form";
        case Depth::owner:
            return "owner";
        case Depth::full:
            return "full";
    }
    return "form";
}

// What vouches for a card: never more than is known.
std::string vouched_by(const Who& who) {
    if (who.anchor.empty()) {
        return "checked by nobody";
    }
    auto text = "checked by " + base::printable(who.anchor) + ", from " + base::to_string(who.from);
    if (who.until) {
        text += " until " + base::to_string(*who.until);
    }
    return text;
}

// Who someone is, in one line.
std::string text_of(const Who& who) {
    const auto card = "card " + statement::to_text(who.fingerprint);
    if (who.through_link) {
        return "someone through a link that the applicant gave away (" + card + ")";
    }
    const auto* role = who.owner           ? "the applicant, "
                       : who.earlier_owner ? "an earlier owner of the dossier, "
                                           : "";
    return role + card + ", " + vouched_by(who);
}

Json to_json(const Who& who) {
    Json json{{"checked_by", who.anchor.empty() ? "nobody" : who.anchor},
              {"earlier_owner", who.earlier_owner},
              {"fingerprint", statement::to_text(who.fingerprint)},
              {"owner", who.owner},
              {"text", text_of(who)},
              {"through_link", who.through_link}};
    if (!who.anchor.empty()) {
        json["from"] = base::to_string(who.from);
        if (who.until) {
            json["until"] = base::to_string(*who.until);
        }
    }
    return json;
}

Json to_json(const AddedReader& added) {
    return Json{{"added", base::to_string(added.added)},
                {"by", to_json(added.by)},
                {"reader", to_json(added.reader)}};
}

Json to_json(const VerifiedDocument& document) {
    return Json{{"dated_by", "nobody but the depositor"},
                {"deposited", base::to_string(document.deposited)},
                {"depositor", to_json(document.depositor)},
                {"describer", to_json(document.describer)},
                {"document", statement::to_text(document.document)},
                {"exhibit", document.exhibit},
                {"path", document.path},
                {"sha256", base::hex_encode(document.sha256)},
                {"size", document.size},
                {"title", document.title}};
}

Json::Array sentences(const std::vector<std::string>& texts) {
    return {texts.begin(), texts.end()};
}

std::string depth_in_words(Depth depth) {
    switch (depth) {
        case Depth::form:
            return "verified by its form alone";
        case Depth::owner:
            return "verified by its owner, against the dossier";
        case Depth::full:
            return "verified in full, by a reader";
    }
    return "";
}

}  // namespace

Json to_json(const Verification& verification) {
    Json::Array documents;
    for (const auto& document : verification.verified) {
        documents.push_back(to_json(document));
    }
    Json::Array recipients;
    for (const auto& recipient : verification.recipients) {
        recipients.push_back(to_json(recipient));
    }
    Json::Array readers;
    for (const auto& reader : verification.readers) {
        readers.push_back(to_json(reader));
    }
    Json json{{"checked", sentences(verification.checked)},
              {"depth", name(verification.depth)},
              {"documents", std::move(documents)},
              {"format", kBundleFormat},
              {"not_proved", sentences(verification.not_proved)},
              {"number", verification.documents},
              {"readers", std::move(readers)},
              {"recipients", std::move(recipients)},
              {"test_anchors", verification.test_anchors}};
    if (verification.bundle) {
        json["bundle"] = statement::to_text(*verification.bundle);
    }
    if (verification.dossier) {
        json["dossier"] = statement::to_text(*verification.dossier);
    }
    if (verification.owner) {
        json["owner"] = to_json(*verification.owner);
    }
    if (verification.sealed) {
        json["sealed"] = base::to_string(*verification.sealed);
        json["set"] = verification.set;
    }
    return json;
}

std::vector<std::string> describe(const Verification& verification) {
    std::vector<std::string> lines;
    if (verification.bundle) {
        lines.push_back("bundle " + statement::to_text(*verification.bundle) + ", " +
                        std::to_string(verification.documents) + " document(s), " +
                        depth_in_words(verification.depth));
    }
    if (verification.owner && verification.sealed) {
        lines.push_back("sealed by " + text_of(*verification.owner) + ", who gives the time as " +
                        base::to_string(*verification.sealed));
    }
    for (const auto& recipient : verification.recipients) {
        lines.push_back("for " + text_of(recipient));
    }
    for (const auto& added : verification.readers) {
        lines.push_back("read too by " + text_of(added.reader));
        lines.push_back("   added by " + text_of(added.by) + ", who gives the time as " +
                        base::to_string(added.added));
    }
    for (const auto& document : verification.verified) {
        lines.push_back(std::to_string(document.exhibit) + ". " + base::printable(document.title));
        lines.push_back("   deposited by " + text_of(document.depositor) +
                        ", who gives the time as " + base::to_string(document.deposited));
        if (document.describer.fingerprint != document.depositor.fingerprint) {
            lines.push_back("   described by " + text_of(document.describer));
        }
    }
    for (const auto& sentence : verification.checked) {
        lines.push_back("checked: " + sentence);
    }
    for (const auto& sentence : verification.not_proved) {
        lines.push_back("not proved: " + sentence);
    }
    if (verification.test_anchors) {
        lines.push_back(
            "TEST: what is said here of commissions and organisations rests on anchors "
            "given with --anchors");
    }
    return lines;
}

}  // namespace kluis::bundle
