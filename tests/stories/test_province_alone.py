"""A province running alone hands its figures over; the nation checks them, and ranks it beside all the others."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from takrim.base import clock
from takrim.base.period import Period, PeriodKind
from takrim.orgs.paths import parent_of
from tests.stories import alone
from tests.stories.conftest import Meet
from tests.stories.product import Product
from tests.stories.visitor import WINDOWS, Visitor

TODAY = clock.local_date(clock.now())
# The months of which figures can be handed over: the two that are over.
LAST = Period.containing(TODAY, PeriodKind.MONTH).previous()
BEFORE = LAST.previous()
STATES = {
    "awaited": {"fa": "در انتظار", "en": "Awaited"},
    "late": {"fa": "دیرکرده", "en": "Late"},
    "complete": {"fa": "کامل", "en": "Complete"},
}
NAMES = {"ir/ilam/": "ایلام", "ir/lorestan/": "لرستان", "ir/zanjan/": "Zanjan", "ir/ardabil/": "Ardabil"}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation as it is before anything happened in it."""
    folder = tmp_path_factory.mktemp("empty") / "data"
    folder.mkdir()
    alone.Installation(folder).does("migrate")
    return folder


@WINDOWS
def test_a_province_running_alone_hands_over_and_the_nation_ranks_it(
    meet: Meet, product: Product, empty: Path, tmp_path: Path, lang: str, size: tuple[int, int]
) -> None:
    path = alone.PROVINCES[f"{lang}-{size[0]}"]
    nation, province = alone.nation(product), alone.alone(empty, tmp_path / "alone", path)
    tara = meet("tara", lang=lang, size=size)
    _is_unknown(tara, path)
    _accept(nation, province, path, tmp_path)
    _stands(tara, path, "awaited")
    _is_late(tara, path)
    first, both = tmp_path / "first.feed", tmp_path / "both.feed"
    province.does("feed", "export", str(first), "--province", path, "--period", BEFORE.code, "--all-before")
    _wrong_ones_are_refused(nation, first, tmp_path)
    assert "received" in nation.does("feed", "import", str(first), "--lang", "en")
    _stands(tara, path, "late")
    tara.look("feeds")
    province.does("feed", "export", str(both), "--province", path, "--period", LAST.code, "--all-before")
    nation.does("feed", "import", str(both))
    again = nation.does("feed", "import", str(first), "--lang", "en")
    assert "nothing was added" in again
    _stands(tara, path, "complete")
    _is_ranked(meet(lang=lang, size=size), path)


def _accept(nation: alone.Installation, province: alone.Installation, path: str, folder: Path) -> None:
    """The key goes one way, its fingerprint is read out another."""
    done = province.run("takrim", "feed", "key", "--lang", "en")
    (folder / "key.pem").write_text(done.stdout, encoding="ascii")
    mark = done.stderr.partition(": ")[2].strip()
    wrong = nation.run("takrim", "feed", "accept", path, str(folder / "key.pem"), "--fingerprint", "0" * 64)
    assert wrong.returncode == 1
    nation.does("feed", "accept", path, str(folder / "key.pem"), "--fingerprint", mark)


def _wrong_ones_are_refused(nation: alone.Installation, file: Path, folder: Path) -> None:
    content = file.read_bytes()
    forged, cut = folder / "forged.feed", folder / "cut.feed"
    forged.write_bytes(content.replace(b'"received":32', b'"received":99', 1))
    cut.write_bytes(content[: content.rindex(b"\n", 0, -1) + 1])
    done = nation.run("takrim", "feed", "import", str(forged), str(cut), "--lang", "en")
    assert done.returncode == 1
    assert "Line 2 was changed" in done.stderr
    assert "without a signature" in done.stderr


def _row(who: Visitor, path: str) -> Locator:
    table = who.page.locator("main table").first
    return table.locator("tbody tr").filter(has=who.page.locator("th", has_text=NAMES[path]))


def _stands(tara: Visitor, path: str, state: str) -> None:
    tara.go("/figures/feeds/")
    expect(_row(tara, path).locator(".pill")).to_contain_text(STATES[state][tara.lang])


def _is_unknown(tara: Visitor, path: str) -> None:
    tara.go("/figures/feeds/")
    expect(tara.page.locator("main .facts dd", has_text=NAMES[path])).to_be_visible()


def _is_late(who: Visitor, path: str) -> None:
    """Late, and in no table: never zero."""
    who.go(f"/figures/ranking/?period={BEFORE.code}")
    expect(who.page.locator("main table", has_text=NAMES[path])).to_have_count(0)
    expect(who.page.locator(".panel-sunken li", has_text=NAMES[path])).to_be_visible()


def _is_ranked(anybody: Visitor, path: str) -> None:
    assert parent_of(path) == "ir/"
    anybody.go(f"/figures/ranking/?period={BEFORE.code}")
    row = _row(anybody, path)
    expect(row.locator(".rank")).not_to_contain_text("—")
    anybody.look("feeds-league")
    row.locator("a").first.click()
    anybody.look("feeds-score")
