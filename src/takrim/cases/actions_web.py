"""What a person does on the web in one go: file a matter with its files, complete a case with more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from takrim.cases.actions_intake import Place, complete, receive
from takrim.cases.actions_shield import keep_from, place_above
from takrim.cases.conflict import Subject
from takrim.cases.models import Case
from takrim.channels.actions_draft import finish
from takrim.channels.channel import Intake
from takrim.channels.models import Draft
from takrim.evidence.actions import hand_in
from takrim.evidence.models import StoredFile
from takrim.orgs.actor import Actor


@dataclass(frozen=True)
class KeptFile:
    """A file that was kept while the matter was being written: its hash and the name it came with."""

    hash: str
    name: str


@transaction.atomic
def file_draft(
    *,
    draft: Draft,
    intake: Intake,
    place: Place,
    files: Sequence[KeptFile],
    by: Actor,
    now: datetime,
    subject: Subject | None = None,
) -> Case:
    """Turn a draft into a case, once: sent again, it gives the same case. Raises EmptyMatter, NotAllowed.

    A case about a `subject` never comes to them: it begins at the level above.
    """
    case = receive(intake=intake, place=place_above(place, subject, now) if subject else place, by=by, now=now)
    # Who comes second, by a second press or from a second tab, finds the draft finished and adds nothing.
    if finish(draft=draft, code=case.code, by=by, now=now):
        if subject:
            keep_from(case=case, subject=subject, by=by, now=now)
        _hand_in(case, files, by=by, now=now)
    return case


@transaction.atomic
def complete_with(*, case: Case, text: str, files: Sequence[KeptFile], by: Actor, now: datetime) -> Case:
    """Add what was missing, in words and files."""
    complete(case=case, text=text, by=by, now=now)
    _hand_in(case, files, by=by, now=now)
    return case


def _hand_in(case: Case, files: Sequence[KeptFile], *, by: Actor, now: datetime) -> None:
    stored = {file.hash: file for file in StoredFile.objects.filter(hash__in=[file.hash for file in files])}
    for file in files:
        if file.hash in stored:
            hand_in(
                subject=case.code, unit_path=case.unit_path, stored=stored[file.hash], name=file.name, by=by, now=now
            )
