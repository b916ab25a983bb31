"""Rows out of a file, one at a time: CSV, a JSON list, or a zip with one of them inside."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, cast

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal

Row = dict[str, Any]
# A cell larger than this is not text that somebody wrote.
csv.field_size_limit(4 * 1024 * 1024)
_PIECE = 64 * 1024


class UnreadableFile(Refusal):
    code = "unreadable_file"
    status = 422
    message = _("The file cannot be read. {what}")


_DAMAGED = _("What is packed is damaged, or cut off.")
# What unpacking raises in the middle of a file.
_BROKEN = (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError)


@contextmanager
def opened(path: Path) -> Iterator[tuple[IO[bytes], str, int]]:
    """The bytes of the file, or of the one file inside a zip or gz; its name; its size (of a gz: as packed)."""
    with ExitStack() as stack:
        try:
            if path.suffix.lower() == ".gz":
                size = path.stat().st_size
                yield cast(IO[bytes], stack.enter_context(gzip.open(path))), path.stem, size
                return
            if path.suffix.lower() != ".zip" and not zipfile.is_zipfile(path):
                yield stack.enter_context(path.open("rb")), path.name, path.stat().st_size
                return
            archive = stack.enter_context(zipfile.ZipFile(path))
        except OSError as error:
            raise UnreadableFile(what=_("{path} could not be opened.").format(path=path)) from error
        except zipfile.BadZipFile as error:
            raise UnreadableFile(what=_DAMAGED) from error
        inside = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(inside) != 1:
            raise UnreadableFile(what=_("A zip must hold exactly one file; this one holds {n}.").format(n=len(inside)))
        yield stack.enter_context(archive.open(inside[0])), inside[0].filename, inside[0].file_size


class Source:
    """An open file of rows. `progress` is the share that has been read, between 0 and 1."""

    def __init__(self, text: IO[str], name: str, size: int, *, delimiter: str) -> None:
        self.text, self.name, self.size, self.delimiter = text, name, max(size, 1), delimiter
        self.read, self.begun = 0, False

    @property
    def progress(self) -> float:
        return min(self.read / self.size, 1.0)

    def _lines(self) -> Iterator[str]:
        for line in self.text:
            # A rough measure is enough for a progress bar, and bytes are not at hand behind the decoder.
            self.read += len(line)
            yield line.replace("\x00", "")

    def rows(self) -> Iterator[Row]:
        """Rows as mappings of column to text. Raises UnreadableFile when the file as a whole makes no sense."""
        try:
            yield from self._rows()
        except _BROKEN as error:
            raise UnreadableFile(what=_DAMAGED) from error

    def _rows(self) -> Iterator[Row]:
        if self.name.lower().endswith((".json", ".geojson")):
            yield from self._json()
            return
        reader = csv.DictReader(self._lines(), delimiter=self.delimiter, restkey="")
        try:
            names = reader.fieldnames
            if not names:
                raise UnreadableFile(what=_("It is empty."))
            yield from reader
        except csv.Error as error:
            raise UnreadableFile(what=_("Row {row}: {error}.").format(row=reader.line_num, error=error)) from error

    def _json(self) -> Iterator[Row]:
        """Objects of a list, decoded one by one as they come, so that the list may be longer than the memory."""
        text, ended = "", False
        while not ended:
            piece = self.text.read(_PIECE)
            self.read += len(piece)
            if not text and not self.begun:
                piece = self._begin(piece)
            objects, text = _objects(text + piece)
            yield from objects
            ended = not piece
        if text.strip() not in {"]", ""}:
            raise UnreadableFile(what=_("The list breaks off in the middle."))

    def _begin(self, piece: str) -> str:
        inside = piece.lstrip()
        if not inside.startswith("["):
            raise UnreadableFile(what=_("A JSON file must be a list of objects."))
        self.begun = True
        return inside[1:]


_decoder = json.JSONDecoder()


def _objects(text: str) -> tuple[list[Row], str]:
    """The whole objects at the start of a text, and what is left behind them."""
    found: list[Row] = []
    while (text := text.lstrip(" \t\r\n,")).startswith("{"):
        try:
            value, end = _decoder.raw_decode(text)
        except json.JSONDecodeError:
            break
        text = text[end:]
        found.append(value)
    return found, text


@contextmanager
def source(path: Path, *, encoding: str, delimiter: str) -> Iterator[Source]:
    """Open a file of rows. Raises UnreadableFile."""
    try:
        codecs.lookup(encoding)
    except LookupError as error:
        raise UnreadableFile(what=_("There is no encoding “{name}”.").format(name=encoding)) from error
    with (
        opened(path) as (file, name, size),
        # newline="": a line break inside quotes belongs to the cell.
        io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="") as text,
    ):
        yield Source(text, name, size, delimiter=delimiter)


def cell(row: Row, name: str) -> Any:
    """The value of a column; dots lead into objects (`extended_attributes.channel`)."""
    if name in row:
        return row[name]
    value: Any = row
    for part in name.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def said(row: Row, name: str) -> str:
    """The value of a column as text without spaces around it; "" where there is none."""
    value = cell(row, name) if name else None
    return "" if value is None else str(value).strip()
