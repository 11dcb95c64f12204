// Replies that come in lines: what is held of one is never more than a line and a part.
//
// Thread-safety: one thread at a time for each stream.
#pragma once

#include <kluis/base/stream.hpp>

#include <api/types.hpp>

#include <functional>

namespace kluis::client {

// Gives `last` each line, without its line end; it says whether that was the last one. Throws
// Error(malformed) if a line has more than `most` bytes or anything follows the last one,
// Error(unavailable) if the reply ends before it.
void read_lines(base::Reader& body, std::size_t most,
                const std::function<bool(base::ByteView)>& last);

// Gives `record` each record of a dossier's view, the end included. Throws as read_lines and
// api::parse_record.
void read_records(base::Reader& body, const std::function<void(api::ViewRecord)>& record);

}  // namespace kluis::client
