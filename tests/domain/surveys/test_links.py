"""Links to a questionnaire: signed, for one answer of one case, and not for ever."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.core import signing

from takrim.surveys import links
from takrim.surveys.questionnaire import questionnaire


def test_a_link_names_the_case_and_its_answer() -> None:
    assert links.read(links.make("05482731597", 2)) == ("05482731597", 2)


def test_a_link_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    token = links.make("05482731597", 1)
    days = timedelta(days=questionnaire().open_days)
    at = time.time()
    monkeypatch.setattr(time, "time", lambda: at + days.total_seconds() - 60)
    assert links.read(token) is not None
    monkeypatch.setattr(time, "time", lambda: at + days.total_seconds() + 60)
    assert links.read(token) is None


def test_a_changed_letter_breaks_the_link() -> None:
    token = links.make("05482731597", 1)
    broken = [token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :] for place in range(len(token))]
    assert {links.read(other) for other in broken} == {None}


@pytest.mark.parametrize("token", ["", ":", "a:b:c", "۱۲۳", "\x00", "A" * 5000])
def test_what_is_no_link_is_refused(token: str) -> None:
    assert links.read(token) is None


@pytest.mark.parametrize("content", ["05482731597", ["05482731597"], {"a": 1}, 5, None, ["a", "b", "c"]])
def test_a_signature_for_something_else_opens_nothing(content: object) -> None:
    assert links.read(signing.dumps(content, salt="takrim.survey")) is None
    assert links.read(signing.dumps(["05482731597", 1], salt="takrim.letters.confirm")) is None


def test_a_link_can_stand_in_an_address() -> None:
    assert set(links.make("05482731597", 12)) <= set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_:."
    )
