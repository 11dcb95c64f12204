#include "seal_text.hpp"
#include "sealed_member.hpp"

#include <kluis/bundle/case_key.hpp>
#include <kluis/bundle/writer.hpp>

namespace kluis::bundle {

SealedMembers seal_members(const crypto::X25519Secret& case_key,
                           std::span<const crypto::X25519Public> recipients,
                           const ManifestHead& head,
                           const std::vector<ManifestDocument>& documents) {
    const std::array<crypto::X25519Public, 1> to_case{crypto::x25519_public(case_key)};
    std::string manifest;
    const auto add = [&](const std::string& line, std::size_t most) {
        if (line.size() > most) {
            throw base::Error(base::ErrorKind::limit,
                              "what the bundle says of itself is longer than a reader accepts",
                              "shorten the cover letter");
        }
        manifest += line;
        manifest += '\n';
    };
    add(encode(head), kManifestHeadLimit);
    for (const auto& document : documents) {
        add(encode(document), kManifestDocumentLimit);
    }
    SealedMembers members;
    members.case_age = seal_case(case_key, recipients);
    members.manifest = seal_member(base::as_bytes(manifest), to_case);
    members.readers = seal_member({}, to_case);
    members.manifest_sha256 = crypto::sha256(members.manifest);
    return members;
}

base::Bytes seal_seal(const crypto::X25519Secret& case_key, const Envelope& seal) {
    const std::array<crypto::X25519Public, 1> to_case{crypto::x25519_public(case_key)};
    return seal_member(base::as_bytes(encode_seal(seal)), to_case);
}

}  // namespace kluis::bundle
