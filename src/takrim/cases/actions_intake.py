"""A matter comes in: received once, completed when something was missing."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.codes import new_code, new_nonce, secret_for
from takrim.base.errors import Refusal
from takrim.base.jalali import JalaliDate
from takrim.base.workdays import Length
from takrim.cards.models import CardVersion
from takrim.cases import search
from takrim.cases.events import Completed, CompletionAsked, Received
from takrim.cases.kind import KINDS
from takrim.cases.models import Case, Party
from takrim.cases.moves import Move, move
from takrim.cases.order import hold_all
from takrim.cases.parties import party_for
from takrim.channels.channel import Intake
from takrim.duties import actions_clocks as clocks
from takrim.duties.actions import Term, open_duty
from takrim.duties.models import Duty
from takrim.duties.regime import Matter
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from takrim.orgs.powers import Power
from takrim.orgs.prepared import Prepared

SUBJECT_LENGTH = 120


class EmptyMatter(Refusal):
    code = "empty_matter"
    status = 422
    message = _("Write in a few words what your matter is.")


class NothingAsked(Refusal):
    code = "nothing_asked"
    status = 422
    message = _("Write what is missing, so that the applicant knows what to send.")


class Told(TypedDict):
    """The facts that every case event carries."""

    kind: str
    channel: str
    card: str
    unit: str


def told(case: Case) -> Told:
    """What the figures need to know of a case, for its events."""
    card = case.card.card.code if case.card else ""
    return {"kind": case.kind, "channel": case.channel, "card": card, "unit": case.unit_path}


def matter_of(case: Case) -> Matter:
    """What the case's clocks depend on."""
    facts = told(case)
    return Matter(facts["kind"], facts["channel"], facts["card"])


def secret_of(case: Case) -> str:
    """The secret of the case's holder. It is not stored: it follows from the case's nonce and the signing key."""
    return secret_for(settings.SECRET_KEY.encode(), case.nonce)


def _subject(intake: Intake, card: CardVersion | None) -> str:
    if intake.subject:
        return intake.subject[:SUBJECT_LENGTH]
    if card is not None:
        return card.title_fa if intake.lang == "fa" else card.title_en
    first = intake.text.split("\n", 1)[0]
    return first if len(first) <= SUBJECT_LENGTH else first[: SUBJECT_LENGTH - 1] + "…"


def _free_code(year: int) -> str:
    while _CODED(code=(code := new_code(year, secrets.randbelow))):
        pass
    return code


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a matter goes: the office that owes the answer, the card it is about, and the time if not the usual."""

    unit: Unit
    card: CardVersion | None = None
    term: Term | None = None

    def term_for(self, kind: str) -> Term:
        """The time for the final answer: given, or the card's promise, or the kind's."""
        if self.term is not None:
            return self.term
        return Term(self.card.length if self.card else Length.parse(KINDS[kind].length))


def receive(*, intake: Intake, place: Place, by: Actor, now: datetime) -> Case:
    """Register a matter; the same key again gives the case that is already there.

    Raises EmptyMatter, NotAllowed.
    """
    by.require(Power.CASE_FILE)
    if not intake.text.strip():
        raise EmptyMatter
    known = _KEYED.first(key=intake.key)
    if known is not None:
        return known
    try:
        return _register(intake=intake, place=place, by=by, now=now)
    except IntegrityError:
        # Sent twice at the same moment: the other one has just been registered.
        known = Case.objects.filter(key=intake.key).first()
        if known is None:
            raise
        return known


@transaction.atomic
def _register(*, intake: Intake, place: Place, by: Actor, now: datetime) -> Case:
    party: Party | None = party_for(intake.sender, now=now)
    case = Case(
        code=_free_code(JalaliDate.from_date(local_date(now)).year),
        nonce=new_nonce(),
        key=intake.key,
        kind=intake.kind,
        channel=intake.channel,
        subject=_subject(intake, place.card),
        text=intake.text,
        lang=intake.lang,
        party=party,
        unit=place.unit,
        unit_path=place.unit.path,
        card=place.card,
        received_at=now,
        received_by=by.code,
        external_system=intake.external_system,
        external_id=intake.external_id,
        urgent=intake.urgent,
        answer_way=intake.answer_way,
        latitude=intake.latitude,
        longitude=intake.longitude,
    )
    case.save(force_insert=True)
    duty = open_duty(
        kind="final_answer",
        about=case.code,
        unit=place.unit,
        by=by,
        now=now,
        term=place.term_for(intake.kind),
        matter=matter_of(case),
    )
    search.add(case_id=case.pk, unit_path=case.unit_path, texts=[case.subject, case.text, case.code, *_names(party)])
    event = Received(**told(case), due=duty.due_at)
    record(event, on=case.code, unit_path=case.unit_path, by=by, at=now)
    return case


def _names(party: Party | None) -> list[str]:
    return [party.name, party.mobile, party.national_code] if party else []


@transaction.atomic
def ask_completion(*, case: Case, what: str, by: Actor, now: datetime) -> Case:
    """Ask the person for what is missing. The promise waits for it; the legal clock goes on."""
    if not what.strip():
        raise NothingAsked
    move(case, Move.ASK, by=by, now=now, reason=what)
    hold_all(case)
    record(CompletionAsked(**told(case)), on=case.code, unit_path=case.unit_path, by=by, at=now)
    _wait(case, what, by=by, now=now)
    return case


def _wait(case: Case, what: str, *, by: Actor, now: datetime) -> None:
    """Steps inside the office that end with asking end; clocks that may stand stand."""
    clocks.stepped(about=case.code, kind="final_answer", verb=CompletionAsked.verb, matter=matter_of(case), now=now)
    duty = final_duty(case)
    if duty is not None and not clocks.waits_for(duty) and clocks.may_stand(duty, "person", now):
        clocks.pause(duty=duty, why="person", reason=what, by=by, now=now)


def go_on(case: Case, *, by: Actor, now: datetime) -> None:
    """The person is waited for no longer."""
    duty = final_duty(case)
    if duty is not None and clocks.waits_for(duty) == "person":
        clocks.resume(duty=duty, by=by, now=now)


@transaction.atomic
def complete(*, case: Case, text: str, by: Actor, now: datetime) -> Case:
    """The person, or an officer for them, adds what was missing."""
    if not text.strip():
        raise EmptyMatter
    added = f"{case.text}\n\n{text}".strip()
    move(case, Move.COMPLETE, by=by, now=now, text=added, reason="")
    hold_all(case)
    search.add(case_id=case.pk, unit_path=case.unit_path, texts=[text])
    record(Completed(**told(case)), on=case.code, unit_path=case.unit_path, by=by, at=now)
    go_on(case, by=by, now=now)
    return case


def final_duty(case: Case) -> Duty | None:
    """The answer still owed about the case, if any."""
    return _FINAL.first(code=case.code)


_FINAL = Prepared(lambda code: Duty.objects.owed().filter(about=code, kind="final_answer").order_by("id")[:1])
_KEYED = Prepared(lambda key: Case.objects.filter(key=key))
_CODED = Prepared(lambda code: Case.objects.filter(code=code).values_list("id"))
