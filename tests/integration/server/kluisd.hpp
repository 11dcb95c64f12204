// The real kluisd as a child process.
#pragma once

#include "support/temporary_folder.hpp"

#include <kluis/base/file.hpp>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

namespace kluis::test {

struct Outcome {
    int status = -1;
    std::string out;
};

class Kluisd {
  public:
    // A vault in a folder of its own, not yet served.
    Kluisd() {
        if (run({"init"}).status != 0) throw std::runtime_error("kluisd init failed");
    }
    ~Kluisd() {
        if (child_ > 0) stop(SIGKILL);
    }
    Kluisd(const Kluisd&) = delete;
    Kluisd& operator=(const Kluisd&) = delete;

    std::filesystem::path data() const { return folder_ / "data"; }
    std::filesystem::path key() const { return folder_ / "key"; }
    std::filesystem::path log() const { return folder_ / "log"; }
    std::uint16_t port() const { return port_; }
    pid_t pid() const { return child_; }

    // Runs a command on this vault to its end.
    Outcome run(std::vector<std::string> arguments) { return run_with(on_vault(arguments)); }

    // Runs kluisd with exactly these arguments to its end.
    Outcome run_with(const std::vector<std::string>& arguments) {
        const auto [child, out] = start(arguments);
        Outcome outcome;
        char bytes[4096];
        while (const ssize_t count = ::read(out.get(), bytes, sizeof bytes)) {
            if (count < 0) throw std::runtime_error("cannot read from kluisd");
            outcome.out.append(bytes, static_cast<std::size_t>(count));
        }
        outcome.status = wait_for(child);
        return outcome;
    }

    // Serves, and returns when it is ready.
    void serve(std::vector<std::string> more = {}) {
        more.insert(more.begin(), {"serve", "--listen", "127.0.0.1:0"});
        auto [child, out] = start(on_vault(more));
        child_ = child;
        std::string line;
        char byte;
        while (::read(out.get(), &byte, 1) == 1 && byte != '\n')
            line += byte;
        const std::size_t address = line.find("//127.0.0.1:");
        if (address == line.npos) throw std::runtime_error("kluisd does not serve");
        port_ = static_cast<std::uint16_t>(std::stoi(line.substr(address + 12)));
        out_ = std::move(out);
    }

    // Sends the signal and returns the exit status, or minus the signal that ended it.
    int stop(int signal) {
        ::kill(child_, signal);
        const pid_t child = std::exchange(child_, 0);
        return wait_for(child);
    }

  private:
    std::vector<std::string> on_vault(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin() + 1,
                         {"--data", data().native(), "--key-file", key().native()});
        return arguments;
    }

    std::pair<pid_t, base::Descriptor> start(const std::vector<std::string>& arguments) {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
        const pid_t child = ::fork();
        if (child == 0) {
            ::dup2(ends[1], STDOUT_FILENO);
            const int log = ::open(this->log().c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
            ::dup2(log, STDERR_FILENO);
            ::close(STDIN_FILENO);
            std::vector<char*> argv{const_cast<char*>(KLUISD)};
            for (const std::string& argument : arguments)
                argv.push_back(const_cast<char*>(argument.c_str()));
            argv.push_back(nullptr);
            ::execv(KLUISD, argv.data());
            ::_exit(127);
        }
        ::close(ends[1]);
        return {child, base::Descriptor(ends[0])};
    }

    static int wait_for(pid_t child) {
        int status = 0;
        if (::waitpid(child, &status, 0) != child) throw std::runtime_error("cannot wait");
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }

    TemporaryFolder folder_;
    pid_t child_ = 0;
    base::Descriptor out_;
    std::uint16_t port_ = 0;
};

}  // namespace kluis::test
