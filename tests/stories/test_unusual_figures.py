"""What watches found in the figures of a season: a director-general reads it. And what offices did, for everybody."""

from __future__ import annotations

from tests.stories.conftest import Meet
from tests.stories.visitor import WINDOWS


@WINDOWS
def test_a_finding_is_read_and_is_not_decided_without_a_reason(meet: Meet, lang: str, size: tuple[int, int]) -> None:
    nima = meet("nima", lang=lang, size=size)
    nima.go("/figures/watch/")
    nima.look("watch")
    nima.press("Closing in a rush before the period ends")
    nima.is_told("The cases behind it")
    nima.look("finding")
    nima.press("It stands")
    nima.is_told("Write what explains the finding, or why it stands: the office reads it.")
    nima.look("finding-without-a-reason")


@WINDOWS
def test_people_see_what_offices_have_done(meet: Meet, lang: str, size: tuple[int, int]) -> None:
    somebody = meet(lang=lang, size=size)
    somebody.go("/offices/alborz/nazarabad/")
    somebody.press("What it has done")
    somebody.look("done-by-an-office")
    somebody.choose("place", "")
    somebody.press("Show")
    somebody.look("done")
