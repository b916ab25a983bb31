"""A small HTTP client over one kept connection: cheap enough not to be what is measured."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from urllib.parse import urlencode

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_COOKIE = re.compile(rb"set-cookie: *([^=]+)=([^;\r]*)", re.IGNORECASE)
_LOCATION = re.compile(rb"location: *([^\r]+)", re.IGNORECASE)
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass
class Reply:
    """Status, headers as they came, body."""

    status: int
    head: bytes
    body: bytes

    @property
    def location(self) -> str:
        found = _LOCATION.search(self.head)
        return found[1].decode() if found else ""

    def field(self, name: str) -> str:
        """The value of a hidden field of the page, "" where there is none."""
        found = re.search(rb'name="' + name.encode() + rb'" value="([^"]*)"', self.body)
        return found[1].decode() if found else ""


class Session:
    """One person's browser: a connection and its cookies."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.token = ""
        self.connect()

    def connect(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def prepared(self, method: str, path: str, body: bytes | None = None) -> bytes:
        """The bytes of a request."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Accept-Language: fa"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if body is not None:
            lines += [
                f"Referer: http://127.0.0.1:{self.port}{path}",
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
            ]
        return "\r\n".join([*lines, "", ""]).encode() + (body or b"")

    def send(self, request: bytes) -> Reply:
        """Send bytes, wait for the whole answer. A connection that the server closed while idle is opened anew."""
        try:
            self.socket.sendall(request)
            data = self._more()
        except ConnectionError:
            self.connect()
            self.socket.sendall(request)
            data = self._more()
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head = data[:end]
        found = _LENGTH.search(head)
        size = int(found[1]) if found else 0
        while len(data) < end + 4 + size:
            data += self._more()
        return Reply(int(head[9:12]), head, data[end + 4 : end + 4 + size])

    def _more(self) -> bytes:
        piece = self.socket.recv(1 << 18)
        if not piece:
            raise ConnectionError("The server closed the connection.")
        return piece

    def keep(self, reply: Reply) -> Reply:
        """Remember the cookies and the form token of an answer."""
        for name, value in _COOKIE.findall(reply.head):
            self.cookies[name.decode()] = value.decode()
        if found := _TOKEN.search(reply.body):
            self.token = found[1].decode()
        return reply

    def get(self, path: str) -> Reply:
        return self.keep(self.send(self.prepared("GET", path)))

    def post(self, path: str, **fields: str) -> Reply:
        return self.keep(self.send(self.form(path, **fields)))

    def form(self, path: str, **fields: str) -> bytes:
        """The bytes of a sent form, with the token of the last page that had one."""
        body = urlencode({"csrfmiddlewaretoken": self.token, **fields}).encode()
        return self.prepared("POST", path, body)


class WrongAnswer(AssertionError):
    """The page did not do what is being measured: a fast error is no result."""


def expect(reply: Reply, status: int, what: str) -> Reply:
    """The reply, or WrongAnswer with the beginning of what came instead."""
    if reply.status != status:
        raise WrongAnswer(f"{what}: {reply.status} instead of {status}: {reply.body[:300]!r} {reply.location}")
    return reply
