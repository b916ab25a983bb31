"""The checklist of a case: gone through by the office that answers, before the answer is handed in."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal, reads_persian
from takrim.cases.models import Case
from takrim.checklists.actions import About, ticked
from takrim.checklists.checklist import Checklist, Item, checklist_for
from takrim.checklists.models import Tick
from takrim.orgs.actor import Actor


class _Items:
    """Items in the language of whoever reads them."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items

    def __str__(self) -> str:
        left, right, joint = ("«", "»", "، ") if reads_persian() else ("“", "”", ", ")
        return joint.join(f"{left}{item.text.in_('fa' if reads_persian() else 'en')}{right}" for item in self.items)


class ItemsOpen(Refusal):
    """`items`: what has to be ticked first."""

    code = "checklist_items_open"
    status = 422
    message = _("Before the answer can be handed in, these items of the checklist have to be ticked: {what}.")

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = tuple(items)
        super().__init__(what=_Items(self.items))

    def __reduce__(self) -> tuple[object, ...]:
        return ItemsOpen, (self.items,)


def checklist_of(case: Case) -> Checklist | None:
    """The list that this case has, if any."""
    return checklist_for(case.card.card.code if case.card else "", case.kind)


def about(case: Case) -> About:
    return About(subject=case.code, occasion=case.reopened, unit_path=case.unit_path)


def ticks_of(case: Case) -> dict[str, Tick]:
    """What is ticked, by the code of the item. No query for a case without a list."""
    checklist = checklist_of(case)
    return ticked(about(case), checklist) if checklist else {}


def require_ticked(case: Case, by: Actor) -> None:
    """Raise ItemsOpen unless every required item is ticked. What was answered elsewhere is only written down."""
    checklist = checklist_of(case)
    if checklist is None or not by.is_staff:
        return
    done = ticked(about(case), checklist)
    left = [item for item in checklist.items if item.required and item.code not in done]
    if left:
        raise ItemsOpen(left)
