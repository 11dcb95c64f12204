#include <kluis/base/json.hpp>

#include <nlohmann/json.hpp>

namespace kluis::base {
namespace {

// Builds our value from nlohmann's events and refuses what our JSON has not. The parser itself is
// iterative, so that a depth beyond the limit is met here before anything recurses.
class Builder final : public nlohmann::json_sax<nlohmann::json> {
  public:
    explicit Builder(std::size_t most_values) : left_(most_values) {}
    Json take() { return std::move(root_); }
    const std::string& refusal() const { return refusal_; }

    bool null() override { return refuse("holds null"); }
    bool boolean(bool truth) override { return add(Json(truth)); }
    bool number_integer(number_integer_t) override { return refuse_number(); }
    bool number_unsigned(number_unsigned_t number) override {
        return number < kJsonIntegerLimit ? add(Json(std::uint64_t{number})) : refuse_number();
    }
    bool number_float(number_float_t, const string_t&) override { return refuse_number(); }
    bool string(string_t& text) override { return add(Json(std::move(text))); }
    bool binary(binary_t&) override { return refuse("holds binary data"); }

    bool start_object(std::size_t) override { return open(true); }
    bool start_array(std::size_t) override { return open(false); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(string_t& name) override {
        Frame& frame = frames_.back();
        if (frame.members.contains(name)) return refuse("has a member twice");
        frame.member = std::move(name);
        return true;
    }

    bool parse_error(std::size_t position, const std::string&,
                     const nlohmann::detail::exception&) override {
        return refuse("is not valid JSON near byte " + std::to_string(position));
    }

  private:
    struct Frame {
        bool is_object = false;
        Json::Array items;
        Json::Object members;
        std::string member;
    };

    bool refuse(std::string why) {
        refusal_ = std::move(why);
        return false;
    }
    bool refuse_number() { return refuse("holds a number that is not whole and below 2^53"); }

    bool open(bool is_object) {
        if (frames_.size() == kJsonDepth) return refuse("is nested too deeply");
        frames_.emplace_back().is_object = is_object;
        return true;
    }

    bool close() {
        Frame frame = std::move(frames_.back());
        frames_.pop_back();
        return add(frame.is_object ? Json(std::move(frame.members)) : Json(std::move(frame.items)));
    }

    bool add(Json value) {
        if (left_ == 0) return refuse("holds too many values for its length");
        --left_;
        if (frames_.empty()) {
            root_ = std::move(value);
        } else if (Frame& frame = frames_.back(); frame.is_object) {
            frame.members.emplace(std::move(frame.member), std::move(value));
        } else {
            frame.items.push_back(std::move(value));
        }
        return true;
    }

    std::size_t left_;
    std::vector<Frame> frames_;
    Json root_;
    std::string refusal_;
};

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

}  // namespace

Json parse_json(ByteView bytes, std::string_view what, std::size_t bytes_per_value) {
    const std::string_view text = as_text(bytes);
    // nlohmann takes a NUL for the end of the text and skips a byte order mark.
    if (text.find('\0') != std::string_view::npos || text.starts_with(kByteOrderMark)) {
        throw Error(ErrorKind::malformed,
                    std::string(what) + " holds a byte that no JSON text may hold");
    }
    Builder builder(json_values_limit(bytes.size(), bytes_per_value));
    if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) {
        throw Error(ErrorKind::malformed, std::string(what) + " " + builder.refusal());
    }
    return builder.take();
}

}  // namespace kluis::base
