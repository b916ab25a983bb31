"""Handing out stored files: only to those who may see what they are about, never as something a browser would run."""

from __future__ import annotations

from typing import cast
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.evidence.kinds import KINDS
from takrim.evidence.models import Evidence
from takrim.evidence.shelf import shelf
from takrim.journal.record import looked
from takrim.orgs.powers import Power
from takrim.web import desk_proofs
from takrim.web.desk import HolderRequest, StaffRequest
from takrim.web.gates import holder, staff


def send(evidence: Evidence, *, small: bool) -> HttpResponseBase:
    """The bytes of a file whose reader has been looked at."""
    stored = evidence.file
    kind = KINDS[stored.kind]
    if small and not stored.preview:
        raise Http404
    name = stored.preview if small else stored.hash
    response = FileResponse(shelf().open(name), content_type="image/webp" if small else kind.content_type)
    stem = evidence.name.rsplit(".", 1)[0] or "file"
    response.headers["Content-Disposition"] = (
        "inline" if small else f"attachment; filename*=UTF-8''{quote(stem + kind.suffix)}"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def send_picture(name: str) -> HttpResponseBase:
    """A picture of ours by the hash of its bytes: without anything that its first one said of time and place."""
    if not name:
        raise Http404
    response = FileResponse(shelf().open(name), content_type="image/webp")
    response.headers["Content-Disposition"] = "inline"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    # What a hash stands for never changes; but only for who may see it.
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


@require_safe
@staff(Power.CASE_SEE)
def for_staff(request: HttpRequest, evidence_id: int, small: bool = False) -> HttpResponseBase:
    """A file of a case in the officer's scope."""
    desk = cast(StaffRequest, request).desk
    evidence = get_object_or_404(desk.evidence(), pk=evidence_id)
    if not desk.cases().filter(code=evidence.subject).exists():
        raise Http404
    looked(at=clock.now(), by=desk.actor, subject=evidence.subject, page=f"file:{evidence.pk}")
    return send(evidence, small=small)


@require_safe
@holder
def for_holder(request: HttpRequest, evidence_id: int, small: bool = False) -> HttpResponseBase:
    """A file of a case that the person holds, if it is theirs or meant for them."""
    desk = cast(HolderRequest, request).desk
    return send(get_object_or_404(desk.evidence(), pk=evidence_id), small=small)


@require_safe
@staff(Power.COUNCIL_SEE)
def of_proof(request: HttpRequest, code: str, number: int, size: str = "") -> HttpResponseBase:
    """An attachment of a proof that this desk may open: as it is, to look at, or small for a list."""
    desk = cast(StaffRequest, request).desk
    action = desk_proofs.one(desk, code)
    evidence = desk_proofs.evidence_of(action, number) if action else None
    if action is None or evidence is None:
        raise Http404
    if size == "small":
        return send_picture(desk_proofs.thumb_of(evidence))
    looked(at=clock.now(), by=desk.actor, subject=action.subject, page=f"file:{evidence.pk}")
    return send(evidence, small=size == "view")
