"""What a desk reaches of templates of answers."""

from __future__ import annotations

from django.db.models import QuerySet

from takrim.cases.models_templates import AnswerTemplate, AnswerTemplateQuerySet, TemplateVersion
from takrim.cases.templates_for import kept_under
from takrim.web.desk import Desk


def own(desk: Desk) -> AnswerTemplateQuerySet:
    """Those that the person at this desk may change: of their office and of those below it."""
    return kept_under(desk.actor.unit_path) if desk.actor.unit_path else AnswerTemplate.objects.none()


def above(desk: Desk) -> AnswerTemplateQuerySet:
    """Those of the offices above, which are offered here too."""
    here = desk.actor.unit_path
    return AnswerTemplate.objects.all().of(here).exclude(unit_path=here).order_by("unit_path", "title")


def versions(template: AnswerTemplate) -> QuerySet[TemplateVersion]:
    """All versions of a template, newest first."""
    return TemplateVersion.objects.filter(template=template).order_by("-number")
