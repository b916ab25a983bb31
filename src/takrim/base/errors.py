"""The one family of errors that a person is meant to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import get_language

from .persian import persian_digits


def reads_persian() -> bool:
    """Whether the person now looking reads Persian."""
    return (get_language() or "").startswith("fa")


@dataclass(frozen=True)
class InWords:
    """A fact that is said differently in the two languages: an example, the name of a month."""

    fa: str
    en: str

    def __str__(self) -> str:
        return self.fa if reads_persian() else self.en


class Refusal(Exception):
    """The system understood the request and says no.

    `code` is for machines and tests, `message` is the sentence for people (with `{named}` facts), `status` is what
    HTTP should answer. Whatever is raised and is not a Refusal is a bug.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    message: ClassVar[str | Promise] = ""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.code)

    def __str__(self) -> str:
        message = str(self.message)
        if not self.facts:
            return message
        # A Persian sentence has Persian digits; only numbers are touched, a code or a name stays as it was typed.
        persian = reads_persian()
        shown = {
            name: persian_digits(str(fact)) if persian and isinstance(fact, int) else fact
            for name, fact in self.facts.items()
        }
        return message.format(**shown)

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (type(self), self.facts)


def _again(kind: type[Refusal], facts: dict[str, object]) -> Refusal:
    """Rebuild a refusal that travelled between processes; facts are keywords, so the usual way does not work."""
    return kind(**facts)
