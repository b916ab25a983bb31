"""Plans begun, changed, made ready, followed by the next version: by whom, and never under a round that uses them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from takrim.evaluation.actions_plans import (
    LONGEST,
    PlanChangedMeanwhile,
    PlanDraftThere,
    PlanHasProblems,
    PlanInUse,
    PlanNoDraft,
    PlanReasonUnsaid,
    PlanTooLong,
    begin_plan,
    change_plan,
    make_ready,
    next_version,
    retire_plan,
)
from takrim.evaluation.models_plans import PlanState, PlanVersion
from takrim.evaluation.models_rounds import Round
from takrim.evaluation.plan import ready_texts
from takrim.evaluation.plan_compare import Difference, Kind, differences
from takrim.evaluation.scoring.errors import BadPlan
from takrim.evaluation.scoring.reading import toml
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed

TEXT = ready_texts()["service_competition"]
CHECKLIST = ready_texts()["citizens_rights"]
ALBORZ = "ir/alborz/"


@pytest.fixture
def draft(nima: Actor, now: datetime) -> PlanVersion:
    return begin_plan(text=TEXT, why="رونوشت", path=ALBORZ, by=nima, now=now, like="service_competition")


def used_by_a_round(version: PlanVersion, now: datetime) -> None:
    days = ("declare_from", "declare_until", "assess_until", "preliminary_on", "object_until", "final_on")
    calendar: dict[str, Any] = {name: (now + timedelta(days=place)).date() for place, name in enumerate(days)}
    Round.objects.create(
        code="05000000013",
        title_fa="دور",
        plan=version,
        path=version.path,
        of=version.of,
        period="1405-h1",
        seed=7,
        defined_at=now,
        defined_by="person:1",
        **calendar,
    )


def test_a_plan_is_begun_from_a_ready_one(draft: PlanVersion, nima: Actor, now: datetime) -> None:
    assert (draft.code, draft.number, draft.state) == ("service_competition", 1, PlanState.DRAFT)
    assert (draft.title_en, draft.of, draft.path) == (
        "Competition in service, 1404 (coordination councils)",
        "directorate",
        ALBORZ,
    )
    assert (draft.why, draft.by_name) == ("رونوشت", "نیما احمدی")
    second = begin_plan(text=TEXT, why="باز", path=ALBORZ, by=nima, now=now, like="service_competition")
    assert second.code == "service_competition-2"
    told = Entry.objects.get(subject=draft.subject)
    assert (told.verb, told.unit_path, told.facts["plan"]) == ("plan.begun", ALBORZ, "service_competition")
    assert len(told.facts["hash"]) == 64


def test_a_draft_changes_and_says_why(draft: PlanVersion, nima: Actor, now: datetime) -> None:
    later = now + timedelta(minutes=3)
    text = TEXT.replace("weight = 300", "weight = 200")
    change_plan(version=draft, text=text, why="وزن جلسه‌ها زیاد بود", seen=now, by=nima, now=later)
    draft.refresh_from_db()
    assert (draft.text, draft.why, draft.changed_at) == (text, "وزن جلسه‌ها زیاد بود", later)
    # A mistake may stay in a draft, but what is no TOML, has no title or no reason is not kept.
    wrong: Any = {"seen": later, "by": nima, "now": later}
    with pytest.raises(BadPlan):
        change_plan(version=draft, text="points = ", why="x", **wrong)
    with pytest.raises(BadPlan):
        change_plan(version=draft, text="points = 3", why="x", **wrong)
    with pytest.raises(PlanReasonUnsaid):
        change_plan(version=draft, text=TEXT, why="  ", **wrong)
    with pytest.raises(PlanTooLong):
        change_plan(version=draft, text="#" * (LONGEST + 1), why="x", **wrong)
    assert Entry.objects.filter(subject=draft.subject, verb="plan.changed").count() == 1


def test_two_who_change_at_once_do_not_overwrite_each_other(draft: PlanVersion, nima: Actor, now: datetime) -> None:
    later = now + timedelta(minutes=3)
    other = PlanVersion.objects.get(pk=draft.pk)
    change_plan(version=draft, text=CHECKLIST, why="نخست", seen=now, by=nima, now=later)
    with pytest.raises(PlanChangedMeanwhile):
        change_plan(version=other, text=TEXT, why="دوم", seen=now, by=nima, now=later)
    with pytest.raises(PlanChangedMeanwhile):
        make_ready(version=other, seen=now, by=nima, now=later)
    other.refresh_from_db()
    assert other.text == CHECKLIST


def test_only_what_is_right_becomes_ready(draft: PlanVersion, nima: Actor, now: datetime) -> None:
    change_plan(version=draft, text=TEXT.replace("weight = 300", "weight = 200"), why="x", seen=now, by=nima, now=now)
    with pytest.raises(PlanHasProblems) as refused:
        make_ready(version=draft, seen=now, by=nima, now=now)
    with translation.override("en"):
        assert [str(one) for one in refused.value.found] == ["The weights in “total” add up to 900, not to 1000."]
    change_plan(version=draft, text=TEXT, why="x", seen=now, by=nima, now=now)
    make_ready(version=draft, seen=now, by=nima, now=now)
    assert PlanVersion.objects.ready().get() == draft
    with pytest.raises(PlanNoDraft):
        change_plan(version=draft, text=CHECKLIST, why="x", seen=now, by=nima, now=now)
    with pytest.raises(PlanNoDraft):
        make_ready(version=draft, seen=now, by=nima, now=now)


def test_what_a_round_uses_changes_only_as_a_new_version(draft: PlanVersion, nima: Actor, now: datetime) -> None:
    make_ready(version=draft, seen=now, by=nima, now=now)
    used_by_a_round(draft, now)
    with pytest.raises(PlanInUse):
        change_plan(version=draft, text=CHECKLIST, why="x", seen=now, by=nima, now=now)
    second = next_version(version=draft, why="دور آینده", by=nima, now=now)
    assert (second.number, second.text, second.state) == (2, draft.text, PlanState.DRAFT)
    with pytest.raises(PlanDraftThere) as refused, translation.override("en"):
        next_version(version=draft, why="باز", by=nima, now=now)
    assert refused.value.facts == {"number": 2}
    change_plan(version=second, text=CHECKLIST, why="x", seen=now, by=nima, now=now)
    draft.refresh_from_db()
    assert draft.text == TEXT
    # It can be taken out of use, which changes nothing for the round.
    retire_plan(version=draft, by=nima, now=now)
    assert draft.state == PlanState.RETIRED


def test_a_plan_is_written_by_its_own_house(draft: PlanVersion, tara: Actor, omid: Actor, reza: Actor) -> None:
    now = draft.at
    for stranger in (omid, reza):
        with pytest.raises(NotAllowed):
            change_plan(version=draft, text=CHECKLIST, why="x", seen=now, by=stranger, now=now)
        with pytest.raises(NotAllowed):
            begin_plan(text=TEXT, why="x", path=ALBORZ, by=stranger, now=now)
        with pytest.raises(NotAllowed):
            next_version(version=draft, why="x", by=stranger, now=now)
        with pytest.raises(NotAllowed):
            make_ready(version=draft, seen=now, by=stranger, now=now)
        with pytest.raises(NotAllowed):
            retire_plan(version=draft, by=stranger, now=now)
    # Who runs rounds for the country may.
    change_plan(version=draft, text=CHECKLIST, why="x", seen=now, by=tara, now=now)


def test_a_province_writes_no_plan_of_the_country(tara: Actor, nima: Actor, now: datetime) -> None:
    national = begin_plan(text=TEXT, why="سراسری", path="ir/", by=tara, now=now)
    assert national.code == "plan"
    with pytest.raises(NotAllowed):
        change_plan(version=national, text=CHECKLIST, why="x", seen=now, by=nima, now=now)
    with pytest.raises(NotAllowed):
        begin_plan(text=TEXT, why="x", path="ir/", by=nima, now=now)


def test_what_two_versions_say_differently() -> None:
    old = toml(TEXT)
    new = toml(TEXT.replace("points = 1000", 'points = "1000.0"').replace("weight = 300", "weight = 250"))
    new["band"] = [{"least": 0, "title": "همه"}]
    new["indicator"] = [*new["indicator"][1:], {"code": "new", "weight": 1}]
    new["rank"] = {"decimals": 1}
    found = {(one.kind, one.table, one.code, one.key) for one in differences(old, new)}
    assert found == {
        (Kind.CHANGED, "plan", "", "rank"),
        (Kind.ADDED, "band", "1", ""),
        (Kind.CHANGED, "node", "council", "weight"),
        (Kind.ADDED, "indicator", "new", ""),
        (Kind.REMOVED, "indicator", "meetings_held", ""),
    }
    weight = next(one for one in differences(old, new) if one.key == "weight")
    assert weight == Difference(Kind.CHANGED, "node", "council", "weight", 300, 250)
    assert list(differences(old, toml(TEXT))) == []
