"""One product and one browser for all stories; a visitor for each person in them.

STORY_SHOTS=folder keeps a picture of every page that is looked at.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.stories.product import Product, start
from tests.stories.visitor import DESK, Visitor

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_ADDRESSES = count(1)


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Product]:
    running = start(tmp_path_factory.mktemp("product"))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        says = "The stories need Chromium: install Debian's package chromium."
        pytest.fail(says) if os.environ.get("CI") else pytest.skip(says)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, headless=True, args=FLAGS)
        yield started
        started.close()


Meet = Callable[..., Visitor]


@pytest.fixture
def meet(browser: Browser, product: Product) -> Iterator[Meet]:
    """`meet(lang="en", size=PHONE)`: somebody new, at the first page; `meet("sara")`: signed in, at her desk."""
    met: list[Visitor] = []

    def arrive(username: str = "", *, lang: str = "fa", size: tuple[int, int] = DESK, script: bool = True) -> Visitor:
        number = next(_ADDRESSES)
        address = f"10.20.{number // 250}.{number % 250 + 1}"
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale={"fa": "fa-IR", "en": "en-GB"}[lang],
            timezone_id="Asia/Tehran",
            java_script_enabled=script,
            reduced_motion="reduce",
            extra_http_headers={"X-Forwarded-For": address},
        )
        context.set_default_timeout(15_000)
        visitor = Visitor(context, product, lang=lang, size=size, address=address)
        met.append(visitor)
        if username:
            visitor.sign_in(username)
        else:
            visitor.go("/")
            visitor.speak()
        return visitor

    yield arrive
    for visitor in met:
        visitor.context.close()
