"""A file is what its content says, whatever its name claims."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
import zlib

import pytest

from takrim.evidence.kinds import KINDS, kind_of
from tests.domain.evidence.samples import ODT, PROGRAM, SAMPLES, archive, docx, film


def kind(content: bytes) -> str | None:
    return kind_of(io.BytesIO(content))


@pytest.mark.parametrize("code", sorted(KINDS))
def test_every_kind_is_known_by_its_content(code: str) -> None:
    assert kind(SAMPLES[code]) == code


def test_reading_leaves_the_file_at_its_start() -> None:
    file = io.BytesIO(SAMPLES["docx"])
    kind_of(file)
    assert file.tell() == 0


@pytest.mark.parametrize(
    "content",
    [
        PROGRAM,
        b"\x7fELF\x02\x01\x01" + bytes(64),
        b"#!/bin/sh\nrm -rf .",
        b"<html><script>alert(1)</script></html>",
        b"\xef\xbb\xbf  <!DOCTYPE html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<?php system($_GET[0]);",
        archive(**{"a.txt": "x"}),
        archive(**{"word/document.xml": "<w:document/>"}),
        docx(**{"word/vbaProject.bin": "macro"}),
        docx(**{"word/media/Setup.EXE": "program"}),
        archive(mimetype="application/java-archive"),
        film(b"heic"),
        film(b"avif"),
        b"PK\x03\x04" + bytes(40),
        "سلام".encode("utf-16"),
        b"\xff\xfe\x00\x01",
    ],
)
def test_what_could_be_run_or_read_otherwise_is_not_accepted(content: bytes) -> None:
    assert kind(content) is None


def test_a_persian_text_cut_inside_a_letter_is_still_text() -> None:
    assert kind(b"a" + "ی".encode() * 3000) == "text"
    assert kind("ی".encode() * 3000) == "text"


def test_broken_text_is_not_text() -> None:
    assert kind(b"salam \xd9") is None


def test_a_bomb_in_the_member_that_names_the_kind_is_not_unpacked() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", ODT + " " * 50_000_000)
    tracemalloc.start()
    kind(made.getvalue())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def test_a_list_of_contents_without_end_is_not_read() -> None:
    content = bytearray(docx())
    place = content.rfind(b"PK\x05\x06")
    content[place + 12 : place + 16] = struct.pack("<I", 50_000_000)
    assert kind(bytes(content)) is None


@pytest.mark.parametrize("cut", [10, 40, 80, 120, 200])
def test_a_torn_archive_is_no_document(cut: int) -> None:
    assert kind(SAMPLES["odt"][:cut]) is None


def test_a_member_that_cannot_be_unpacked_is_no_document() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", ODT * 5)
    content = made.getvalue()
    packed = zlib.compressobj(6, zlib.DEFLATED, -15)
    body = packed.compress((ODT * 5).encode()) + packed.flush()
    assert body in content
    assert kind(content.replace(body, b"\xff" * len(body))) is None
