"""What the tests of the pages of meetings and orders share: the clock stands, and browsers that have signed in."""

from __future__ import annotations

import pytest
from django.test import Client

from takrim.orgs.actor import Actor
from tests.people import SignIn


@pytest.fixture(autouse=True)
def _the_clock_stands(pages_at_now: object) -> None:
    """Due dates are read against the moment at which everything in the tests happens."""


@pytest.fixture
def as_mina(sign_in: SignIn, mina: Actor) -> Client:
    return sign_in(mina)


@pytest.fixture
def as_shirin(sign_in: SignIn, shirin: Actor) -> Client:
    return sign_in(shirin)


@pytest.fixture
def as_nima(sign_in: SignIn, nima: Actor) -> Client:
    return sign_in(nima)


@pytest.fixture
def as_hadi(sign_in: SignIn, hadi: Actor) -> Client:
    return sign_in(hadi)
