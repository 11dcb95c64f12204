#include "readers.hpp"

#include "lines.hpp"

#include <kluis/bundle/case_key.hpp>

#include <set>

namespace kluis::bundle {

namespace {

using base::Error;
using base::ErrorKind;

constexpr std::string_view kType = "reader.add";
constexpr std::string_view kWhat = "a line of the added readers";
// An envelope whose payload, of ids, a card and a digest, is always shorter than 1 KiB.
constexpr std::size_t kLineLimit = 2048;

// Follows the lines from the seal on.
class Added {
  public:
    Added(const ManifestHead& head, const statement::Signed& seal)
        : head_(head),
          recipients_(std::get<statement::BundleSeal>(seal.statement.act).recipients),
          previous_(seal.hash),
          time_(seal.statement.time),
          known_(recipients_.begin(), recipients_.end()) {}

    ReaderAdded next(const Envelope& envelope) {
        const auto line = parse_reader_line(envelope);
        const auto& [card, actor, time] = line.added;
        require(std::ranges::find(recipients_, actor) != recipients_.end(),
                "a reader was added by somebody to whom the bundle was not sealed");
        require(
            envelope.key_id == statement::to_text(actor) &&
                statement::verify(envelope, statement::kReaderType, head_.cards.at(actor).signing),
            "a reader was added without the signature of the recipient who is named");
        require(line.bundle == head_.bundle, "a reader was added to another bundle");
        require(line.previous == previous_ && time >= time_,
                "the added readers are not in the order in which they were added");
        require(known_.insert(statement::fingerprint(card)).second,
                "a reader was added who was one already");
        previous_ = statement::payload_hash(envelope);
        time_ = time;
        return line.added;
    }

  private:
    static void require(bool holds, const char* otherwise) {
        if (!holds) {
            throw Error(ErrorKind::forged, otherwise);
        }
    }

    const ManifestHead& head_;
    const std::vector<Fingerprint>& recipients_;
    Digest previous_;
    base::Time time_;
    std::set<Fingerprint> known_;  // recipients and readers so far
};

}  // namespace

ReaderLine parse_reader_line(const Envelope& envelope) {
    const auto json = base::parse_canonical_json(envelope.payload, base::JsonText::ascii, kWhat);
    base::JsonMembers members(json, kWhat);
    ReaderLine line;
    if (members.string("type") != kType) {
        throw Error(ErrorKind::malformed, "a line of the added readers adds nobody");
    }
    line.added.actor = statement::parse_id<Fingerprint>(members.string("actor"));
    line.bundle = statement::parse_id<BundleId>(members.string("bundle"));
    line.added.card = statement::parse_card(members.required("card"));
    line.previous = base::from_hex<Digest>(members.string("previous"), "previous");
    base::from_base64<statement::Salt>(members.string("salt"), "salt");
    line.added.time = base::parse_time(members.string("time"), "time");
    members.finish();
    return line;
}

std::vector<ReaderAdded> check_readers(base::Reader& plain, const ManifestHead& head,
                                       const statement::Signed& seal) {
    LineReader lines(plain, "the list of added readers");
    Added added(head, seal);
    std::vector<ReaderAdded> readers;
    while (const auto line = lines.next(kLineLimit)) {
        if (readers.size() == kCaseRecipients) {
            throw Error(ErrorKind::malformed, "the bundle names too many readers");
        }
        readers.push_back(added.next(statement::parse_envelope(*line)));
    }
    return readers;
}

}  // namespace kluis::bundle
