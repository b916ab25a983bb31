"""Where each province of the country stands with its figures: counted here, handed over, late, with a gap."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.base.period import Period
from takrim.evaluation.feeds import Home, State
from takrim.evaluation.models_feeds import Feed
from takrim.indicators.figures import local_month
from takrim.orgs.powers import Power
from takrim.orgs.units import all_names, unit_name
from takrim.web import desk_feeds
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language

# So many files are listed; the page is about who is late, not an archive.
LISTED = 50
# What somebody must do something about comes first.
_ORDER = (State.GAP, State.LATE, State.AWAITED, State.UNKNOWN, State.COMPLETE, State.HERE)


# Of these there is nothing more to tell than their names.
_SILENT = (State.UNKNOWN, State.HERE)


class Row(NamedTuple):
    """One province, ready to print."""

    name: str
    state: str
    first: str
    last: str
    missing: str
    received_at: datetime | None
    fingerprint: str
    accepted_at: datetime | None


class Received(NamedTuple):
    """One file."""

    name: str
    first: str
    last: str
    made_at: datetime
    received_at: datetime
    proofs: int
    hash: str


class Others(NamedTuple):
    """Provinces in one state, by name."""

    state: str
    names: str


class Number(NamedTuple):
    """So many provinces are in one state."""

    state: str
    many: int


def _title(code: str) -> str:
    return Period.parse(code).title(language()) if code else ""


@require_safe
@staff(Power.ROUND_RUN)
def feeds(request: StaffRequest) -> HttpResponse:
    """Province by province, then file by file. Six queries."""
    desk, now, lang = request.desk, clock.now(), language()
    homes = desk_feeds.homes(desk, now)
    homes.sort(key=lambda one: _order(one, lang))
    context = {
        "here": "feeds",
        "rows": [_row(home, lang) for home in homes if home.state not in _SILENT],
        "others": _others(homes, lang),
        "numbers": _numbers(homes),
        "received": [_received(one, lang) for one in desk_feeds.files(desk)[:LISTED]],
        "due": local_month(now).previous().title(lang),
    }
    return render(request, "figures/feeds.html", context)


def _order(home: Home, lang: str) -> tuple[int, str]:
    return _ORDER.index(home.state), unit_name(home.path, lang)


def _numbers(homes: Sequence[Home]) -> list[Number]:
    states = [home.state for home in homes]
    return [Number(_pill(state), states.count(state)) for state in _ORDER if state in states]


def _others(homes: Sequence[Home], lang: str) -> list[Others]:
    found = [
        Others(
            _pill(state), _joined([all_names()[home.path].short(lang) for home in homes if home.state is state], lang)
        )
        for state in _SILENT
    ]
    return [one for one in found if one.names]


def _joined(names: Sequence[str], lang: str) -> str:
    return ("، " if lang == "fa" else ", ").join(names)


def _pill(state: State) -> str:
    return f"feed_{state}"


def _row(home: Home, lang: str) -> Row:
    return Row(
        name=all_names()[home.path].short(lang),
        state=_pill(home.state),
        first=_title(home.months[0] if home.months else ""),
        last=_title(home.months[-1] if home.months else ""),
        missing=_joined([month.title(lang) for month in home.missing], lang),
        received_at=home.last.received_at if home.last else None,
        fingerprint=home.key.fingerprint[:17] if home.key else "",
        accepted_at=home.key.accepted_at if home.key else None,
    )


def _received(one: Feed, lang: str) -> Received:
    return Received(
        name=all_names()[one.path].short(lang) if one.path in all_names() else one.path,
        first=_title(one.first),
        last=_title(one.last),
        made_at=one.made_at,
        received_at=one.received_at,
        proofs=one.proofs,
        hash=one.hash[:16],
    )
