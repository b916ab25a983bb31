"""What colleagues tell one another: a note that names somebody, who has a case open, a list that has grown too long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.cases.actions_work import note
from takrim.cases.conflict import Shields, places_of
from takrim.cases.models import Case, Note, SavedView
from takrim.cases.models_together import Notice, Presence
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power
from takrim.orgs.seats import actor_at, holdings_of

MENTION, PASSED = "mention", "view_passed"
MOST_MENTIONED = 10
MOST_WARNED_FROM = 1000
# Who has not renewed their presence for this long has gone.
PRESENT = timedelta(seconds=75)


class CannotSeeIt(Refusal):
    code = "mentioned_cannot_see"
    status = 422
    message = _("One of the colleagues you named cannot open this case. Take them out, or refer the case first.")


class TooManyMentioned(Refusal):
    code = "too_many_mentioned"
    status = 422
    message = _("At most {most} colleagues can be named in a note.")


class NoSuchNumber(Refusal):
    code = "no_such_number"
    status = 422
    message = _("Give a whole number from one to {most}, or leave the field empty.")


@transaction.atomic
def note_to(*, case: Case, text: str, mentioned: Sequence[int], by: Actor, now: datetime) -> Note:
    """Write a note, and let those whom it names know of it. Only who may open the case can be named."""
    written = note(case=case, text=text, by=by, now=now)
    people = [person for person in dict.fromkeys(mentioned) if person != by.person_id]
    if len(people) > MOST_MENTIONED:
        raise TooManyMentioned(most=MOST_MENTIONED)
    if not all(_may_open(person, case, now) for person in people):
        raise CannotSeeIt
    Notice.objects.bulk_create(
        Notice(person_id=person, kind=MENTION, occasion=f"note:{written.pk}", case=case, by_name=by.name, at=now)
        for person in people
    )
    return written


def _may_open(person: int, case: Case, now: datetime) -> bool:
    seats = [actor_at(holding) for holding in holdings_of(person, local_date(now))]
    return any(Case.objects.all().seen_by(seat).filter(pk=case.pk).exists() for seat in seats)


@transaction.atomic
def put_away(*, notice_id: int, by: Actor, now: datetime) -> bool:
    """One's own notice was read; says whether there was one."""
    mine = Notice.objects.filter(pk=notice_id, person_id=by.person_id or 0, seen_at=None)
    return bool(mine.update(seen_at=now))


@transaction.atomic
def be_here(*, case: Case, by: Actor, now: datetime) -> list[Presence]:
    """Say that one has the case open; gives who else has.

    A case may become one about somebody while they look at it: from then on they are not named, and see nobody.
    """
    by.require(Power.CASE_SEE)
    shields = Shields.of([case.code])
    if shields.keep(case.code, by.unit_path, by.person):
        return []
    mine = Presence.objects.filter(case=case, person_id=by.person_id or 0)
    if not mine.update(seen_at=now, post=by.post):
        row = Presence(case=case, person_id=by.person_id or 0, post=by.post, seen_at=now)
        Presence.objects.bulk_create([row], ignore_conflicts=True)
    others = Presence.objects.filter(case=case, seen_at__gt=now - PRESENT).exclude(person_id=by.person_id or 0)
    there = list(others.select_related("person").order_by("pk"))
    if not shields.rows:
        return there
    places = places_of([row.person_id for row in there], now)
    return [row for row in there if not shields.hide(case.code, row.person_id, places[row.person_id])]


@transaction.atomic
def forget_gone(*, by: Actor, now: datetime) -> int:
    """Forget who had a case open and has gone."""
    return Presence.objects.filter(seen_at__lt=now - PRESENT).delete()[0]


@transaction.atomic
def warn_from(*, view_id: int, number: int | None, holding_id: int, by: Actor, now: datetime) -> bool:
    """Ask to be told when a view of one's own holds so many cases, as seen from a post; None asks no more."""
    if number is not None and not 1 <= number <= MOST_WARNED_FROM:
        raise NoSuchNumber(most=MOST_WARNED_FROM)
    mine = SavedView.objects.filter(pk=view_id, person_id=by.person_id or 0)
    return bool(mine.update(warn_from=number, holding_id=holding_id if number else None, passed_at=None))


@transaction.atomic
def counted(*, view: SavedView, number: int, by: Actor, now: datetime) -> bool:
    """A view was counted: its owner is told once when it passes its number, again only after it fell below it."""
    mine = SavedView.objects.filter(pk=view.pk, warn_from=view.warn_from)
    if view.warn_from is None or number < view.warn_from:
        mine.filter(passed_at__isnull=False).update(passed_at=None)
        return False
    if mine.filter(passed_at=None).update(passed_at=now) != 1:
        return False
    facts = {"name": view.name, "query": view.query, "number": view.warn_from}
    occasion = f"view:{view.pk}:{now.isoformat()}"
    Notice(person_id=view.person_id, kind=PASSED, occasion=occasion, facts=facts, at=now).save(force_insert=True)
    return True
