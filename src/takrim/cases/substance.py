"""The gate before an answer: does it say something to this person, or only get rid of the matter? Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from rapidfuzz import fuzz

from takrim.base.persian import fold

# Answers of the same clerk that a new one is compared with.
LOOK_BACK = 20
# From this likeness on (of 100) two texts are the same but for a name or a date. Short texts are alike by chance.
ALIKE, LONG_ENOUGH = 95, 40
# What shows the way has at least so many words of its own, or an address or number to turn to.
GUIDING_WORDS = 6


class Fault(StrEnum):
    """What an answer lacks; its sentence stands in actions_answer."""

    NO_REASON = auto()
    NO_NEXT_STEP = auto()
    NO_LAW = auto()
    NOT_OURS = auto()
    BOILERPLATE = auto()
    BLANKS = auto()
    OPEN_FIELD = auto()
    SAME_TEXT = auto()
    NEARLY_SAME_TEXT = auto()


@dataclass(frozen=True, kw_only=True)
class Said:
    """The parts of an answer that the gate reads."""

    text: str
    reason: str
    next_step: str
    legal_ground: str = ""
    denied: bool = False
    """A right is refused only by a law."""


def _pattern(text: str) -> re.Pattern[str]:
    """Folded texts have a blank where Persian is written with a half-space."""
    return re.compile(text.replace("\u200c", " "))


_GREETING = _pattern(
    r"با (?:سلام|عرض سلام|احترام|تقدیم احترام)(?: و (?:احترام|ادب|عرض ادب))?"
    r"|باسلام|سلام علیکم|سلام|احتراما|به استحضار می‌رساند|به اطلاع می‌رساند|شهروند گرامی|همشهری گرامی|متقاضی محترم"
    r"|با (?:تشکر|سپاس|احترام)|با تشکر و احترام|و من الله التوفیق|موفق باشید|hello|dear (?:sir|madam)|regards"
)
# Said of anything to anybody: as a whole answer, or as its reason, they say nothing.
_STOCK = frozenset(
    phrase.replace("\u200c", " ")
    for phrase in (
        "بررسی شد", "بررسی گردید", "اقدام شد", "اقدام گردید", "اقدام لازم انجام شد", "اقدام لازم صورت گرفت",
        "اقدامات لازم انجام شد", "اقدامات لازم صورت گرفت", "انجام شد", "انجام گردید", "پیگیری شد", "پیگیری گردید",
        "پیگیری می‌شود", "پیگیری خواهد شد", "در دست بررسی است", "در حال بررسی است", "در دست اقدام است",
        "در حال پیگیری است", "در دست پیگیری است", "موضوع در دست بررسی است", "موضوع بررسی شد", "موضوع بررسی گردید",
        "موضوع پیگیری شد", "موضوع پیگیری می‌شود", "طبق مقررات اقدام شد", "طبق مقررات عمل شد",
        "طبق قوانین و مقررات اقدام شد", "برابر مقررات اقدام شد", "مطابق مقررات", "طبق مقررات", "طبق قانون",
        "برابر ضوابط", "وفق مقررات", "پاسخ داده شد", "ملاحظه شد", "بایگانی شد", "مقتضی است اقدام شود",
        "مراتب جهت اطلاع اعلام می‌شود", "از پیگیری شما متشکریم", "پیام شما دریافت شد", "ندارد", "اقدامی ندارد",
        "موردی ندارد", "done", "noted", "resolved", "closed", "under review", "in progress", "no action",
        "according to the rules",
    )
)  # fmt: skip
_BODY = r"(?:این )?(?:اداره کل|اداره|سازمان|دستگاه|وزارتخانه|مدیریت|واحد|دفتر|مجموعه|ما|اینجانب)"
_NOT_OURS = _pattern(
    rf"(?:مربوط|مرتبط) (?:به|با) {_BODY}(?: \w+){{0,6}}? (?:نیست|نمی‌باشد|نمی‌شود)"
    rf"|(?:در )?(?:حیطه |حوزه |محدوده )?(?:وظایف|صلاحیت|اختیارات|اختیار) {_BODY}(?: \w+){{0,6}}? (?:نیست|نمی‌باشد)"
    rf"|به {_BODY} (?:مربوط|مرتبط) (?:نیست|نمی‌باشد|نمی‌شود)"
    r"|خارج از (?:حیطه |حوزه )?(?:صلاحیت|وظایف|اختیارات|اختیار|شمول)"
    r"|(?:not (?:our|within our|in our)|does not concern) (?:matter|business|competence|remit|office|this office)"
)
_GO_THERE = _pattern(
    r"(?:به|از طریق) (?:\S+ ){1,10}?(?:مراجعه|رجوع|اقدام|مکاتبه) (?:شود|گردد|کنید|نمایید|نمائید|فرمایید|فرمائید)"
    r"|مراجعه (?:شود|کنید|نمایید|فرمایید) به|(?:please )?(?:go|apply|refer|turn) to \S+(?: \S+){0,6}"
)
# A link, a telephone, a house number, an hour: something to turn to.
_WAY = re.compile(
    r"https?://|www\.|\b[\w-]+\.(?:ir|com|org)\b|(?<!\d)\d{3,}(?!\d)|ساعت|نشانی|خیابان|بلوار|میدان|پلاک|تلفن"
)
_BLANK = re.compile(r"\.{4,}|…{2,}|_{3,}|\[\s*\]|\(\s*\.{2,}\s*\)")
# A field of a template that nobody has filled in.
_FIELD = re.compile(r"\{[^{}\n]{0,60}\}")
_SIGN = re.compile(r"[^\w\s]+")


def _plain(text: str) -> str:
    """The words without greeting, marks and ways of typing."""
    return " ".join(_SIGN.sub(" ", _GREETING.sub(" ", _SIGN.sub(" ", fold(text)))).split())


def _is_stock(text: str) -> bool:
    return _plain(text) in _STOCK or not _plain(text)


def _gets_rid(said: Said) -> bool:
    """It says "not ours" or "go there", and nothing that helps on the way."""
    text = " ".join(_SIGN.sub(" ", fold(said.text)).split())
    rest = _plain(_GO_THERE.sub(" ", _NOT_OURS.sub(" ", text)))
    if rest == _plain(text):
        return False
    return not any(_guides(part) for part in (rest, said.next_step))


def _guides(part: str) -> bool:
    plain = _plain(part)
    return bool(_WAY.search(fold(part))) or len(_GO_THERE.sub(" ", _NOT_OURS.sub(" ", plain)).split()) >= GUIDING_WORDS


def _alike(text: str, earlier: Sequence[str]) -> Fault | None:
    new = fold(text)
    before = [fold(one) for one in earlier[:LOOK_BACK]]
    if new in before:
        return Fault.SAME_TEXT
    if len(new) >= LONG_ENOUGH and any(fuzz.ratio(new, one, score_cutoff=ALIKE) for one in before):
        return Fault.NEARLY_SAME_TEXT
    return None


def _missing(said: Said) -> Iterator[Fault]:
    if not said.reason.strip():
        yield Fault.NO_REASON
    if not said.next_step.strip():
        yield Fault.NO_NEXT_STEP
    if said.denied and not said.legal_ground.strip():
        yield Fault.NO_LAW


def _faults(said: Said, earlier: Sequence[str]) -> Iterator[Fault]:
    yield from _missing(said)
    if any(_BLANK.search(part) for part in (said.text, said.reason, said.next_step)):
        yield Fault.BLANKS
    if any(_FIELD.search(part) for part in (said.text, said.reason, said.next_step, said.legal_ground)):
        yield Fault.OPEN_FIELD
    if _is_stock(said.text) or (said.reason.strip() and _is_stock(said.reason)):
        yield Fault.BOILERPLATE
    if _gets_rid(said):
        yield Fault.NOT_OURS
    alike = _alike(said.text, earlier)
    if alike:
        yield alike


def faults(said: Said, earlier: Sequence[str]) -> list[Fault]:
    """All that is wrong with an answer; `earlier` are the last texts of the same clerk, newest first."""
    return list(_faults(said, earlier))
