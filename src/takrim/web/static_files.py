"""Static files, gathered once under names that hold their hash, and again only when one of them has changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from takrim import __version__

_STAMP = ".gathered"


def fingerprint() -> str:
    """What would be gathered, by names, sizes and times of change: a few milliseconds."""
    digest = hashlib.sha256(__version__.encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def are_fresh() -> bool:
    """Whether what was gathered is what would be gathered now."""
    stamp = Path(settings.STATIC_ROOT) / _STAMP
    return stamp.exists() and stamp.read_text() == fingerprint()


def collect() -> bool:
    """Gather the static files if they are missing or outdated; says whether that was needed."""
    now = fingerprint()
    stamp = Path(settings.STATIC_ROOT) / _STAMP
    if stamp.exists() and stamp.read_text() == now:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now)
    return True
