"""The path of a card: where on it a matter stands."""

from __future__ import annotations

import pytest

from takrim.cards.models import CardVersion
from takrim.cards.path import Stage, Step, place_in, steps_of
from takrim.cards.seed import catalogue


def version(*steps: dict[str, str]) -> CardVersion:
    return CardVersion(content={"steps": [{"fa": "گام", "en": "Step", **step} for step in steps]})


def test_steps_that_do_not_say_are_receipt_review_and_answer() -> None:
    stages = [step.at for step in steps_of(version({}, {}, {}, {}))]
    assert stages == [Stage.RECEIVED, Stage.REVIEW, Stage.REVIEW, Stage.ANSWER]


def test_a_step_is_in_the_language_of_the_page() -> None:
    assert [step.title for step in steps_of(version({}))] == ["گام"]


@pytest.mark.parametrize(
    ("stage", "place"),
    [
        (Stage.RECEIVED, 0),
        (Stage.COMPLETION, 0),
        (Stage.REVIEW, 1),
        (Stage.INQUIRY, 2),
        (Stage.DECISION, 2),
        (Stage.ANSWER, 3),
        (Stage.AFTER, 4),
    ],
)
def test_a_matter_stands_at_its_stage_or_at_the_last_step_before(stage: Stage, place: int) -> None:
    steps = [Step("", at) for at in (Stage.RECEIVED, Stage.REVIEW, Stage.REVIEW, Stage.ANSWER, Stage.AFTER)]
    assert place_in(steps, stage) == place


def test_a_path_that_begins_late_is_stood_at_from_its_first_step() -> None:
    assert place_in([Step("", Stage.DECISION), Step("", Stage.ANSWER)], Stage.RECEIVED) == 0


def test_the_steps_of_the_catalogue_go_forward() -> None:
    order = list(Stage)
    for file in catalogue():
        places = [order.index(step.at) for step in steps_of(CardVersion(content=dict(file.says.content)))]
        assert places == sorted(places), file.code
