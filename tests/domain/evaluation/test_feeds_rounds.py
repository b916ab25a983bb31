"""A province that is late when a round is frozen stays in it with its reason: neither ranked nor zero."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from takrim.evaluation import actions_rounds, round_work
from takrim.evaluation.actions_feeds import accept_key, take_feed
from takrim.evaluation.actions_rounds import Wish
from takrim.evaluation.actions_rounds_assess import assess, finish
from takrim.evaluation.bundle_check import check
from takrim.evaluation.feed_form import Handed, write
from takrim.evaluation.feed_lines import Cells, Own
from takrim.evaluation.models_entrants import Assessment, Entrant, Result
from takrim.evaluation.models_plans import PlanVersion
from takrim.evaluation.models_rounds import Round, Stage, Step
from takrim.evaluation.models_values import Value
from takrim.evaluation.round_table import bundle_of, inputs
from takrim.evaluation.signing import public_pem
from takrim.orgs.actor import Actor
from takrim.orgs.models import Person, Unit
from takrim.tasks.result import Context
from tests.matters import answered
from tests.people import Hire, MakeCase, SignIn
from tests.rounds import OPENED, PERIOD, PLAN, days

QOM = "ir/qom/"
KEY = Ed25519PrivateKey.from_private_bytes(bytes([9] * 32))
FROZEN = OPENED + timedelta(days=8)
# Whoever has no value gets zero by this plan: a late province must not.
ZERO = PLAN.replace('of = "county"', 'of = "directorate"').replace(
    'missing = "drop"', 'missing = { policy = "zero", reason = "اعلام نشده" }'
)


@pytest.fixture
def round(round_plan: PlanVersion, units: dict[str, Unit], tara: Actor, hire: Hire, make_case: MakeCase) -> Round:
    """A round of Alborz, which works here, and Qom, which runs alone and whose key is accepted."""
    start = datetime(2026, 10, 3, 6, 30, tzinfo=UTC)
    answered(make_case(unit="karaj", at=start), start + timedelta(days=3))
    PlanVersion.objects.filter(pk=round_plan.pk).update(text=ZERO, of="directorate")
    round_plan.refresh_from_db()
    people = [
        Person.objects.get(pk=hire(name, full, "expert", "ministry").person_id)
        for name, full in (("shirin", "شیرین شریفی"), ("laleh", "لاله رستمی"))
    ]
    wish = Wish(
        title_fa="ارزیابی استان‌ها",
        plan=round_plan,
        path="ir/",
        units=[units["alborz"], units["qom"]],
        period=PERIOD,
        days=days(),
        assessors=people[:1],
        referees=people[1:],
        second_percent=0,
        seed=7,
    )
    accept_key(path=QOM, pem=public_pem(KEY), by=tara, now=OPENED)
    made = actions_rounds.define(wish=wish, by=tara, now=OPENED)
    actions_rounds.open_round(round=made, by=tara, now=OPENED)
    return made


def handed(*months: str) -> bytes:
    own = tuple(Own("ir/qom/kahak/", month, Cells({"received": 5, "answered": 5, "on_time": 5})) for month in months)
    totals = {one.month: replace(one, unit=QOM) for one in own}
    return write(Handed(QOM, months, "1405-07", FROZEN, len(months), "", own, totals, ()), KEY)


def step(round: Round, what: Step, by: Actor, at: datetime) -> str:
    asked = round_work.ask(round=round, step=what, by=by, now=at)
    round_work.run.func(Context(None), asked.pk, "fa", now=at)
    asked.refresh_from_db()
    round.refresh_from_db()
    return str(asked.failure)


def judge(round: Round, at: datetime) -> None:
    for one in Assessment.objects.filter(entrant__round=round).select_related("entrant__round__plan", "assessor"):
        person = Person.objects.get(pk=one.assessor.person_id)
        by = Actor(code=f"person:{person.pk}", name=person.name, post="", unit_path="ir/", person_id=person.pk)
        assess(assessment=one, said=[], by=by, now=at)
        finish(assessment=one, by=by, now=at)


@pytest.mark.parametrize(("months", "stale"), [((), "never"), (("1405-07", "1405-08"), "1405-08")])
def test_a_late_province_is_stale_with_its_reason(
    round: Round, tara: Actor, sign_in: SignIn, months: tuple[str, ...], stale: str
) -> None:
    if months:
        take_feed(file=handed(*months), by=tara, now=OPENED)
    assert not step(round, Step.FREEZE, tara, FROZEN)
    assert dict(Entrant.objects.filter(round=round).values_list("unit_path", "stale")) == {
        "ir/alborz/": "",
        QOM: stale,
    }
    assert not Value.objects.filter(entrant__unit_path=QOM).exists()
    # Nobody is asked to assess what nobody knows; the result does not wait for it.
    assert not Assessment.objects.filter(entrant__unit_path=QOM).exists()
    judge(round, FROZEN)
    assert not step(round, Step.PRELIMINARY, tara, FROZEN + timedelta(days=7))
    assert not step(round, Step.FINAL, tara, FROZEN + timedelta(days=40))
    assert round.stage == Stage.FINAL
    late = Result.objects.get(entrant__unit_path=QOM, which="final")
    assert (late.rank, late.score, late.rounded, late.why, late.place) == (None, "", "", "late", 2)
    assert Result.objects.get(entrant__unit_path="ir/alborz/", which="final").rank == 1
    # What was received later changes nothing of a frozen round.
    take_feed(file=handed("1405-07", "1405-08", "1405-09"), by=tara, now=FROZEN)
    assert QOM not in inputs(round)
    pages = sign_in(tara)
    for url in (
        f"/figures/rounds/{round.code}/",
        f"/figures/rounds/{round.code}/office/ir/qom/",
        f"/rounds/{round.code}/",
    ):
        text = pages.get(url).content.decode()
        assert "دیر کرده، نه صفر" in text, url
        assert ("آبان ۱۴۰۵" in text) is bool(months), url
    assert "دیر کرده، نه صفر" in pages.get(f"/rounds/{round.code}/offices/{late.entrant_id}/").content.decode()


def test_the_bundle_of_a_round_with_a_late_province_can_be_computed_again(round: Round, tara: Actor) -> None:
    step(round, Step.FREEZE, tara, FROZEN)
    judge(round, FROZEN)
    step(round, Step.PRELIMINARY, tara, FROZEN + timedelta(days=7))
    step(round, Step.FINAL, tara, FROZEN + timedelta(days=40))
    bundle = bundle_of(round, KEY)
    assert check(bundle).units == 1
    assert QOM.encode() not in ZipFile(BytesIO(bundle)).read("table.csv")


def test_a_province_that_handed_over_in_time_is_ranked(round: Round, tara: Actor) -> None:
    take_feed(file=handed("1405-07", "1405-08", "1405-09"), by=tara, now=FROZEN)
    step(round, Step.FREEZE, tara, FROZEN)
    assert Value.objects.get(entrant__unit_path=QOM, indicator="answered_on_time").automatic == "15/15"
    judge(round, FROZEN)
    step(round, Step.PRELIMINARY, tara, FROZEN + timedelta(days=7))
    assert Result.objects.get(entrant__unit_path=QOM).rank == 1


def test_a_round_of_which_nobody_handed_over_waits(round: Round, tara: Actor) -> None:
    Entrant.objects.filter(round=round).exclude(unit_path=QOM).delete()
    assert "تحویل نداده" in step(round, Step.FREEZE, tara, FROZEN)
    assert round.stage == Stage.DECLARING
