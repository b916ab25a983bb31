"""Everybody may take a ranking home and compute it again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from takrim.evaluation.bundle_check import check
from takrim.indicators.follow import READER
from takrim.journal.follow import catch_up
from tests.matters import answered
from tests.people import NOW, MakeCase

pytestmark = pytest.mark.usefixtures("units", "pages_at_now")


@pytest.fixture(autouse=True)
def _key(settings: Any, tmp_path: Path) -> None:
    settings.SIGNING_KEY, settings.SIGNING_KEY_FILE = "", tmp_path / "signing.key"


@pytest.mark.parametrize("place", ["", "ir/alborz/"])
def test_the_page_offers_a_bundle_that_holds(make_case: MakeCase, place: str) -> None:
    answered(make_case(at=NOW - timedelta(days=9)), NOW - timedelta(days=8))
    catch_up(READER)
    client = Client()
    page = client.get(f"/figures/{place}ranking/?period=1405-h2").content.decode()
    url = f"/figures/{place}ranking/bundle.zip?period=1405-h2"
    assert f'href="{url}"' in page
    bundle = client.get(url)
    assert bundle.headers["Content-Type"] == "application/zip"
    held = check(bundle.content)
    assert held.units == 2
    # The page names the key that signed it.
    assert held.key in page


def test_where_nobody_is_compared_there_is_none(client: Client) -> None:
    for path in ("ir/alborz/karaj/ranking/bundle.zip", "ir/mars/ranking/bundle.zip"):
        assert client.get(f"/figures/{path}").status_code == 404
