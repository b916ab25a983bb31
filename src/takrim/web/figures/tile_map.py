"""The thirty-one provinces as tiles, laid out roughly as on a map; each is a link that says what its colour says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext as _

from takrim.base import words
from takrim.evaluation.scoring.engine import Standing
from takrim.orgs.paths import ROOT
from takrim.orgs.units import all_names

# From north to south, and in each row from west to east.
_ROWS: Final = (
    ("west-azerbaijan", "east-azerbaijan", "ardabil", "gilan", "mazandaran", "golestan", "north-khorasan"),
    ("kurdistan", "zanjan", "qazvin", "alborz", "tehran", "semnan", "razavi-khorasan"),
    ("kermanshah", "hamadan", "markazi", "qom", "isfahan", "yazd", "south-khorasan"),
    ("ilam", "lorestan", "chaharmahal-bakhtiari", "kohgiluyeh-boyer-ahmad", "fars", "kerman", "sistan-baluchestan"),
    ("", "khuzestan", "", "bushehr", "", "hormozgan", ""),
)
# What fits on a tile where the whole name does not.
_BRIEF: Final = {
    "west-azerbaijan": ("آ. غربی", "W. Azer."),
    "east-azerbaijan": ("آ. شرقی", "E. Azer."),
    "north-khorasan": ("خ. شمالی", "N. Khor."),
    "razavi-khorasan": ("خ. رضوی", "R. Khor."),
    "south-khorasan": ("خ. جنوبی", "S. Khor."),
    "chaharmahal-bakhtiari": ("چهارمحال", "Chahar."),
    "kohgiluyeh-boyer-ahmad": ("کهگیلویه", "Kohg."),
    "sistan-baluchestan": ("سیستان", "Sistan"),
    "mazandaran": ("مازندران", "Mazan."),
    "hormozgan": ("هرمزگان", "Hormoz."),
    "kermanshah": ("کرمانشاه", "K.shah"),
    "kurdistan": ("کردستان", "Kurd."),
    "khuzestan": ("خوزستان", "Khuz."),
    "lorestan": ("لرستان", "Lorest."),
    "golestan": ("گلستان", "Golest."),
    "hamadan": ("همدان", "Hamad."),
}
FIFTHS: Final = 5


@dataclass(frozen=True)
class Tile:
    """One province. `tone`: 5 for the best fifth down to 1; 0 without a rank. `said`: all of it in words."""

    place: str
    name: str
    brief: str
    rank: str
    tone: int
    url: str
    said: str


@dataclass(frozen=True)
class Fifth:
    """What a colour means."""

    tone: int
    title: str


@dataclass(frozen=True)
class TileMap:
    """The map, ready to print."""

    tiles: list[Tile]
    legend: list[Fifth]


def tile_map(standings: Sequence[Standing], url: Callable[[str], str], lang: str) -> TileMap:
    """Every province of the tree at its place, whether it is ranked or not."""
    by_unit = {one.unit: one for one in standings}
    ranked = [one for one in standings if one.rank is not None]
    tones = {one.unit: _tone(place, len(ranked)) for place, one in enumerate(_best_first(ranked))}
    tiles = [
        _tile(f"{ROOT}{slug}/", f"map-r{row} map-c{column}", by_unit, tones, url, lang)
        for row, slugs in enumerate(_ROWS, 1)
        for column, slug in enumerate(slugs, 1)
        if slug and f"{ROOT}{slug}/" in all_names()
    ]
    return TileMap(tiles, _legend(ranked, tones, lang))


def _best_first(ranked: Sequence[Standing]) -> list[Standing]:
    return sorted(ranked, key=lambda one: one.rank or 0)


def _tone(place: int, many: int) -> int:
    return FIFTHS - place * FIFTHS // many


def _tile(
    path: str,
    place: str,
    by_unit: dict[str, Standing],
    tones: dict[str, int],
    url: Callable[[str], str],
    lang: str,
) -> Tile:
    slug, name, standing = path.split("/")[-2], all_names()[path].short(lang), by_unit.get(path)
    rank = standing.rank if standing else None
    brief = _BRIEF.get(slug, (name, name))[lang == "en"]
    if standing is None or rank is None:
        said = _("{name}: not ranked").format(name=name)
    else:
        said = _("{name}: rank {rank}, {points} points").format(
            name=name, rank=words.number(rank, lang), points=words.number(standing.total, lang, 2)
        )
    return Tile(
        place=place,
        name=name,
        brief=brief,
        rank=words.NOTHING if rank is None else words.number(rank, lang),
        tone=tones.get(path, 0),
        url=url(path),
        said=said,
    )


def _legend(ranked: Sequence[Standing], tones: dict[str, int], lang: str) -> list[Fifth]:
    """From how many points to how many each colour stands for."""
    found = []
    for tone in range(FIFTHS, 0, -1):
        totals = [one.total or Fraction(0) for one in ranked if tones[one.unit] == tone]
        if not totals:
            continue
        low, high = words.number(min(totals), lang), words.number(max(totals), lang)
        title = _("{number} points") if low == high else _("{low} to {high} points")
        found.append(Fifth(tone, title.format(number=low, low=low, high=high)))
    return [*found, Fifth(0, _("Not ranked"))]
