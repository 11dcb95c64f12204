#include "target.hpp"

#include <client/reply_lines.hpp>
#include <client/view_gatherer.hpp>
#include <unit/age/readers.hpp>

using namespace kluis;
using base::ErrorKind;

namespace {

// As the view of the dossier whose id is all zeros.
void read_as(api::ViewAs as, base::ByteView input) {
    client::ViewGatherer gatherer({}, as);
    std::string lines;
    std::size_t records = 0;
    const auto view =
        fuzz::unless({ErrorKind::malformed, ErrorKind::limit, ErrorKind::unavailable}, [&] {
            // Its lines come in pieces.
            test::SlowReader body(input);
            client::read_records(body, [&](api::ViewRecord record) {
                lines += api::encode_record(record);
                ++records;
                gatherer(std::move(record));
            });
            return gatherer.take_view();
        });
    if (!view) return;
    fuzz::require(lines == base::as_text(input));
    fuzz::require(records ==
                  2 + view->cards.size() + view->statements.size() + view->documents.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    for (const auto as : {api::ViewAs::owner, api::ViewAs::depositor, api::ViewAs::grantee}) {
        read_as(as, {data, size});
    }
    return 0;
}
