"""The ranking under the eyes of all: one case cannot lead, what flatters is found, the signed file proves it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from takrim.base import clock
from takrim.base.period import Period, PeriodKind
from tests.stories import flattering, verifying
from tests.stories.conftest import Meet
from tests.stories.product import ROOT, Product
from tests.stories.visitor import WINDOWS, Visitor

HALF = Period.containing(clock.local_date(clock.now()), PeriodKind.HALF)


def run(product: Product, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command beside the running product, with what it keeps."""
    env = {**os.environ, "TAKRIM_DATA": str(product.data), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    if product.database_url:
        env["TAKRIM_DATABASE_URL"] = product.database_url
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, text=True, capture_output=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def flattered(product: Product) -> None:
    """Something to be found in four offices."""
    done = run(product, "tests.stories.flattering")
    assert done.returncode == 0, done.stderr


@WINDOWS
def test_one_case_cannot_lead_and_everybody_computes_it_again(
    meet: Meet, lang: str, size: tuple[int, int], tmp_path: Path
) -> None:
    anybody = meet(lang=lang, size=size)
    anybody.go(f"/figures/ranking/?period={HALF.code}")
    # Whoever gave so few answers that their points say nothing is shown below, with the points, and leads nobody. Which
    # provinces that are depends on the day on which the demonstration was loaded.
    league, unranked = anybody.page.locator("main table").nth(0), anybody.page.locator(".panel-sunken table")
    expect(league.locator(".rank").first).to_contain_text({"fa": "۱", "en": "1"}[lang])
    expect(league.locator(".rank-none")).to_have_count(0)
    measured = anybody.page.locator("strong", has_text=re.compile("[0-9۰-۹]"))
    few = unranked.locator("tbody tr").filter(has=measured).first
    expect(few.locator(".rank")).to_have_class(re.compile("rank-none"))
    name = few.locator("th a").inner_text().strip()
    expect(league.locator("th a", has_text=re.compile(f"^\\s*{re.escape(name)}\\s*$"))).to_have_count(0)
    anybody.look("ranking-one-case")
    late = anybody.page.locator(".panel-sunken ul.plain li").count()
    anybody.page.locator("summary", has_text=anybody.word("Check it yourself")).click()
    verifying.verifies(verifying.downloads(anybody, tmp_path), str(31 - late))


@WINDOWS
def test_what_flatters_is_found_looked_into_and_explained(
    meet: Meet, flattered: None, lang: str, size: tuple[int, int]
) -> None:
    tara = meet("tara", lang=lang, size=size)
    last = HALF.previous()
    tara.go("/figures/watch/")
    tara.page.locator("form[method=post] [name=period]").select_option(last.code)
    tara.page.locator("form[method=post]:has([name=period]) button.btn-primary").click()
    expect(tara.page.locator("#looks .bar")).to_have_count(0, timeout=60_000)
    path = flattering.OFFICES[f"{lang}-{size[0]}"]
    tara.go(f"/figures/board/?period={last.code}&of={'/'.join(path.split('/')[:2])}/")
    tara.look("board-with-findings")
    tara.go(_finding(tara, path))
    tara.look("finding")
    tara.press("I look into it")
    tara.write(reason="هر هفت نفر در یک نشست گروهی و با یک تبلت پاسخ دادند.")
    tara.press("It is explained")
    expect(tara.page.locator("main .page-head")).to_contain_text(tara.word("Explained"))
    tara.look("finding-explained")


def _finding(tara: Visitor, path: str) -> str:
    """The address of the finding about an office; the list names it by its short name."""
    tara.go("/figures/watch/")
    short = {
        "ir/alborz/taleqan/": "طالقان",
        "ir/alborz/chaharbagh/": "چهارباغ",
        "ir/qom/kahak/": "Kahak",
        "ir/qom/jafarabad/": "Jafarabad",
    }[path]
    row = tara.page.locator("main tbody tr", has_text=short).first
    return row.locator("a").first.get_attribute("href") or ""


@WINDOWS
def test_the_order_is_put_to_the_test_and_an_office_asks_what_would_help(
    meet: Meet, lang: str, size: tuple[int, int]
) -> None:
    tara = meet("tara", lang=lang, size=size)
    for view in ("table", "moved", "speed"):
        tara.go(f"/figures/board/?view={view}")
        tara.look(f"board-{view}")
    tara.go("/figures/board/?view=sure")
    tara.page.locator("#trial button").click()
    expect(tara.page.locator("svg.span").first).to_be_visible(timeout=60_000)
    tara.look("board-sure")
    nima = meet("nima", lang=lang, size=size)
    nima.go("/figures/mine/")
    slider = nima.page.locator("main input[type=range]").first
    slider.fill(slider.get_attribute("max") or "1")
    expect(nima.page.locator("#what_if .stat-value")).to_have_count(3)
    expect(nima.page.locator("#what_if li")).to_have_count(1)
    nima.look("mine-what-if")
    assert re.search(r"\d|[۰-۹]", nima.page.locator("#what_if .stat-value").first.inner_text())


def test_without_a_script_a_button_asks_what_would_help(meet: Meet) -> None:
    nima = meet("nima", script=False)
    nima.go("/figures/mine/?more_answered_on_time=1")
    nima.press("Compute")
    expect(nima.page.locator("#what_if .stat-value")).to_have_count(3)
    assert "more_answered_on_time=1" in nima.page.url
