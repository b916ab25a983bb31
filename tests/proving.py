"""Proofs of the tests: pictures that differ, what offices did, and something to prove."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime
from random import Random

import pytest
from PIL import Image, ImageDraw

from takrim.evidence.actions import Upload
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor
from takrim.proofs import provable
from takrim.proofs.actions import Done, add_files, begin, send
from takrim.proofs.models import Action, FileKind
from takrim.proofs.provable import Owing, Provable, Thing

DONE = Done(
    title="نصب تابلوی حقوق شهروندی",
    text="تابلوی یازده حق در سالن انتظار نصب و برای مراجعان توضیح داده شد.",
    done_on=date(2026, 11, 20),
    place="سالن انتظار اداره نظرآباد",
    audience="ارباب رجوع",
    people=40,
    women=18,
    men=22,
)


def drawn(seed: int, size: tuple[int, int] = (320, 240), *, form: str = "JPEG", quality: int = 85) -> bytes:
    """A picture that no other seed gives: shapes on a ground, the same in every size."""
    random, picture = Random(seed), Image.new("RGB", (640, 480), "white")
    draw = ImageDraw.Draw(picture)
    for _shape in range(24):
        x, y = random.randrange(640), random.randrange(480)
        box = [(x, y), (x + random.randrange(40, 260), y + random.randrange(40, 200))]
        draw.rectangle(box, fill=tuple(random.randrange(256) for _ in range(3)))
    made = io.BytesIO()
    picture.resize(size, Image.Resampling.LANCZOS).save(made, form, quality=quality)
    return made.getvalue()


def photo(seed: int, size: tuple[int, int] = (320, 240), *, quality: int = 85) -> tuple[Upload, str]:
    return Upload(f"عکس {seed}.jpg", [drawn(seed, size, quality=quality)]), FileKind.PHOTO


class Accounts:
    """A kind of thing that keeps an account of what it is told, as decisions and clauses do."""

    def __init__(self) -> None:
        self.changed: list[str] = []
        # What was held, and how long the journal was then.
        self.held: list[tuple[str, int]] = []
        self.owed: dict[str, list[Owing]] = {}

    def provable(self) -> Provable:
        return Provable(
            title="مصوبه آزمون",
            describe=lambda codes: {c: Thing(code=c, title=f"مصوبه {c}") for c in codes if c.isdigit()},
            owed_by=lambda actor: self.owed.get(actor.unit_path, []),
            hold=self._hold,
            support_changed=lambda code, by, now: self.changed.append(code),
            open_to=lambda code, actor: not code.startswith("9"),
        )

    def _hold(self, codes: Collection[str]) -> list[str]:
        self.held += [(code, Entry.objects.count()) for code in codes]
        return []


@pytest.fixture
def thing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Accounts]:
    """A kind called `thing`: codes are numbers, those with 9 first are for other offices."""
    accounts = Accounts()
    monkeypatch.setitem(provable.PROVABLES, "thing", accounts.provable())
    yield accounts


def given(by: Actor, now: datetime, *codes: str, seed: int = 1, title: str = "") -> Action:
    """A proof that lies with the secretary, with one picture."""
    done = replace(DONE, title=title or DONE.title)
    action = begin(done=done, proves=[("thing", code) for code in codes or ("1",)], by=by, now=now)
    add_files(action=action, uploads=[photo(seed)], by=by, now=now)
    return send(action=action, by=by, now=now)
