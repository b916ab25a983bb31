"""What a plan asks of each office, row by row: in which measure, in which words, and whether an amount fits it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.evaluation.amounts import Amount
from takrim.evaluation.models_plans import PlanVersion
from takrim.evaluation.plan import Plan, read
from takrim.evaluation.plan_form import Answer, Source, title_of
from takrim.evaluation.scoring.reading import toml
from takrim.indicators.indicator import INDICATORS, Measure

# Yes, partly, no.
GRADES: Final = (Fraction(1), Fraction(1, 2), Fraction(0))

# Marks and rates are numbers as counts are: nobody declares them, but an assessor may correct one.
_MEASURES: Final = {Measure.SHARE: Answer.SHARE, Measure.HOURS: Answer.HOURS}


class DoesNotFit(Refusal):
    code = "amount_does_not_fit"
    status = 422
    message = _("“{title}”: {sentence}")


_SENTENCES: Final[Mapping[Answer, str | Promise]] = {
    Answer.SHARE: _("a share lies between 0 and 1; write it as 17/23 or 85%."),
    Answer.COUNT: _("write how many, such as 12 or 3.5, or a sum by a number, such as 42/12."),
    Answer.HOURS: _("write it in hours, such as 71.5."),
    Answer.YES_NO: _("choose yes, partly or no."),
}


@dataclass(frozen=True)
class Row:
    """One indicator of a plan. `counted`: its automatic value comes from the figures."""

    code: str
    titles: Mapping[str, str] | None
    definition: Mapping[str, str] | str | Promise
    measure: Answer
    source: Source
    proof: bool
    weight: Fraction

    @property
    def counted(self) -> bool:
        return self.source is Source.COMPUTED

    def title(self, lang: str) -> str:
        return str(title_of(self.code, self.titles, lang))

    def words(self, lang: str) -> str:
        """What is measured, in a sentence."""
        found = self.definition
        return found.get(lang, "") if isinstance(found, Mapping) else str(found)


def plan_of(version: PlanVersion) -> Plan:
    """The plan that a version writes down; read once a process for each text."""
    return _read(version.code, version.text)


@lru_cache(maxsize=64)
def _read(code: str, text: str) -> Plan:
    return read(code, toml(text))


def rows_of(plan: Plan) -> list[Row]:
    """Its indicators, in its order."""
    return [_row(plan, one.code, one.titles, one.weight) for one in plan.rows]


def _row(plan: Plan, code: str, titles: Mapping[str, str] | None, weight: Fraction) -> Row:
    asked = (plan.asked or {}).get(code)
    if asked is None:
        known = INDICATORS[code]
        measure = _MEASURES.get(known.unit, Answer.COUNT)
        return Row(code, None, known.definition, measure, Source.COMPUTED, proof=False, weight=weight)
    return Row(code, titles, asked.definition, asked.measure, asked.source, asked.proof, weight)


def check(row: Row, found: Amount | None, lang: str) -> None:
    """Raise DoesNotFit for an amount that its measure cannot have."""
    if found is None:
        return
    value = found.value
    fits = {
        Answer.SHARE: value is not None and 0 <= value <= 1,
        Answer.COUNT: value is not None,
        Answer.HOURS: value is not None and found.whole is None,
        Answer.YES_NO: value in GRADES,
    }
    if not fits[row.measure]:
        raise DoesNotFit(title=row.title(lang), sentence=_SENTENCES[row.measure])
