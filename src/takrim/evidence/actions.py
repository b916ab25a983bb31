"""Everything that can be done with proofs: keep a file, hand it in about something."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.base.persian import clean_text
from takrim.evidence.kinds import KINDS, kind_of
from takrim.evidence.models import Evidence, StoredFile
from takrim.evidence.pictures import NotAPicture, preview
from takrim.evidence.shelf import scratch, shelf
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor

NAME_LENGTH = 150


@dataclass(frozen=True, kw_only=True)
class Attached(Event):
    verb = "evidence.attached"
    sentence = _("A file was added.")
    public = True
    evidence: int
    unit: str
    hash: str


class FileTooBig(Refusal):
    code = "file_too_big"
    status = 413
    message = _(
        "“{name}” is too big: a file may have up to {megabytes} megabytes. Send a smaller one or only the pages needed."
    )


class FileEmpty(Refusal):
    code = "file_empty"
    status = 422
    message = _("“{name}” is empty. Choose the file again.")


class FileKindRefused(Refusal):
    code = "file_kind_refused"
    status = 422
    message = _(
        "“{name}” cannot be taken. Pictures, PDF, Word, Excel and OpenDocument files, sound, film and plain text can; "
        "what counts is the content, not the name."
    )


class NoRoom(Refusal):
    code = "no_room"
    status = 503
    message = _(
        "The file could not be stored just now because our disk is full. Your text is safe; send the file later."
    )


@dataclass(frozen=True)
class Upload:
    """A file as it comes in: its name as the sender calls it, and its bytes in pieces."""

    name: str
    chunks: Iterable[bytes]


def clean_name(name: str) -> str:
    """A file name that can be shown and sent safely: no path, no control characters, not endless."""
    base = " ".join(clean_text(name.replace("\\", "/").rsplit("/", 1)[-1]).replace('"', "'").split()).strip(". ")
    if len(base) <= NAME_LENGTH:
        return base or "file"
    stem, dot, suffix = base.rpartition(".")
    return f"{stem[: NAME_LENGTH - 10]}{dot}{suffix[:9]}" if dot else base[:NAME_LENGTH]


@contextmanager
def _full_disk_told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise NoRoom from error
        raise


def _receive(upload: Upload, target: int) -> tuple[str, int]:
    """Write the pieces to an open descriptor; the hash and the size. Stops at the first byte too many."""
    digest, size = hashlib.sha256(), 0
    with os.fdopen(target, "wb") as file:
        for chunk in upload.chunks:
            size += len(chunk)
            if size > settings.UPLOAD_BYTES:
                raise FileTooBig(name=clean_name(upload.name), megabytes=settings.UPLOAD_BYTES // (1024 * 1024))
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if size == 0:
        raise FileEmpty(name=clean_name(upload.name))
    return digest.hexdigest(), size


def keep(*, upload: Upload, now: datetime) -> StoredFile:
    """Store the bytes once. Raises FileTooBig, FileEmpty, FileKindRefused, NoRoom; then nothing is left behind."""
    with _full_disk_told():
        descriptor, path = scratch()
        try:
            name, size = _receive(upload, descriptor)
            known = StoredFile.objects.filter(hash=name).first()
            # A file whose bytes were lost (a folder restored without them) is shelved anew.
            whole = known is not None and shelf().has(name)
            return known if known and whole else _shelve(path, name, size, upload=upload, now=now)
        finally:
            path.unlink(missing_ok=True)


def _shelve(path: Path, name: str, size: int, *, upload: Upload, now: datetime) -> StoredFile:
    with path.open("rb") as file:
        kind = kind_of(file)
    if kind is None:
        raise FileKindRefused(name=clean_name(upload.name))
    small = _preview(path, upload) if KINDS[kind].is_image else ""
    shelf().put(name, path)
    stored, _new = StoredFile.objects.get_or_create(
        hash=name, defaults={"size": size, "kind": kind, "preview": small, "stored_at": now}
    )
    return stored


def _preview(path: Path, upload: Upload) -> str:
    try:
        small = preview(path)
    except NotAPicture as error:
        raise FileKindRefused(name=clean_name(upload.name)) from error
    name = hashlib.sha256(small.read_bytes()).hexdigest()
    shelf().put(name, small)
    return name


@transaction.atomic
def attach(
    *, subject: str, unit_path: str, upload: Upload, by: Actor, now: datetime, shown_to_party: bool | None = None
) -> Evidence:
    """Hand in a file about a subject. What comes from the party is always shown to it."""
    stored = keep(upload=upload, now=now)
    return hand_in(
        subject=subject,
        unit_path=unit_path,
        stored=stored,
        name=upload.name,
        by=by,
        now=now,
        shown_to_party=shown_to_party,
    )


@transaction.atomic
def hand_in(
    *,
    subject: str,
    unit_path: str,
    stored: StoredFile,
    name: str,
    by: Actor,
    now: datetime,
    shown_to_party: bool | None = None,
) -> Evidence:
    """The same with a file that was kept before, while its matter was still being written."""
    theirs = not by.is_staff and not by.is_partner
    evidence = Evidence(
        file=stored,
        subject=subject,
        unit_path=unit_path,
        name=clean_name(name),
        at=now,
        by=by.code,
        by_name=by.name,
        from_party=theirs,
        shown_to_party=theirs or bool(shown_to_party),
    )
    evidence.save(force_insert=True)
    event = Attached(evidence=evidence.pk, unit=unit_path, hash=stored.hash)
    record(event, on=subject, unit_path=unit_path, by=by, at=now)
    return evidence
