"""Tables that officers keep under a name, for themselves or for others. The journal does not hear of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.base.persian import clean_text
from takrim.indicators.models import SavedTable
from takrim.orgs.actor import Actor
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power

MOST = 20
LONGEST_NAME = 60
LONGEST_QUERY = 2000


class TableNameless(Refusal):
    code = "table_nameless"
    status = 422
    message = _("Give the table a name of up to {longest} letters.")


class TooManyTables(Refusal):
    code = "too_many_tables"
    message = _("You have {most} saved tables. Delete one first.")


class NotYourOffice(Refusal):
    code = "table_not_your_office"
    status = 403
    message = _("This table is about an office that you do not see.")


@transaction.atomic
def save_table(*, name: str, path: str, query: str, shared: bool, reach: str, by: Actor, now: datetime) -> SavedTable:
    """Keep a table under a name; the same name again replaces what it held. `reach`: the office the actor sees."""
    by.require(Power.FIGURES_SEE)
    called = " ".join(clean_text(name).split())
    if not called or len(called) > LONGEST_NAME or len(query) > LONGEST_QUERY:
        raise TableNameless(longest=LONGEST_NAME)
    if not is_under(path, reach):
        raise NotYourOffice
    mine = SavedTable.objects.filter(person_id=by.person_id or 0)
    if mine.exclude(name=called).count() >= MOST:
        raise TooManyTables(most=MOST)
    held = {"path": path, "query": query, "shared": shared, "by_name": by.name, "at": now}
    table, _new = SavedTable.objects.update_or_create(person_id=by.person_id or 0, name=called, defaults=held)
    return table


@transaction.atomic
def delete_table(*, table_id: int, by: Actor, now: datetime) -> bool:
    """Throw one's own table away; says whether there was one."""
    return bool(SavedTable.objects.filter(pk=table_id, person_id=by.person_id or 0).delete()[0])
