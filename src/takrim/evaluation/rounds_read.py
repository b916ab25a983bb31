"""Reading rounds: which ones somebody may see, how their offices stand, and what stands behind a score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Max, Q, QuerySet

from takrim.evaluation.models_entrants import Entrant, Result, ResultOf
from takrim.evaluation.models_rounds import Round, Stage
from takrim.evaluation.models_values import Objection, Outcome, Value, ValueChange
from takrim.evaluation.round_moves import scope_of
from takrim.orgs.actor import Actor
from takrim.orgs.paths import is_under, lineage, under
from takrim.orgs.powers import Power
from takrim.orgs.prepared import Prepared


@dataclass(frozen=True)
class Line:
    """One indicator of one office in a result. `points` it earned of the total, `lost` is what the total would gain.

    None where it does not count, and where a method over a matrix moves all units together.
    """

    code: str
    verdict: str
    value: Fraction | None
    score: Fraction | None
    points: Fraction | None
    lost: Fraction | None


def seen_by(actor: Actor) -> QuerySet[Round]:
    """Rounds of offices in the actor's scope or above it, and those in which they assess or answer objections."""
    seen = Q(assessors__person_id=actor.person) | Q(referees__person_id=actor.person)
    if actor.unit_path and actor.may(Power.FIGURES_SEE):
        seen |= under(scope_of(actor) or actor.unit_path, "path") | Q(path__in=lineage(actor.unit_path))
    return Round.objects.filter(pk__in=Round.objects.filter(seen).values("pk")).select_related("plan")


def sees(actor: Actor, round: Round) -> bool:
    """Whether `seen_by` has this round; whoever sees it by their office is not asked for."""
    if actor.unit_path and actor.may(Power.FIGURES_SEE):
        below, above = is_under(round.path, scope_of(actor) or actor.unit_path), is_under(actor.unit_path, round.path)
        if below or above:
            return True
    return seen_by(actor).filter(pk=round.pk).exists()


def with_code(code: str) -> Round | None:
    """A round; whether somebody may see it is asked next."""
    return _WITH_CODE.first(code=code)


_WITH_CODE = Prepared(lambda code: Round.objects.filter(code=code).select_related("plan", "committee"))


def published() -> QuerySet[Round]:
    """Rounds whose last result is out: everybody may see them."""
    return Round.objects.filter(stage=Stage.FINAL).select_related("plan")


def taken_part(unit_path: str) -> QuerySet[Entrant]:
    """One office in the rounds whose last result is out, the latest first."""
    rows = Entrant.objects.filter(round__in=published(), unit_path=unit_path).select_related("round")
    return rows.order_by("-round__final_at", "-round__pk")


def mark_of(round: Round) -> str:
    """What tells one state of what counts in a round from the next: objections change it until the result is final."""
    if round.final_hash:
        return round.final_hash
    last = ValueChange.objects.filter(value__entrant__round=round).aggregate(last=Max("pk"))["last"]
    return f"{round.preliminary_hash} {last}"


def standings(round: Round, which: ResultOf = ResultOf.FINAL) -> QuerySet[Result]:
    """The results in their order: group by group, best first, behind them who is not ranked. One query."""
    rows = Result.objects.filter(entrant__round=round, which=which)
    return rows.select_related("entrant").order_by("place")


def result_of(round: Round, unit_path: str, which: ResultOf = ResultOf.FINAL) -> Result | None:
    """How one office stands."""
    return standings(round, which).filter(entrant__unit_path=unit_path).first()


def lines_of(result: Result) -> list[Line]:
    """A result indicator by indicator, in the order of the plan."""
    return [
        Line(
            code=row["code"],
            verdict=row["verdict"],
            value=_number(row["value"]),
            score=_number(row["score"]),
            points=_number(row["points"]),
            lost=_number(row["lost"]),
        )
        for row in result.points
    ]


def _number(text: str) -> Fraction | None:
    return Fraction(text) if text else None


def values_of(entrant: Entrant) -> Mapping[str, Value]:
    """All that is said of an office, by indicator. One query."""
    return {value.indicator: value for value in Value.objects.filter(entrant=entrant)}


def changes_of(entrant: Entrant) -> QuerySet[ValueChange]:
    """Every change of its values, oldest first. One query."""
    return ValueChange.objects.filter(value__entrant=entrant).select_related("value", "objection").order_by("id")


def objections_of(round: Round) -> QuerySet[Objection]:
    """All objections of a round, oldest first. One query."""
    rows = Objection.objects.filter(value__entrant__round=round)
    return rows.select_related("value__entrant", "duty").order_by("id")


def objections_upheld(round: Round) -> int:
    """How many were granted, wholly or in part."""
    rows = Objection.objects.filter(value__entrant__round=round, outcome__in=[Outcome.UPHELD, Outcome.PARTLY])
    return rows.count()


def previous(round: Round) -> Round | None:
    """The round before it of the same plan (whichever version), offices and kind that has its last result."""
    earlier = published().filter(plan__code=round.plan.code, path=round.path, of=round.of).exclude(pk=round.pk)
    before = [one for one in earlier if one.of_period.start() < round.of_period.start()]
    return max(before, key=lambda one: (one.of_period.start(), one.pk), default=None)
