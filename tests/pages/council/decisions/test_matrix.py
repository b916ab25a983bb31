"""The matrix of decisions: what each office carries out for each body, and what of it is late."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from takrim.councils.models import Body
from takrim.decisions.actions_confirm import confirm
from takrim.decisions.actions_do import report
from takrim.orgs.actor import Actor
from tests.deciding import TEXT, Decide, part
from tests.people import SignIn

DAY = timedelta(days=1)
REGISTER, MATRIX = "/council/decisions/", "/council/decisions/matrix/"
DONE = "تابلو در ۲۴ آبان نصب شد."


@pytest.fixture(autouse=True)
def _the_clock_stands(pages_at_now: object) -> None:
    """Due dates are read against the moment of the tests."""


def test_the_matrix_counts_by_office_and_body(
    decide: Decide, council: Body, sign_in: SignIn, nima: Actor, mina: Actor, leila: Actor, now: datetime
) -> None:
    decide("nazarabad", "karaj", due=(now - 9 * DAY).date(), at=now - 60 * DAY)
    done = decide("nazarabad")
    report(share=part(done), text=DONE, by=mina, now=now)
    confirm(share=part(done), by=leila, now=now)
    decide("kahak", body=council), decide("karaj", body=council, text="از قم")
    page = sign_in(nima).get(MATRIX).content.decode()
    rows = [row for row in page.split("<tr>") if "نظرآباد" in row]
    assert "۱ از ۲ محقق" in rows[0]
    assert "۱ معوق" in rows[0]
    assert "شورای هماهنگی قم" in page, "what an office of ours carries out of another's decisions is ours too"
    theirs = sign_in(nima).get(f"{REGISTER}?body=05000000022&unit=ir/alborz/karaj/").content.decode()
    assert "از قم" in theirs
    assert TEXT not in theirs
    assert "کهک" not in page


def test_the_matrix_is_drawn_anew_when_a_figure_in_it_is_another(
    decide: Decide, sign_in: SignIn, nima: Actor, mina: Actor, leila: Actor, now: datetime
) -> None:
    done, client = decide("nazarabad"), sign_in(nima)
    assert "۰ از ۱ محقق · ۱ باز" in client.get(MATRIX).content.decode()
    assert "۰ از ۱ محقق · ۱ باز" in client.get(MATRIX).content.decode()
    report(share=part(done), text=DONE, by=mina, now=now)
    confirm(share=part(done), by=leila, now=now)
    after = client.get(MATRIX).content.decode()
    assert "۱ از ۱ محقق" in after
    assert "باز</" not in after
