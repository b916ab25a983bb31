"""Somebody at a browser: speaks one language, has one window, signs in or not, and looks at each page closely."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Response, expect

from tests.stories import looking
from tests.stories.product import Product

PHONE, DESK = (390, 844), (1366, 900)
# A story told in both languages, at a desk and on a telephone.
WINDOWS = pytest.mark.parametrize(
    ("lang", "size"),
    [pytest.param(lang, size, id=f"{lang}-{size[0]}") for lang in ("fa", "en") for size in (DESK, PHONE)],
)
_SHOTS = os.environ.get("STORY_SHOTS", "")
# A refused form is no accident, though the browser says so in its console.
_REFUSED = re.compile(r"status of 4\d\d")


class Visitor:
    """One browser context. `own` collects words that belong to people and not to the product."""

    own: set[str]
    noise: list[str]

    def __init__(
        self, context: BrowserContext, product: Product, *, lang: str, size: tuple[int, int], address: str
    ) -> None:
        self.context, self.product, self.lang, self.size, self.address = context, product, lang, size, address
        self.own, self.noise = set(), []
        self.page: Page = context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.noise.append(str(error)))
        self.page.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _REFUSED.search(message.text):
            self.noise.append(message.text)

    def _answered(self, response: Response) -> None:
        if response.status >= 500 or (response.status >= 400 and "/static/" in response.url):
            self.noise.append(f"{response.status} {response.url}")

    # Words.

    def word(self, msgid: str, **values: object) -> str:
        """The product's own word in this visitor's language."""
        with translation.override(self.lang):
            return translation.gettext(msgid) % values if values else translation.gettext(msgid)

    # Moving.

    def go(self, path: str) -> None:
        self.page.goto(self.product.address + path)

    def speak(self) -> None:
        """Turn the pages to this visitor's language, by the button of the header."""
        if self.page.locator("html").get_attribute("lang") != self.lang:
            self.page.locator(f"button[name=language][value={self.lang}]").click()
        expect(self.page.locator("html")).to_have_attribute("lang", self.lang)

    def press(self, msgid: str, *, within: str = "main", nth: int = 0) -> None:
        """Press the button or follow the link with these words."""
        self.page.wait_for_load_state("load")
        self.thing(msgid, within=within).nth(nth).click()
        self.settle()

    def settle(self) -> None:
        """Until what a press has begun has come in: nobody types into a form that is just being replaced."""
        self.page.wait_for_load_state("load")
        moving = self.page.locator(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added")
        expect(moving).to_have_count(0)

    def thing(self, msgid: str, *, within: str = "main") -> Locator:
        part, name = self.page.locator(within), self.word(msgid)
        return part.get_by_role("button", name=name).or_(part.get_by_role("link", name=name))

    def write(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f"main [name={name}]:not([type=hidden])").fill(value)

    def choose(self, name: str, value: str) -> None:
        """Choose in a select, or press the radio button of that value."""
        field = self.page.locator(f"main [name={name}]").first
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            self.page.locator(f"main [name={name}][value='{value}']").check()

    def sign_in(self, username: str) -> None:
        self.go("/accounts/login/")
        self.speak()
        self.own.add(username)
        self.write(login=username, password=self.product.password)
        self.press("Sign in")
        expect(self.page).to_have_url(re.compile(r"/(staff|operator|figures|council)/"))

    def reads(self, path: str) -> tuple[int, str]:
        """Status and text of an address, fetched as this visitor without being shown."""
        answer = self.context.request.get(self.product.address + path)
        return answer.status, answer.text()

    # Looking.

    def sees(self, text: str) -> None:
        """The page shows these very words somewhere."""
        expect(self.page.locator("body")).to_contain_text(text)

    def is_told(self, msgid: str) -> None:
        self.sees(self.word(msgid))

    def look(self, name: str, *, closely: bool = True) -> None:
        """Keep a picture of the page if asked for, and hold it to what every page must be."""
        self.page.wait_for_load_state("load")
        if _SHOTS:
            path = Path(_SHOTS) / f"{name}-{self.lang}-{self.size[0]}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=path, full_page=True)
        wrong: dict[str, Any] = {
            "console": self.noise,
            "wider than the window": looking.wider_than_window(self.page),
            "in another language": looking.foreign_words(self.page, self.lang, self.own),
            "hard to use": looking.faults(self.page) if closely else [],
        }
        found = {about: faults for about, faults in wrong.items() if faults}
        assert not found, f"{name} ({self.page.url}): {found}"
