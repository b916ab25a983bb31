"""Where the bytes lie: a folder on disk, or an object store; by hash, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings
from django.core.files.base import File
from django.utils.module_loading import import_string


class Shelf(Protocol):
    """Keeps bytes by their hash."""

    def put(self, name: str, source: Path) -> None: ...

    def open(self, name: str) -> BinaryIO: ...

    def has(self, name: str) -> bool: ...


def _place(name: str) -> str:
    return f"{name[:2]}/{name[2:4]}/{name}"


class Folder:
    """Files below a folder, readable by their owner alone."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, name: str, source: Path) -> None:
        """Move a finished temporary file of the same disk to its place."""
        target = self.root / _place(name)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        source.replace(target)
        descriptor = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def open(self, name: str) -> BinaryIO:
        return (self.root / _place(name)).open("rb")

    def has(self, name: str) -> bool:
        return (self.root / _place(name)).exists()


class Bucket:
    """Objects of an S3 store, through django-storages."""

    def __init__(self, bucket: str, endpoint: str) -> None:
        # Imported here: only installations with an object store have the package.
        made = import_string("storages.backends.s3.S3Storage")
        self.storage = made(bucket_name=bucket, endpoint_url=endpoint or None, default_acl=None, file_overwrite=True)

    def put(self, name: str, source: Path) -> None:
        with source.open("rb") as stream:
            self.storage.save(_place(name), File(stream))
        source.unlink()

    def open(self, name: str) -> BinaryIO:
        opened: BinaryIO = self.storage.open(_place(name), "rb")
        return opened

    def has(self, name: str) -> bool:
        return bool(self.storage.exists(_place(name)))


@cache
def shelf() -> Shelf:
    """The shelf of this installation."""
    if settings.S3_BUCKET:
        return Bucket(settings.S3_BUCKET, settings.S3_ENDPOINT)
    return Folder(Path(settings.FILES_ROOT))


def scratch() -> tuple[int, Path]:
    """A new temporary file on the disk of the shelf: its descriptor and its path."""
    folder = Path(settings.FILES_ROOT) / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, path = tempfile.mkstemp(dir=folder)
    return descriptor, Path(path)
