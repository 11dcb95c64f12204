#include <kluis/account/keyring.hpp>

#include <set>

namespace kluis::account {
namespace {

// What becomes of one value. `conflict` decides when both sides changed it, differently.
template <class Value, class Conflict>
Value merge_value(const Value& common, const Value& ours, const Value& theirs, Conflict conflict) {
    if (ours == theirs || ours == common) return theirs;
    if (theirs == common) return ours;
    return conflict(ours, theirs);
}

template <class Value>
Value merge_value(const Value& common, const Value& ours, const Value& theirs) {
    return merge_value(common, ours, theirs, [](const Value&, const Value& kept) { return kept; });
}

template <class Key, class Value>
const Value* find(const std::map<Key, Value>& map, const Key& key) {
    const auto found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
}

// What becomes of each entry; `merge` joins those that both sides have.
template <class Key, class Value, class Merge>
std::map<Key, Value> merge_map(const std::map<Key, Value>& common, const std::map<Key, Value>& ours,
                               const std::map<Key, Value>& theirs, Merge merge) {
    std::map<Key, Value> merged;
    for (const auto& [key, their_value] : theirs) {
        const Value* before = find(common, key);
        if (const Value* our_value = find(ours, key)) {
            merged.emplace(key, merge(before ? *before : Value{}, *our_value, their_value));
        } else if (!before || their_value != *before) {
            merged.emplace(key, their_value);
        }
    }
    for (const auto& [key, our_value] : ours) {
        if (!theirs.contains(key) && !common.contains(key)) merged.emplace(key, our_value);
    }
    return merged;
}

PinnedCard merge_card(const PinnedCard& common, const PinnedCard& ours, const PinnedCard& theirs) {
    return {theirs.card, merge_value(common.name, ours.name, theirs.name),
            merge_value(common.checked, ours.checked, theirs.checked)};
}

DocumentNote merge_note(const DocumentNote& common, const DocumentNote& ours,
                        const DocumentNote& theirs) {
    return {merge_value(common.paper, ours.paper, theirs.paper),
            merge_value(common.translation_of, ours.translation_of, theirs.translation_of),
            merge_value(common.redaction_of, ours.redaction_of, theirs.redaction_of),
            merge_value(common.exhibit, ours.exhibit, theirs.exhibit),
            merge_value(common.left_out, ours.left_out, theirs.left_out)};
}

std::optional<SeenHead> longer_head(const std::optional<SeenHead>& ours,
                                    const std::optional<SeenHead>& theirs) {
    if (!ours || !theirs) return ours ? ours : theirs;
    if (ours->length == theirs->length) {
        throw base::Error(base::ErrorKind::forged,
                          "two devices were shown different histories of a dossier");
    }
    return ours->length > theirs->length ? ours : theirs;
}

// Two devices may have given one number to two documents. The one on the server keeps it; ours,
// which nobody has seen yet, gets the next.
void part_exhibits(PinnedDossier& merged, const PinnedDossier& theirs) {
    std::set<std::uint64_t> taken;
    std::uint64_t highest = 0;
    for (const auto& [id, note] : theirs.notes) {
        if (note.exhibit && merged.notes.contains(id)) taken.insert(*note.exhibit);
    }
    for (const auto& [id, note] : merged.notes)
        highest = std::max(highest, note.exhibit.value_or(0));
    for (auto& [id, note] : merged.notes) {
        const DocumentNote* there = find(theirs.notes, id);
        if (!note.exhibit || (there && there->exhibit == note.exhibit)) continue;
        if (!taken.insert(*note.exhibit).second) {
            note.exhibit = ++highest;
            taken.insert(highest);
        }
    }
}

SeenHead longer(const SeenHead& ours, const SeenHead& theirs) {
    return ours.length > theirs.length ? ours : theirs;
}

std::optional<SeenHead> longer(const std::optional<SeenHead>& ours,
                               const std::optional<SeenHead>& theirs) {
    if (!ours || !theirs) return ours ? ours : theirs;
    return longer(*ours, *theirs);
}

PinnedDossier merge_dossier(const PinnedDossier& common, const PinnedDossier& ours,
                            const PinnedDossier& theirs) {
    PinnedDossier merged{merge_value(common.name, ours.name, theirs.name),
                         merge_value(common.seen, ours.seen, theirs.seen, longer_head),
                         merge_map(common.notes, ours.notes, theirs.notes, merge_note),
                         merge_value(common.owner, ours.owner, theirs.owner),
                         longer(ours.shown, theirs.shown)};
    part_exhibits(merged, theirs);
    return merged;
}

std::uint64_t higher_version(std::uint64_t, std::uint64_t ours, std::uint64_t theirs) {
    return std::max(ours, theirs);
}

std::optional<SeenCredentials> later_credentials(const std::optional<SeenCredentials>& ours,
                                                 const std::optional<SeenCredentials>& theirs) {
    if (!ours || !theirs) return ours ? ours : theirs;
    return ours->time > theirs->time ? ours : theirs;
}

}  // namespace

Keyring merge(const Keyring& common, const Keyring& ours, const Keyring& theirs) {
    return {
        merge_map(common.cards, ours.cards, theirs.cards, merge_card),
        merge_map(common.dossiers, ours.dossiers, theirs.dossiers, merge_dossier),
        merge_map(common.granted, ours.granted, theirs.granted,
                  [](const SeenHead&, const SeenHead& our_head, const SeenHead& their_head) {
                      return longer(our_head, their_head);
                  }),
        merge_map(common.card_sets, ours.card_sets, theirs.card_sets, higher_version),
        std::max(ours.anchors, theirs.anchors),
        merge_value(common.credentials, ours.credentials, theirs.credentials, later_credentials)};
}

}  // namespace kluis::account
