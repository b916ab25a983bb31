"""A real disk that is full: the wizard says so, keeps the words, and goes on as soon as there is room again."""

from __future__ import annotations

import contextlib
import html
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drills.filing import TEXT, Browser
from tests.site.conftest import House, Within, set_up
from tests.site.test_serve import Tree

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("TAKRIM_DATABASE_URL" in os.environ, reason="the database lies on another disk"),
    pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root may make a small disk"),
]
LONG = f"{TEXT}\n" * 150


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own that can be filled."""
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", str(tmp_path)], check=False)
    if made.returncode:
        pytest.skip("no disk can be made here")
    try:
        yield tmp_path
    finally:
        subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


def fill(ballast: Path) -> None:
    """Take all the room there is."""
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(b"\0" * 65536):
            pass


COUNT = "from takrim.cases.models import Case; print(Case.objects.count())"


def test_a_full_disk_keeps_the_words_and_loses_no_receipt(disk: Path, free_port: int, within: Within) -> None:
    house: House = set_up(disk, "unused")
    tree = Tree(house, free_port)
    try:
        within(30, tree.answers)
        with contextlib.closing(Browser(free_port)) as browser:
            browser.get("/file/what/")
            where = {"province": "ir/alborz/", "office": "ir/alborz/nazarabad/"}
            assert browser.post("/file/what/", kind="complaint", card="", subject="", **where).status == 302
            fill(disk / "ballast")
            browser.get("/file/details/")
            # What SQLite has already taken for its log is used up first.
            page = next(
                reply for n in range(600) if (reply := browser.post("/file/details/", text=f"{n} {LONG}")).status != 302
            )
            said = page.body.decode()
            assert page.status == 503
            assert "فضای ذخیره‌سازی سامانه پر شده است" in said
            assert html.escape(TEXT) in said
            assert tree.answers(), "pages that save nothing go on"
            (disk / "ballast").unlink()
            assert browser.post("/file/details/", text=LONG).status == 302
            contact = {"name": "زهرا اکبری", "mobile": "09121234567", "national_code": "", "email": ""}
            assert browser.post("/file/contact/", **contact).status == 302
            key = browser.get("/file/review/").field("key")
            assert "/receipt/" in browser.post("/file/review/", key=key).location
        assert house.ask(COUNT) == "1"
        checked = house.takrim("journal", "verify")
        assert checked.returncode == 0, checked.stdout
    finally:
        tree.end()
