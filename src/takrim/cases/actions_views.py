"""Choices of filters that officers keep under a name. A private convenience: the journal does not hear of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.base.persian import clean_text
from takrim.cases.models import SavedView
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power

MOST_VIEWS = 20
LONGEST_NAME = 40
LONGEST_QUERY = 500


class ViewNameless(Refusal):
    code = "view_nameless"
    status = 422
    message = _("Give the view a name of up to {longest} letters.")


class TooManyViews(Refusal):
    code = "too_many_views"
    message = _("You have {most} saved views. Delete one first.")


@transaction.atomic
def save_view(*, name: str, query: str, by: Actor, now: datetime) -> SavedView:
    """Keep the filters under a name; the same name again replaces what it held."""
    by.require(Power.CASE_SEE)
    called = " ".join(clean_text(name).split())
    if not called or len(called) > LONGEST_NAME or len(query) > LONGEST_QUERY:
        raise ViewNameless(longest=LONGEST_NAME)
    mine = SavedView.objects.filter(person_id=by.person_id or 0)
    if mine.exclude(name=called).count() >= MOST_VIEWS:
        raise TooManyViews(most=MOST_VIEWS)
    view, _new = SavedView.objects.update_or_create(
        person_id=by.person_id or 0, name=called, defaults={"query": query, "at": now}
    )
    return view


@transaction.atomic
def delete_view(*, view_id: int, by: Actor, now: datetime) -> bool:
    """Throw one's own view away; says whether there was one."""
    return bool(SavedView.objects.filter(pk=view_id, person_id=by.person_id or 0).delete()[0])
