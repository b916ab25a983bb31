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
from datetime import date, datetime
from itertools import pairwise
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.base.period import Period, PeriodKind
from takrim.evaluation.feed_lines import Own, increments, own_of
from takrim.evaluation.feed_refusals import (
    BadFeed,
    DamagedFeed,
    FeedGap,
    FeedUneven,
    ForgedFeed,
    LargeFeed,
    NoFeed,
    StrangeFeed,
)
from takrim.evaluation.signing import fingerprint, signed_by

FORM: Final = 1
KIND: Final = "takrim-feed"
# Twelve months of a province of forty offices are some ten million bytes; more than this nobody hands over.
LARGEST: Final = 64_000_000
# A first line is some hundred bytes; of anything longer nothing is believed.
_HEAD: Final = 10_000


@dataclass(frozen=True)
class Proof:
    """A file by which an accepted action was proven."""

    unit: str
    day: str
    hash: str

    @property
    def month(self) -> str:
        return Period.containing(date.fromisoformat(self.day), PeriodKind.MONTH).code


@dataclass(frozen=True)
class Handed:
    """All that a feed says. `totals` is the province with all below it, month by month, beside its offices."""

    province: str
    months: tuple[str, ...]
    begins: str
    made: datetime
    seq: int
    key: str
    own: tuple[Own, ...]
    totals: Mapping[str, Own]
    proofs: tuple[Proof, ...]
    hash: str = ""

    def digest(self, month: str) -> str:
        """A hash over all that it says of one month: another one means that something is said differently."""
        own = [one.plain() for one in self.own if one.month == month]
        proofs = sorted((one.unit, one.day, one.hash) for one in self.proofs if one.month == month)
        text = json.dumps([own, proofs], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


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
        *({"total": month, **whole.sums()} for month, whole in handed.totals.items()),
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
        raise NoFeed(_("Line {line}: it is no feed of the form that this version knows."), line=1)
    province = head.get("province")
    if not isinstance(province, str) or province not in keys:
        raise StrangeFeed(_("No key of “{province}” is accepted here: accept it first."), province=province)
    _signed(lines, last, head, keys[province])
    handed = _handed(head, lines[1:-1], hashlib.sha256(file).hexdigest())
    _no_gaps(handed)
    _sums(handed)
    return handed


def too_large() -> LargeFeed:
    """Of a file that nobody reads to its end."""
    return LargeFeed(_("It is larger than a feed may be."))


def claimed(file: bytes) -> str:
    """The province that a file names in its first line, whether that is true or not; "" where it names none."""
    first = file[: file.find(b"\n") + 1][:_HEAD]
    try:
        province = json.loads(first.rpartition(b"\t")[0]).get("province")
    except (UnicodeDecodeError, ValueError, AttributeError):
        return ""
    return province if isinstance(province, str) else ""


def _lines(file: bytes) -> tuple[list[Mapping[str, Any]], str]:
    """The lines, each checked against the one before it; and the hash that is signed."""
    if len(file) > LARGEST:
        raise too_large()
    if not file:
        raise DamagedFeed(_("The file is empty."))
    if not file.startswith(b'{"'):
        raise NoFeed(_("It is no file that `takrim feed export` wrote."))
    found: list[Mapping[str, Any]] = []
    before = signed = ""
    for number, raw in enumerate(file.split(b"\n")[:-1], 1):
        try:
            content, tab, digest = raw.decode().rpartition("\t")
            line = json.loads(content)
        except (UnicodeDecodeError, ValueError) as error:
            raise DamagedFeed(_("Line {line} cannot be read."), line=number) from error
        signed, before = before, _hash(before, content)
        if not tab or digest != before or not isinstance(line, dict):
            raise DamagedFeed(_("Line {line} was changed, or the one before it left out."), line=number)
        found.append(line)
    if len(found) < 2 or not file.endswith(b"\n") or "signature" not in found[-1]:
        raise DamagedFeed(_("It ends at line {line} without a signature: something was cut off."), line=len(found))
    return found, signed


def _signed(lines: Sequence[Mapping[str, Any]], last: str, head: Mapping[str, Any], key: Ed25519PublicKey) -> None:
    try:
        signature = base64.b64decode(str(lines[-1]["signature"]), validate=True)
    except binascii.Error:
        signature = b""
    if not signed_by(key, signature, last.encode()):
        reason = _("Line {line}: the signature is not one of the key {key}, which is accepted for “{province}”.")
        raise ForgedFeed(reason, line=len(lines), key=fingerprint(key)[:17], province=head["province"])


def _handed(head: Mapping[str, Any], lines: Sequence[Mapping[str, Any]], digest: str) -> Handed:
    own: list[Own] = []
    totals: dict[str, Own] = {}
    proofs: list[Proof] = []
    at = 1
    try:
        months = tuple(Period.parse(str(code)).code for code in head["months"])
        made, seq = _made(head["made"]), int(head["journal"])
        begins = Period.parse(str(head["begins"])).code
        for number, line in enumerate(lines, 2):
            at = number
            if "total" in line:
                month = str(line["total"])
                totals[month] = own_of(line, str(head["province"]), month)
            elif "proof" in line:
                proofs.append(_proof(line, str(head["province"])))
            else:
                own.append(_own(line, str(head["province"]), months))
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, Refusal) as error:
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


def _made(text: str) -> datetime:
    made = datetime.fromisoformat(text)
    if made.tzinfo is None:
        raise ValueError(text)
    return made


def _own(line: Mapping[str, Any], province: str, months: Sequence[str]) -> Own:
    unit, month = str(line["unit"]), str(line["month"])
    if not unit.startswith(province) or month not in months:
        raise ValueError(unit)
    return own_of(line, unit, month)


def _proof(line: Mapping[str, Any], province: str) -> Proof:
    unit, hash = str(line["unit"]), bytes.fromhex(line["proof"])
    if not unit.startswith(province) or len(hash) != hashlib.sha256().digest_size:
        raise ValueError(unit)
    return Proof(unit, date.fromisoformat(line["day"]).isoformat(), hash.hex())


def _no_gaps(handed: Handed) -> None:
    """Months in their order and over when the file was made, and a total for each, even where nothing happened.

    What lies between two of them may have been handed over before: whoever takes the file looks.
    """
    months = [Period.parse(code) for code in handed.months]
    if not months or any(month.kind is not PeriodKind.MONTH for month in months):
        raise BadFeed(_("It names no months."))
    for before, month in pairwise(months):
        if before.code >= month.code:
            raise BadFeed(_("The month {month} stands in it in the wrong place."), month=month.code)
    for month in months:
        if month.code not in handed.totals:
            raise FeedGap(_("The month {month} is missing in it."), month=month.code)
    if months[-1].end() > local_date(handed.made):
        raise BadFeed(_("The month {month} was not over when it was made."), month=months[-1].code)


def _sums(handed: Handed) -> None:
    """The offices together are the province, number by number; and each office stands in a month once."""
    offices: dict[tuple[Any, ...], int] = {}
    seen: set[tuple[str, str]] = set()
    for one in handed.own:
        if (one.unit, one.month) in seen:
            raise FeedUneven(_("{month}: the office “{path}” stands in it twice."), month=one.month, path=one.unit)
        seen.add((one.unit, one.month))
        _add(offices, one, handed.province)
    whole: dict[tuple[Any, ...], int] = {}
    for total in handed.totals.values():
        _add(whole, total, handed.province)
    for key in sorted({*offices, *whole}, key=str):
        if offices.get(key, 0) != whole.get(key, 0):
            reason = _("{month}, “{name}”: the offices together have {found}, the province says {total}.")
            facts = {"found": offices.get(key, 0), "total": whole.get(key, 0)}
            raise FeedUneven(reason, month=key[1], name=" ".join(str(word) for word in key[2:] if word != ""), **facts)


def _add(sums: dict[tuple[Any, ...], int], one: Own, unit: str) -> None:
    for table, (_unit, *key), n in increments([{**one.sums(), "unit": unit, "month": one.month}]):
        if table != "owed":
            sums[table, *key] = sums.get((table, *key), 0) + n
