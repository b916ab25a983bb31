"""The last step of filing: everything once more, then the receipt."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any, cast

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from takrim.base import clock, codes, identity
from takrim.base.workdays import Length
from takrim.cards.models import CardVersion
from takrim.cards.queries import card_on
from takrim.cases.actions_intake import Place, secret_of
from takrim.cases.actions_shield import place_above
from takrim.cases.actions_web import KeptFile, file_draft
from takrim.cases.kind import KINDS
from takrim.cases.learning import guess, how_often_right
from takrim.cases.models_learned import What
from takrim.channels.channel import Intake, Sender
from takrim.channels.models import Draft
from takrim.duties.actions import due_for
from takrim.orgs.actor import holder as holder_actor
from takrim.orgs.models import Unit
from takrim.orgs.paths import province_of
from takrim.web import conduct
from takrim.web.citizen import drafts, held, marks
from takrim.web.citizen.filing import EDIT, again, card_of, first_fault, show, unit_of
from takrim.web.desk import HolderRequest
from takrim.web.gates import holder, public
from takrim.web.paper_kinds import receipt_paper
from takrim.web.papers import answer_with
from takrim.web.parts.counting import count_of
from takrim.web.parts.templatetags.takrim import language

# A person is asked only where the first guess was right this often when it was measured.
GOOD = Fraction(3, 4)


@never_cache
@EDIT
@public
def review(request: HttpRequest) -> HttpResponse:
    """Step 5: read it once more; sending it registers the matter, once however often it is pressed."""
    key = request.POST.get("key", "")
    if code := key and held.receipt_of(request, key):
        return redirect("citizen:receipt", code)
    draft = drafts.any_draft(request)
    if draft is None:
        return redirect("citizen:where")
    if draft.is_filed:
        # The first answer may have been lost on its way: who holds the draft and its key gets the receipt again.
        return _to_receipt(request, draft) if key == draft.key else redirect("citizen:where")
    if fault := first_fault(draft):
        return again(fault)
    if key != draft.key:
        # Only a browser with a session can hold cases; whether it does is asked behind the page.
        may_repeat = settings.SESSION_COOKIE_NAME in request.COOKIES
        return show(request, "review", {**_shown(draft, clock.now()), "may_repeat": may_repeat})
    card, unit = card_of(draft), unit_of(draft)
    visit = marks.Visit(request, unit.path if unit else "", clock.now())
    # Filed, the draft is empty.
    response = _to_receipt(request, _filed(draft))
    visit.filed(card)
    return visit.remember(response) if visit.known else response


def _to_receipt(request: HttpRequest, draft: Draft) -> HttpResponse:
    held.keep_receipt(request, draft.key, draft.code)
    return redirect("citizen:receipt", draft.code)


def _filed(draft: Draft) -> Draft:
    unit = unit_of(draft)
    assert unit is not None  # first_fault has seen that the office is one of those offered
    intake = Intake(
        channel="web",
        kind=draft.typed("kind"),
        key=draft.key,
        text=draft.typed("text"),
        subject=draft.typed("subject"),
        sender=_sender(draft),
        external_system=str(draft.typed("external_system")),
        external_id=str(draft.typed("external_id")),
        lang=language(),
        answer_way="" if draft.typed("nameless") else str(draft.typed("answer_way") or ""),
    )
    kept = [KeptFile(file["hash"], file["name"]) for file in draft.typed("files") or []]
    place, subject = Place(unit=unit, card=card_of(draft)), conduct.subject_of(draft.fields, unit)
    file_draft(draft=draft, intake=intake, place=place, files=kept, subject=subject, by=holder_actor(), now=clock.now())
    return draft


def _sender(draft: Draft) -> Sender:
    if draft.typed("nameless"):
        return Sender()
    typed = {name: str(draft.typed(name)) for name in ("name", "national_code", "mobile", "email")}
    return Sender(
        name=typed["name"],
        national_code=identity.national_code(typed["national_code"]) if typed["national_code"] else "",
        mobile=identity.mobile(typed["mobile"]),
        email=identity.email(typed["email"]) if typed["email"] else "",
    )


def _shown(draft: Draft, now: datetime) -> dict[str, Any]:
    """What the person reads once more, with the date that will be promised."""
    card, unit = card_of(draft), unit_of(draft)
    assert unit is not None  # first_fault has seen to it
    kind = KINDS[draft.typed("kind")]
    length = card.length if card else Length.parse(kind.length)
    subject = conduct.subject_of(draft.fields, unit)
    owner = place_above(Place(unit=unit), subject, now).unit if subject else unit
    return {
        "draft": draft,
        "kind": kind,
        "card": card,
        "unit": unit,
        "owner": owner,
        "whom": conduct.whom(subject, unit) if subject else "",
        "length": length.title(language()),
        "due": due_for(owner.path, now, length),
        "files": draft.typed("files") or [],
        "likelier": None if subject else _likelier(draft, card, unit, now),
    }


def _likelier(draft: Draft, card: CardVersion | None, unit: Unit, now: datetime) -> CardVersion | None:
    """Another service that such words are mostly about, where guesses have proven good. The person decides."""
    province = province_of(unit.path)
    learned = how_often_right(province, What.CARD)
    if learned is None or learned.first_share < GOOD:
        return None
    guessed = guess(f"{draft.typed('subject')} {draft.typed('text')}", province=province, what=What.CARD)
    if not guessed or (card is not None and card.card.code in guessed):
        return None
    return card_on(guessed[0], clock.local_date(now), province)


def qr_of(code: str) -> str:
    """A picture of the address where the case is tracked; the secret is not in it."""
    address = f"{settings.ADDRESS}{reverse('citizen:track')}?code={code}"
    # A mask that is named spares trying all eight; any of them can be read.
    return str(segno.make(address, error="m", mask=3).svg_data_uri(border=2, scale=4))


@never_cache
@require_safe
@holder
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """What the person keeps. The secret is shown only in the session in which the matter was filed."""
    desk = cast(HolderRequest, request).desk
    case = get_object_or_404(desk.cases().select_related("card"), code=code)
    if not held.has_receipt(request, code):
        return redirect("citizen:case", code)
    duty = desk.final_duties().filter(about=code).select_related("unit").earliest("id")
    count = count_of(duty)
    return render(
        request,
        "citizen/receipt.html",
        {
            "here": "file",
            "case": case,
            "kind": KINDS[case.kind],
            "secret": codes.pretty_secret(secret_of(case)),
            "duty": duty,
            "count": count,
            "days": count.days({}) if count else [],
            "qr": qr_of(code),
            "files": [(file.name, file.file.size) for file in desk.evidence().filter(subject=code)],
        },
    )


@never_cache
@require_safe
@holder
def receipt_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt as a paper, in the session in which the matter was filed."""
    desk = cast(HolderRequest, request).desk
    case = get_object_or_404(desk.cases().select_related("party"), code=code)
    if not held.has_receipt(request, code):
        raise Http404
    duty = desk.final_duties().filter(about=code).earliest("id")
    return answer_with(receipt_paper(case, duty.due_at), f"receipt-{case.code}")
