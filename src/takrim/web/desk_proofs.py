"""What a desk reaches of proofs: what its office gave, what it may judge, what supports one thing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from takrim.duties.models import Duty
from takrim.evidence.models import Evidence
from takrim.orgs.paths import ROOT, under
from takrim.orgs.powers import Power
from takrim.orgs.prepared import Prepared, PreparedList
from takrim.orgs.units import UnitNames, all_names, house_of
from takrim.proofs import queries
from takrim.proofs.actions import RETURN_KIND
from takrim.proofs.models import SUBJECT, Action, ActionFile, ActionQuerySet, Proves
from takrim.proofs.models_judging import Draw, Judging, JudgingItem, SecondLook
from takrim.proofs.models_pictures import Picture
from takrim.proofs.provable import Owing, Thing, described, owed_by
from takrim.proofs.supporting import Pair
from takrim.web.desk import Desk, PublicDesk

SIZE = 24
# Attachments that a row of a list shows; the others are on the proof's own page.
THUMBS = 4


def own(desk: Desk) -> ActionQuerySet:
    """What the person's own office wrote down, newest first."""
    if not desk.actor.may(Power.PROOF_GIVE):
        return Action.objects.none()
    return Action.objects.filter(unit_id=desk.unit.pk).order_by("-pk")


def one(desk: Desk, code: str) -> Action | None:
    """One proof that this desk may open."""
    rows = queries.seen_by(desk.actor).filter(code=code).select_related("unit", "post")
    return rows.first()


def own_counts(desk: Desk) -> dict[str, int]:
    """How many proofs of each state the office has."""
    rows = own(desk).order_by().values_list("state").annotate(many=Count("pk"))
    return {str(state): many for state, many in rows}


def judged_here(desk: Desk) -> ActionQuerySet:
    """What the person at this desk may judge, with what a verdict needs."""
    return queries.of_house(desk.actor).select_related("unit", "post")


def queue_page(desk: Desk, unit_path: str, after: int, limit: int) -> list[Action]:
    """One page of what waits, and one more."""
    actor, first = desk.actor, not unit_path and not after and limit == queries.FIRST
    if first and actor.may(Power.PROOF_JUDGE) and house_of(actor.unit_path) not in {"", ROOT}:
        return queries.first_waiting(actor)
    return list(queue(desk, unit_path, after)[:limit])


def queue(desk: Desk, unit_path: str = "", after: int = 0) -> ActionQuerySet:
    """What waits to be judged, the longest waiting first, from behind one proof on."""
    rows = judged_here(desk).waiting().order_by("sent_at", "pk")
    rows = rows.filter(unit_path=unit_path) if unit_path else rows
    place = Action.objects.filter(pk=after).values_list("sent_at", flat=True).first() if after else None
    if place is None:
        return rows
    return rows.filter(Q(sent_at__gt=place) | Q(sent_at=place, pk__gt=after))


def judged(desk: Desk, state: str, unit_path: str = "", after: int = 0) -> ActionQuerySet:
    """What was judged so, the newest verdict first, from behind one proof on."""
    rows = judged_here(desk).filter(state=state).order_by("-judged_at", "-pk")
    rows = rows.filter(unit_path=unit_path) if unit_path else rows
    place = Action.objects.filter(pk=after).values_list("judged_at", flat=True).first() if after else None
    if place is None:
        return rows
    return rows.filter(Q(judged_at__lt=place) | Q(judged_at=place, pk__lt=after))


def waiting(desk: Desk, limit: int) -> int:
    """How many wait to be judged, counted no further than `limit`."""
    return len(queue(desk).values_list("pk", flat=True)[:limit])


def house(desk: Desk) -> list[UnitNames]:
    """The offices whose proofs this desk judges, in the order of the tree. No query."""
    return house_below(house_of(desk.actor.unit_path), desk.actor.unit_path)


def house_below(above: str, own: str) -> list[UnitNames]:
    """The offices of a house but one's own, in the order of the tree. No query."""
    return [unit for path, unit in all_names().items() if path.startswith(above) and path != own]


def files_of(actions: list[Action]) -> dict[int, list[ActionFile]]:
    """The attachments of proofs of this desk, in the order of their numbers. One query."""
    found: dict[int, list[ActionFile]] = {action.pk: [] for action in actions}
    for row in _FILES(list(found)):
        found[row.action_id].append(row)
    return found


_FILES: PreparedList[ActionFile] = PreparedList(
    lambda actions: (
        ActionFile.objects.filter(action_id__in=actions)
        .select_related("evidence__file")
        .order_by("action_id", "number")
    ),
    most=SIZE,
)


def with_thumbs(files: list[ActionFile]) -> dict[int, str]:
    """The small copies of the pictures among attachments, by the number of their file. One query."""
    return dict(_THUMBS([file.evidence.file_id for file in files if file.evidence]))


_THUMBS: PreparedList[Any] = PreparedList(
    lambda files: Picture.objects.filter(pk__in=files).values_list("pk", "thumb"), most=SIZE * THUMBS
)


def evidence_of(action: Action, number: int) -> Evidence | None:
    """The file of one attachment of a proof that was reached through `one()`."""
    rows = ActionFile.objects.filter(action=action, number=number, evidence__isnull=False)
    found = rows.select_related("evidence__file").first()
    return found.evidence if found else None


def shown_to_all(desk: PublicDesk, path: str, after: int = 0) -> list[Action]:
    """What everybody may see of a place and below it, what was done last first: a page, and one more."""
    rows = Action.objects.all().public().filter(under(path)).order_by("-done_on", "-pk")
    day = rows.filter(pk=after).values_list("done_on", flat=True).first() if after else None
    if day is not None:
        rows = rows.filter(Q(done_on__lt=day) | Q(done_on=day, pk__lt=after))
    return list(rows[: SIZE + 1])


def shown_picture(desk: PublicDesk, code: str, number: int) -> Evidence | None:
    """A picture of an action that everybody may see; None for what is none."""
    rows = ActionFile.objects.filter(action__in=Action.objects.all().public().filter(code=code), number=number)
    found = rows.exclude(evidence=None).select_related("evidence__file").first()
    return found.evidence if found and found.evidence and found.evidence.file.preview else None


def thumb_of(evidence: Evidence) -> str:
    """The small copy of a picture; "" for what is none."""
    return Picture.objects.filter(pk=evidence.file_id).values_list("thumb", flat=True).first() or ""


def proven(actions: list[Action]) -> tuple[dict[int, list[Pair]], dict[Pair, Thing]]:
    """What each proof proves, and the words for it. One query, and those of each kind."""
    found: dict[int, list[Pair]] = {action.pk: [] for action in actions}
    for action, kind, code in _PROVEN(list(found)):
        found[action].append((kind, code))
    return found, described({pair for pairs in found.values() for pair in pairs})


_PROVEN: PreparedList[Any] = PreparedList(
    lambda actions: (
        Proves.objects.filter(action_id__in=actions).order_by("pk").values_list("action_id", "kind", "code")
    ),
    most=SIZE,
)


def owing(desk: Desk) -> list[tuple[str, Owing]]:
    """All that the person's office still owes proof for."""
    return owed_by(desk.actor) if desk.actor.may(Power.PROOF_GIVE) else []


def due_again(desk: Desk) -> dict[str, datetime | None]:
    """By when the office completes what was returned, by the code of the proof. One query."""
    rows = Duty.objects.owed().filter(unit_id=desk.unit.pk, kind=RETURN_KIND).values_list("about", "due_at")
    return {about.removeprefix(SUBJECT): due for about, due in rows}


def to_complete(desk: Desk, most: int) -> list[tuple[str, str, datetime | None]]:
    """Code, title and date of what was returned to the office, the first due first. Two queries."""
    due = due_again(desk)
    titles = dict(own(desk).filter(code__in=due).values_list("code", "title")) if due else {}
    rows = [(code, title, due[code]) for code, title in titles.items()]
    return sorted(rows, key=lambda row: (row[2] is None, row[2].timestamp() if row[2] else 0))[:most]


def of_thing(desk: Desk, kind: str, code: str) -> list[Action]:
    """All that was handed in to prove one thing that this desk has reached, newest first. One query."""
    return list(queries.actions_for(kind, code)[:SIZE])


def judgings(desk: Desk) -> QuerySet[Judging]:
    """What the person at this desk has asked for over many proofs, newest first."""
    return Judging.objects.filter(person_id=desk.seat.person_id).order_by("-id")


def judged_lately(desk: Desk) -> list[Judging]:
    """The last few of them."""
    return _JUDGINGS(person=desk.seat.person_id)


_JUDGINGS = Prepared(lambda person: Judging.objects.filter(person_id=person).order_by("-id")[:5])


def results(judging: Judging) -> dict[str, int]:
    """How many proofs had which result; "" stands for those that wait."""
    rows = JudgingItem.objects.filter(judging=judging).values_list("result").annotate(many=Count("pk"))
    return {str(result): many for result, many in rows}


def items(judging: Judging, result: str, after: int) -> list[JudgingItem]:
    """The proofs of a judging with one result, from behind one on; one more than a page."""
    rows = JudgingItem.objects.filter(judging=judging, result=result, pk__gt=after)
    return list(rows.select_related("action").order_by("pk")[: SIZE + 1])


def looks(desk: Desk) -> QuerySet[SecondLook]:
    """What was drawn for the person at this desk and waits."""
    if not desk.actor.may(Power.PROOF_JUDGE):
        return SecondLook.objects.none()
    rows = SecondLook.objects.filter(second_id=desk.seat.person_id, done_at=None).order_by("pk")
    return rows.select_related("action__unit", "action__post", "draw")


def looks_waiting(desk: Desk) -> int:
    """How many of them wait, counted no further than a page."""
    return len(_LOOKS(person=desk.seat.person_id)) if desk.actor.may(Power.PROOF_JUDGE) else 0


_LOOKS = Prepared(
    lambda person: (
        SecondLook.objects.filter(second_id=person, done_at=None).order_by("pk").values_list("pk", "draw_id")[:SIZE]
    )
)


def draws(desk: Desk) -> QuerySet[Draw]:
    """The samples of the house, newest first, with how they went."""
    if not desk.actor.may(Power.PROOF_JUDGE):
        return Draw.objects.none()
    rows = Draw.objects.filter(chain=house_of(desk.actor.unit_path)).order_by("-period")
    return rows.annotate(
        agreed=Count("looks", filter=Q(looks__agrees=True)), differed=Count("looks", filter=Q(looks__agrees=False))
    )


def reached(desk: Desk, codes: set[str]) -> frozenset[str]:
    """Those of some proofs that this desk may open. No query for none."""
    if not codes:
        return frozenset()
    return frozenset(queries.seen_by(desk.actor).filter(code__in=codes).values_list("code", flat=True))


def words_of(pairs: list[Pair]) -> dict[Pair, Thing]:
    """The words for things that may be proven, as far as they are there."""
    return described(pairs)
