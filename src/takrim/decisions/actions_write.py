"""A decision is written down and issued: by the minutes it stands in, or by a secretary outside a meeting."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import TEHRAN, local_date
from takrim.base.codes import new_code
from takrim.base.errors import Refusal
from takrim.base.jalali import JalaliDate
from takrim.base.persian import tokens
from takrim.cases.models_partners import Partner
from takrim.councils.doers import with_seats
from takrim.councils.models import Body
from takrim.councils.models_agenda import AgendaItem
from takrim.councils.models_meetings import Meeting
from takrim.decisions.doers import require_keeper
from takrim.decisions.events import Issued, PartAdded
from takrim.decisions.links import Target, link_all
from takrim.decisions.models import OPEN_STATES, Decision, Share
from takrim.decisions.moves import DecisionCannotMove
from takrim.decisions.order import hold
from takrim.decisions.settling import settle
from takrim.duties.actions import Term, open_duty
from takrim.journal.record import record, take_chains
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from takrim.orgs.paths import is_under
from takrim.orgs.units import house_of

KIND = "decision"
MOST_WORDS = 2000
# The last moment of a day that a body has set.
_LATEST = time(23, 59)


class NothingDecided(Refusal):
    code = "nothing_decided"
    status = 422
    message = _("Write what was decided.")


class NobodyCarriesItOut(Refusal):
    code = "nobody_carries_it_out"
    status = 422
    message = _("Choose at least one office that carries it out.")


class NotOfThisHouse(Refusal):
    code = "not_of_this_house"
    status = 422
    message = _("“{office}” does not belong to the province of this body. Choose another office.")


class DoesNotSitThere(Refusal):
    code = "does_not_sit_there"
    status = 422
    message = _("“{organisation}” does not sit in this body. Seat it first, or choose an office.")


class TooEarly(Refusal):
    code = "due_too_early"
    status = 422
    message = _("The last day must not lie before the day of the decision.")


@dataclass(frozen=True, kw_only=True)
class Owner:
    """An office that carries it out: its own part where it does not do the whole, its own time where it has one.

    With an `organisation` from outside the unit is the body's: it sees to it that the organisation does its part.
    """

    unit: Unit
    organisation: Partner | None = None
    task: str = ""
    term: Term | None = None


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What a decision says. Without a `term` the usual time is given; `number` is given where nothing is cited."""

    text: str
    decided_on: date
    owners: Sequence[Owner]
    term: Term | None = None
    proof: str = ""
    number: str = ""
    key: str = ""
    meeting: Meeting | None = None
    item: AgendaItem | None = None
    targets: Sequence[Target] = ()


def until(day: date) -> Term:
    """Due on a day: at its very end."""
    return Term(fixed=datetime.combine(day, _LATEST, TEHRAN))


def write_down(*, body: Body, wording: Wording, by: Actor, now: datetime) -> Decision:
    """A secretary or the chair issues a decision that stands in no minutes kept here."""
    require_keeper(body, by, local_date(now))
    for owner in wording.owners:
        _check_owner(owner, body)
        _check_term(owner.term or wording.term, wording.decided_on)
    return issue(body=body, wording=wording, by=by, now=now)


def _check_owner(owner: Owner, body: Body) -> None:
    if not is_under(owner.unit.path, house_of(body.unit_path)):
        raise NotOfThisHouse(office=owner.unit.short)
    if owner.organisation is not None and not with_seats(body, [owner.organisation.pk]):
        raise DoesNotSitThere(organisation=owner.organisation.name)


def _check_term(term: Term | None, decided_on: date) -> None:
    if term is not None and term.fixed is not None and local_date(term.fixed) < decided_on:
        raise TooEarly


@transaction.atomic
def issue(*, body: Body, wording: Wording, by: Actor, now: datetime) -> Decision:
    """Each office owes its part from now on. Part of the deed that may decide so."""
    if not wording.text.strip():
        raise NothingDecided
    if not wording.owners:
        raise NobodyCarriesItOut
    year = JalaliDate.from_date(wording.decided_on).year
    decision = Decision(
        code=_free_code(year),
        number=wording.number or _next_number(body, year),
        key=wording.key,
        body=body,
        unit_path=body.unit_path,
        meeting=wording.meeting,
        item=wording.item,
        text=wording.text.strip(),
        proof=wording.proof.strip(),
        decided_on=wording.decided_on,
        issued_at=now,
        issued_by=by.code,
        issued_by_name=by.name,
    )
    outside = [owner.organisation.name for owner in wording.owners if owner.organisation]
    decision.words = words_of(decision, (owner.unit for owner in wording.owners), outside)
    decision.save(force_insert=True)
    take_chains([decision.unit_path, *(owner.unit.path for owner in wording.owners)])
    shares = [
        _open_part(decision, place, owner, wording.term, by, now) for place, owner in enumerate(wording.owners, 1)
    ]
    link_all(decision, wording.targets, by=by, now=now)
    event = Issued(body=body.pk, unit=body.unit_path, parts=len(shares), due=_nearest(shares))
    record(event, on=decision.subject, unit_path=decision.unit_path, by=by, at=now)
    return decision


@transaction.atomic
def add_part(*, decision: Decision, owner: Owner, by: Actor, now: datetime) -> Share:
    """Another office or organisation does a part of its own: the decision is fulfilled when that is done as well."""
    require_keeper(decision.body_id, by, local_date(now))
    _check_owner(owner, decision.body)
    _check_term(owner.term, local_date(now))
    hold(decision, owner.unit.path)
    if decision.state not in OPEN_STATES:
        raise DecisionCannotMove(state=decision.state, move="part")
    last = decision.shares.order_by("-place").values_list("place", flat=True).first() or 0
    share = _open_part(decision, last + 1, owner, None, by, now)
    shares = list(decision.shares.select_related("unit", "organisation"))
    words = words_of(decision, (one.unit for one in shares), [one.from_outside for one in shares])
    Decision.objects.filter(pk=decision.pk).update(words=words)
    event = PartAdded(body=decision.body_id, unit=share.unit_path, decision=decision.code)
    record(event, on=share.subject, unit_path=share.unit_path, by=by, at=now)
    settle(decision, by=by, now=now)
    return share


def _open_part(decision: Decision, place: int, owner: Owner, term: Term | None, by: Actor, now: datetime) -> Share:
    duty = open_duty(
        kind=KIND,
        about=f"{decision.subject}/{place}",
        unit=owner.unit,
        by=by,
        now=now,
        term=owner.term or term,
        task=owner.task.strip() or decision.text,
        judge_path=decision.unit_path,
    )
    share = Share(
        decision=decision,
        place=place,
        body_id=decision.body_id,
        unit=owner.unit,
        unit_path=owner.unit.path,
        organisation=owner.organisation,
        duty=duty,
        task=owner.task.strip(),
    )
    share.save(force_insert=True)
    return share


def _nearest(shares: Iterable[Share]) -> datetime | None:
    return min((share.duty.due_at for share in shares if share.duty.due_at is not None), default=None)


def words_of(decision: Decision, units: Iterable[Unit], outside: Iterable[str] = ()) -> str:
    """The words a decision is found by, each between blanks."""
    named = [*(name for unit in units for name in (unit.name_fa, unit.name_en)), *outside]
    texts = (decision.text, decision.proof, decision.number, decision.code, decision.body.name_fa, *named)
    words = list(dict.fromkeys(token for text in texts for token in tokens(text)))[:MOST_WORDS]
    return f" {' '.join(words)} "


def _free_code(year: int) -> str:
    while Decision.objects.filter(code=(code := new_code(year, secrets.randbelow))).exists():
        pass
    return code


def _next_number(body: Body, year: int) -> str:
    """The next number of a body in a year: 1405-12. Two at once: the second is refused by the database and tries on."""
    used = Decision.objects.filter(body=body, number__startswith=f"{year}-").values_list("number", flat=True)
    last = max((int(rest) for rest in (number.partition("-")[2] for number in used) if rest.isdecimal()), default=0)
    return f"{year}-{last + 1}"
