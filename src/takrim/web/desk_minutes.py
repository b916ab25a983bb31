"""What a desk reaches of agendas and minutes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from takrim.base.clock import local_date
from takrim.councils.actions_agenda import item_subject
from takrim.councils.models_agenda import AgendaItem
from takrim.councils.models_meetings import GUEST, Invitation, Meeting
from takrim.councils.models_minutes import (
    Comment,
    Dissent,
    DraftDecision,
    Erratum,
    Minutes,
    MinutesSignature,
    MinutesTemplate,
    OtherText,
    Passage,
)
from takrim.evidence.models import Evidence
from takrim.web.desk import Desk

PAGE = 50
_GRACE = timedelta(seconds=15)


def meeting(desk: Desk, code: str, now: datetime) -> Meeting | None:
    """A meeting of a body in scope, or one to which the person was invited."""
    seen = Meeting.objects.all().seen_by(desk.actor, local_date(now))
    return seen.filter(code=code).select_related("body").first()


def minutes_of(of: Meeting) -> Minutes | None:
    """Its minutes, once they are begun; with their meeting, so that nobody asks for it again."""
    found = Minutes.objects.filter(meeting=of).first()
    if found is not None:
        found.meeting = of
    return found


def items(of: Meeting) -> Sequence[AgendaItem]:
    """The agenda in its order, each item with the one it was carried over from."""
    return list(AgendaItem.objects.filter(meeting=of).accepted().select_related("carried_from__meeting"))


def waiting(of: Meeting) -> Sequence[AgendaItem]:
    """What was proposed for this meeting, and what waits for any meeting of its body."""
    proposed = AgendaItem.objects.proposed().filter(body=of.body_id)
    rows = proposed.filter(meeting=of) | proposed.filter(meeting=None)
    return list(rows.select_related("carried_from__meeting"))


def declined(of: Meeting) -> Sequence[AgendaItem]:
    """What was not taken on, with why."""
    return list(AgendaItem.objects.filter(meeting=of, declined_at__isnull=False).order_by("declined_at"))


def item(of: Meeting, number: int) -> AgendaItem | None:
    """An item of this meeting, or one that waits for a meeting of its body."""
    rows = AgendaItem.objects.filter(body=of.body_id, pk=number)
    found = rows.filter(meeting=of) | rows.filter(meeting=None)
    return found.select_related("body", "meeting__body", "carried_from__meeting").first()


def history(one: AgendaItem) -> list[AgendaItem]:
    """The meetings through which it was carried, the first first. At most as many as a year has meetings."""
    found: list[AgendaItem] = []
    before = one.carried_from
    while before is not None and len(found) < 24:
        found.insert(0, before)
        before = AgendaItem.objects.filter(carried_to__pk=before.pk).select_related("meeting").first()
    return found


def papers(of: Sequence[AgendaItem]) -> dict[str, list[Evidence]]:
    """The papers of items, by the item's code. One query."""
    found: dict[str, list[Evidence]] = {}
    subjects = [item_subject(one) for one in of]
    for paper in Evidence.objects.filter(subject__in=subjects).select_related("file").order_by("id"):
        found.setdefault(paper.subject, []).append(paper)
    return found


def paper(of: AgendaItem, number: int) -> Evidence | None:
    return Evidence.objects.filter(subject=item_subject(of), pk=number).select_related("file").first()


def people(of: Meeting) -> Sequence[Invitation]:
    """Who was invited, in the order of the list."""
    return list(Invitation.objects.filter(meeting=of).in_order())


def decision(of: Minutes, number: int) -> DraftDecision | None:
    found = DraftDecision.objects.filter(minutes=of, pk=number, dropped_at=None).first()
    if found is not None:
        found.minutes = of
    return found


def dissent(of: Minutes, number: int) -> Dissent | None:
    rows = Dissent.objects.filter(decision__minutes=of, pk=number)
    return rows.select_related("decision__minutes__meeting__body", "invitation").first()


def texts_and_versions(of: Minutes) -> dict[str, tuple[str, int]]:
    """What stands in each field, and at which version. One query."""
    return {name: (text, version) for name, text, version in of.passages.values_list("name", "text", "version")}


def written_since(of: Minutes, since: str) -> Sequence[Passage]:
    """Fields that were written since a moment, the last last; some a little older too, whose deed took its time."""
    try:
        moment = datetime.fromisoformat(since)
    except ValueError:
        return []
    if moment.tzinfo is None:
        return []
    return list(of.passages.filter(at__gte=moment - _GRACE).order_by("at"))


def other_texts(of: Minutes) -> dict[str, list[OtherText]]:
    """Texts that wait beside a field for somebody's choice, by the field's name. One query."""
    found: dict[str, list[OtherText]] = {}
    rows = OtherText.objects.filter(passage__minutes=of, settled_at=None).select_related("passage")
    for other in rows.order_by("id"):
        found.setdefault(other.passage.name, []).append(other)
    return found


def other_text(of: Minutes, number: int) -> OtherText | None:
    return (
        OtherText.objects.filter(passage__minutes=of, pk=number)
        .select_related("passage__minutes__meeting__body")
        .first()
    )


def comments(of: Minutes) -> Sequence[Comment]:
    return list(Comment.objects.filter(minutes=of).select_related("item").order_by("id"))


def said(of: Minutes, number: int) -> Comment | None:
    found = Comment.objects.filter(minutes=of, pk=number).first()
    if found is not None:
        found.minutes = of
    return found


def signatures(of: Minutes) -> Sequence[MinutesSignature]:
    """Those that hold, in the order of the list."""
    return list(of.signatures.filter(void_at=None).select_related("invitation").order_by("invitation__place", "id"))


def errata(of: Minutes) -> Sequence[Erratum]:
    return list(of.errata.order_by("place"))


def erratum(of: Minutes, number: int) -> Erratum | None:
    found = Erratum.objects.filter(minutes=of, pk=number).first()
    if found is not None:
        found.minutes = of
    return found


def _came(desk: Desk) -> QuerySet[Invitation]:
    """The seats at which the person sat."""
    person = desk.actor.person
    mine = Q(by_substitute=False, person_id=person) | Q(by_substitute=True, substitute_person_id=person)
    return Invitation.objects.all().here().filter(mine)


def to_sign(desk: Desk) -> QuerySet[Minutes]:
    """Sealed minutes of meetings at which the person was, and which they have not signed."""
    mine = _came(desk).exclude(role=GUEST)
    signed = MinutesSignature.objects.filter(minutes=OuterRef("pk"), void_at=None, by=desk.actor.code)
    rows = Minutes.objects.filter(sealed_at__isnull=False, issued_at=None, meeting__in=mine.values("meeting_id"))
    return rows.exclude(Exists(signed)).select_related("meeting__body").order_by("sealed_at")


def to_comment(desk: Desk) -> QuerySet[Minutes]:
    """Drafts shown to those who were there."""
    here = _came(desk).values("meeting_id")
    rows = Minutes.objects.filter(shown_at__isnull=False, sealed_at=None, meeting__in=here)
    return rows.select_related("meeting__body").order_by("shown_at")


def register(desk: Desk, now: datetime, before: int) -> Sequence[Minutes]:
    """Issued minutes of meetings in scope, the newest first, from below one; one more than a page shows."""
    seen = Meeting.objects.all().seen_by(desk.actor, local_date(now))
    rows = Minutes.objects.filter(issued_at__isnull=False, meeting__in=seen)
    if before:
        rows = rows.filter(pk__lt=before)
    return list(rows.select_related("meeting__body").order_by("-pk")[: PAGE + 1])


def word_template(path: str) -> MinutesTemplate | None:
    """The Word template that an office itself has taken into use."""
    return MinutesTemplate.objects.filter(unit_path=path, ended_at=None).first()
