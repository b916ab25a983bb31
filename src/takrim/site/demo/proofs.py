"""Proofs of action in the demonstration: offices show what they did in pictures, the secretary judges most of it."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from PIL import ExifTags, Image, ImageDraw

from takrim.base.clock import local, local_date
from takrim.evidence.actions import Upload
from takrim.orgs.actor import Actor
from takrim.orgs.paths import province_of
from takrim.proofs import actions
from takrim.proofs.actions_judge import Verdict, judge, show
from takrim.proofs.models import Action
from takrim.site.demo.staff import Staff
from takrim.site.seeded import seeded

_FILE = Path(__file__).parents[1] / "demonstration/proofs.toml"
_VERDICTS = {"accepted": Verdict.ACCEPT, "returned": Verdict.RETURN, "refused": Verdict.REFUSE}
_SIZE = (640, 480)
# About where the offices are; the secretary reads it from the pictures.
_PLACES = {"ir/alborz/": (35.84, 50.94), "ir/qom/": (34.64, 50.88)}

Aside = tuple[datetime, Callable[[], None]]


def proofs(staff: Staff, *, first: datetime, now: datetime) -> list[Aside]:
    """What the file says, in the order of time; of a province without a secretary nothing."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["proof"]
    found: list[Aside] = []
    for number, row in enumerate(rows):
        heads = staff.with_role(row["path"], "head")
        secretary = next(iter(staff.with_role(province_of(row["path"]), "secretary")), None)
        if heads and secretary:
            picture = drawn(rows, row.get("like", number))
            found += _One(row, picture, staff.actors[heads[0]], staff.actors[secretary], now).asides(first)
    return sorted(found, key=lambda aside: aside[0])


class _One:
    """One action: written down, sent the day after, judged two days later."""

    def __init__(
        self, row: Mapping[str, Any], picture: Image.Image, by: Actor, secretary: Actor, now: datetime
    ) -> None:
        self.row, self.picture, self.by, self.secretary, self.now = row, picture, by, secretary, now
        self.done_at = now - timedelta(days=row["days"])
        self.action: Action

    def asides(self, first: datetime) -> list[Aside]:
        """What happens of it; nothing of what was over before the first moment."""
        sent, judged = self.done_at + timedelta(days=1), self.done_at + timedelta(days=3)
        if sent < first:
            return []
        found: list[Aside] = [(sent, partial(self._give, sent))]
        if self.row["fate"] in _VERDICTS:
            found.append((judged, partial(self._judge, judged)))
        return found

    def _give(self, at: datetime) -> None:
        row = self.row
        done = actions.Done(
            title=row["title"],
            text=row["text"],
            done_on=local_date(self.done_at),
            place=row["place"],
            audience=row["audience"],
            people=row.get("people"),
            women=row.get("women"),
            men=row["people"] - row["women"] if "women" in row else None,
        )
        pairs = [("right", right) for right in row["rights"]]
        self.action = actions.begin(done=done, proves=pairs, by=self.by, now=at)
        upload = Upload("عکس.jpg", [_photograph(self.picture, self.done_at, _PLACES[province_of(row["path"])])])
        actions.add_files(action=self.action, uploads=[(upload, "photo")], by=self.by, now=at)
        if row["fate"] != "draft":
            actions.send(action=self.action, by=self.by, now=at)

    def _judge(self, at: datetime) -> None:
        verdict, reason = _VERDICTS[self.row["fate"]], self.row.get("reason", "")
        judged = judge(action=self.action, verdict=verdict, reason=reason, by=self.secretary, now=at)
        if verdict is Verdict.ACCEPT:
            show(action=judged, by=self.secretary, now=at)


def drawn(rows: Sequence[Mapping[str, Any]], number: int) -> Image.Image:
    """The picture of one proof: its scene, a little different each time."""
    random = seeded(number)
    wall = tuple(random.randrange(150, 225) for _ in range(3))
    picture = Image.new("RGB", _SIZE, wall)
    draw = ImageDraw.Draw(picture)
    draw.rectangle([(0, 350), _SIZE], fill=tuple(part - 60 for part in wall))
    _SCENES[rows[number]["scene"]](draw, random)
    return picture


def _board(draw: ImageDraw.ImageDraw, random: Random) -> None:
    """A board with lines of text, and a plant beside it."""
    x, y = random.randrange(90, 240), random.randrange(40, 80)
    draw.rectangle([(x, y), (x + 300, y + 220)], fill=(246, 244, 236), outline=(70, 62, 50), width=8)
    for line in range(8):
        draw.line([(x + 30 + random.randrange(60), y + 30 + line * 23), (x + 272, y + 30 + line * 23)], (80, 84, 96), 6)
    draw.ellipse([(x - 70, 270), (x - 10, 340)], fill=(72, 120, 78))
    draw.rectangle([(x - 55, 330), (x - 25, 380)], fill=(132, 84, 58))


def _hall(draw: ImageDraw.ImageDraw, random: Random) -> None:
    """A counter, seats, and people who wait."""
    draw.rectangle([(30, 190 + random.randrange(40)), (270 + random.randrange(60), 400)], fill=(112, 88, 66))
    for seat in range(5):
        x = 330 + seat * 58
        draw.rectangle([(x, 330), (x + 44, 400)], fill=(64, 84, 120))
        if random.random() < 0.6:
            _person(draw, x + 22, 300, random)


def _class(draw: ImageDraw.ImageDraw, random: Random) -> None:
    """Rows of people before a screen."""
    draw.rectangle([(180, 30), (460, 170)], fill=(238, 240, 246), outline=(60, 64, 72), width=6)
    for row in range(3):
        for seat in range(7):
            if random.random() < 0.8:
                _person(draw, 70 + seat * 84 + random.randrange(-8, 9), 260 + row * 70, random)


def _person(draw: ImageDraw.ImageDraw, x: int, y: int, random: Random) -> None:
    clothes = tuple(random.randrange(30, 140) for _ in range(3))
    draw.ellipse([(x - 14, y - 34), (x + 14, y - 6)], fill=(206, 168, 140))
    draw.rounded_rectangle([(x - 24, y - 6), (x + 24, y + 52)], 12, fill=clothes)


_SCENES: dict[str, Callable[[ImageDraw.ImageDraw, Random], None]] = {"board": _board, "hall": _hall, "class": _class}


def _photograph(picture: Image.Image, at: datetime, place: tuple[float, float]) -> bytes:
    """As a telephone keeps it: with its day, its place and its name."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = "Samsung", "SM-A525F"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = local(at).strftime("%Y:%m:%d %H:%M:%S")
    north, east = ((int(part), int(part * 60 % 60), 0.0) for part in place)
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: north, 3: "E", 4: east})
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=80, exif=exif.tobytes())
    return made.getvalue()
