"""What a file is, told by its content and never by its name."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class FileKind:
    """`suffix` is what a download is called; `is_image` files get a preview without metadata."""

    content_type: str
    suffix: str
    title: str | Promise
    is_image: bool = False


KINDS: dict[str, FileKind] = {
    "pdf": FileKind("application/pdf", ".pdf", _("PDF document")),
    "png": FileKind("image/png", ".png", _("Picture"), is_image=True),
    "jpeg": FileKind("image/jpeg", ".jpg", _("Picture"), is_image=True),
    "webp": FileKind("image/webp", ".webp", _("Picture"), is_image=True),
    "gif": FileKind("image/gif", ".gif", _("Picture"), is_image=True),
    "docx": FileKind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", _("Word document")
    ),
    "xlsx": FileKind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", _("Excel table")),
    "odt": FileKind("application/vnd.oasis.opendocument.text", ".odt", _("OpenDocument text")),
    "ods": FileKind("application/vnd.oasis.opendocument.spreadsheet", ".ods", _("OpenDocument table")),
    "mp3": FileKind("audio/mpeg", ".mp3", _("Sound")),
    "ogg": FileKind("audio/ogg", ".ogg", _("Sound")),
    "wav": FileKind("audio/wav", ".wav", _("Sound")),
    "mp4": FileKind("video/mp4", ".mp4", _("Film")),
    "text": FileKind("text/plain; charset=utf-8", ".txt", _("Plain text")),
}

_HEAD = 4096
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"OggS", "ogg"),
    (b"ID3", "mp3"),
    (b"\xff\xfa", "mp3"),
    (b"\xff\xfb", "mp3"),
    (b"\xff\xf2", "mp3"),
    (b"\xff\xf3", "mp3"),
)
_INSIDE: tuple[tuple[bytes, int, bytes, str], ...] = (
    (b"RIFF", 8, b"WEBP", "webp"),
    (b"RIFF", 8, b"WAVE", "wav"),
    (b"", 4, b"ftyp", "mp4"),
)
# Still pictures in the same container as films. No preview without metadata could be made of them.
_PICTURES_IN_MP4 = (b"heic", b"heix", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis", b"crx ")
# Text that a browser or a shell could be talked into running is not taken as plain text.
_MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"#!", b"<?php")


def kind_of(file: BinaryIO) -> str | None:
    """The kind's code, or None for what is not accepted. Reads from the start; leaves the file at its start."""
    file.seek(0)
    head = file.read(_HEAD)
    found = _by_bytes(head) or (_zip_kind(file) if head.startswith(b"PK\x03\x04") else _text_kind(head))
    file.seek(0)
    return found


def _by_bytes(head: bytes) -> str | None:
    for start, code in _STARTS:
        if head.startswith(start):
            return code
    for start, place, mark, code in _INSIDE:
        if head.startswith(start) and head[place : place + len(mark)] == mark:
            return None if head[8:12] in _PICTURES_IN_MP4 else code
    return None


_MEMBERS: tuple[tuple[str, str], ...] = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"))
_MIMETYPES = {KINDS[code].content_type: code for code in ("odt", "ods")}


# A list of contents longer than this is a bomb: office documents have some dozens of members.
_LONGEST_LIST = 1024 * 1024
_NEVER_INSIDE = ("vbaproject.bin", ".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jar")


# What a broken or hostile archive makes its reader stumble over.
_BROKEN = (
    zipfile.BadZipFile,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    EOFError,
    struct.error,
    zlib.error,
)


def _zip_kind(file: BinaryIO) -> str | None:
    """An office document; a macro or a program inside it, or any other archive, is not accepted."""
    if _list_length(file) > _LONGEST_LIST:
        return None
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return _office_kind(archive)
    except _BROKEN:
        return None


def _list_length(file: BinaryIO) -> int:
    """How long the archive says its list of contents is, read before the list itself is believed."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    return int.from_bytes(tail[place + 12 : place + 16], "little") if place >= 0 else 0


def _office_kind(archive: zipfile.ZipFile) -> str | None:
    names = set(archive.namelist())
    if any(name.lower().endswith(_NEVER_INSIDE) for name in names):
        return None
    if "mimetype" in names:
        # Only so far: what is packed small may be endless when it is unpacked.
        with archive.open("mimetype") as member:
            return _MIMETYPES.get(member.read(100).decode("ascii", "replace").strip())
    if "[Content_Types].xml" not in names:
        return None
    return next((code for member, code in _MEMBERS if member in names), None)


def _text_kind(head: bytes) -> str | None:
    checks: tuple[Callable[[], bool], ...] = (
        lambda: b"\x00" in head,
        lambda: head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP),
        lambda: not _is_utf8(head),
    )
    return None if any(check() for check in checks) else "text"


def _is_utf8(head: bytes) -> bool:
    # The last character may be cut in the middle: up to three bytes of it are left out.
    for cut in range(4):
        try:
            head[: len(head) - cut].decode()
        except UnicodeDecodeError:
            continue
        return cut == 0 or len(head) == _HEAD
    return False
