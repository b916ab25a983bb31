"""Keeping and handing in files: bytes once, who gave them each time, nothing half done."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from django.db import IntegrityError, transaction

from takrim.cases.models import Case
from takrim.evidence import actions
from takrim.evidence.actions import FileEmpty, FileKindRefused, FileTooBig, NoRoom, Upload, attach, clean_name, keep
from takrim.evidence.models import Evidence, StoredFile
from takrim.evidence.shelf import shelf
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor
from tests.domain.evidence.samples import PROGRAM, SAMPLES, left_over, photograph, upload
from tests.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def root(tmp_path: Path, settings: Any) -> Iterator[Path]:
    settings.FILES_ROOT = tmp_path
    shelf.cache_clear()
    yield tmp_path
    shelf.cache_clear()


def kept(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_the_same_bytes_are_kept_once_and_each_hand_over_is_remembered(
    case: Case, zahra: Actor, mina: Actor, root: Path
) -> None:
    for by in (zahra, mina):
        attach(subject=case.code, unit_path=case.unit_path, upload=upload(SAMPLES["pdf"]), by=by, now=NOW)
    assert len(kept(root)) == StoredFile.objects.count() == 1
    assert list(Evidence.objects.order_by("id").values_list("by", "from_party", "shown_to_party")) == [
        (zahra.code, True, True),
        (mina.code, False, False),
    ]


def test_what_is_kept_is_what_came_in(root: Path) -> None:
    stored = keep(upload=upload(SAMPLES["docx"]), now=NOW)
    with shelf().open(stored.hash) as file:
        assert hashlib.sha256(file.read()).hexdigest() == stored.hash
    assert (stored.size, stored.kind) == (len(SAMPLES["docx"]), "docx")


def test_only_the_owner_may_read_what_is_kept(root: Path) -> None:
    keep(upload=upload(SAMPLES["pdf"]), now=NOW)
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept(root)} == {0o600}


def test_a_file_is_told_in_the_journal_without_its_name(case: Case, zahra: Actor) -> None:
    attach(subject=case.code, unit_path=case.unit_path, upload=upload(b"%PDF-1", "زهرا.pdf"), by=zahra, now=NOW)
    entry = Entry.objects.get(verb="evidence.attached")
    assert set(entry.facts) == {"evidence", "unit", "hash"}
    assert "زهرا" not in str(entry.facts)


def test_a_picture_has_a_preview_and_keeps_its_original(root: Path) -> None:
    stored = keep(upload=upload(photograph(), "عکس.jpg"), now=NOW)
    with shelf().open(stored.preview) as small, shelf().open(stored.hash) as original:
        assert b"Camera of Zahra" not in small.read()
        assert b"Camera of Zahra" in original.read()


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (b"", "خالی.pdf", FileEmpty),
        (PROGRAM, "حکم.pdf", FileKindRefused),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "عکس.png", FileKindRefused),
    ],
)
def test_what_is_refused_leaves_nothing_behind(root: Path, content: bytes, name: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal) as told:
        keep(upload=upload(content, name), now=NOW)
    assert name in str(told.value)
    assert (kept(root), StoredFile.objects.count()) == ([], 0)


def test_a_huge_file_is_refused_at_the_first_byte_too_many(root: Path, settings: Any) -> None:
    settings.UPLOAD_BYTES = 20 * 1024 * 1024
    given = 0

    def endless() -> Iterator[bytes]:
        nonlocal given
        for _ in range(1600):
            given += 65536
            yield b"%PDF-" + bytes(65531)

    tracemalloc.start()
    with pytest.raises(FileTooBig) as told:
        keep(upload=Upload("دوربین.mp4", endless()), now=NOW)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert given <= settings.UPLOAD_BYTES + 65536
    assert peak < 2_000_000
    assert "20" in str(told.value) or "۲۰" in str(told.value)
    assert left_over(root) == []


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_told_in_a_sentence(
    root: Path, case: Case, zahra: Actor, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def full(descriptor: int) -> NoReturn:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NoRoom):
        attach(subject=case.code, unit_path=case.unit_path, upload=upload(SAMPLES["pdf"]), by=zahra, now=NOW)
    assert (kept(root), Evidence.objects.count()) == ([], 0)


def test_another_fault_of_the_disk_is_not_taken_for_a_full_one(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(descriptor: int) -> NoReturn:
        raise OSError(errno.EIO, "I/O error")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="I/O"):
        keep(upload=upload(SAMPLES["pdf"]), now=NOW)
    assert left_over(root) == []


def test_bytes_that_were_lost_are_shelved_anew(root: Path) -> None:
    first = keep(upload=upload(SAMPLES["pdf"]), now=NOW)
    for path in kept(root):
        path.unlink()
    assert keep(upload=upload(SAMPLES["pdf"]), now=NOW) == first
    assert shelf().has(first.hash)


def test_an_undone_deed_leaves_no_proof(case: Case, zahra: Actor) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        attach(subject=case.code, unit_path=case.unit_path, upload=upload(SAMPLES["pdf"]), by=zahra, now=NOW)
        raise RuntimeError
    assert (Evidence.objects.count(), Entry.objects.filter(verb="evidence.attached").count()) == (0, 0)


def test_what_the_party_gave_cannot_be_hidden_from_it(case: Case, zahra: Actor) -> None:
    attach(
        subject=case.code,
        unit_path=case.unit_path,
        upload=upload(SAMPLES["pdf"]),
        by=zahra,
        now=NOW,
        shown_to_party=False,
    )
    assert Evidence.objects.get().shown_to_party
    with pytest.raises(IntegrityError, match="evidence_of_the_party"), transaction.atomic():
        Evidence.objects.update(shown_to_party=False)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("فیش حقوقی.pdf", "فیش حقوقی.pdf"),
        ("C:\\Users\\zahra\\فیش.pdf", "فیش.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie: x=1.pdf"),
        ("a\tb.pdf", "a b.pdf"),
        ('a"b.pdf', "a'b.pdf"),
        ("fdp.\u202egpj.exe", "fdp.gpj.exe"),
        ("\x00\x1b.pdf", "pdf"),
        ("...", "file"),
        ("", "file"),
        ("می‌خواهم.pdf", "می‌خواهم.pdf"),
    ],
)
def test_names_are_made_safe_and_stay_readable(typed: str, shown: str) -> None:
    assert clean_name(typed) == shown


@pytest.mark.parametrize("name", ["ن" * 500 + ".pdf", "x" * 500, "a." + "b" * 500])
def test_names_do_not_grow_without_end(name: str) -> None:
    assert len(clean_name(name)) <= actions.NAME_LENGTH
