"""An office takes a Word template of its own into use for its minutes, or goes back to the common one."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

import segno
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.councils import word
from takrim.councils.models_minutes import MinutesTemplate
from takrim.councils.word_example import EXAMPLE
from takrim.evidence.actions import Upload, clean_name, keep
from takrim.evidence.shelf import shelf
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.paths import is_under, lineage
from takrim.orgs.powers import Power


class NotYourTemplate(Refusal):
    code = "not_your_word_template"
    status = 403
    message = _("You can only change the template of your own office and of those below it.")


@dataclass(frozen=True, kw_only=True)
class WordTemplateKept(Event):
    verb = "minutes.template_kept"
    sentence = _("{unit} took a Word template for its minutes into use.")
    unit: str
    hash: str


@dataclass(frozen=True, kw_only=True)
class WordTemplateEnded(Event):
    verb = "minutes.template_ended"
    sentence = _("{unit} went back to the common Word template for its minutes.")
    unit: str


def template_of(path: str) -> BinaryIO:
    """The template of an office, of the nearest above it, or the common one; whoever asks closes it."""
    rows = MinutesTemplate.objects.filter(unit_path__in=lineage(path), ended_at=None).select_related("file")
    nearest = max(rows, key=lambda row: len(row.unit_path), default=None)
    return shelf().open(nearest.file.hash) if nearest else word.OURS.open("rb")


def _require_own(unit_path: str, by: Actor) -> None:
    by.require(Power.BODIES_EDIT)
    if not is_under(unit_path, by.unit_path):
        raise NotYourTemplate


@transaction.atomic
def keep_word_template(*, unit_path: str, upload: Upload, by: Actor, now: datetime) -> MinutesTemplate:
    """Take a template into use once it was filled in with an example. Raises BadWordTemplate."""
    _require_own(unit_path, by)
    stored = keep(upload=upload, now=now)
    if stored.kind != "docx":
        raise word.BadWordTemplate(why=_("it is no Word file"))
    with closing(shelf().open(stored.hash)) as file:
        word.drawn(file, EXAMPLE, segno.make("https://example.ir/verify/"))
    MinutesTemplate.objects.filter(unit_path=unit_path, ended_at=None).update(ended_at=now)
    template = MinutesTemplate.objects.create(
        unit_path=unit_path, file=stored, name=clean_name(upload.name), at=now, by=by.code, by_name=by.name
    )
    event = WordTemplateKept(unit=unit_path, hash=stored.hash)
    record(event, on=f"minutes_template:{unit_path}", unit_path=unit_path, by=by, at=now)
    return template


@transaction.atomic
def end_word_template(*, unit_path: str, by: Actor, now: datetime) -> None:
    """Go back to the common template, or to that of the office above."""
    _require_own(unit_path, by)
    if MinutesTemplate.objects.filter(unit_path=unit_path, ended_at=None).update(ended_at=now) == 1:
        event = WordTemplateEnded(unit=unit_path)
        record(event, on=f"minutes_template:{unit_path}", unit_path=unit_path, by=by, at=now)
