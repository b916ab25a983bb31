"""Files that cost time to make and are the same each time: kept on disk under a name that says what stands in them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings


def folder(name: str) -> Path:
    """Where files of a sort are kept."""
    data: Path = settings.DATA
    return data / name


def kept(sort: str, name: str, make: Callable[[], bytes]) -> bytes:
    """The file of that name; made when nobody has asked for it before, or it was removed."""
    place = folder(sort) / name
    with suppress(OSError):
        return place.read_bytes()
    content = make()
    _keep(place, content)
    return content


def _keep(place: Path, content: bytes) -> None:
    """A full disk only means that it is made again."""
    new = place.with_suffix(f".{hashlib.sha256(content).hexdigest()[:8]}.new")
    with suppress(OSError):
        place.parent.mkdir(mode=0o700, exist_ok=True)
        new.write_bytes(content)
        new.replace(place)
