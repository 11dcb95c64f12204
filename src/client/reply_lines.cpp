#include <client/reply_lines.hpp>

#include <algorithm>

namespace kluis::client {

using base::Error;
using base::ErrorKind;

void read_lines(base::Reader& body, std::size_t most,
                const std::function<bool(base::ByteView)>& last) {
    base::Bytes line;
    base::Bytes chunk(64 * 1024);
    bool ended = false;
    while (const auto count = body.read(chunk)) {
        base::ByteView rest(chunk.data(), count);
        while (!rest.empty()) {
            const auto end = std::ranges::find(rest, '\n');
            base::append(line, base::ByteView(rest.begin(), end));
            if (line.size() > most || ended) {
                throw Error(ErrorKind::malformed, "the server's reply is too long");
            }
            if (end == rest.end()) {
                break;
            }
            ended = last(line);
            line.clear();
            rest = base::ByteView(end + 1, rest.end());
        }
    }
    if (!ended || !line.empty()) {
        throw Error(ErrorKind::unavailable, "the server's reply was cut short",
                    "nothing is lost; try again");
    }
}

void read_records(base::Reader& body, const std::function<void(api::ViewRecord)>& record) {
    read_lines(body, api::kRecordLimit, [&](base::ByteView line) {
        auto parsed = api::parse_record(line);
        const bool end = std::holds_alternative<api::ViewEnd>(parsed);
        record(std::move(parsed));
        return end;
    });
}

}  // namespace kluis::client
