"""What sealed minutes say, put together from what was written; and what is still missing before they can be sealed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from takrim.base import words
from takrim.base.persian import persian_digits
from takrim.councils import passages
from takrim.councils.adoption import Adopted
from takrim.councils.doers import names
from takrim.councils.models_agenda import AgendaItem
from takrim.councils.models_meetings import GUEST, Attendance, Invitation
from takrim.councils.models_minutes import Comment, DraftDecision, Minutes, OtherText
from takrim.councils.votes import Tally, count

Content = dict[str, Any]
# Whoever is only heard does not answer for the words.
NOT_SIGNING = (GUEST,)


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of the minutes: over the bytes of `exact`, so that anybody can reckon it again."""
    return hashlib.sha256(exact(content)).hexdigest()


def exact(content: Mapping[str, Any]) -> bytes:
    """The minutes as one canonical line: keys sorted, nothing between."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True)
class Sheet:
    """All rows of minutes, read at once."""

    minutes: Minutes
    items: Sequence[AgendaItem]
    decisions: Sequence[DraftDecision]
    texts: Mapping[str, str]
    people: Sequence[Invitation]

    def of(self, item: AgendaItem) -> list[DraftDecision]:
        return [decision for decision in self.decisions if decision.item_id == item.pk]

    @property
    def carried(self) -> dict[int, str]:
        """Items that go on at the next meeting, with why."""
        return {item.pk: item.carried_to.carried_why for item in self.items if hasattr(item, "carried_to")}


def read(minutes: Minutes) -> Sheet:
    """Six queries, however long the minutes are."""
    decisions = minutes.decisions.filter(dropped_at=None).prefetch_related("votes__invitation", "dissents__invitation")
    return Sheet(
        minutes,
        list(minutes.meeting.items.accepted().select_related("carried_to", "carried_from")),
        list(decisions.order_by("place")),
        passages.texts_of(minutes),
        list(Invitation.objects.filter(meeting=minutes.meeting_id).in_order()),
    )


def tally(sheet: Sheet, decision: DraftDecision) -> Tally | None:
    """What its vote came to, where the body votes and somebody has."""
    votes = [(vote.invitation.role == "chair", vote.choice) for vote in decision.votes.all()]
    body = sheet.minutes.meeting.body
    return count(votes, body.tie) if body.votes and votes else None


def signers(people: Iterable[Invitation]) -> list[Invitation]:
    """Those who were there and answer for the words."""
    return [one for one in people if one.is_here and one.role not in NOT_SIGNING]


def missing(sheet: Sheet) -> list[str]:
    """What must be done before sealing, as sentences; none where nothing is."""
    found = []
    if sheet.minutes.meeting.closed_at is None:
        found.append(_("The meeting is not closed yet: note who was there and when it ended."))
    if not sheet.items:
        found.append(_("There is no item on the agenda."))
    for item in sheet.items:
        found += _missing_of_item(sheet, item)
    for place, decision in enumerate(sheet.decisions, 1):
        found += [_number(place, sentence) for sentence in _missing_of_decision(sheet, decision)]
    return found + _waiting(sheet.minutes)


def _missing_of_item(sheet: Sheet, item: AgendaItem) -> list[str]:
    said = sheet.texts.get(passages.of_item(item.pk), "").strip()
    if said or sheet.of(item) or item.pk in sheet.carried:
        return []
    return [_("Nothing is written about “{title}”: sum it up, or carry it over.").format(title=item.title)]


def _number(place: int, sentence: str) -> str:
    return _("Decision {number}: {sentence}").format(
        number=words.number(place, get_language() or "fa"), sentence=sentence
    )


def _missing_of_decision(sheet: Sheet, decision: DraftDecision) -> list[str]:
    said = passages.words_of(sheet.texts, decision.pk)
    found = []
    if not said["text"]:
        found.append(_("write what was decided."))
    fault = passages.day_fault(said["due"])
    if fault or not said["due"]:
        found.append(fault or _("write until when."))
    if not said["doers"]:
        found.append(_("choose who carries it out."))
    if not said["proof"]:
        found.append(_("write how it will be proven."))
    if sheet.minutes.meeting.body.votes and tally(sheet, decision) is None:
        found.append(_("note how the members voted."))
    return found


def _waiting(minutes: Minutes) -> list[str]:
    found = []
    if OtherText.objects.filter(passage__minutes=minutes, settled_at=None).exists():
        found.append(_("Two texts of one place wait for your choice."))
    if Comment.objects.filter(minutes=minutes, settled_at=None).exists():
        found.append(_("A comment waits for your reply."))
    return found


def compose(sheet: Sheet, number: str) -> Content:
    """The minutes whole: names, offices and figures as they are now, so that nothing of them changes later."""
    meeting = sheet.minutes.meeting
    body = meeting.body
    return {
        "number": number,
        "unit": sheet.minutes.unit_path,
        "body": {"code": body.code, "fa": body.name_fa, "en": body.name_en},
        "meeting": {
            "code": meeting.code,
            "number": meeting.number,
            "title": meeting.title,
            "place": meeting.place,
            "starts": _moment(meeting.starts_at),
            "opened": _moment(meeting.opened_at),
            "closed": _moment(meeting.closed_at),
        },
        "quorum": {"needed": meeting.quorum_needed, "present": meeting.quorum_present, "voters": meeting.quorum_voters},
        "present": [_present(one) for one in sheet.people if one.is_here],
        "absent": [_absent(one) for one in sheet.people if not one.is_here and one.role not in NOT_SIGNING],
        "items": _items(sheet),
        "closing": sheet.texts.get(passages.CLOSING, "").strip(),
    }


def _moment(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat() if at else ""


def _present(one: Invitation) -> dict[str, Any]:
    return {
        "id": one.pk,
        "name": one.who_came,
        "for": one.name if one.by_substitute else "",
        **_titles(one),
        "role": one.role,
        "remote": one.attendance == Attendance.REMOTE,
    }


def _absent(one: Invitation) -> dict[str, Any]:
    excused = one.attendance == Attendance.EXCUSED
    return {"name": one.name, **_titles(one), "excused": excused}


def _titles(one: Invitation) -> dict[str, str]:
    """Post and organisation as they were called on the day, in both languages."""
    other = one.substitute_title if one.by_substitute else ""
    return {
        "title": other or one.title_fa,
        "title_en": other or one.title_en,
        "organisation": one.organisation_fa,
        "organisation_en": one.organisation_en,
    }


def _items(sheet: Sheet) -> list[dict[str, Any]]:
    places = {decision.pk: place for place, decision in enumerate(sheet.decisions, 1)}
    return [
        {
            "place": place,
            "title": item.title,
            "title_en": item.title_en,
            "by": item.proposed_name if not item.source else "",
            "source": item.source,
            "about": item.about,
            "summary": sheet.texts.get(passages.of_item(item.pk), "").strip(),
            "carried": sheet.carried.get(item.pk, ""),
            "decisions": [_decision(sheet, one, places[one.pk], item) for one in sheet.of(item)],
        }
        for place, item in enumerate(sheet.items, 1)
    ]


def _decision(sheet: Sheet, decision: DraftDecision, place: int, item: AgendaItem) -> dict[str, Any]:
    said, counted = passages.words_of(sheet.texts, decision.pk), tally(sheet, decision)
    # A draft is shown before its days are right; sealed it is only with them.
    due = None if passages.day_fault(said["due"]) else passages.read_day(said["due"])
    doers = passages.paths_in(said["doers"])
    return {
        "place": place,
        "about": item.about,
        "text": said["text"],
        "doers": list(doers),
        "doer_names": names(doers),
        "due": due.isoformat() if due else "",
        "proof": said["proof"],
        "rights": said["rights"].split(),
        "adopted": counted is None or counted.is_carried,
        "vote": _vote(decision, counted) if counted else None,
        "dissent": [{"name": one.invitation.who_came, "text": one.text} for one in decision.dissents.all()],
    }


def _vote(decision: DraftDecision, counted: Tally) -> dict[str, Any]:
    said = sorted((vote.invitation.place, vote.invitation.who_came, vote.choice) for vote in decision.votes.all())
    return {
        "for": counted.for_it,
        "against": counted.against,
        "abstained": counted.abstained,
        "result": counted.result,
        "said": [[name, choice] for _place, name, choice in said],
    }


def decisions_in(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All decisions of sealed minutes in their order."""
    return [decision for item in content.get("items", ()) for decision in item["decisions"]]


def adopted(minutes: Minutes) -> list[Adopted]:
    """What sealed minutes hand down: the decisions that were carried."""
    drafts = minutes.decisions.filter(dropped_at=None).order_by("place")
    items = dict(enumerate(drafts.values_list("item_id", flat=True), 1))
    return [
        Adopted(
            key=f"minutes:{minutes.pk}/{one['place']}",
            body=minutes.meeting.body_id,
            meeting=minutes.meeting_id,
            item=items.get(one["place"]),
            unit_path=minutes.unit_path,
            place=one["place"],
            number=cited(minutes.number, one["place"]),
            text=one["text"],
            doers=tuple(one["doers"]),
            due=date.fromisoformat(one["due"]) if one["due"] else None,
            proof=one["proof"],
            about=(one["about"],) if one["about"] else (),
            rights=tuple(one["rights"]),
        )
        for one in decisions_in(minutes.content)
        if one["adopted"]
    ]


def cited(number: str, place: int) -> str:
    """How a decision is cited: the number of its minutes, and its place in them."""
    return f"{number}-{persian_digits(str(place))}"
