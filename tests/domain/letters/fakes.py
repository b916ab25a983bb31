"""A provider of SMS and a mail relay on this computer, which do what a test tells them."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Provider:
    """What the provider was asked, and what it answers: one (status, text) after the other, the last for ever."""

    url: str = ""
    answers: list[tuple[int, str]] = field(default_factory=lambda: [(200, '{"data": {"id": "A1"}}')])
    asked: list[dict[str, Any]] = field(default_factory=list)

    def next(self) -> tuple[int, str]:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def provider() -> Iterator[Provider]:
    """An SMS provider that listens on a free port."""
    told = Provider()

    class Handler(BaseHTTPRequestHandler):
        # Headers and text leave together: in two pieces the second would wait for a sign of life.
        wbufsize = -1

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            told.asked.append({"path": self.path, "headers": dict(self.headers), "body": body, "method": self.command})
            status, text = told.next()
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()
            self.wfile.write(text.encode())

        do_GET = do_POST

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is printed."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        told.url = f"http://127.0.0.1:{server.server_address[1]}"
        yield told
        server.shutdown()


@dataclass
class Relay:
    """The mails that came, and the answers it gives to RCPT and to the end of DATA."""

    port: int = 0
    rcpt: str = "250 OK"
    data: str = "250 OK"
    mails: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)


class _Mails(socketserver.StreamRequestHandler):
    told: Relay

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 fake")
        while line := self.rfile.readline().decode().strip():
            word = line[:4].upper()
            if word == "DATA":
                self.say("354 go on")
                self.told.mails.append(b"".join(self.lines()))
            elif word == "MAIL":
                self.told.senders.append(line.partition("<")[2].partition(">")[0])
            elif word == "RCPT":
                self.told.recipients.append(line)
            self.say({"DATA": self.told.data, "RCPT": self.told.rcpt, "QUIT": "221 bye"}.get(word, "250 OK"))

    def lines(self) -> Iterator[bytes]:
        while (line := self.rfile.readline()) != b".\r\n":
            yield line


@contextmanager
def relay() -> Iterator[Relay]:
    """A mail relay that listens on a free port."""
    told = Relay()
    handler = type("Mails", (_Mails,), {"told": told})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        told.port = server.server_address[1]
        yield told
        server.shutdown()


def template(url: str, **more: Any) -> str:
    """A template file's text for a provider that takes JSON."""
    lines = [
        'method = "POST"',
        f'url = "{url}/send"',
        "timeout = 2",
        'reference = "data.id"',
        "refused_for_good = [422]",
        *(f"{name} = {json.dumps(value)}" for name, value in more.items()),
        "[headers]",
        'Authorization = "Bearer key-of-the-office"',
        "[json]",
        'receptor = "{to}"',
        'message = "{text}"',
        'localid = "{ref}"',
    ]
    return "\n".join(lines)
