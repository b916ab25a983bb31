"""What a receipt opens, and what an office sees of the messages to and fro."""

from __future__ import annotations

from takrim.base.receipts import read_receipt
from takrim.cases.actions_anonymous import CHANNEL, locator_of
from takrim.cases.models import Answer, Case
from takrim.cases.models_anonymous import Message
from takrim.web.desk import Desk


def case_of(typed: str) -> Case | None:
    """The report that a receipt opens. What cannot be a receipt is looked for as well: it takes as long."""
    found = Case.objects.filter(box__locator=locator_of(read_receipt(typed)), channel=CHANNEL)
    return found.select_related("box").first()


def messages_of(case: Case) -> list[Message]:
    """What was written to and fro about a case that was reached, oldest first."""
    return list(Message.objects.filter(case=case).order_by("id"))


def answers_of(case: Case) -> list[Answer]:
    """The answers that were served, oldest first."""
    return list(Answer.objects.filter(case=case, delivered_at__isnull=False).order_by("number"))


def anonymous_case(desk: Desk, code: str) -> Case | None:
    """An anonymous report in the desk's scope."""
    case = desk.case(code)
    return case if case is not None and case.channel == CHANNEL else None
