// The records of a dossier's view, gathered as they come.
//
// Thread-safety: one thread at a time.
#pragma once

#include <client/view_reader.hpp>

namespace kluis::client {

// Gathers records; knows in which order they may come.
class ViewGatherer {
  public:
    ViewGatherer(const statement::DossierId& id, api::ViewAs as) : id_(id), as_(as) {}

    // Throws Error(malformed) on a record out of order.
    void operator()(api::ViewRecord record) {
        std::visit([this](auto&& value) { take(std::move(value)); }, std::move(record));
    }

    // Throws Error(unavailable) if it has no end.
    ReceivedView take_view() {
        if (!ended_) {
            throw base::Error(base::ErrorKind::unavailable,
                              "the server's view of the dossier is cut short",
                              "try again in a moment");
        }
        return std::move(view_);
    }

  private:
    void take(api::ViewBegin begin) {
        require(!begun_ && begin.id == id_ && begin.as == as_);
        // A grantee is shown no head: it would tell of documents that are not his.
        const bool headless = as_ == api::ViewAs::grantee && !begin.erased;
        require(begin.head.has_value() != headless && begin.shown.has_value() == headless);
        begun_ = true;
        view_.begin = std::move(begin);
    }
    void take(api::ViewCard card) {
        require(begun_ && !ended_);
        view_.cards.push_back(card.card);
    }
    void take(api::ViewStatement statement) {
        require(begun_ && !ended_);
        view_.statements.push_back(std::move(statement.envelope));
    }
    void take(api::ViewDocument document) {
        require(begun_ && !ended_);
        view_.documents.push_back(std::move(document));
    }
    void take(api::ViewEnd end) {
        require(begun_ && !ended_);
        ended_ = true;
        view_.end = end;
    }

    static void require(bool in_order) {
        if (!in_order) {
            throw base::Error(base::ErrorKind::malformed,
                              "the server's view of the dossier is out of order");
        }
    }

    statement::DossierId id_;
    api::ViewAs as_;
    ReceivedView view_;
    bool begun_ = false;
    bool ended_ = false;
};

}  // namespace kluis::client
