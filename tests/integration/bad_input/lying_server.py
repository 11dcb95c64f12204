#!/usr/bin/env python3
"""A server that answers every request in one wrong way: LIE [CERTIFICATE KEY].

Prints the loopback port that it listens on. `--list` prints the lies.
"""
import itertools
import os
import socket
import ssl
import sys
import threading

PART = b"x" * 65536


def head(status="200 OK", *fields):
    lines = [f"HTTP/1.1 {status}", *fields]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def reply(body, *fields, status="200 OK"):
    return head(status, f"Content-Length: {len(body)}", *fields) + body


def chunk(data):
    return b"%x\r\n%s\r\n" % (len(data), data)


# Each lie is what is sent, part after part; then the connection is closed.
LIES = {
    "nothing": lambda: [],
    "garbage": lambda: [os.urandom(4096)],
    "another protocol": lambda: [b"220 mail.example ESMTP ready\r\n"],
    "a web page": lambda: [reply(b"<!doctype html><title>Login</title>", "Content-Type: text/html")],
    "a web page as an error": lambda: [
        reply(b"<h1>Bad gateway</h1>", "Content-Type: text/html", status="502 Bad Gateway")
    ],
    "a redirect": lambda: [head("302 Found", "Location: http://192.0.2.1/", "Content-Length: 0")],
    "a redirect for ever": lambda: [head("307 Temporary Redirect", "Location: /", "Content-Length: 0")],
    "headers without end": lambda: itertools.chain(
        [b"HTTP/1.1 200 OK\r\n"], (b"X-%d: %s\r\n" % (i, PART[:900]) for i in itertools.count())
    ),
    "a header of a megabyte": lambda: [head("200 OK", "X: " + "x" * 1_000_000, "Content-Length: 0")],
    "a status without end": lambda: itertools.chain([b"HTTP/1.1 200 "], itertools.repeat(PART)),
    "a body without end": lambda: itertools.chain([head()], itertools.repeat(PART)),
    "chunks without end": lambda: itertools.chain(
        [head("200 OK", "Transfer-Encoding: chunked")], itertools.repeat(chunk(PART))
    ),
    "a body of an exabyte": lambda: itertools.chain(
        [head("200 OK", f"Content-Length: {10**18}")], itertools.repeat(PART)
    ),
    "an error without end": lambda: itertools.chain([head("500 No")], itertools.repeat(PART)),
    "less than it says": lambda: [head("200 OK", "Content-Length: 1000") + b'{"now":'],
    "more than it says": lambda: [reply(b"{}") + PART],
    "a length that is none": lambda: [head("200 OK", "Content-Length: many") + b"{}"],
    "a negative length": lambda: [head("200 OK", "Content-Length: -1") + b"{}"],
    "two lengths": lambda: [head("200 OK", "Content-Length: 2", "Content-Length: 4") + b"{}  "],
    "chunks that are none": lambda: [head("200 OK", "Transfer-Encoding: chunked") + b"zz\r\n{}\r\n"],
    "JSON without end": lambda: itertools.chain(
        [head(), b'{"now":"'], itertools.repeat(PART)
    ),
    "JSON of great depth": lambda: [reply(b"[" * 1_000_000, "Content-Type: application/json")],
    "JSON of another kind": lambda: [reply(b'{"hello":"world"}', "Content-Type: application/json")],
    "text that is no text": lambda: [reply(b'{"now":"\xff\xfe"}', "Content-Type: application/json")],
    "an unknown success": lambda: [head("299 Whatever", "Content-Length: 0")],
    "an unknown status": lambda: [head("999 Whatever", "Content-Length: 0")],
    "only a promise": lambda: [head("100 Continue")],
    "another protocol from now on": lambda: [
        head("101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade")
    ],
}


def answer(connection, lie, context):
    try:
        if context:
            connection = context.wrap_socket(connection, server_side=True)
        connection.recv(65536)
        for part in LIES[lie]():
            connection.sendall(part)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            pass
    except (OSError, ssl.SSLError):
        pass
    connection.close()


def main():
    lie = sys.argv[1]
    if lie == "--list":
        print("\n".join(LIES))
        return
    context = None
    if sys.argv[2:]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*sys.argv[2:4])
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=answer, args=(connection, lie, context), daemon=True).start()


main()
