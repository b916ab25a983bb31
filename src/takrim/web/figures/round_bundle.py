"""The signed file of a round's last result: made once, kept, given to everybody."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from takrim.evaluation import rounds_read
from takrim.evaluation.bundle import RESULTS
from takrim.evaluation.models_rounds import Round
from takrim.evaluation.round_table import bundle_of
from takrim.evaluation.scoring.sensitivity import Sensitivity
from takrim.evaluation.signing import fingerprint
from takrim.web.desk import PublicRequest
from takrim.web.figures.keys import own_key
from takrim.web.gates import public
from takrim.web.kept_files import kept


def round_of(code: str) -> Round:
    """A round whose last result is out; 404 for any other."""
    found = rounds_read.published().filter(code=code).first()
    if found is None:
        raise Http404
    return found


def bundle(round: Round) -> bytes:
    """Its bundle. A thousand draws are in it, so it is made once: by the job, or by whoever comes before that."""
    key = own_key()
    named = f"{round.code} {round.final_hash} {fingerprint(key.public_key())}"
    return kept("bundles", f"{hashlib.sha256(named.encode()).hexdigest()}.zip", lambda: bundle_of(round, key))


def weights_of(content: bytes) -> Mapping[str, Sensitivity]:
    """What other weights would have done, as a bundle tells it; empty where its plan draws none."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        rows: list[dict[str, Any]] = json.loads(archive.read(RESULTS))["units"]
    return {row["unit"]: _read(row["sensitivity"]) for row in rows if row.get("sensitivity")}


def _read(written: Mapping[str, Any]) -> Sensitivity:
    return Sensitivity(**{**written, "first": float(written["first"])})


@public
@require_safe
def download(request: PublicRequest, code: str) -> HttpResponse:
    """`takrim rank --bundle FILE --verify` computes every score and rank of it again, offline."""
    round = round_of(code)
    response = HttpResponse(bundle(round), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="round-{round.pk}-{round.final_hash[:8]}.zip"'
    return response
