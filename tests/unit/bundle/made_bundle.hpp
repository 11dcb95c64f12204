// A true bundle, made of parts that a test can alter before the file is written and read.
//
// The chain: dossier.create, permissions for a helper and for a bystander, a letter by the owner, a
// report by the helper, another paper by the owner, a new description of the report. Letter and
// report are sealed, as exhibits 1 and 2, for a commission of two members.
#pragma once

#include "support/person.hpp"
#include "support/refusal.hpp"
#include "support/sealed_document.hpp"
#include "support/temporary_folder.hpp"

#include <kluis/bundle/reader.hpp>
#include <kluis/bundle/writer.hpp>

namespace kluis::test {

// What the tar has of one document.
struct DocumentMembers {
    statement::DocumentId id;
    base::Bytes header;
    base::Bytes content;
    base::Bytes metadata;
    std::optional<base::Bytes> preview;
    std::optional<base::Bytes> metadata_header;  // if another than `header`
};

class MadeBundle {
  public:
    MadeBundle();

    // --- the dossier ---

    // Puts an act of `actor` at the end of the chain; its place.
    std::size_t say(const Person& actor, statement::Act said);
    // The statement at a place, for the manifest.
    bundle::PlacedStatement placed(std::size_t place) const;
    // Deposits `sealed` in the name of `actor`; the place.
    std::size_t deposit(const Person& actor, const SealedDocument& sealed);
    chain::Replay replay() const;

    Person owner{"owner"};
    Person helper{"helper"};
    Person bystander{"bystander"};
    Person member{"member"};
    Person second{"second member"};
    Person outsider{"outsider"};
    base::Time now{1'800'000'000};
    std::vector<statement::Signed> chain;
    statement::DossierId dossier;
    SealedDocument letter;
    SealedDocument report;
    SealedDocument other;
    std::size_t letter_place = 0;
    std::size_t report_place = 0;
    std::size_t other_place = 0;
    std::size_t description_place = 0;

    // --- the bundle ---

    // Takes a document into the manifest and the tar as the next exhibit.
    void include(const SealedDocument& sealed, const std::string& path,
                 const bundle::PlacedStatement& deposit,
                 const std::optional<bundle::PlacedStatement>& description = std::nullopt);
    // Seals and signs what is there now: the seal is put on the chain, in place of the one before.
    base::Bytes tar();
    // The seal that `tar` signed.
    const statement::Signed& seal() const { return chain.at(seal_place_); }
    // A line of readers.age by which `actor` adds `reader`, after the lines that are there.
    std::string reader_line(const Person& actor, const Person& reader) const;
    base::Json reader_payload(const Person& actor, const Person& reader) const;
    std::string reader_line(const Person& signer, const base::Json& payload) const;

    crypto::X25519Secret case_key = crypto::random_secret<crypto::X25519Secret>();
    bundle::BundleInfo info;
    bundle::ManifestHead head;
    std::vector<bundle::ManifestDocument> lines;
    std::optional<std::string> manifest;  // its text, if not made of head and lines
    std::vector<const Person*> readers{&member, &second};  // for whom case.age is
    statement::BundleSeal act;  // the digest of the manifest is filled in
    const Person* sealer = &owner;
    std::optional<base::Bytes> seal_line;  // the plaintext of seal.age, if not made of the seal
    // The plaintext of readers.age, asked for when the seal was signed.
    std::function<std::string()> added = [] { return std::string(); };
    std::vector<DocumentMembers> documents;
    std::function<void(bundle::SealedMembers&)> alter;  // before they are put together
    bundle::TrustedSets trust;

    // --- reading it ---

    // Writes the tar to a file of its own.
    std::filesystem::path file();
    // What a reader is told, as `kind: message`; empty if the bundle is accepted.
    std::string told_to(const Person& reader);
    std::string told_to_owner();
    bundle::Opened opened();

    TemporaryFolder folder;

  private:
    std::size_t seal_place_ = 0;
    int files_ = 0;
};

// `kind: message` of an Error, or nothing.
std::string text_of(const std::optional<base::Error>& error);

}  // namespace kluis::test
