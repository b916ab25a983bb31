"""Files of a round: what proves a value, an objection or a step; and the bundle of its result."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.base.clock import local_date
from takrim.evaluation.models_entrants import Entrant
from takrim.evaluation.models_rounds import Stage
from takrim.journal.record import looked
from takrim.orgs.powers import Power
from takrim.web import desk_rounds
from takrim.web.desk import StaffRequest
from takrim.web.desk_council import MemberDesk, Reach, SeatedRequest
from takrim.web.figures.round_bundle import bundle as kept_bundle
from takrim.web.files import send
from takrim.web.gates import seated, staff


@require_safe
@seated(Power.FIGURES_SEE, Power.COUNCIL_SEE)
def file(request: SeatedRequest, code: str, evidence_id: int) -> HttpResponseBase:
    """A file, for who may read what it is about, assesses it, or answers an objection to it."""
    desk, today = request.desk, local_date(clock.now())
    found = get_object_or_404(desk_rounds.answerable(desk, today), code=code)
    evidence = get_object_or_404(desk_rounds.files(), pk=evidence_id)
    entrant = desk_rounds.entrant_of(found, evidence.subject)
    if entrant is None or not _may_read(desk, entrant, evidence.subject, today):
        raise Http404
    looked(at=clock.now(), by=desk.actor, subject=evidence.subject, page=f"file:{evidence.pk}")
    return send(evidence, small=False)


def _may_read(desk: Reach, entrant: Entrant, subject: str, today: date) -> bool:
    if desk_rounds.goes_with_an_objection(desk, entrant.round, subject, today):
        return True
    if isinstance(desk, MemberDesk):
        return False
    if desk_rounds.sees_values(desk, entrant, today):
        return True
    return desk_rounds.assessments(desk).filter(entrant=entrant).exists()


@require_safe
@staff(Power.FIGURES_SEE)
def bundle(request: StaffRequest, code: str) -> HttpResponse:
    """The signed bundle of a finished round, as `takrim rank --bundle --verify` takes it."""
    found = get_object_or_404(desk_rounds.rounds(request.desk), code=code, stage=Stage.FINAL)
    response = HttpResponse(kept_bundle(found), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="round-{found.code}.zip"'
    return response
