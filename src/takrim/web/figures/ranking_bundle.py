"""A ranking as a signed file that anybody can compute again."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.evaluation.public_bundle import bundle_of
from takrim.evaluation.ranking import ranking
from takrim.orgs.paths import ROOT
from takrim.orgs.units import UnitNames
from takrim.web.desk import PublicRequest
from takrim.web.figures import periods
from takrim.web.figures.keys import own_key
from takrim.web.figures.places import unit_at
from takrim.web.figures.ranking import plan_of
from takrim.web.gates import public


@public
@require_safe
def provinces(request: PublicRequest) -> HttpResponse:
    """The bundle of the provincial directorates."""
    return _bundle(request, unit_at(ROOT.rstrip("/")), "directorate")


@public
@require_safe
def counties(request: PublicRequest, place: str) -> HttpResponse:
    """The bundle of the county offices of a province."""
    return _bundle(request, unit_at(place), "county")


def _bundle(request: PublicRequest, unit: UnitNames, kind: str) -> HttpResponse:
    plan, now = plan_of(unit, kind), clock.now()
    period = periods.chosen(request, now)
    content = bundle_of(ranking(plan, unit.path, period, now), own_key())
    response = HttpResponse(content, content_type="application/zip")
    name = unit.path.strip("/").replace("/", "-")
    response.headers["Content-Disposition"] = f'attachment; filename="ranking-{name}-{period.code}.zip"'
    return response
