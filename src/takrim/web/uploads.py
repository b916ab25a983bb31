"""Files in a form: bounded while they come in, so that a huge one costs neither memory nor the typed text."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from takrim.base import words
from takrim.evidence.actions import Upload, clean_name


class BoundedUploads(FileUploadHandler):
    """Skips files that are too big or too many, and remembers their names; the other fields stay."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.files, self.size = 0, 0
        if request is not None:
            cast(Any, request).refused_uploads = []

    def _refused(self) -> list[tuple[str, str]]:
        return cast("list[tuple[str, str]]", cast(Any, self.request).refused_uploads)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.files, self.size = self.files + 1, 0
        if self.files > settings.UPLOAD_FILES:
            self._refused().append((clean_name(self.file_name or ""), "many"))
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.size += len(raw_data)
        if self.size > settings.UPLOAD_BYTES:
            self._refused().append((clean_name(self.file_name or ""), "big"))
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def uploads(request: HttpRequest, field: str = "files") -> list[Upload]:
    """The files that came in whole."""
    return [Upload(file.name or "", file.chunks()) for file in request.FILES.getlist(field)]


def upload_errors(request: HttpRequest, lang: str) -> list[str]:
    """Sentences about the files that were left out, for the person to read."""
    refused: list[tuple[str, str]] = getattr(request, "refused_uploads", [])
    limit = words.number(settings.UPLOAD_BYTES // (1024 * 1024), lang)
    big = [
        _("“{name}” is too big: a file may have up to {megabytes} megabytes.").format(name=name, megabytes=limit)
        for name, why in refused
        if why == "big"
    ]
    if any(why == "many" for _name, why in refused):
        most = words.number(settings.UPLOAD_FILES, lang)
        big.append(_("Only the first {most} files were taken. Send the others in a second message.").format(most=most))
    return big
