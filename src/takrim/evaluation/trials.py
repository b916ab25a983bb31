"""Rankings put to the test in the worker, and what came out of it read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from takrim.base.period import Period
from takrim.evaluation import actions_trial
from takrim.evaluation.models_trial import Trial
from takrim.evaluation.plan import Plan, plans
from takrim.evaluation.ranking import ranking
from takrim.evaluation.scoring.intervals import Interval, intervals
from takrim.evaluation.scoring.sensitivity import Sensitivity, sensitivity
from takrim.evaluation.trying import tried
from takrim.orgs.actor import Actor, system
from takrim.tasks.result import Context
from takrim.tasks.task import task

# Figures and values; chance; other weights.
STEPS: Final = 3


@dataclass(frozen=True)
class Tested:
    """What chance and other weights would have made of each unit that is ranked."""

    chance: Mapping[str, Interval] = field(default_factory=dict)
    weights: Mapping[str, Sensitivity] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.chance or self.weights)


def ask(*, plan: Plan, path: str, period: Period, by: Actor, now: datetime) -> Trial:
    """Ask for it, and let the worker begin."""
    trial = actions_trial.ask(plan=plan, path=path, period=period, by=by, now=now)
    run.using(key=str(trial.pk)).enqueue(trial.pk, now=now)
    return trial


@task(takes_context=True, title=_("Put a ranking to the test"), attempts=5)
def run(context: Context, trial_id: int, *, now: datetime) -> None:
    """A thousand draws of chance, a thousand of other weights, and each indicator left out."""
    trial = Trial.objects.filter(pk=trial_id, finished_at=None).first()
    if trial is None:
        return
    by = system("trial")

    def done() -> None:
        actions_trial.step(trial=trial, by=by, now=now)
        context.progress(trial.step, STEPS)

    scored = tried(ranking(plans()[trial.plan], trial.path, Period.parse(trial.period), now))
    done()
    chance = intervals(scored)
    done()
    weights = sensitivity(scored)
    actions_trial.keep(trial=trial, results=written(chance, weights), by=by, now=now)


def written(chance: Mapping[str, Interval], weights: Mapping[str, Sensitivity]) -> dict[str, Any]:
    """As it is kept."""
    return {unit: {"chance": asdict(one), "weights": asdict(weights[unit])} for unit, one in chance.items()}


def read(results: Mapping[str, Any]) -> Tested:
    """What was kept, as values again."""
    chance = {unit: one["chance"] for unit, one in results.items() if one.get("chance")}
    return Tested(
        {unit: Interval(**{**one, "bands": tuple(one["bands"])}) for unit, one in chance.items()},
        {unit: Sensitivity(**one["weights"]) for unit, one in results.items() if one.get("weights")},
    )


def trial_of(plan: Plan, path: str, period: Period) -> Trial | None:
    """The trial of a ranking, if somebody ever asked for it. One query."""
    return Trial.objects.filter(plan=plan.code, path=path, period=period.code).first()
