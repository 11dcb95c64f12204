#include "includes.hpp"

#include <algorithm>
#include <filesystem>
#include <regex>

namespace kluis::layers {
namespace {

constexpr std::string_view kSources = "src/";
constexpr std::string_view kPublicHeaders = "include/kluis/";

struct Library {
    std::string_view include;             // a folder (with its slash) or a whole header
    std::vector<std::string_view> users;  // what the paths that may have them begin with
};

// Each outside library and the only places that name it.
const std::vector<Library>& libraries() {
    static const std::vector<Library> all = {
        {"sodium.h", {"src/crypto/sodium"}},
        {"sodium/", {"src/crypto/sodium"}},
        {"openssl/", {"src/crypto/openssl", "src/server/tls.", "src/client/tls."}},
        {"nlohmann/", {"src/base/json"}},
        {"boost/", {"src/server/", "src/client/"}},
        {"sqlcipher/", {"src/store/sqlcipher/"}},
        {"sqlite3.h", {}},
        {"archive.h", {"src/bundle/"}},
        {"archive_entry.h", {"src/bundle/"}},
        {"qrencode.h", {"src/cli/"}},
        {"CLI/", {"src/cli/", "src/server/main"}},
        {"spdlog/", {"src/server/"}},
    };
    return all;
}

// Headers of the system, which any layer may use. Those of C++ have neither a slash nor an ending.
constexpr std::string_view kSystemHeaders[] = {
    "arpa/",    "byteswap.h", "dirent.h", "endian.h", "errno.h",  "fcntl.h", "getopt.h",
    "grp.h",    "langinfo.h", "linux/",   "locale.h", "net/",     "netdb.h", "netinet/",
    "poll.h",   "pthread.h",  "pwd.h",    "sched.h",  "signal.h", "spawn.h", "sys/",
    "syslog.h", "termios.h",  "time.h",   "unistd.h",
};

bool begins_with_any(std::string_view text, const auto& beginnings) {
    return std::ranges::any_of(beginnings, [&](auto begin) { return text.starts_with(begin); });
}

std::string_view without_root(std::string_view path) {
    for (std::string_view root : {kSources, kPublicHeaders}) {
        if (path.starts_with(root)) return path.substr(root.size());
    }
    return {};
}

class File {
  public:
    File(const Graph& graph, std::string_view path)
        : graph_(graph), path_(path), layer_(graph.layer_of(without_root(path))) {
        if (!layer_) {
            report("lies in no layer");
            return;
        }
        allowed_ = graph_.below(*layer_);
        allowed_.insert(*layer_);
    }

    void check_sources(std::string_view contents) {
        static const std::regex pattern(R"(^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]*)[>"])",
                                        std::regex::ECMAScript | std::regex::multiline);
        for_each(contents, pattern,
                 [&](const auto& match) { check_include(match[2].str(), match[1] == "\""); });
    }

    void check_build(std::string_view contents) {
        static const std::regex pattern(R"(\bkluis_[a-z_]+)");
        for_each(contents, pattern, [&](const auto& match) { check_target(match.str()); });
    }

    std::vector<std::string> take() { return std::move(found_); }

  private:
    void report(const std::string& what) { found_.push_back(std::string(path_) + " " + what); }

    static void for_each(std::string_view contents, const std::regex& pattern, auto action) {
        const std::cregex_iterator end;
        for (std::cregex_iterator at(contents.data(), contents.data() + contents.size(), pattern);
             at != end; ++at) {
            action(*at);
        }
    }

    void check_include(const std::string& include, bool quoted) {
        if (include.find("..") != std::string::npos) {
            return report("includes " + include + ", which climbs out of its folder");
        }
        if (include.starts_with("kluis/")) {
            return check_layer(include, graph_.layer_of(include.substr(6)), true);
        }
        if (const auto layer = graph_.layer_of(include); layer && !quoted) {
            return check_layer(include, layer, false);
        }
        if (const Library* library = library_of(include)) {
            if (!begins_with_any(path_, library->users)) {
                report("includes " + include + ", which belongs elsewhere");
            }
            return;
        }
        quoted ? check_beside(include) : check_system(include);
    }

    static const Library* library_of(std::string_view include) {
        for (const Library& library : libraries()) {
            const bool is_folder = library.include.ends_with('/');
            if (is_folder ? include.starts_with(library.include) : include == library.include) {
                return &library;
            }
        }
        return nullptr;
    }

    void check_layer(const std::string& include, const std::optional<std::string>& layer,
                     bool is_public) {
        if (!layer || graph_.layers.at(*layer).is_public != is_public) {
            return report("includes " + include + ", which is in no layer of that spelling");
        }
        if (!allowed_.contains(*layer)) {
            report("includes " + include + ", but " + layer_.value_or("it") + " may not include " +
                   *layer);
        }
    }

    void check_beside(const std::string& include) {
        const auto folder = std::filesystem::path(path_).parent_path();
        if (graph_.layer_of(without_root((folder / include).native())) != layer_) {
            report("includes " + include + ", a private header of another layer");
        }
    }

    void check_system(const std::string& include) {
        const bool is_cpp = include.find_first_of("/.") == std::string::npos;
        if (!is_cpp && !begins_with_any(include, kSystemHeaders)) {
            report("includes " + include + ", of a library that this test has no place for");
        }
    }

    void check_target(const std::string& target) {
        for (const auto& [name, layer] : graph_.layers) {
            std::string layer_target = "kluis_" + name;
            std::ranges::replace(layer_target, '/', '_');
            if (target == layer_target && !allowed_.contains(name)) {
                report("names " + target + ", but " + layer_.value_or("it") + " may not link " +
                       name);
            }
        }
    }

    const Graph& graph_;
    std::string_view path_;
    std::optional<std::string> layer_;
    std::set<std::string> allowed_;
    std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> violations(const Graph& graph, std::string_view path,
                                    std::string_view contents) {
    File file(graph, path);
    if (path.ends_with("/CMakeLists.txt")) {
        file.check_build(contents);
    } else {
        file.check_sources(contents);
    }
    return file.take();
}

}  // namespace kluis::layers
