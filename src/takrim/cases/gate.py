"""The gate asked about one answer: what its clerk wrote lately, and the sentences of what it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.base import words as in_words
from takrim.base.errors import Refusal, reads_persian
from takrim.cases.models import Answer, Case
from takrim.cases.substance import LOOK_BACK, Fault, Said, faults
from takrim.orgs.actor import Actor
from takrim.orgs.prepared import Prepared


class _Sentences:
    """What the gate has found, in the language of whoever reads it."""

    def __init__(self, found: Sequence[Fault]) -> None:
        self.found = found

    def __str__(self) -> str:
        count = in_words.number(LOOK_BACK, "fa" if reads_persian() else "en")
        return " ".join(str(SENTENCES[fault]).format(count=count) for fault in self.found)


class TooEmpty(Refusal):
    """`faults` are what the gate has found."""

    code = "answer_too_empty"
    status = 422
    message = _("This answer does not help the applicant yet. {what}")

    def __init__(self, found: Sequence[Fault]) -> None:
        self.faults = tuple(found)
        super().__init__(what=_Sentences(self.faults))

    def __reduce__(self) -> tuple[object, ...]:
        return TooEmpty, (self.faults,)


SENTENCES: dict[Fault, str | Promise] = {
    Fault.NO_REASON: _("It gives no reason: write why the result is this."),
    Fault.NO_NEXT_STEP: _("It names no next step: write what the applicant can do now, or what happens next and when."),
    Fault.NO_LAW: _("A request is denied on legal ground only: name the article by which it cannot be granted."),
    Fault.NOT_OURS: _(
        "It only sends the applicant elsewhere: transfer the case, or write which office, at what address or "
        "telephone, with which papers."
    ),
    Fault.BOILERPLATE: _("It is a phrase that fits every case: write what was examined and found in this one."),
    Fault.BLANKS: _("A blank of the template was left open: fill it in or take it out."),
    Fault.OPEN_FIELD: _("A field of the template stands open in braces: write there what belongs to this case."),
    Fault.SAME_TEXT: _(
        "Its text is word for word one of your last {count} answers: write what is particular to this case."
    ),
    Fault.NEARLY_SAME_TEXT: _(
        "Its text is almost word for word one of your last {count} answers: write what is particular to this case."
    ),
}


def _earlier(clerk: str, case: Case) -> list[str]:
    """The last texts that a clerk handed in about other cases, newest first."""
    return [text for text, _number in _EARLIER(clerk=clerk, case=case.pk)]


_EARLIER: Prepared[Any] = Prepared(
    lambda clerk, case: (
        Answer.objects.filter(drafted_by=clerk, submitted_at__isnull=False)
        .exclude(case_id=case)
        .order_by("-id")
        .values_list("text", "id")[:LOOK_BACK]
    )
)


def found_in(said: Said, by: Actor, case: Case, *, clerk: str = "", shared: bool = False) -> list[Fault]:
    """What the gate says. What was answered elsewhere is only written down, not judged."""
    if not by.is_staff:
        return []
    return faults(said, [] if shared else _earlier(clerk or by.code, case))


def require_filled(found: Sequence[Fault]) -> None:
    """A field left open is let through by nobody: it is no judgement but an oversight. Raises TooEmpty."""
    if Fault.OPEN_FIELD in found:
        raise TooEmpty([Fault.OPEN_FIELD])
