"""Danger at a workplace right now: a report that goes to the labour inspection at once, on the shortest clock."""

from __future__ import annotations

from datetime import datetime

from takrim.base.clock import local_date
from takrim.base.workdays import Length
from takrim.cards.queries import card_on
from takrim.cases.actions_intake import Place, receive
from takrim.cases.models import Case
from takrim.channels.channel import Intake, Sender
from takrim.duties.actions import Term
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from takrim.orgs.paths import province_of

# The shortest time that any regime gives, counted day and night.
SHORTEST = Length.parse("48 hours")
INSPECTION = "inspection"
CARD = "labour-inspection"


def inspection_of(office: Unit, now: datetime) -> Unit:
    """The labour inspection of the office's province; where there is none, the office itself."""
    path = f"{province_of(office.path)}{INSPECTION}/"
    return Unit.objects.open(local_date(now)).filter(path=path).first() or office


def report_danger(*, key: str, office: Unit, text: str, mobile: str, lang: str, by: Actor, now: datetime) -> Case:
    """Register it; the same key again gives the same case. Raises EmptyMatter."""
    intake = Intake(
        channel="web", kind="report", key=key, text=text, sender=Sender(mobile=mobile), lang=lang, urgent=True
    )
    card = card_on(CARD, local_date(now), office.path)
    place = Place(unit=inspection_of(office, now), card=card, term=Term(SHORTEST))
    return receive(intake=intake, place=place, by=by, now=now)
