"""What a plan or a table is refused for, in people's words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal, reads_persian
from takrim.base.persian import persian_digits


class Because(Refusal):
    """A refusal with its reason; the sentence is put together when it is read, in the reader's language."""

    status = 422

    def __init__(self, reason: str | Promise, /, **facts: object) -> None:
        self.reason = reason
        super().__init__(**facts)

    def __str__(self) -> str:
        return f"{self.message} {self.because()}"

    def because(self) -> str:
        """The reason alone."""
        return str(self.reason).format(**{name: _said(fact) for name, fact in self.facts.items()})

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (type(self), self.reason, self.facts)


def _said(fact: object) -> object:
    if isinstance(fact, Because):
        return fact.because()
    return persian_digits(str(fact)) if isinstance(fact, int) and reads_persian() else fact


def _again(kind: type[Because], reason: str | Promise, facts: dict[str, object]) -> Because:
    return kind(reason, **facts)


class BadPlan(Because):
    code = "bad_plan"
    message = _("The plan cannot be used.")


class BadTable(Because):
    code = "bad_table"
    message = _("The table cannot be scored.")
