// What a source file or a CMakeLists.txt names, held against the layer graph and against the list
// of outside libraries and their places.
#pragma once

#include "graph.hpp"

namespace kluis::layers {

// One sentence for each line of `contents` that the graph or the library list forbids. `path` is
// relative to the repository: src/… or include/kluis/….
std::vector<std::string> violations(const Graph& graph, std::string_view path,
                                    std::string_view contents);

}  // namespace kluis::layers
