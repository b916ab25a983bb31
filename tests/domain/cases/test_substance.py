"""The gate before an answer: what helps the person passes, what only gets rid of the matter does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from takrim.cases.substance import LOOK_BACK, Fault, Said, faults

GOOD = Said(
    text="حق بیمه اسفند شما با صورت کارفرما سنجیده شد؛ کارفرما آن را در دی واریز کرده و در سابقه شما نشسته است.",
    reason="رسید بانکی کارفرما به شماره ۴۸۱۲ با سابقه شما برابر است.",
    next_step="سابقه خود را از شنبه در شعبه نظرآباد ببینید؛ اگر نبود، با رسید همین پرونده مراجعه کنید.",
)


def found(**changes: Any) -> list[Fault]:
    return faults(replace(GOOD, **changes), [])


def test_an_answer_of_substance_passes() -> None:
    assert found() == []


@pytest.mark.parametrize("empty", ["", "  ", "\n"])
def test_reason_and_next_step_must_be_there(empty: str) -> None:
    assert found(reason=empty) == [Fault.NO_REASON]
    assert found(next_step=empty) == [Fault.NO_NEXT_STEP]
    assert found(reason=empty, next_step=empty) == [Fault.NO_REASON, Fault.NO_NEXT_STEP]


@pytest.mark.parametrize("empty", ["", "  "])
def test_a_request_is_denied_on_legal_ground_only(empty: str) -> None:
    denied = replace(GOOD, denied=True)
    assert faults(replace(denied, legal_ground=empty), []) == [Fault.NO_LAW]
    assert faults(replace(denied, legal_ground="ماده ۷ قانون بیمه بیکاری"), []) == []
    assert found(legal_ground=empty) == []


NOT_OURS = [
    "با سلام، مربوط به این اداره نیست.",
    "موضوع مربوط به اين اداره نمي‌باشد.",
    "به این اداره مربوط نیست؛ به سازمان تأمین اجتماعی مراجعه شود.",
    "به تأمین اجتماعی شهرستان مراجعه نمایید.",
    "خارج از صلاحیت است.",
    "رسیدگی به این موضوع در حیطه وظایف این دستگاه نیست.",
    "از طریق مراجع قضایی اقدام فرمایید.",
    "This is not our matter.",
]


@pytest.mark.parametrize("text", NOT_OURS)
@pytest.mark.parametrize("next_step", ["مراجعه به تأمین اجتماعی.", "به تأمین اجتماعی مراجعه شود.", "پیگیری کنید."])
def test_sending_away_is_no_answer(text: str, next_step: str) -> None:
    assert Fault.NOT_OURS in found(text=text, next_step=next_step)


@pytest.mark.parametrize("text", NOT_OURS)
@pytest.mark.parametrize(
    "next_step",
    [
        "شعبه یک تأمین اجتماعی، بلوار معلم، از شنبه تا چهارشنبه تا ساعت ۱۳ با شناسنامه و رسید این پرونده.",
        "شکایت خود را در prkar.mcls.gov.ir ثبت کنید.",
        "با شماره ۱۴۲۰ تماس بگیرید.",
        "با قرارداد کار، سه فیش حقوقی آخر و کارت ملی دادخواست خود را در هیأت تشخیص ثبت کنید.",
    ],
)
def test_who_shows_the_way_may_say_that_it_lies_elsewhere(text: str, next_step: str) -> None:
    assert found(text=text, next_step=next_step) == []


def test_a_full_text_may_name_another_office() -> None:
    text = f"{GOOD.text} برای گواهی آن به شعبه تأمین اجتماعی مراجعه کنید."
    assert found(text=text, next_step="مراجعه به شعبه.") == []


@pytest.mark.parametrize(
    "text",
    [
        "با سلام و احترام، بررسی شد.",
        "اقدام لازم انجام شد",
        "موضوع در دست بررسی است.",
        "طبق مقررات اقدام شد!",
        "با سلام",
        "اقدامات لازم صورت گرفت. با تشکر",
        "Under review.",
    ],
)
def test_a_phrase_that_fits_every_case_is_no_answer(text: str) -> None:
    assert Fault.BOILERPLATE in found(text=text)
    assert Fault.BOILERPLATE in found(reason=text)


@pytest.mark.parametrize("blank", ["در تاریخ .......", "به مبلغ ____ ریال", "شماره [ ]"])
def test_a_blank_that_was_left_open_is_found(blank: str) -> None:
    assert found(text=f"{GOOD.text} {blank}") == [Fault.BLANKS]


def test_a_field_of_a_template_that_stands_open_is_found() -> None:
    for part in ("text", "reason", "next_step", "legal_ground"):
        assert Fault.OPEN_FIELD in found(**{part: "تا {تاریخ} مبلغ {مبلغ معوق} واریز می‌شود و خبر می‌دهیم."})


def test_the_same_words_typed_otherwise_are_the_same_words() -> None:
    typed = GOOD.text.replace("ی", "ي").replace("ک", "ك").replace("\u200c", " ") + "  "
    assert faults(GOOD, [typed]) == [Fault.SAME_TEXT]
    assert faults(GOOD, ["چیزی دیگر", typed]) == [Fault.SAME_TEXT]


def test_a_name_more_does_not_make_a_text_new() -> None:
    assert faults(GOOD, [GOOD.text.replace("اسفند", "بهمن")]) == [Fault.NEARLY_SAME_TEXT]


def test_short_texts_are_only_compared_word_for_word() -> None:
    short = replace(GOOD, text="واریز شد: فروردین")
    assert faults(short, ["واریز شد: خرداد"]) == []
    assert faults(short, ["واریز شد: فروردین."]) == []
    assert faults(short, ["واریز شد: فروردین"]) == [Fault.SAME_TEXT]


def test_only_the_last_answers_are_looked_at() -> None:
    others = [f"پاسخ {number} که به چیزی دیگر مربوط است و واژه‌های دیگری دارد" for number in range(LOOK_BACK)]
    assert faults(GOOD, [*others[1:], GOOD.text]) == [Fault.SAME_TEXT]
    assert faults(GOOD, [*others, GOOD.text]) == []
