"""The bundle of a ranking of offices gives the ranking that its page shows, and nothing that the page keeps back."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import timedelta
from fractions import Fraction

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from takrim.base.period import Period
from takrim.evaluation.bundle import RESULTS, TABLE
from takrim.evaluation.bundle_check import check
from takrim.evaluation.plan import plan_for, plans
from takrim.evaluation.public_bundle import bundle_of, plan_text
from takrim.evaluation.ranking import Ranking, ranking
from takrim.evaluation.scoring.reading import plan_of_text
from takrim.indicators.follow import READER
from takrim.journal.follow import catch_up
from tests.matters import answered, judged
from tests.people import NOW, MakeCase

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
MEHR = NOW - timedelta(days=50)


@pytest.fixture
def found(make_case: MakeCase) -> Ranking:
    """Nazarabad answers quickly, Karaj slowly; three replied to each survey: too few to be shown."""
    for unit, hours in (("nazarabad", 7), ("karaj", 500)):
        for number in range(21):
            case = answered(make_case(unit=unit, at=MEHR), MEHR + timedelta(hours=hours + number))
            if number < 3:
                judged(case, 5, NOW)
    catch_up(READER)
    plan = plan_for("county")
    assert plan is not None
    return ranking(plan, "ir/alborz/", Period.parse("1405-h2"), NOW)


def opened(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def test_the_bundle_holds_and_says_what_the_page_says(found: Ranking) -> None:
    content = bundle_of(found, KEY)
    assert check(content).units == 2
    rows = json.loads(opened(content, RESULTS))["units"]
    shown = [(one.unit, str(one.rank), one.total) for one in found.places]
    assert [(row["unit"], row["rank"], Fraction(row["total"])) for row in rows] == shown
    assert [rank for _unit, rank, _total in shown] == ["1", "2"]


def test_what_too_few_said_is_not_in_it(found: Ranking) -> None:
    rows = {row["unit"]: row for row in csv.DictReader(io.StringIO(opened(bundle_of(found, KEY), TABLE)))}
    own = rows["ir/alborz/karaj/"]
    assert (own["name"], own["answers"], own["satisfaction"]) == ("اداره شهرستان کرج", "21", "")
    assert own["answered_on_time.cases"] == "21"


@pytest.mark.parametrize("code", plans())
def test_a_plan_written_out_is_the_same_plan(code: str) -> None:
    plan = plans()[code]
    again = plan_of_text(plan_text(plan))
    assert (again.indicators, again.nodes, again.floors) == (
        plan.scoring.indicators, plan.scoring.nodes, plan.scoring.floors,
    )  # fmt: skip
    assert (again.points, again.decimals, again.exact) == (plan.scoring.points, plan.scoring.decimals, True)
