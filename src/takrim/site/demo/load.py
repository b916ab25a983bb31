"""Loads the demonstration: everything is drawn first, then it happens in the order of time, all of it or nothing."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.apps import apps
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.cases.escalation import escalate
from takrim.cases.learning import learn_again
from takrim.cases.models import Case
from takrim.cases.share_out import share_out
from takrim.duties.actions_assign import choose_sharing
from takrim.duties.models import Way as SharingWay
from takrim.journal.follow import FOLLOWERS, catch_up
from takrim.letters.actions import lay_out_old
from takrim.letters.carrier import OUTBOX, carrier_for
from takrim.letters.models import Way
from takrim.orgs.actor import system
from takrim.orgs.models import Person, Unit
from takrim.site.demo import marker
from takrim.site.demo.alone import alone
from takrim.site.demo.committee import keep_committee
from takrim.site.demo.council import keep_council
from takrim.site.demo.decisions import decided
from takrim.site.demo.directives import directives
from takrim.site.demo.half_year import write_reports
from takrim.site.demo.offices import offices
from takrim.site.demo.plot import Plot, in_order
from takrim.site.demo.proofs import proofs
from takrim.site.demo.rounds import rounds_held
from takrim.site.demo.routes import on_their_way
from takrim.site.demo.scenario import Scenario
from takrim.site.demo.served import served
from takrim.site.demo.services import Services
from takrim.site.demo.staff import Staff, hire, hire_known, settle_in, sign_ins
from takrim.site.demo.stage import Stage
from takrim.site.demo.steps import Do, Opening, Step
from takrim.site.demo.templates import keep_words
from takrim.site.demo.texts import texts
from takrim.site.demo.unusual import Unusual, look_at_figures
from takrim.site.demo.voices import call_back, send_back
from takrim.site.demo.weeks import weeks
from takrim.site.filling.tables import take_stock
from takrim.site.seeded import seeded

SEED = 1405
SMALL = 0.04
# Steps between two words to whoever waits.
_TELL_EVERY = 2000

# What weighs more than the usual, and the most that an office shares out at first.
_WEIGHTS = {"complaint": 3, "objection": 4, "thanks": 1}
_GIVEN = 60

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Loaded:
    """How much there is now."""

    cases: int
    steps: int


class MessagesLeave(Refusal):
    code = "messages_leave_the_house"
    message = _(
        "Messages leave this house by SMS or e-mail: invented people must not get any. Load the demonstration where "
        "TAKRIM_SMTP_HOST and TAKRIM_SMS_TEMPLATE are empty."
    )


def is_loaded() -> bool:
    """Whether the database has a demonstration, of whatever seed."""
    return Case.objects.filter(key__gte="demonstration:", key__lt="demonstration;").exists()


def has_own_life() -> bool:
    """Whether people work with this database who are not invented."""
    return not is_loaded() and (Person.objects.exists() or Case.objects.exists())


def load(*, seed: int = SEED, small: bool = False, now: datetime, tell: Tell = lambda done, of: None) -> Loaded | None:
    """Load it, or None where it is there already. Raises MessagesLeave.

    All of it is one transaction: a loading that is cut off leaves nothing behind.
    """
    if any(carrier_for(way) != OUTBOX for way in Way):
        raise MessagesLeave
    now = now.replace(second=0, microsecond=0)
    # What is written down of posts is in Persian, whoever loads it.
    with translation.override("fa"):
        if is_loaded():
            return None
        with _in_one_piece():
            stage, staff, openings = _play(seed, small, now, tell)
            # Until the transaction ends PostgreSQL believes the tables to be empty, and plans for that.
            take_stock(apps.get_models())
            on_their_way(staff, now)
            hire_known("caller", staff, now)
            call_back(staff.actors, now)
            keep_words(staff, now)
            served(stage.random, staff, now)
            _share_out(staff, now)
            _follow(now)
            look_at_figures(staff, now)
            outsiders = keep_council(staff, now)
            keep_committee(staff, now)
            alone(seed, staff, small=small, now=now)
            # Last: reports tell of the meetings too.
            write_reports(staff, now)
            _catch_up()
            tell(stage.played, stage.played)
    receipts = _receipts(stage, openings)
    marker.write(seed=seed, cases=len(stage.cases), sign_ins=[*sign_ins(staff), *outsiders], receipts=receipts)
    # Decisions have opened some beside those that people brought.
    return Loaded(Case.objects.count(), stage.played)


@contextmanager
def _in_one_piece() -> Iterator[None]:
    """One transaction without savepoints, since nothing is taken back but all of it; and no search for garbage."""
    features, allowed = connection.features, connection.features.uses_savepoints
    collecting = gc.isenabled()
    gc.disable()
    features.uses_savepoints = False
    try:
        with transaction.atomic():
            yield
    finally:
        features.uses_savepoints = allowed
        if collecting:
            gc.enable()


def _share_out(staff: Staff, now: datetime) -> None:
    """Offices with several experts share their open work out, by load or in turn; in the others it is given by hand."""
    several = [path for path in sorted(staff.seats) if len(staff.experts(path)) > 1 and staff.signers(path)]
    for place, path in enumerate(several):
        head = staff.actors[staff.signers(path)[0]]
        unit = staff.seats[path]["expert"][0].post.unit
        way = (SharingWay.BY_LOAD, SharingWay.IN_TURN)[place % 2]
        choose_sharing(unit=unit, way=way, weights=_WEIGHTS, shares={}, by=head, now=now)
    share_out(now, limit=_GIVEN)


def _follow(now: datetime) -> None:
    """Figures and letters catch up. The letters of the past lie in the outbox as if carried at their own times."""
    escalate(now)
    _catch_up()
    # In the worker, once it runs: loading is to take no longer for it.
    learn_again.enqueue(now=now)
    lay_out_old(before=now, by=system("demonstration"), now=now)
    send_back(now)
    # What went back to them is of the past as well.
    lay_out_old(before=now, by=system("demonstration"), now=now)


def _catch_up() -> None:
    for reader in sorted(FOLLOWERS):
        catch_up(reader)


def _play(seed: int, small: bool, now: datetime, tell: Tell) -> tuple[Stage, Staff, list[Opening]]:
    random = seeded(seed)
    staff, services = _hire(random, now), Services()
    openings, steps = draw(random, staff, services, small=small, now=now)
    stage = Stage(random=random, staff=staff, services=services, papers=texts().papers, seed=seed)
    first = _first(now)
    asides = [
        *weeks(staff, first=first, now=now),
        *directives(seed, staff, first=first, now=now),
        *decided(staff, first=first, now=now),
        *proofs(staff, first=first, now=now),
        *rounds_held(seed, staff, first=first, now=now),
    ]
    beside = deque(sorted(asides, key=lambda aside: aside[0]))
    for done, step in enumerate(steps):
        if done % _TELL_EVERY == 0:
            tell(done, len(steps))
        while beside and beside[0][0] <= step.at:
            beside.popleft()[1]()
        stage.play(step)
    for _at, happen in beside:
        happen()
    settle_in(staff, now)
    return stage, staff, openings


def _hire(random: Random, now: datetime) -> Staff:
    """People for every office that does anything, appointed before the first matter comes in."""
    provinces = offices().provinces
    led = {province.path for province in provinces if province.counties}
    paths = {province.path for province in provinces}
    units = [unit for unit in Unit.objects.order_by("path") if unit.path in paths or unit.kind != "directorate"]
    staff = hire(random, texts().people, units, with_below=led, first=_first(now), now=now)
    hire_known("secretary", staff, _first(now))
    return staff


def _first(now: datetime) -> datetime:
    """Before the first matter comes in."""
    return now - timedelta(days=max(province.days for province in offices().provinces) + 3)


def draw(
    random: Random, staff: Staff, services: Services, *, small: bool, now: datetime
) -> tuple[list[Opening], list[Step]]:
    """All stories: how each begins, and every step in the order of time."""
    openings = Scenario(random, texts(), offices(), services, now).draw(SMALL if small else 1)
    stories = [Plot(random, texts(), staff, opening, now).steps_until_now() for opening in openings]
    # From a seed of their own: what is drawn after them stays what it was.
    own = seeded(len(openings))
    unusual = Unusual(own, Scenario(own, texts(), offices(), services, now, openings), staff, now)
    return openings, in_order([*stories, *unusual.stories()])


def _receipts(stage: Stage, openings: list[Opening]) -> list[str]:
    """Codes of cases in Nazarabad that a visitor may track: one answered, one to be completed, one on its way."""
    wanted = (Do.DELIVER, Do.ASK, Do.REFER)
    ours = [opening for opening in openings if opening.stop in wanted and "nazarabad" in opening.path]
    shown = {opening.stop: stage.cases[opening.number].code for opening in reversed(ours)}
    return [shown[stop] for stop in wanted if stop in shown]
