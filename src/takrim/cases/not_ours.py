"""Telling the sentence «it is not ours», with which nothing may be closed: such a matter is transferred."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.base.persian import fold


class NotOursIsNoReason(Refusal):
    code = "not_ours_is_no_reason"
    status = 422
    message = _(
        "A matter is not ended because it is not yours. Choose “Transfer: not ours” and name the office it belongs to; "
        "its clock goes on there."
    )


# However much is said besides: this office says that it has nothing to do with it.
_ALWAYS = (
    "مربوط به ما نیست",
    "به ما مربوط نیست",
    "به ما مربوط نمی‌شود",
    "به ما ارتباط ندارد",
    "به ما ارتباطی ندارد",
    "مربوط به این اداره نیست",
    "مربوط به این واحد نیست",
    "به این اداره مربوط نیست",
    "به این اداره مربوط نمی‌شود",
    "به این واحد مربوط نمی‌شود",
    "در صلاحیت ما نیست",
    "در صلاحیت این اداره نیست",
    "در صلاحیت این واحد نیست",
    "خارج از صلاحیت این اداره",
    "خارج از صلاحیت این واحد",
    "در حیطه وظایف ما نیست",
    "در حوزه وظایف ما نیست",
    "جزو وظایف ما نیست",
    "not ours",
    "not our business",
    "not our matter",
    "does not concern us",
    "not within our competence",
    "outside our competence",
)
# Alone they mean the same; with the competent body and the law named they are a reason.
_ALONE = ("خارج از صلاحیت", "در صلاحیت نیست", "صلاحیت ندارد", "عدم صلاحیت", "مربوط نیست", "مرتبط نیست", "not competent")
_FEW_WORDS = 8


def _plain(text: str) -> str:
    return " ".join(fold(text).replace("\u200c", " ").split())


_ALWAYS_FOLDED = tuple(map(_plain, _ALWAYS))
_ALONE_FOLDED = tuple(map(_plain, _ALONE))


def means_not_ours(text: str) -> bool:
    """Whether a reason says no more than that another office should do it."""
    plain = _plain(text)
    if any(words in plain for words in _ALWAYS_FOLDED):
        return True
    return len(plain.split()) <= _FEW_WORDS and any(words in plain for words in _ALONE_FOLDED)
