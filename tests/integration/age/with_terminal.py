#!/usr/bin/env python3
"""Runs a command on a terminal of its own and types an answer at each question.

    with_terminal.py ANSWERS COMMAND…

ANSWERS has a line for each question, in order; the last one is for all that are left.

Standard input and output stay as they are: like age and kluis, it takes the terminal for the
passphrase alone. What the terminal shows goes to standard error, as it comes. Ends with the command's
exit code.
"""
import os
import pty
import select
import sys


def main():
    answers, command = sys.argv[1].split("\n"), sys.argv[2:]
    stdin, stdout = os.dup(0), os.dup(1)
    child, terminal = pty.fork()
    if child == 0:
        os.dup2(stdin, 0)
        os.dup2(stdout, 1)
        os.execvp(command[0], command)
    seen = b""
    while True:
        readable, _, _ = select.select([terminal], [], [], 120)
        try:
            shown = os.read(terminal, 4096) if readable else b""
        except OSError:
            shown = b""
        if not shown:
            break
        os.write(2, shown)
        seen += shown
        if seen.rstrip().endswith(b":"):
            os.write(terminal, answers[0].encode() + b"\n")
            answers = answers[1:] or answers
            seen = b""
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


sys.exit(main())
