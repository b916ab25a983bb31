"""The file by which a province hands its figures to the nation: lines that hang together, and a signature at the end.

Each line is JSON, a tab, and the SHA-256 of the line before it and of itself; so whatever is changed, left out or put
in is found at its line. The last line signs the hash before it with Ed25519.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.base.period import Period, PeriodKind
from takrim.evaluation.scoring.errors import Because
from takrim.evaluation.signing import fingerprint, signed_by
from takrim.indicators.increments import Count

FORM: Final = 1
KIND: Final = "takrim-feed"
# Twelve months of a province of forty offices are some 600 lines; more than this nobody hands over.
LARGEST: Final = 64_000_000
_COUNTS: Final = frozenset(map(str, Count))


class BadFeed(Because):
    code = "bad_feed"
    message = _("The feed is not taken.")


@dataclass(frozen=True)
class Own:
    """What one office did itself in one month, without those below it: sums that are added here as they are there."""

    unit: str
    month: str
    counts: Mapping[str, int]
    hours: Mapping[int, int]
    scores: Mapping[str, Sequence[int]]
    pieces: Mapping[str, Mapping[str, Sequence[int]]]

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        hours = {str(step): n for step, n in sorted(self.hours.items()) if n}
        return {
            "unit": self.unit,
            "month": self.month,
            "counts": {name: n for name, n in sorted(self.counts.items()) if n},
            "hours": hours,
            "scores": {name: list(pair) for name, pair in sorted(self.scores.items()) if any(pair)},
            "pieces": {
                code: {value: list(pair) for value, pair in sorted(sorts.items()) if any(pair)}
                for code, sorts in sorted(self.pieces.items())
                if any(any(pair) for pair in sorts.values())
            },
        }


@dataclass(frozen=True)
class Proof:
    """A file by which an accepted action was proven."""

    unit: str
    day: str
    hash: str


@dataclass(frozen=True)
class Handed:
    """All that a feed says. `totals` are the sums of the province by month, beside those of its offices."""

    province: str
    months: tuple[str, ...]
    begins: str
    made: datetime
    seq: int
    key: str
    own: tuple[Own, ...]
    totals: Mapping[str, Mapping[str, int]]
    proofs: tuple[Proof, ...]
    hash: str = ""


def write(handed: Handed, key: Ed25519PrivateKey) -> bytes:
    """The file, signed."""
    lines: list[dict[str, Any]] = [
        {
            "form": FORM,
            "kind": KIND,
            "province": handed.province,
            "months": list(handed.months),
            "begins": handed.begins,
            "made": handed.made.isoformat(),
            "journal": handed.seq,
            "key": fingerprint(key.public_key()),
        },
        *(one.plain() for one in handed.own),
        *({"total": month, "counts": dict(sorted(sums.items()))} for month, sums in handed.totals.items()),
        *({"proof": one.hash, "unit": one.unit, "day": one.day} for one in handed.proofs),
    ]
    text, last = _chained(lines)
    signature = base64.b64encode(key.sign(last.encode())).decode()
    closing, _last = _chained([{"signature": signature}], last)
    return (text + closing).encode()


def _chained(lines: Iterable[Mapping[str, Any]], before: str = "") -> tuple[str, str]:
    written = []
    for line in lines:
        content = json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        before = _hash(before, content)
        written.append(f"{content}\t{before}\n")
    return "".join(written), before


def _hash(before: str, content: str) -> str:
    return hashlib.sha256(f"{before}\n{content}".encode()).hexdigest()


def read(file: bytes, keys: Mapping[str, Ed25519PublicKey]) -> Handed:
    """What a file says, once every line, the signature and all sums hold; `keys` are accepted, by province."""
    lines, last = _lines(file)
    head = lines[0]
    if head.get("kind") != KIND or head.get("form") != FORM:
        raise BadFeed(_("Line {line}: it is no feed of the form that this version knows."), line=1)
    province = head.get("province")
    if not isinstance(province, str) or province not in keys:
        raise BadFeed(_("No key of “{province}” is accepted here: accept it first."), province=province)
    _signed(lines, last, head, keys[province])
    handed = _handed(head, lines[1:-1], hashlib.sha256(file).hexdigest())
    _no_gaps(handed)
    _sums(handed)
    return handed


def _lines(file: bytes) -> tuple[list[Mapping[str, Any]], str]:
    """The lines, each checked against the one before it; and the hash that is signed."""
    if len(file) > LARGEST:
        raise BadFeed(_("It is larger than any feed can be."))
    found: list[Mapping[str, Any]] = []
    before = signed = ""
    for number, raw in enumerate(file.split(b"\n")[:-1], 1):
        try:
            content, tab, digest = raw.decode().rpartition("\t")
            line = json.loads(content)
        except (UnicodeDecodeError, ValueError) as error:
            raise BadFeed(_("Line {line} cannot be read."), line=number) from error
        signed, before = before, _hash(before, content)
        if not tab or digest != before or not isinstance(line, dict):
            raise BadFeed(_("Line {line} was changed, or the one before it left out."), line=number)
        found.append(line)
    if len(found) < 2 or not file.endswith(b"\n") or "signature" not in found[-1]:
        raise BadFeed(_("It ends at line {line} without a signature: something was cut off."), line=len(found))
    return found, signed


def _signed(lines: Sequence[Mapping[str, Any]], last: str, head: Mapping[str, Any], key: Ed25519PublicKey) -> None:
    try:
        signature = base64.b64decode(str(lines[-1]["signature"]), validate=True)
    except binascii.Error:
        signature = b""
    if not signed_by(key, signature, last.encode()):
        reason = _("Line {line}: the signature is not one of the key {key}, which is accepted for “{province}”.")
        raise BadFeed(reason, line=len(lines), key=fingerprint(key)[:17], province=head["province"])


def _handed(head: Mapping[str, Any], lines: Sequence[Mapping[str, Any]], digest: str) -> Handed:
    own: list[Own] = []
    totals: dict[str, Mapping[str, int]] = {}
    proofs: list[Proof] = []
    at = 1
    try:
        months = tuple(Period.parse(str(code)).code for code in head["months"])
        made, seq = datetime.fromisoformat(head["made"]), int(head["journal"])
        begins = Period.parse(str(head["begins"])).code
        for number, line in enumerate(lines, 2):
            at = number
            if "total" in line:
                totals[line["total"]] = _counts(line["counts"])
            elif "proof" in line:
                proofs.append(Proof(str(line["unit"]), str(line["day"]), bytes.fromhex(line["proof"]).hex()))
            else:
                own.append(_own(line, str(head["province"]), months))
    except (KeyError, TypeError, ValueError, AttributeError, Refusal) as error:
        raise BadFeed(_("Line {line} does not say what it must."), line=at) from error
    return Handed(
        province=str(head["province"]),
        months=months,
        begins=begins,
        made=made,
        seq=seq,
        key=str(head["key"]),
        own=tuple(own),
        totals=totals,
        proofs=tuple(proofs),
        hash=digest,
    )


def _own(line: Mapping[str, Any], province: str, months: Sequence[str]) -> Own:
    unit, month = str(line["unit"]), str(line["month"])
    if not unit.startswith(province) or month not in months:
        raise ValueError(unit)
    return Own(
        unit=unit,
        month=month,
        counts=_counts(line["counts"]),
        hours={int(step): _whole(n) for step, n in line["hours"].items()},
        scores={name: [_whole(n) for n in pair] for name, pair in line["scores"].items()},
        pieces={
            code: {value: [_whole(n) for n in pair] for value, pair in sorts.items()}
            for code, sorts in line["pieces"].items()
        },
    )


def _counts(counts: Mapping[str, Any]) -> dict[str, int]:
    if not set(counts) <= _COUNTS:
        raise ValueError(sorted(counts))
    return {name: _whole(n) for name, n in counts.items()}


def _whole(value: Any) -> int:
    """A count: whole, and never below zero."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(value)
    return value


def _no_gaps(handed: Handed) -> None:
    """Every month in a row, and a total for each, even where nothing happened."""
    months = [Period.parse(code) for code in handed.months]
    if not months or any(month.kind is not PeriodKind.MONTH for month in months):
        raise BadFeed(_("It names no months."))
    for before, month in pairwise(months):
        if before.next() != month:
            raise BadFeed(_("The month {month} is missing in it."), month=before.next().code)
    for month in months:
        if month.code not in handed.totals:
            raise BadFeed(_("The month {month} is missing in it."), month=month.code)


def _sums(handed: Handed) -> None:
    """The offices together are the province, count by count."""
    sums: dict[str, dict[str, int]] = {month: {} for month in handed.months}
    for one in handed.own:
        for name, n in one.counts.items():
            sums[one.month][name] = sums[one.month].get(name, 0) + n
    for month, found in sums.items():
        total = {name: n for name, n in handed.totals[month].items() if n}
        for name in sorted({*found, *total}):
            if found.get(name, 0) != total.get(name, 0):
                reason = _("{month}, “{name}”: the offices together have {found}, the province says {total}.")
                facts = {"found": found.get(name, 0), "total": total.get(name, 0)}
                raise BadFeed(reason, month=month, name=name, **facts)
