"""Thirty-one small installations hand over: the nation ranks them as if all had worked in one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from takrim.base.period import Period
from takrim.cards.models import Card, CardVersion
from takrim.cases.models import Case
from takrim.evaluation.actions_feeds import accept_key, take_feed
from takrim.evaluation.feed_form import read, write
from takrim.evaluation.feed_lines import SORTS
from takrim.evaluation.feed_out import hand_over
from takrim.evaluation.feed_refusals import BadFeed
from takrim.evaluation.feeds import State, homes
from takrim.evaluation.plan import PLANS, Plan
from takrim.evaluation.plan import read as read_plan
from takrim.evaluation.ranking import Ranking, ranking
from takrim.evaluation.round_counted import counted
from takrim.evaluation.scoring.reading import toml
from takrim.evaluation.signing import public_pem
from takrim.indicators.figures import figures, split
from takrim.indicators.follow import READER
from takrim.indicators.indicator import INDICATORS
from takrim.indicators.values import is_on, values_of
from takrim.journal.follow import catch_up
from takrim.orgs import stamps
from takrim.orgs.models import Unit
from takrim.orgs.seed import seed
from takrim.orgs.units import all_names
from tests.matters import answered, judged
from tests.people import HIRED, Hire, MakeCase

PERIOD, YEAR = Period.parse("1405-h1"), Period.parse("1405")
HIRED_AT = datetime(2024, 3, 20, tzinfo=UTC)
# The second of Mehr: the half-year is over.
AFTER = datetime(2026, 9, 24, 6, 30, tzinfo=UTC)
START = datetime(2026, 4, 6, 6, 0, tzinfo=UTC)


@pytest.fixture
def units(db: None) -> dict[str, Unit]:
    """The tree of the country as every installation begins with it."""
    seed(HIRED_AT)
    stamps.forget()
    return {unit.path.rstrip("/").rpartition("/")[2]: unit for unit in Unit.objects.all()} | {
        "ministry": Unit.objects.get(path="ir/")
    }


@pytest.fixture
def provinces(units: dict[str, Unit]) -> list[str]:
    return [path for path, unit in sorted(all_names().items()) if unit.kind == "directorate"]


class _Away(Exception):
    """Whatever was done is undone."""


@contextmanager
def another_installation() -> Iterator[None]:
    """What happens in here happened elsewhere: nothing of it is left."""
    try:
        with transaction.atomic():
            yield
            raise _Away
    except _Away:
        stamps.forget()


@pytest.fixture
def happen(make_case: MakeCase, units: dict[str, Unit]) -> Callable[[int, str], None]:
    """The half-year of a province: the higher its number, the slower, the more is left, the worse the marks."""
    units.update({unit.path: unit for unit in Unit.objects.all()})

    def go(number: int, path: str) -> None:
        below = [one for one in all_names() if one.startswith(path) and one != path]
        for step in range(4 + number % 3):
            at = START + timedelta(days=7 * step + number)
            office = below[step % len(below)] if below and step % 2 else path
            kind = ("complaint", "request", "question")[(number + step) % 3]
            case = make_case(unit=office, at=at, kind=kind, channel=("web", "desk")[step % 2])
            if step < 3 or number % 2:
                answered(case, at + timedelta(hours=2 + 11 * number * (step + 1)))
                if step:
                    judged(case, 5 - (number + step) % 4, at + timedelta(days=40))
        card = Card.objects.create(code=f"card-{number}")
        CardVersion.objects.create(
            card=card,
            path=path,
            number=1,
            valid_from=HIRED if number % 4 else START.date(),
            title_fa="کارت",
            title_en="Card",
            promise="10 working_days",
            content=dict.fromkeys(
                ("description", "documents", "steps", "laws", "access", "complaint_route", "responsible"), "x"
            ),
            recorded_at=START,
            recorded_by="system:test",
        )
        catch_up(READER)

    return go


def key_of(number: int) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes([number] * 32))


def handed_over(provinces: list[str], happen: Callable[[int, str], None]) -> dict[str, bytes]:
    """What each province hands over, from an installation in which there is nothing else."""
    made = {}
    for number, path in enumerate(provinces, 1):
        with another_installation():
            happen(number, path)
            handed = hand_over(path, PERIOD, AFTER, all_before=True)
            made[path] = write(handed, key_of(number))
    return made


def plan_of(*more: str) -> Plan:
    """That of the league, which also ranks those with few answers, and further rows."""
    content = toml((PLANS / "provinces.toml").read_text(encoding="utf-8"))
    content["floor"][0]["least"] = 1
    rows = [{**row, "least": 1} for row in content["indicator"]]
    rows += [
        {"code": code, "weight": 10, "least": 1, "normalise": {"method": "points", "standard": 1}} for code in more
    ]
    content["node"] = [{"code": "total"}]
    return read_plan("provinces", {**content, "indicator": rows})


def told(found: Ranking) -> list[tuple[Any, ...]]:
    """Ranks and exact scores."""
    return [(one.unit, one.rank, one.total, found.scored.total.at(one.place)) for one in found.places]


def all_that_is_known(plan: Plan, provinces: list[str]) -> dict[str, Any]:
    """Of every office: the ranking, every indicator that is counted, every count, in all and by sort, and a round."""
    paths = list(all_names())
    codes = [code for code, _one in INDICATORS if is_on(code)]
    values = values_of(paths, codes, PERIOD, AFTER)
    whole = figures(paths, PERIOD, AFTER)
    return {
        "ranking": told(ranking(plan, "ir/", PERIOD, AFTER)),
        "values": {key: (one.value, one.sample) if one else None for key, one in values.items()},
        "figures": {path: (one.counts, one.hours, one.scores, one.standing) for path, one in whole.items()},
        **{by: _split(by, paths) for by in SORTS},
        "round": {one.unit_path: one for one in counted(plan, provinces, PERIOD, AFTER)},
        "still open": {path: one.standing for path, one in figures(paths, YEAR, AFTER).items()},
    }


def _split(by: str, paths: list[str]) -> dict[Any, Any]:
    found = split(paths, by, PERIOD, by_month=True)
    return {key: (one.counts, one.hours, one.scores) for key, one in found.items()}


@pytest.mark.slow
def test_thirty_one_provinces_alone_are_ranked_as_in_one_installation(
    provinces: list[str], happen: Callable[[int, str], None], hire: Hire
) -> None:
    assert len(provinces) == 31
    files = handed_over(provinces, happen)
    plan = plan_of("cards_current")
    with another_installation():
        for number, path in enumerate(provinces, 1):
            happen(number, path)
        wanted = all_that_is_known(plan, provinces)
    # The nation, in which nothing happens.
    tara = hire("tara", "تارا صادقی", "national_officer", "ministry")
    assert not Case.objects.exists()
    assert {home.state for home in homes(AFTER)} == {State.UNKNOWN}
    for number, path in enumerate(provinces, 1):
        accept_key(path=path, pem=public_pem(key_of(number)), by=tara, now=AFTER)
    assert set(ranking(plan, "ir/", PERIOD, AFTER).late) == set(provinces)
    for path in provinces[::-1]:
        take_feed(file=files[path], by=tara, now=AFTER)
    found = all_that_is_known(plan, provinces)
    for what, one in found.items():
        assert one == wanted[what], what
    # It is worth being compared: ranks differ, so do the values that no sum holds, and something is open.
    ranks = [rank for _unit, rank, *_more in found["ranking"]]
    assert len(set(ranks)) > 20
    assert None not in ranks
    assert {found["values"][path, "cards_current"] for path in provinces} == {(0, 1), (1, 1)}
    assert any(one.open for one in found["still open"].values())
    assert {home.state for home in homes(AFTER)} == {State.COMPLETE}


def test_one_that_is_missing_is_late_and_the_others_keep_their_order(
    provinces: list[str], happen: Callable[[int, str], None], hire: Hire
) -> None:
    provinces = [*provinces[:4], "ir/qom/"]
    files = handed_over(provinces, happen)
    plan = plan_of()
    tara = hire("tara", "تارا صادقی", "national_officer", "ministry")
    for number, path in enumerate(provinces, 1):
        accept_key(path=path, pem=public_pem(key_of(number)), by=tara, now=AFTER)
        if path != "ir/qom/":
            take_feed(file=files[path], by=tara, now=AFTER)
    found = ranking(plan, "ir/", PERIOD, AFTER)
    assert found.late == {"ir/qom/": ""}
    assert sorted(one.unit for one in found.ranked) == [path for path in provinces if path != "ir/qom/"]
    before = [one.unit for one in found.ranked]
    # What another signed for it is not taken; its own is, and the others keep their order.
    number = provinces.index("ir/qom/") + 1
    with pytest.raises(BadFeed) as refused:
        take_feed(file=_signed_by_another(files["ir/qom/"], number), by=tara, now=AFTER)
    assert "امضا" in refused.value.because()
    take_feed(file=files["ir/qom/"], by=tara, now=AFTER)
    found = ranking(plan, "ir/", PERIOD, AFTER)
    assert found.late == {}
    assert [one.unit for one in found.ranked if one.unit != "ir/qom/"] == before
    states = {home.path: home for home in homes(AFTER + timedelta(days=30))}
    assert {path for path, home in states.items() if home.state is State.LATE} == set(provinces)
    assert [month.code for month in states["ir/qom/"].missing] == ["1405-07"]


def _signed_by_another(file: bytes, number: int) -> bytes:
    """The same words, signed with the key of the next province."""
    handed = read(file, {"ir/qom/": key_of(number).public_key()})
    return write(handed, key_of(number + 1))
