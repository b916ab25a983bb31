"""Papers that an officer prints: the signed answer of a case in scope, the receipt of a case they wrote down."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.journal.record import looked
from takrim.orgs.powers import Power
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.paper_kinds import answer_paper, receipt_paper
from takrim.web.papers import answer_with
from takrim.web.staff.matter import open_matter
from takrim.web.staff.new_case import RECEIPTS


@require_safe
@staff(Power.CASE_SEE)
def answer_pdf(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A signed version that was not taken back."""
    desk = cast(StaffRequest, request).desk
    matter = open_matter(desk, code, clock.now())
    answer = next((one for one in matter.answers if one.number == number), None)
    if answer is None or not answer.letter_number or answer.sent_back_at is not None:
        raise Http404
    looked(at=matter.now, by=desk.actor, subject=code, page="answer_pdf")
    return answer_with(answer_paper(matter.case, answer), f"answer-{code}-{number}")


@require_safe
@staff(Power.CASE_FILE)
def receipt_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt of a case that this officer has just registered."""
    desk = cast(StaffRequest, request).desk
    if code not in request.session.get(RECEIPTS, []):
        raise Http404
    case = get_object_or_404(desk.registered().select_related("party"), code=code)
    duty = desk.duties_about(case).filter(kind="final_answer").earliest("id")
    return answer_with(receipt_paper(case, duty.due_at), f"receipt-{code}")
