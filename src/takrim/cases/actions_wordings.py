"""Letters of the same wording: each is read once, and put into the campaign of those that say nearly the same."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Min
from rapidfuzz import fuzz

from takrim.base.persian import tokens
from takrim.cases.alike import LONGEST
from takrim.cases.models import Case
from takrim.cases.models_together import Campaign, Wording, WordingBand
from takrim.orgs.actor import Actor
from takrim.orgs.paths import province_of

# Letters are held against those of the last months only: a campaign is something of its time.
SEASON = timedelta(days=120)
# Shorter texts are alike because they say little.
LEAST_WORDS = 12
SHINGLE = 3
BANDS, ROWS = 6, 3
# How alike two texts are that count as one wording, in a hundred: a name and a date may differ.
ALIKE = 85
_PRIME = (1 << 61) - 1
_SALTS = [(2 * n + 1) * 0x9E3779B97F4A7C15 % _PRIME for n in range(1, BANDS * ROWS + 1)]


@dataclass(frozen=True)
class _Read:
    """A letter by its words."""

    case_id: int
    chain: str
    words: str
    bands: list[int]
    at: datetime


def bands_of(words: list[str], chain: str) -> list[int]:
    """The bands of a text's min-hash. Texts of two provinces never share one."""
    shingles = {zlib.crc32(" ".join(words[n : n + SHINGLE]).encode()) for n in range(len(words) - SHINGLE + 1)}
    least = [min((salt * (shingle + 1) + salt) % _PRIME for shingle in shingles) for salt in _SALTS]
    return [_value(chain, band, least[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS)]


def _value(chain: str, band: int, least: list[int]) -> int:
    digest = hashlib.blake2b(f"{chain}|{band}|{least}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _read(number: int, text: str, path: str, at: datetime) -> _Read:
    words, chain = tokens(text[:LONGEST]), province_of(path)
    bands = bands_of(words, chain) if len(words) >= LEAST_WORDS else []
    return _Read(number, chain, " ".join(words), bands, at)


@transaction.atomic
def group_new(*, by: Actor, now: datetime, limit: int) -> int:
    """Read the letters that came since the last time; says how many. What is too old is forgotten."""
    WordingBand.objects.filter(at__lt=now - SEASON).delete()
    last = Wording.objects.aggregate(last=Max("pk"))["last"]
    if last is None:
        first = Case.objects.filter(received_at__gte=now - SEASON).aggregate(first=Min("pk"))["first"]
        last = (first or 1) - 1
    rows = Case.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "text", "unit_path", "received_at")
    letters = [_read(*row) for row in rows[:limit]]
    Wording.objects.bulk_create([Wording(case_id=letter.case_id) for letter in letters], batch_size=500)
    # Of a campaign only the first letter is held against others: a thousand alike cost no more than one.
    alone = _Groups(letters).put(letters)
    bands = [WordingBand(value=value, case_id=one.case_id, at=one.at) for one in alone for value in one.bands]
    WordingBand.objects.bulk_create(bands, batch_size=500)
    return len(letters)


class _Groups:
    """The letters that those of a batch are held against, read at once: by band, with their words."""

    def __init__(self, letters: Iterable[_Read]) -> None:
        values = {value for letter in letters for value in letter.bands}
        self.of_band: dict[int, list[int]] = {}
        known = WordingBand.objects.filter(value__in=values).order_by("-case_id")
        for value, case in known.values_list("value", "case_id"):
            self.of_band.setdefault(value, []).append(case)
        older = {case for cases in self.of_band.values() for case in cases}
        texts = Case.objects.filter(pk__in=older).values_list("pk", "text")
        self.words = {case: " ".join(tokens(text[:LONGEST])) for case, text in texts}
        firsts = Campaign.objects.filter(first__in=older)
        self.campaign_of: dict[int, int] = dict(firsts.values_list("first_id", "pk"))

    def put(self, letters: Iterable[_Read]) -> list[_Read]:
        """Each letter in its turn, also those of one batch find one another. Those that found nobody are given back."""
        alone = []
        for letter in letters:
            twin = self._twin(letter)
            if twin is not None:
                self._join(letter, twin)
                continue
            alone.append(letter)
            self.words[letter.case_id] = letter.words
            for value in letter.bands:
                self.of_band.setdefault(value, []).append(letter.case_id)
        return alone

    def _twin(self, letter: _Read) -> int | None:
        candidates = dict.fromkeys(case for value in letter.bands for case in self.of_band.get(value, ())[:5])
        ratios = ((fuzz.ratio(letter.words, self.words[case], score_cutoff=ALIKE), -case) for case in candidates)
        ratio, twin = max(ratios, default=(0, 0))
        return -twin if ratio else None

    def _join(self, letter: _Read, twin: int) -> None:
        campaign = self.campaign_of.get(twin)
        if campaign is None:
            campaign = Campaign.objects.create(chain=letter.chain, first_id=twin, last_at=letter.at).pk
            Wording.objects.filter(pk=twin).update(campaign_id=campaign)
            self.campaign_of[twin] = campaign
        Wording.objects.filter(pk=letter.case_id).update(campaign_id=campaign)
        Campaign.objects.filter(pk=campaign).update(members=F("members") + 1, last_at=letter.at)
