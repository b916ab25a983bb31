"""Where each province stands with its figures, what came of them and what was refused; and bringing a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from takrim.base import clock
from takrim.base.period import Period
from takrim.evaluation import feed_work
from takrim.evaluation.feed_form import LARGEST
from takrim.evaluation.feeds import Home, State
from takrim.evaluation.models_feeds import Feed, FeedRefusal
from takrim.indicators.figures import local_month
from takrim.orgs.powers import Power
from takrim.orgs.units import all_names, unit_name
from takrim.web import desk_feeds
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language
from takrim.web.uploads import uploads

# So many files are listed at once: the page is about who is late.
LISTED = 8
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


class Replaced(NamedTuple):
    """A month that was known otherwise before, from another file."""

    month: str
    hash: str
    received_at: datetime
    position: int


class Received(NamedTuple):
    """One file."""

    name: str
    months: str
    made_at: datetime
    position: int
    received_at: datetime
    by: str
    replaced: Sequence[Replaced]
    proofs: int
    hash: str


class Refused(NamedTuple):
    """One file that was not taken; `later` where the same file was taken afterwards."""

    name: str
    file: str
    size: int
    hash: str
    at: datetime
    by: str
    why: str
    advice: str
    later: bool


class Page(NamedTuple):
    """Some of the files, and the addresses of the newest and of those before these, where there are any."""

    rows: Sequence[Any]
    first_url: str
    next_url: str


class Others(NamedTuple):
    """Provinces in one state, by name."""

    state: str
    names: str


class Number(NamedTuple):
    """So many provinces are in one state."""

    state: str
    many: int


def _paged(request: StaffRequest, rows: QuerySet[Any], name: str) -> Page:
    """One page of a list; `name` says in the address before which file it begins. One query."""
    before, other = request.GET.get(name, ""), {key: text for key, text in request.GET.items() if key != name}
    if before.isdecimal():
        rows = rows.filter(pk__lt=int(before[:18]))
    found = list(rows[: LISTED + 1])
    first = "?" + urlencode(other) if before else ""
    older = "?" + urlencode({**other, name: found[LISTED - 1].pk}) if len(found) > LISTED else ""
    return Page(found[:LISTED], first, older)


def _title(code: str) -> str:
    return Period.parse(code).title(language()) if code else ""


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.ROUND_RUN)
def feeds(request: StaffRequest) -> HttpResponse:
    """The page; sent, the form brings files, and what is refused is said above it."""
    if request.headers.get("HX-Target") == "waiting":
        return _waiting(request)
    if request.method != "POST":
        return _page(request, [])
    said = _bring(request)
    return _page(request, said, status=422) if said else redirect("figures:feeds")


def _bring(request: StaffRequest) -> list[str]:
    """File by file; sentences about those that were not taken."""
    desk, now, said, lang = request.desk, clock.now(), list[str](), language()
    files: list[tuple[str, bytes | None]] = [(one.name, b"".join(one.chunks)) for one in uploads(request, "files")]
    left_out = getattr(request, "refused_uploads", [])
    files += [(name, None) for name, why in left_out if why == "big"]
    lost = _("“{name}” did not arrive: send it once more.")
    said += [lost.format(name=name) for name, why in left_out if why != "big"]
    for name, file in files:
        whole = file if file is not None and len(file) <= LARGEST else None
        brought = feed_work.bring(file=whole, name=name, by=desk.actor, now=now)
        if brought is None:
            messages.info(request, _("“{name}” is long and is read in the background.").format(name=name))
            continue
        if brought.feed is not None:
            facts = _received(brought.feed, lang)
            sentence = _("{name}, {months}: received.")
            if not brought.new:
                sentence = _("{name}, {months}: was received before, nothing was added.")
            messages.success(request, sentence.format(name=facts.name, months=facts.months))
        if brought.refusal is not None:
            why = f"{brought.refusal} {brought.refusal.advice}"
            said.append(_("“{name}”: {why}").format(name=name, why=why))
    if not files and not said:
        said.append(_("Choose the file first."))
    return said


def _waiting(request: StaffRequest) -> HttpResponse:
    """What is still to be read; once that is nothing, the page is another."""
    found = list(desk_feeds.waiting(request.desk))
    if found:
        return render(request, "figures/_feed_waiting.html", {"waiting": found})
    response = HttpResponse()
    response.headers["HX-Refresh"] = "true"
    return response


def _page(request: StaffRequest, said: Sequence[str], *, status: int = 200) -> HttpResponse:
    """Province by province, then file by file. Ten queries."""
    desk, now, lang = request.desk, clock.now(), language()
    received = _paged(request, desk_feeds.files(desk), "received")
    refused = _paged(request, desk_feeds.refusals(desk), "refused")
    taken = desk_feeds.taken_of([one.hash for one in refused.rows])
    homes = desk_feeds.homes(desk, now)
    homes.sort(key=lambda one: _order(one, lang))
    context = {
        "here": "feeds",
        "rows": [_row(home, lang) for home in homes if home.state not in _SILENT],
        "others": _others(homes, lang),
        "numbers": _numbers(homes),
        "received": received._replace(rows=[_received(one, lang) for one in received.rows]),
        "refused": refused._replace(rows=[_refused(one, lang, one.hash in taken) for one in refused.rows]),
        "waiting": desk_feeds.waiting(desk),
        "said": said,
        "may_bring": desk_feeds.may_bring(desk),
        "megabytes": settings.UPLOAD_BYTES // (1024 * 1024),
        "due": local_month(now).previous().title(lang),
    }
    return render(request, "figures/feeds.html", context, status=status)


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
        name=_province(one.path, lang),
        months=_months(one, lang),
        made_at=one.made_at,
        position=one.seq,
        received_at=one.received_at,
        by=one.received_name,
        replaced=[
            Replaced(_title(row.month), row.before.hash[:16], row.before.received_at, row.before.seq)
            for row in one.replaced.all()
        ],
        proofs=one.proofs,
        hash=one.hash[:16],
    )


def _months(one: Feed, lang: str) -> str:
    """From the first to the last where they stand in a row, else each by name."""
    held = [Period.parse(code) for code in one.held]
    if any(before.next() != month for before, month in pairwise(held)):
        return _joined([month.title(lang) for month in held], lang)
    if one.first == one.last:
        return _title(one.first)
    return _("{first} to {last}").format(first=_title(one.first), last=_title(one.last))


def _province(path: str, lang: str) -> str:
    return all_names()[path].short(lang) if path in all_names() else path


def _refused(one: FeedRefusal, lang: str, later: bool) -> Refused:
    return Refused(
        name=_province(one.path, lang),
        file=one.name,
        size=-(-one.size // 1024),
        hash=one.hash[:16],
        at=one.at,
        by=one.by_name,
        why=one.why.get(lang, ""),
        advice=one.advice.get(lang, ""),
        later=later,
    )
