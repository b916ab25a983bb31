"""What would have become of an office in a round: sliders over what was kept, and the engine's answer."""

from __future__ import annotations

import pytest

from takrim.evaluation.models_rounds import Step
from takrim.evaluation.models_values import Value
from tests.pages.rounds.conftest import END, Browsers, GoTo, compute
from tests.rounds import Held


def address(held: Held, name: str) -> str:
    return f"/rounds/{held.round.code}/offices/{held.entrant(name).pk}/what-if/"


@pytest.fixture
def final(preliminary: Held, browsers: Browsers, go_to: GoTo) -> Held:
    go_to(END)
    compute(preliminary, Step.FINAL, browsers)
    return preliminary


def test_an_office_moves_what_could_have_been_better(final: Held, browsers: Browsers) -> None:
    """Karaj answered two of four on time, Nazarabad three: with both others on time Karaj would be first."""
    here = address(final, "karaj")
    office = browsers["parisa"].get(here.removesuffix("what-if/")).text
    assert f'href="{here}"' in office
    page = browsers["parisa"].get(here).text
    assert 'name="more_answered_on_time" min="0" max="2"' in page
    # As many as there were, not in lowest terms.
    assert "۲ از ۴ (۵۰٪)" in page
    assert "هنوز چیزی جابه‌جا نشده" in page
    moved = browsers["parisa"].get(f"{here}?more_answered_on_time=2", headers={"HX-Target": "what_if"}).text
    assert moved.lstrip().startswith('<div id="what_if"')
    assert "به جای" in moved
    assert "۲ تا بیشتر: ۴ از ۴ (۱۰۰٪)" in moved
    # Nothing of the round has become another by it.
    assert Value.objects.get(entrant=final.entrant("karaj"), indicator="answered_on_time").final == "2/4"


def test_a_declared_share_moves_by_hundredths(final: Held, browsers: Browsers) -> None:
    page = browsers["reza"].get(f"{address(final, 'nazarabad')}?more_desk=3").text
    assert "روزهای میز خدمت" in page
    assert 'name="more_desk" min="0" max="20"' in page
    assert "۸۳٪" in page


def test_before_a_result_is_out_or_for_others_there_is_nothing_to_move(
    declared: Held, browsers: Browsers, final: Held
) -> None:
    assert browsers["omid"].get(address(final, "karaj")).status_code == 404
    assert browsers["parisa"].get(f"{address(final, 'karaj')}?more_desk=abc&more_none=3").status_code == 200


def test_a_preliminary_result_can_be_moved_as_well_but_not_before(
    declared: Held, browsers: Browsers, request: pytest.FixtureRequest
) -> None:
    here = address(declared, "karaj")
    assert browsers["parisa"].get(here).status_code == 404
    request.getfixturevalue("preliminary")
    assert browsers["parisa"].get(here).status_code == 200
    # Other offices read it only once it is final.
    assert browsers["reza"].get(here).status_code == 404
