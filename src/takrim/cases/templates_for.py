"""Which templates are offered for an answer, and what they say about this case."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from takrim.cases import blanks
from takrim.cases.actions_templates import PARTS
from takrim.cases.models import Case
from takrim.cases.models_templates import AnswerTemplate, AnswerTemplateQuerySet, TemplateVersion
from takrim.orgs.paths import lineage

MOST = 30


def offered(case: Case) -> list[AnswerTemplate]:
    """Those of the office that answers and of the offices above it, for this kind and service: the nearest first."""
    code = case.card.card.code if case.card else ""
    fits = Q(kind__in=["", case.kind]) & Q(card__in=["", code])
    rows = list(AnswerTemplate.objects.all().of(case.unit_path).filter(fits).order_by("title")[: MOST * 2])
    return sorted(rows, key=lambda one: (-len(one.unit_path), not one.card, not one.kind))[:MOST]


def filled(template: AnswerTemplate, case: Case, now: datetime) -> dict[str, str]:
    """The parts of an answer with what the case knows; the rest stands open."""
    parts = {part: blanks.on_case(getattr(template, part), case, now) for part in PARTS}
    return {"outcome": template.outcome, **parts}


def begun_with(case: Case, version: int | None) -> TemplateVersion | None:
    """The version of a template that a draft says it began with; none where no template of these offices has it."""
    if version is None:
        return None
    known = TemplateVersion.objects.filter(template__unit_path__in=lineage(case.unit_path))
    return known.filter(pk=version).first()


def newest_version(template: AnswerTemplate) -> TemplateVersion:
    """The version that a draft begins with today."""
    return TemplateVersion.objects.get(template=template, number=template.version)


def kept_under(path: str) -> AnswerTemplateQuerySet:
    """Templates in use at an office and below it."""
    return AnswerTemplate.objects.filter(unit_path__startswith=path, ended_at=None).order_by("unit_path", "title")
