"""Files in a form: bounded while they come in, so that a huge one costs neither memory nor the typed text."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn, cast

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest
from django.utils.translation import gettext as _

from takrim.base import words
from takrim.evidence.actions import NoRoom, Upload, clean_name

Refused = list[tuple[str, str]]


def _note(handler: FileUploadHandler, why: str) -> None:
    """Remember the name of a file that is left out, and why."""
    refused: Refused = cast(Any, handler.request).refused_uploads
    refused.append((clean_name(handler.file_name or ""), why))


def _leave_out(handler: FileUploadHandler, why: str) -> NoReturn:
    """Go on without this file; the other fields stay."""
    _note(handler, why)
    raise SkipFile


class BoundedUploads(FileUploadHandler):
    """Leaves out files that are too big or too many."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.files, self.size = 0, 0
        if request is not None:
            cast(Any, request).refused_uploads = []

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.files, self.size = self.files + 1, 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        # Not in new_file: leaving out closes the file at hand, which there is still the one before.
        if self.files > settings.UPLOAD_FILES:
            _leave_out(self, "many")
        self.size += len(raw_data)
        if self.size > settings.UPLOAD_BYTES:
            _leave_out(self, "big")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


class KeptUploads(TemporaryFileUploadHandler):
    """Keeps a file on disk while it comes in; leaves it out when the disk is full."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        # Forgotten first: what is left out below must not take the file before with it.
        self.__dict__.pop("file", None)
        with self._room():
            super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        with self._room():
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> Any:
        try:
            with self._room():
                # What is still in the buffer goes to the disk here.
                return super().file_complete(file_size)
        except SkipFile:
            # Too late for leaving out: the parser is done with this file.
            return None

    @contextmanager
    def _room(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
                raise
            self._drop()
            _leave_out(self, "full")

    def _drop(self) -> None:
        """Give the room back. The descriptor goes first, or closing would try once more to write what is buffered."""
        if "file" in self.__dict__:
            cast(Any, self.file).file.file.raw.close()
            self.file.close()


def uploads(request: HttpRequest, field: str = "files") -> list[Upload]:
    """The files that came in whole."""
    # Empty files have no bytes for the bound above to count, so they are bounded here.
    files = request.FILES.getlist(field)[: settings.UPLOAD_FILES]
    return [Upload(file.name or "", file.chunks()) for file in files]


def upload_errors(request: HttpRequest, lang: str) -> list[str]:
    """Sentences about the files that were left out, for the person to read."""
    refused: Refused = getattr(request, "refused_uploads", [])
    limit = words.number(settings.UPLOAD_BYTES // (1024 * 1024), lang)
    said = [
        _("“{name}” is too big: a file may have up to {megabytes} megabytes.").format(name=name, megabytes=limit)
        for name, why in refused
        if why == "big"
    ]
    if any(why == "full" for _name, why in refused):
        said.append(str(NoRoom()))
    if any(why == "many" for _name, why in refused):
        most = words.number(settings.UPLOAD_FILES, lang)
        said.append(_("Only the first {most} files were taken. Send the others in a second message.").format(most=most))
    return said
