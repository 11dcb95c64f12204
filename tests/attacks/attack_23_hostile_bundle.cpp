// Attack 23: a bundle that is made to write elsewhere, to fill the disk or memory, or to be read in
// two ways. Whoever opens it has the key: everything encrypted may be hostile too.
#include "remade_bundle.hpp"
#include "tar_entry.hpp"

#include <kluis/bundle/layout/reader.hpp>

#include <doctest/doctest.h>
#include <support/child.hpp>
#include <support/seccomp.hpp>
#include <sys/syscall.h>

#include <cerrno>

namespace kluis::test {

using base::ErrorKind;

namespace {

// Where each member of a tar begins, and the end.
std::vector<std::size_t> places_of(base::ByteView tar) {
    std::vector<std::size_t> places;
    std::size_t at = 0;
    while (const auto member = bundle::parse_tar_header(tar.subspan(at, 512))) {
        places.push_back(at);
        at += 512 + (member->size + 511) / 512 * 512;
    }
    places.push_back(at);
    return places;
}

base::Bytes with(base::ByteView tar, std::size_t at, base::ByteView more) {
    return base::concat({tar.first(at), more, tar.subspan(at)});
}

// Refused in every place of the bundle where it may stand.
void check_refused_everywhere(SealedScene& scene, const TarEntry& entry) {
    for (const std::size_t at : places_of(scene.sealed)) {
        CAPTURE(at);
        CHECK(scene.refuses_to_open(ErrorKind::malformed, with(scene.sealed, at, entry.bytes())));
    }
}

crypto::Ed25519Signer owner_signer() {
    return account::signer(Scene::secret("owner"));
}

// As an owner makes it who wants to harm the reader: all signatures are true.
base::Bytes sealed_by_owner(TakenApart& apart) {
    apart.put_seal(Scene::fingerprint("owner"), owner_signer());
    return apart.tar();
}

base::Bytes with_paths(const SealedScene& scene, const std::string& first,
                       const std::string& second) {
    auto apart = SealedScene::take_apart(scene.sealed);
    apart.documents.at(0).path = first;
    apart.documents.at(1).path = second;
    apart.put_manifest();
    return sealed_by_owner(apart);
}

// Entries without end, as many as are asked for.
class EndlessEntries final : public base::Reader {
  public:
    explicit EndlessEntries(base::Bytes beginning) : pending_(std::move(beginning)) {}
    std::size_t read(base::MutableBytes out) override {
        if (given_ == pending_.size()) {
            pending_ =
                TarEntry("documents/" +
                         statement::to_text(crypto::random_value<statement::DocumentId>()) + ".age")
                    .bytes();
            given_ = 0;
        }
        const auto count = std::min(out.size(), pending_.size() - given_);
        std::copy_n(pending_.begin() + static_cast<std::ptrdiff_t>(given_), count, out.begin());
        given_ += count;
        return count;
    }

  private:
    base::Bytes pending_;
    std::size_t given_ = 0;
};

}  // namespace

TEST_CASE("an entry whose name leads elsewhere is refused wherever it stands") {
    SealedScene scene;
    for (const std::string_view name : {"../evil",
                                        "../../evil",
                                        "/tmp/kluis-evil",
                                        "documents/../../evil",
                                        "documents/../evil",
                                        "./case.age",
                                        "documents/./x.age",
                                        "documents//x.age",
                                        "documents/",
                                        "..\\evil",
                                        "C:\\evil",
                                        "C:evil",
                                        "~/evil",
                                        "evil",
                                        "case.age/",
                                        "case.age ",
                                        " case.age",
                                        "Case.age",
                                        "CASE.AGE",
                                        "documents/ABCDEFGHIJKLMNOPQRSTUVWXYZ.age",
                                        "case\xcc\x81.age",
                                        "\xef\xbd\x83\x61se.age",
                                        "con",
                                        "case.age::$DATA"}) {
        CAPTURE(name);
        check_refused_everywhere(scene, TarEntry(name));
    }
    check_refused_everywhere(scene, TarEntry(std::string_view("case.age\0../evil", 16)));
    check_refused_everywhere(scene, TarEntry("evil").in_folder(".."));
    check_refused_everywhere(scene, TarEntry("case.age").in_folder("/tmp"));
}

TEST_CASE("links, devices, folders, pax, GNU and sparse entries are refused wherever they stand") {
    SealedScene scene;
    for (const char type : std::string_view("1234567xgLKSVMNDAX\0", 19)) {
        CAPTURE(type);
        check_refused_everywhere(scene, TarEntry("readers.age", type).link_to("../../evil"));
    }
    check_refused_everywhere(scene, TarEntry("opened", '2').link_to("/tmp"));
    check_refused_everywhere(scene, TarEntry("documents", '5'));
}

TEST_CASE("a pax record or a long name that renames the member after it is refused") {
    SealedScene scene;
    const std::string path = "19 path=../../evil\n";
    const std::string size = "25 size=9223372036854775807\n";
    const std::string link = "22 linkpath=/etc/passwd\n";
    const std::string sparse = "22 GNU.sparse.major=1\n27 GNU.sparse.realsize=9e18\n";
    for (const std::string& record : {path, size, link, sparse}) {
        for (const char type : {'x', 'g', 'L', 'K'}) {
            CAPTURE(record);
            CAPTURE(type);
            check_refused_everywhere(scene, TarEntry("PaxHeader/case.age", type, record.size())
                                                .holding(base::as_bytes(record)));
        }
    }
}

TEST_CASE("a member twice, adjacent or not, is refused") {
    SealedScene scene;
    const auto parts = parts_of(scene.sealed);
    for (std::size_t which = 0; which < parts.size(); ++which) {
        for (std::size_t at = 0; at <= parts.size(); ++at) {
            auto twice = parts;
            twice.insert(twice.begin() + static_cast<std::ptrdiff_t>(at), parts[which]);
            INFO(parts[which].name, " at ", at);
            const auto error = scene.opening(tar_of(twice));
            REQUIRE(error);
            CHECK((error->kind() == ErrorKind::malformed || error->kind() == ErrorKind::forged));
        }
    }
}

TEST_CASE("sizes of eight EiB, negative ones, and ones beyond the file are refused") {
    SealedScene scene;
    const auto places = places_of(scene.sealed);
    for (std::size_t which = 0; which + 1 < places.size(); ++which) {
        const auto name = parts_of(scene.sealed)[which].name;
        CAPTURE(name);
        for (const std::string_view size :
             {std::string_view("\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff", 12),
              std::string_view("\x80\0\0\0\x80\0\0\0\0\0\0\0", 12),
              std::string_view("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 12),
              std::string_view("-0000000001\0", 12), std::string_view("77777777777\0", 12),
              std::string_view("67777777777\0", 12), std::string_view("00000000000\0", 12),
              std::string_view("            ", 12)}) {
            auto tar = scene.sealed;
            const auto header = TarEntry(name).of_size(size).bytes();
            std::ranges::copy(header, tar.begin() + static_cast<std::ptrdiff_t>(places[which]));
            const auto error = scene.opening(tar);
            REQUIRE(error);
            CHECK((error->kind() == ErrorKind::malformed || error->kind() == ErrorKind::forged));
        }
    }
}

TEST_CASE("a second tar, or anything else, after the end is refused") {
    SealedScene scene;
    for (const base::Bytes& more : {scene.sealed, base::Bytes(1), base::Bytes(512),
                                    TarEntry("../evil").bytes(), base::Bytes(10240, 7)}) {
        CHECK(scene.refuses_to_open(ErrorKind::malformed, base::concat({scene.sealed, more})));
    }
}

TEST_CASE("a file cut short at any block is refused") {
    SealedScene scene;
    for (std::size_t size = 0; size < scene.sealed.size(); size += 512) {
        CAPTURE(size);
        const auto error = scene.opening(base::ByteView(scene.sealed).first(size));
        REQUIRE(error);
        CHECK((error->kind() == ErrorKind::malformed || error->kind() == ErrorKind::forged));
    }
}

TEST_CASE("entries without end are refused at the first that is out of place") {
    SealedScene scene;
    const auto places = places_of(scene.sealed);
    EndlessEntries entries(base::to_bytes(base::ByteView(scene.sealed).first(places[4])));
    bundle::BundleReader reader(entries);
    const auto error = refusal([&] {
        while (reader.next()) {
        }
        return 0;
    });
    REQUIRE(error);
    CHECK(error->kind() == ErrorKind::malformed);
    CHECK(reader.position() < places[4] + 4 * 512);
}

TEST_CASE("a million documents, each in its place, are refused at the limit") {
    bundle::MemberOrder order;
    using bundle::MemberKind;
    for (const auto kind :
         {MemberKind::info, MemberKind::case_key, MemberKind::manifest, MemberKind::seal}) {
        order.add({kind, std::nullopt});
    }
    const auto all = refusal([&] {
        for (std::uint64_t number = 0; number < 1'000'000; ++number) {
            statement::DocumentId id;
            std::ranges::copy(base::big_endian(number), id.writable().begin());
            order.add({MemberKind::content, id});
            order.add({MemberKind::metadata, id});
        }
        return 0;
    });
    REQUIRE(all);
    CHECK(all->kind() == ErrorKind::malformed);
    CHECK(order.documents() == bundle::kBundleDocuments);
}

TEST_CASE("a label that says a million documents is refused") {
    SealedScene scene;
    for (const std::uint64_t count : {std::uint64_t{1'000'000}, (std::uint64_t{1} << 53) - 1}) {
        auto apart = SealedScene::take_apart(scene.sealed);
        apart.put_info(count);
        CHECK(scene.refuses_to_open(ErrorKind::forged, apart.tar()));
        apart.put_seal(Scene::fingerprint("owner"), owner_signer());
        CHECK(scene.refuses_to_open(ErrorKind::forged, apart.tar()));
    }
}

TEST_CASE("paths of the manifest that collide or lead elsewhere are refused") {
    SealedScene scene;
    CHECK_FALSE(scene.opening(with_paths(scene, "data/a/one.txt", "data/b/two.txt")));
    const std::string good = "data/documents/one.txt";
    for (const std::string& bad : {good,
                                   good + "/two.txt",
                                   std::string("data/documents"),
                                   std::string("data/../evil"),
                                   std::string("data/documents/../../../evil"),
                                   std::string("/tmp/kluis-evil"),
                                   std::string("../evil"),
                                   std::string("data/"),
                                   std::string("data"),
                                   std::string("evil"),
                                   std::string("data//evil"),
                                   std::string("data/./evil"),
                                   std::string("data/.evil"),
                                   std::string("data/evil."),
                                   std::string("data/Documents/one.txt"),
                                   std::string("data/documents/one.txt "),
                                   std::string("data/a\\b"),
                                   std::string("data/o\xcc\x88.txt"),
                                   std::string("data/a\nb"),
                                   std::string(),
                                   "data/" + std::string(300, 'a')}) {
        CAPTURE(bad);
        CHECK(scene.refuses_to_open(ErrorKind::malformed, with_paths(scene, good, bad)));
        CHECK(scene.refuses_to_open(ErrorKind::malformed, with_paths(scene, bad, good)));
    }
}

TEST_CASE("a document in the place of a file that opening writes itself is refused") {
    SealedScene scene;
    for (const std::string& taken :
         {std::string("data/dossier.json"), std::string("data/verification.json"),
          std::string("data/dossier.json/one.txt"), std::string("data/verification.json/x/y")}) {
        CAPTURE(taken);
        CHECK(scene.refuses_to_open(ErrorKind::malformed,
                                    with_paths(scene, "data/documents/one.txt", taken)));
    }
}

TEST_CASE("names as long as a path may be, and folders as deep, open") {
    SealedScene scene;
    std::string deep = "data";
    while (deep.size() < 238)
        deep += "/a";
    CHECK_FALSE(scene.opening(with_paths(scene, deep, "data/" + std::string(235, 'b'))));
}

TEST_CASE("a place that is taken, by a file, folder or link, is left as it is") {
    SealedScene scene;
    const auto place = scene.folder / "bundles/opened-before";
    const auto outside = scene.folder / "bundles/outside";
    const std::array identity{account::x25519_secret(Scene::secret("member"))};
    std::filesystem::create_directory(outside);
    SUBCASE("a folder") {
        std::filesystem::create_directory(place);
    }
    SUBCASE("a link to a folder") {
        std::filesystem::create_directory_symlink(outside, place);
    }
    SUBCASE("a link to nothing") {
        std::filesystem::create_symlink(scene.folder / "bundles/nothing", place);
    }
    CHECK(refuses(ErrorKind::conflict, [&] {
        bundle::open_to_folder(scene.folder / "bundles/1.kluis", identity, scene.trust, place, {});
        return 0;
    }));
    CHECK(std::filesystem::is_empty(outside));
    CHECK_FALSE(std::filesystem::exists(scene.folder / "bundles/nothing"));
    CHECK((!std::filesystem::exists(place) || std::filesystem::is_empty(place)));
}

TEST_CASE("JSON that is deep, long or open at its end is refused") {
    SealedScene scene;
    const std::string deep(100'000, '[');
    const std::string wide = "\"" + std::string(65 * 1024 * 1024, 'a') + "\"";
    for (const std::string* text : {&deep, &wide}) {
        for (const bool line_end : {false, true}) {
            auto apart = SealedScene::take_apart(scene.sealed);
            apart.put_manifest(base::as_bytes(*text + (line_end ? "\n" : "")));
            CHECK(scene.refuses_to_open(ErrorKind::malformed, sealed_by_owner(apart)));
        }
    }
    auto apart = SealedScene::take_apart(scene.sealed);
    apart.part("bewijskluis-bundle.json").bytes = base::to_bytes(deep.substr(0, 4000) + "\n");
    CHECK(scene.refuses_to_open(ErrorKind::malformed, apart.tar()));
    apart = SealedScene::take_apart(scene.sealed);
    apart.part("seal.age").bytes = seal_to(apart.case_public(), base::as_bytes(deep + "\n"));
    CHECK(scene.refuses_to_open(ErrorKind::malformed, apart.tar()));
}

TEST_CASE("members longer than they may be are refused") {
    SealedScene scene;
    for (const auto& [name, size] :
         std::vector<std::pair<std::string, std::size_t>>{{"bewijskluis-bundle.json", 4097},
                                                          {"case.age", 1024 * 1024 + 1},
                                                          {"seal.age", 8 * 1024 * 1024 + 1},
                                                          {"readers.age", 16 * 1024 * 1024 + 1}}) {
        CAPTURE(name);
        auto apart = SealedScene::take_apart(scene.sealed);
        apart.part(name).bytes.resize(size);
        CHECK(scene.refuses_to_open(ErrorKind::malformed, apart.tar()));
    }
}

TEST_CASE("a bundle is opened without a network") {
    SealedScene scene;
    const std::array identity{account::x25519_secret(Scene::secret("member"))};
    const auto ending = in_child([&] {
        fail_call(SYS_socket, EPERM);
        fail_call(SYS_connect, EPERM);
        bundle::open_to_folder(scene.folder / "bundles/1.kluis", identity, scene.trust,
                               scene.folder / "bundles/offline", {});
        return 0;
    });
    CHECK(ending.exited);
    CHECK(ending.status == 0);
    CHECK(std::filesystem::exists(scene.folder / "bundles/offline/verification.json"));
}

}  // namespace kluis::test
