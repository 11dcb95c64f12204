// A true bundle, taken apart by one of its readers, who has its case key, and put together anew.
#pragma once

#include "scene.hpp"

#include <kluis/bundle/reader.hpp>

namespace kluis::test {

// A member of a bundle's tar.
struct Part {
    std::string name;
    base::Bytes bytes;
};
using Parts = std::vector<Part>;

// The tar of these members, in the one form of a bundle.
base::Bytes tar_of(const Parts& parts);
Parts parts_of(base::ByteView tar);

// An age file of `plain` with one stanza, for `recipient`.
base::Bytes seal_to(const crypto::X25519Public& recipient, base::ByteView plain);
base::Bytes open_with(const crypto::X25519Secret& identity, base::ByteView file);

// What a bundle says, opened by its reader.
struct TakenApart {
    Parts parts;
    crypto::X25519Secret case_key;
    bundle::ManifestHead head;
    std::vector<bundle::ManifestDocument> documents;
    statement::Signed seal;

    Part& part(const std::string& name);
    crypto::X25519Public case_public() const { return crypto::x25519_public(case_key); }
    // Writes head and documents, or this text, as the manifest, sealed to the case key.
    void put_manifest();
    void put_manifest(base::ByteView text);
    // Makes `seal` again for the parts as they are, signed by `signer` as `actor`.
    void put_seal(const statement::Fingerprint& actor, const crypto::Ed25519Signer& signer);
    // Writes `seal`, as it is, as the member.
    void put_seal();
    // Says another number of documents in bewijskluis-bundle.json.
    void put_info(std::uint64_t count);
    base::Bytes tar() const { return tar_of(parts); }
};

// An owner's dossier that was sealed to a commission of one member.
class SealedScene : public OwnerScene {
  public:
    SealedScene();

    // Seals a dossier of `client` to the member: the bundle's file.
    base::Bytes seal(client::Client& client, const statement::DossierId& dossier,
                     const std::string& cover_letter);
    static TakenApart take_apart(base::ByteView tar);

    // What opening the bundle for the member throws, if it does. Either way nothing is left outside
    // of the folder that it was to be opened to, and, if it throws, not that folder either.
    std::optional<base::Error> opening(base::ByteView tar);
    // The same, when it must be refused.
    bool refuses_to_open(base::ErrorKind kind, base::ByteView tar);

    base::Bytes sealed;  // of `id`, with letter and photo

  private:
    // Every file and folder below the scene's, with its size.
    std::map<std::string, std::uintmax_t> tree() const;

    int count_ = 0;
};

}  // namespace kluis::test
