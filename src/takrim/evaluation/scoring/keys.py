"""Reading one key of a plan at a time, with the sentence for each way in which it can be wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from takrim.base.registry import Folder
from takrim.evaluation.scoring.columns import exactly
from takrim.evaluation.scoring.errors import BadPlan
from takrim.evaluation.scoring.parts import Key, Kind, Method, Need, Normaliser, Treatment
from takrim.evaluation.scoring.plan import Step

_TABLES: Final = {
    "indicator": _("indicator"),
    "node": _("node"),
    "floor": _("floor"),
    "band": _("band"),
}


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def only(row: Mapping[str, Any], where: str, possible: Sequence[str]) -> None:
    """No key that means nothing: most of them are typing errors."""
    for key in row:
        if key not in possible:
            reason = _("{where} has “{key}”, which means nothing. Possible: {possible}.")
            raise BadPlan(reason, where=where or "plan", key=key, possible=_listed(possible))


def table(raw: object, where: str) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise BadPlan(_("{where} must be a table."), where=where)
    return raw


def tables(content: Mapping[str, Any], name: str, *, needed: bool = False) -> list[tuple[Mapping[str, Any], str]]:
    """The rows `[[name]]`, each with the words by which a sentence names it."""
    rows = content.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise BadPlan(_("“{key}” must be written as [[{key}]]."), key=name)
    if needed and not rows:
        raise BadPlan(_("It has no [[{key}]]."), key=name)
    return [(row, place_of(name, row.get("code"), place)) for place, row in enumerate(rows, 1)]


class Where(str):
    """How a sentence names a row: put together when it is read, so that a plan is read without any settings."""

    __slots__ = ("code", "inside", "place", "table")
    table: str
    code: object
    place: int
    inside: tuple[str, ...]

    def __str__(self) -> str:
        named = gettext("{table} “{code}”") if self.code else gettext("{table} {place}")
        said = named.format(table=_TABLES[self.table], code=self.code, place=self.place)
        for key in self.inside:
            said = gettext("{where}, {key}").format(where=said, key=key)
        return said

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def told(self, word: Callable[[str], str]) -> Where:
        """The same, with each key inside the row as `word` says it."""
        return _where(self.table, self.code, self.place, tuple(map(word, self.inside)))


def place_of(name: str, code: object, place: int) -> str:
    """How a sentence names a row, in the language in which it is read: by its code, else by its place."""
    return _where(name, code, place, ())


def _where(name: str, code: object, place: int, inside: tuple[str, ...]) -> Where:
    made = Where(", ".join((f"{name} {code or place}", *inside)))
    made.table, made.code, made.place, made.inside = name, code, place, inside
    return made


def within(where: str, key: str) -> str:
    """How a sentence names one key of a row."""
    if isinstance(where, Where):
        return _where(where.table, where.code, where.place, (*where.inside, key))
    return f"{where}, {key}"


def _lacks(where: str, key: str) -> BadPlan:
    return BadPlan(_("{where} lacks “{key}”."), where=where or "plan", key=key)


def word(row: Mapping[str, Any], key: str, where: str, *, default: str | None = None) -> str:
    """A text that is not empty; without a default it is needed."""
    if key not in row:
        if default is None:
            raise _lacks(where, key)
        return default
    value = row[key]
    if not isinstance(value, str) or not value.strip():
        raise BadPlan(_("{where}: “{key}” must be a text."), where=where or "plan", key=key)
    return value


def one_of(row: Mapping[str, Any], key: str, where: str, possible: Sequence[str], *, default: str | None) -> str:
    value = word(row, key, where, default=default)
    if value not in possible:
        reason = _("{where}: “{key}” is “{value}”. Possible: {possible}.")
        raise BadPlan(reason, where=where or "plan", key=key, value=value, possible=_listed(possible))
    return value


def word_list(row: Mapping[str, Any], key: str, *, default: tuple[str, ...]) -> tuple[str, ...]:
    value = row.get(key, list(default))
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadPlan(_("“{key}” must be a list of texts."), key=key)
    return tuple(value)


def number_of(value: object, key: str, where: str) -> Fraction:
    """A whole or decimal number, or the text of one for fractions such as "1/3"."""
    if isinstance(value, int | Fraction | str) and not isinstance(value, bool):
        try:
            return exactly(value) if isinstance(value, str) else Fraction(value)
        except (ValueError, ZeroDivisionError):
            pass
    raise BadPlan(_("{where}: “{key}” must be a number."), where=where or "plan", key=key)


def number(row: Mapping[str, Any], key: str, where: str) -> Fraction:
    if key not in row:
        raise _lacks(where, key)
    return number_of(row[key], key, where)


def number_list(row: Mapping[str, Any], key: str, where: str) -> tuple[Fraction, ...]:
    value = row.get(key, [])
    if not isinstance(value, list):
        raise BadPlan(_("{where}: “{key}” must be a list of numbers."), where=where, key=key)
    return tuple(number_of(one, key, where) for one in value)


def above_zero(row: Mapping[str, Any], key: str, where: str, *, default: int) -> Fraction:
    value = number_of(row.get(key, default), key, where)
    if value <= 0:
        raise BadPlan(_("{where}: “{key}” must be above zero."), where=where or "plan", key=key)
    return value


def count(row: Mapping[str, Any], key: str, where: str, *, default: int) -> int:
    value = row.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise BadPlan(_("{where}: “{key}” must be a whole number that is not negative."), where=where, key=key)
    return value


def flag(row: Mapping[str, Any], key: str, where: str, *, default: bool) -> bool:
    value = row.get(key, default)
    if not isinstance(value, bool):
        raise BadPlan(_("{where}: “{key}” must be true or false."), where=where or "plan", key=key)
    return value


def titles(row: Mapping[str, Any], key: str) -> Mapping[str, str] | None:
    """`{ fa = "…", en = "…" }`, or one text for both languages."""
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, str):
        return {"fa": value, "en": value}
    if (
        isinstance(value, Mapping)
        and set(value) == {"fa", "en"}
        and all(isinstance(one, str) for one in value.values())
    ):
        return dict(value)
    raise BadPlan(_("“{key}” must be a text, or a table of “fa” and “en”."), key=key)


def settings(raw: Mapping[str, Any], where: str, possible: Mapping[str, Key]) -> dict[str, Any]:
    """The settings of a plug-in: each key checked, what is left out filled in."""
    only(raw, where, tuple(possible))
    return {name: _setting(raw, name, key, where) for name, key in possible.items()}


def _setting(raw: Mapping[str, Any], name: str, key: Key, where: str) -> Any:
    if name not in raw:
        if key.default is Need.NEEDED:
            raise _lacks(where, name)
        return key.default
    if key.kind is Kind.COLUMN:
        return word(raw, name, where)
    if key.kind is Kind.COUNT:
        return count(raw, name, where, default=0)
    if key.kind is Kind.FLAG:
        return flag(raw, name, where, default=False)
    if key.kind is Kind.WORD or raw[name] in key.words:
        return one_of(raw, name, where, key.words, default=None)
    return number(raw, name, where)


def step(raw: object, where: str, folder: Folder[Any]) -> Step:
    """`"minmax"`, or `{ method = "minmax", low = 0, high = 100 }`."""
    row = {"method": raw} if isinstance(raw, str) else dict(table(raw, where))
    name = one_of(row, "method", where, tuple(code for code, _plugin in folder), default=None)
    plugin: Treatment | Normaliser | Method = folder[name]
    given = settings({key: value for key, value in row.items() if key != "method"}, where, plugin.keys)
    wrong = plugin.wrong(given)
    if wrong:
        raise BadPlan(_("{where}: {wrong}"), where=where, wrong=wrong)
    return Step(name, given)
