"""The fields of minutes by name, and what the words in them mean: offices, a day, rights."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from takrim.base.errors import Refusal
from takrim.base.jalali import JalaliDate
from takrim.councils.models_minutes import DraftDecision, Minutes

# Of an item and of a decision; "closing" is of the whole.
OF_ITEM = ("summary",)
OF_DECISION = ("text", "doers", "due", "proof", "rights")
CLOSING = "closing"
# Words that two people may have changed in different places. A day or a list of offices is chosen, not mixed.
MIXED = frozenset({"summary", "text", "proof", CLOSING})
LONGEST = 20_000
_NAME = re.compile(r"(item|decision):([1-9][0-9]{0,17}):([a-z]+)")


@dataclass(frozen=True)
class Field:
    """A field that a name stands for."""

    name: str
    kind: str
    number: int
    part: str

    @property
    def is_mixed(self) -> bool:
        return self.part in MIXED


def of_item(item: int, part: str = "summary") -> str:
    return f"item:{item}:{part}"


def of_decision(decision: int, part: str) -> str:
    return f"decision:{decision}:{part}"


def read_name(name: str) -> Field | None:
    """The field of this name, or None for what is none."""
    if name == CLOSING:
        return Field(name, "", 0, CLOSING)
    found = _NAME.fullmatch(name)
    if found is None or found[3] not in (OF_ITEM if found[1] == "item" else OF_DECISION):
        return None
    return Field(name, found[1], int(found[2]), found[3])


def belongs(field: Field, minutes: Minutes) -> bool:
    """Whether these minutes have such a field."""
    if field.kind == "item":
        return minutes.meeting.items.accepted().filter(pk=field.number).exists()
    if field.kind == "decision":
        return DraftDecision.objects.filter(pk=field.number, minutes=minutes, dropped_at=None).exists()
    return True


def texts_of(minutes: Minutes) -> dict[str, str]:
    """All that has been written, by name."""
    return dict(minutes.passages.values_list("name", "text"))


def read_day(text: str) -> date | None:
    """The day that was typed, None for none. Raises the calendar's refusal for what is no day."""
    return JalaliDate.parse(text).to_date() if text.strip() else None


def day_fault(text: str) -> str:
    """Why the words are no day; "" where they are one, or there are none."""
    try:
        read_day(text)
    except Refusal as refusal:
        return str(refusal)
    return ""


def written_day(day: date) -> str:
    """A day as the field shows it."""
    found = JalaliDate.from_date(day)
    return f"{found.year}/{found.month:02}/{found.day:02}"


def paths_in(text: str) -> tuple[str, ...]:
    """The offices of a list, whoever leads first, each once."""
    return tuple(dict.fromkeys(text.split()))


def words_of(texts: Mapping[str, str], decision: int) -> dict[str, str]:
    """What stands in the fields of a decision."""
    return {part: texts.get(of_decision(decision, part), "").strip() for part in OF_DECISION}
