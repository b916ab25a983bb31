"""What the tests of the offices' pages share: the clock stands, and browsers in which people have signed in."""

from __future__ import annotations

import pytest
from django.test import Client

from takrim.orgs.actor import Actor
from tests.people import SignIn


@pytest.fixture(autouse=True)
def _the_clock_stands(pages_at_now: object) -> None:
    """Due dates are read against the moment at which the matters of the tests came in."""


@pytest.fixture
def as_mina(sign_in: SignIn, mina: Actor) -> Client:
    return sign_in(mina)


@pytest.fixture
def as_reza(sign_in: SignIn, reza: Actor) -> Client:
    return sign_in(reza)


@pytest.fixture
def as_hadi(sign_in: SignIn, hadi: Actor) -> Client:
    return sign_in(hadi)


@pytest.fixture
def as_sara(sign_in: SignIn, sara: Actor) -> Client:
    return sign_in(sara)


@pytest.fixture
def as_nima(sign_in: SignIn, nima: Actor) -> Client:
    return sign_in(nima)


@pytest.fixture
def as_omid(sign_in: SignIn, omid: Actor) -> Client:
    return sign_in(omid)


@pytest.fixture
def as_tara(sign_in: SignIn, tara: Actor) -> Client:
    return sign_in(tara)
