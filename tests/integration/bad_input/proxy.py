#!/usr/bin/env python3
"""A network that fails when it is told to.

Prints the loopback port that it listens on, relays every connection, and obeys lines on standard
input, each answered by `ok`. DIRECTION is `up` (from the client) or `down`; BYTES are counted for
each connection by itself.

    to PORT                  relay to this loopback port from now on
    pass                     relay everything
    cut DIRECTION BYTES      cut the first connection that has carried so many, and pass from then on
    cut-each DIRECTION BYTES cut every connection that has carried so many
    end DIRECTION BYTES      as cut, and then be gone: no connection lives or is taken any more
    hold DIRECTION BYTES     carry no more than so many, and say `held`
    carried                  say first the most bytes that a connection carried down since `pass`
    answer FILE BYTES        when so many went up: send FILE down, and cut without reading on
"""
import os
import socket
import sys
import threading

lock = threading.Lock()
# What the network does: kind, direction, bytes, and for `answer` the file.
PASS = ("pass", "", 0)
GONE = ("gone", "", 0)
rule = PASS
most_down = 0
target = 0
alive = set()


def say(text):
    with lock:
        print(text, flush=True)


def close(*ends):
    for end in ends:
        alive.discard(end)
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        end.close()


def take(before, after):
    """Whether this connection is the one that the rule strikes: the first, where it is for one."""
    global rule
    with lock:
        if rule is not before:
            return False
        rule = after
        return True


def strike(struck, sink, source, rest):
    """What the rule does to a connection that has carried its bytes; whether that ends the relay."""
    kind = struck[0]
    if kind == "hold":
        sink.sendall(rest)
        say("held")
        return True
    if kind == "answer":
        if not take(struck, PASS):
            return False
        with open(struck[3], "rb") as file:
            source.sendall(file.read())
        source.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    elif kind == "cut-each" or take(struck, GONE if kind == "end" else PASS):
        sink.sendall(rest)
    else:
        return False
    close(*(list(alive) if kind == "end" else (source, sink)))
    return True


def relay(source, sink, direction):
    global most_down
    carried = 0
    try:
        while data := source.recv(65536):
            now = rule
            if now[1] == direction and carried + len(data) >= now[2]:
                if strike(now, sink, source, data[: max(0, now[2] - carried)]):
                    return
            sink.sendall(data)
            carried += len(data)
            if direction == "down":
                most_down = max(most_down, carried)
    except OSError:
        pass
    close(source, sink)


def serve(listener):
    while True:
        client, _ = listener.accept()
        server = socket.socket()
        try:
            if rule is GONE:
                raise OSError("gone")
            server.connect(("127.0.0.1", target))
        except OSError:
            close(client, server)
            continue
        alive.update((client, server))
        for ends in ((client, server, "up"), (server, client, "down")):
            threading.Thread(target=relay, args=ends, daemon=True).start()


def obey(words):
    global rule, target, most_down
    if words[0] == "carried":
        say(most_down)
    elif words[0] == "to":
        target = int(words[1])
    elif words[0] == "answer":
        rule = ("answer", "up", int(words[2]), words[1])
    else:
        rule = (words[0], words[1], int(words[2])) if words[1:] else PASS
        most_down = 0


def main():
    listener = socket.create_server(("127.0.0.1", 0))
    say(listener.getsockname()[1])
    threading.Thread(target=serve, args=(listener,), daemon=True).start()
    for line in sys.stdin:
        obey(line.split())
        say("ok")
    os._exit(0)


main()
