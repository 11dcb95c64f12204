// Vectors as they are generated: cases by topic and name, written as files or compared with them.
#pragma once

#include <kluis/base/json.hpp>

#include <filesystem>
#include <map>
#include <string>

namespace kluis::generate {

class Vectors {
  public:
    // A case of `topic`. `members` are those beside `comment` and `expect`.
    void add(const std::string& topic, const std::string& name, const std::string& comment,
             const std::string& expect, base::Json::Object members);

    // Replaces the topics' folders below `root`.
    void write(const std::filesystem::path& root) const;
    // Whether the topics' folders below `root` hold exactly these cases; says on standard error
    // where not.
    bool are_in(const std::filesystem::path& root) const;

  private:
    std::map<std::string, std::map<std::string, std::string>> topics_;
};

void add_cards(Vectors& vectors);
void add_statements(Vectors& vectors);
void add_logins(Vectors& vectors);
void add_replays(Vectors& vectors);

}  // namespace kluis::generate
