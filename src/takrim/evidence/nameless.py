"""Files of those who stay unknown: made anew, so that no camera, place, author or hour travels along."""

from __future__ import annotations

import io
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from PIL import Image

from takrim.base.errors import Refusal
from takrim.evidence.actions import Upload, keep
from takrim.evidence.kinds import kind_of
from takrim.evidence.models import StoredFile
from takrim.evidence.pictures import BROKEN, FORMATS, MOST_POINTS, MOST_POINTS_OF_JPEG, drawn_anew


class MayTellOnYou(Refusal):
    code = "file_may_tell_on_you"
    status = 422
    message = _(
        "Only pictures and plain text are taken here: other files say who made them, when and where. Send a picture of "
        "the paper or of the screen instead."
    )


def keep_nameless(*, upload: Upload, now: datetime) -> StoredFile:
    """Keep a picture drawn anew, or a plain text. Raises MayTellOnYou, and what `keep` raises."""
    raw = b"".join(upload.chunks)
    kind = kind_of(io.BytesIO(raw)) if raw else "text"
    if kind in {"png", "jpeg", "webp", "gif"}:
        raw = _anew(raw)
    elif kind != "text":
        raise MayTellOnYou
    return keep(upload=Upload("file", [raw]), now=now)


def _anew(raw: bytes) -> bytes:
    """The same points and nothing else."""
    made = io.BytesIO()
    try:
        with Image.open(io.BytesIO(raw), formats=FORMATS) as opened:
            most = MOST_POINTS_OF_JPEG if opened.format == "JPEG" else MOST_POINTS
            if opened.width * opened.height > most:
                raise MayTellOnYou
            drawn_anew(opened).save(made, "JPEG", quality=90)
    except BROKEN as error:
        raise MayTellOnYou from error
    return made.getvalue()
