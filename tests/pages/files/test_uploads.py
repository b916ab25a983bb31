"""Files that come in with a form: too big, too many, no room; what was typed beside them stays."""

from __future__ import annotations

import errno
import io
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory
from django.utils.translation import override

from takrim.web.uploads import upload_errors, uploads

BOUNDARY = "takrim"


class Stream(io.RawIOBase):
    """A request's body that is made while it is read, so that a large one needs no memory here."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.rest = pieces, b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while len(self.rest) < size and (piece := next(self.pieces, b"")):
            self.rest += piece
        given, self.rest = self.rest[:size], self.rest[size:]
        return given


def _part(name: str, filename: str = "") -> bytes:
    file = f'; filename="{filename}"\r\nContent-Type: application/pdf' if filename else ""
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode()


Post = Callable[..., WSGIRequest]


@pytest.fixture
def posted() -> Iterator[Post]:
    """A form with files (name, size) and typed text behind them; closed afterwards, as a server does."""
    made: list[WSGIRequest] = []

    def make(files: list[tuple[str, int]]) -> WSGIRequest:
        made.append(_posted(files))
        return made[-1]

    yield make
    for request in made:
        request.close()


def _posted(files: list[tuple[str, int]], text: str = "شرح ماجرا") -> WSGIRequest:

    def body() -> Iterator[bytes]:
        for name, size in files:
            yield _part("files", name)
            for start in range(0, size, 65536):
                yield b"x" * min(65536, size - start)
            yield b"\r\n"
        yield _part("text") + text.encode() + f"\r\n--{BOUNDARY}--\r\n".encode()

    length = sum(len(piece) for piece in body())
    environment: dict[str, Any] = {
        "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
        "CONTENT_LENGTH": str(length),
        "wsgi.input": Stream(body()),
    }
    return RequestFactory().generic("POST", "/", **environment)


def sizes(request: WSGIRequest) -> list[int]:
    return [sum(len(chunk) for chunk in file.chunks) for file in uploads(request)]


def test_small_files_come_in_whole(posted: Post) -> None:
    request = posted([("الف.pdf", 10), ("ب.pdf", 20)])
    assert (request.POST["text"], sizes(request), upload_errors(request, "fa")) == ("شرح ماجرا", [10, 20], [])
    assert [file.name for file in uploads(request)] == ["الف.pdf", "ب.pdf"]


def test_a_hundred_megabytes_cost_no_memory_and_no_text(posted: Post, settings: Any) -> None:
    settings.UPLOAD_BYTES = 20 * 1024 * 1024
    request = posted([("فیلم.mp4", 100 * 1024 * 1024), ("برگه.pdf", 30)])
    tracemalloc.start()
    assert request.POST["text"] == "شرح ماجرا"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000
    assert sizes(request) == [30]
    with override("fa"):
        (said,) = upload_errors(request, "fa")
    assert "فیلم.mp4" in said
    assert "۲۰ مگابایت" in said


@pytest.mark.parametrize("size", [100, 300_000])
def test_of_two_hundred_files_the_first_ten_are_taken_whole(posted: Post, size: int) -> None:
    request = posted([(f"{number}.pdf", size) for number in range(200)])
    assert request.POST["text"] == "شرح ماجرا"
    assert sizes(request) == [size] * 10
    with override("en"):
        assert upload_errors(request, "en") == [
            "Only the first 10 files were taken. Send the others in a second message."
        ]


def test_empty_files_are_bounded_too(posted: Post) -> None:
    assert len(uploads(posted([(f"{number}.pdf", 0) for number in range(30)]))) <= 10


@pytest.mark.parametrize("step", ["new_file", "receive_data_chunk", "file_complete"])
def test_a_full_disk_leaves_the_file_out_and_keeps_the_text(
    posted: Post, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*args: object, **kwargs: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(TemporaryFileUploadHandler, step, full)
    request = posted([("فیلم.mp4", 4_000_000)])
    assert (request.POST["text"], sizes(request)) == ("شرح ماجرا", [])
    with override("en"):
        assert "disk is full" in upload_errors(request, "en")[0]


def test_the_file_before_the_disk_was_full_stays_whole(posted: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    first = TemporaryFileUploadHandler.new_file

    def full_then(self: TemporaryFileUploadHandler, field: str, name: str, *args: Any) -> None:
        if name == "second.pdf":
            raise OSError(errno.ENOSPC, "No space left on device")
        first(self, field, name, *args)

    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", full_then)
    request = posted([("first.pdf", 3_000_000), ("second.pdf", 3_000_000)])
    assert sizes(request) == [3_000_000]


def test_another_fault_of_the_disk_is_a_fault(posted: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> NoReturn:
        raise OSError(errno.EIO, "I/O error")

    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", broken)
    with pytest.raises(OSError, match="I/O"):
        assert posted([("فیلم.mp4", 4_000_000)]).POST


def test_a_form_without_files_has_no_complaints() -> None:
    request = RequestFactory().post("/", {"text": "x"})
    assert (uploads(request), upload_errors(request, "fa")) == ([], [])


def test_a_name_with_hostile_letters_is_shown_harmless(settings: Any) -> None:
    settings.UPLOAD_BYTES = 10
    file = SimpleUploadedFile("fdp.\u202egpj<b>.exe", b"x" * 50)
    request = RequestFactory().post("/", {"files": file, "text": "x"})
    assert request.POST["text"] == "x"
    assert "\u202e" not in upload_errors(request, "en")[0]
