"""What a worker of Nazarabad writes, and the steps in which they file it: told here once for several stories."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from PIL import Image
from playwright.sync_api import FilePayload, expect

from tests.stories.visitor import Visitor

NAZARABAD = "ir/alborz/nazarabad/"
SUBJECT = "دو ماه است مقرری بیمه بیکاری‌ام واریز نشده"
TEXT = (
    "از کارخانه نساجی تعدیل شدم و تیرماه درخواست دادم. گفتند تا پایان ماه واریز می‌شود، ولی دو ماه گذشته است.\n"
    "سه بار حضوری آمدم و هر بار گفتند پرونده در دست بررسی است."
)
NAME, MOBILE, NATIONAL_CODE = "حمید رضازاده", "09121234567", "0499370899"


@dataclass(frozen=True)
class Receipt:
    """What the worker takes home."""

    code: str
    secret: str

    @property
    def bare(self) -> str:
        """The code as addresses have it."""
        return latin(self.code)


def latin(text: str) -> str:
    """The digits of a text, in Latin."""
    return "".join(str(int(one)) for one in text if one.isdecimal())


def photo() -> FilePayload:
    """A photo of a paper, as a telephone takes it."""
    held = io.BytesIO()
    Image.new("RGB", (640, 480), "#c8c0b0").save(held, "JPEG")
    return {"name": "نامه.jpg", "mimeType": "image/jpeg", "buffer": held.getvalue()}


def say_what(
    who: Visitor, *, kind: str = "complaint", subject: str = SUBJECT, card: str = "unemployment-insurance"
) -> None:
    """Step 2: a complaint about the benefit, for the office of Nazarabad."""
    who.choose("kind", kind)
    who.choose("card", card)
    who.choose("province", "ir/alborz/")
    if who.page.locator(f"option[value='{NAZARABAD}']").count() == 0:
        expect(who.page.locator(f"option[value='{NAZARABAD}']")).to_be_attached()
    who.choose("office", NAZARABAD)
    who.write(subject=subject)


def opens(officer: Visitor, receipt: Receipt) -> None:
    """Write the number of the receipt into the search: the case opens."""
    officer.go("/staff/")
    officer.write(q=receipt.code)
    officer.press("Search")
    expect(officer.page).to_have_url(re.compile(receipt.bare))


PROOF = "با خود متقاضی گفت‌وگو شد"


def hands_over(officer: Visitor, *, look: str = "") -> None:
    """A signed answer reaches its person by telephone: who was spoken to is the proof."""
    officer.press("Deliver the answer", within="#work")
    officer.own.add(PROOF)
    if officer.page.locator("#work [name=how][value=phone]").count():
        officer.choose("how", "phone")
        officer.write(proof=PROOF)
    if look:
        officer.look(look)
    officer.press("Deliver the answer", within="#work")


def answers_at_once(officer: Visitor, *, look: str = "", **words: str) -> None:
    """Written, signed and told on the telephone in one go."""
    officer.press("Answer at once", within="#work")
    officer.choose("outcome", "upheld")
    officer.write(**words)
    officer.own.add(PROOF)
    if officer.page.locator("#work [name=how][value=phone]").count():
        officer.choose("how", "phone")
        if officer.page.locator("#work [name=proof]").count():
            officer.write(proof=PROOF)
    if look:
        officer.look(look)
    officer.press("Approve and deliver now")
    officer.is_told("The answer was given. What your office owed is done.")


def send(who: Visitor) -> Receipt:
    """Step 5: send it, and read the receipt."""
    who.press("Send")
    expect(who.page).to_have_url(re.compile("/receipt/"))
    who.is_told("Your matter is registered")
    code, secret = who.page.locator(".receipt-code .code-big").all_inner_texts()
    return Receipt(code.strip(), secret.strip())
