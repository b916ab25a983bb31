"""The questionnaire on a tablet at the desk: one question a screen, by plain forms; nothing is kept until the last."""

from __future__ import annotations

from typing import Any, NamedTuple, cast

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from takrim.base import clock
from takrim.base.codes import BadCode, read_code
from takrim.base.errors import Refusal
from takrim.cases.actions_end import object_to
from takrim.cases.actions_praise import Said, praise
from takrim.cases.judging import GOOD_MARK, judge, objection_offered
from takrim.cases.models import Answer
from takrim.orgs.actor import holder
from takrim.orgs.units import unit_name
from takrim.surveys import links
from takrim.surveys.links import Tablet
from takrim.surveys.models import Response
from takrim.surveys.questionnaire import Item, questionnaire
from takrim.web import conduct
from takrim.web.citizen import limits
from takrim.web.citizen.filing import EDIT
from takrim.web.citizen.forms import cleaned
from takrim.web.citizen.praise import offered
from takrim.web.citizen.tracking import object_form
from takrim.web.desk import PublicRequest
from takrim.web.gates import public
from takrim.web.parts.templatetags.takrim import language

# Seconds after which a screen that nobody touches, and the thanks, give way to the beginning.
IDLE, THANKS = 60, 12
# What an objection with one touch says; the person may write more.
REASONS = (
    gettext_lazy("The answer does not deal with what I asked."),
    gettext_lazy("My papers were not looked at."),
    gettext_lazy("I was not told how the decision was reached."),
)


class Opened(NamedTuple):
    """A link that is good: what it asks about, and what has been said about that."""

    token: str
    tablet: Tablet
    answer: Answer
    kept: Response | None

    @property
    def start(self) -> str:
        """Where the tablet begins anew."""
        return reverse("citizen:stand", args=[self.tablet.stand]) if self.tablet.stand else self.address

    @property
    def address(self) -> str:
        return reverse("citizen:tablet", args=[self.token])


def _open(request: HttpRequest, token: str) -> Opened | None:
    tablet, desk = links.read_tablet(token), cast(PublicRequest, request).desk
    answer = desk.judged(tablet.subject, tablet.occasion) if tablet else None
    return None if tablet is None or answer is None else Opened(token, tablet, answer, desk.judgement(answer))


def _show(request: HttpRequest, screen: str, start: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """A screen; `start` is where it goes back to when nobody touches it."""
    given = {"idle": THANKS if screen == "thanks" else IDLE, "start": start, **context}
    return render(request, f"tablet/{screen}.html", given, status=status)


def _over(request: HttpRequest) -> HttpResponse:
    return _show(request, "over", "", status=410)


def _signed_in(request: HttpRequest) -> HttpResponse | None:
    """A device on which an officer is signed in is not handed over: first the session ends."""
    if not request.user.is_authenticated:
        return None
    if request.method == "POST" and "sign_out" in request.POST:
        logout(request)
        return redirect(request.path)
    return _show(request, "signed_in", "", status=409)


@never_cache
@EDIT
@public
def tablet(request: HttpRequest, token: str) -> HttpResponse:
    """The next question, or the one before; after the last the marks are kept."""
    if barred := _signed_in(request):
        return barred
    opened = _open(request, token)
    if opened is None:
        return _over(request)
    if opened.kept is not None:
        return _after(request, opened, opened.kept)
    items = questionnaire().short
    given = _given(request, items)
    place = _place(request, len(items))
    if request.method == "POST" and "back" in request.POST:
        return _ask(request, opened, given, max(place - 1, 0))
    if request.method == "POST" and place < len(items):
        mark = request.POST.get("mark", "")
        if mark in _MARKS:
            given[items[place].code] = int(mark)
        elif mark != "skip" or items[place].overall:
            return _ask(request, opened, given, place, missing=True)
        else:
            given.pop(items[place].code, None)
        place += 1
    return _ask(request, opened, given, place) if place < len(items) else _keep(request, opened, given)


_MARKS = frozenset("12345")


def _given(request: HttpRequest, items: tuple[Item, ...]) -> dict[str, int]:
    """The marks of the screens before, carried along in the form."""
    found = {item.code: request.POST.get(f"mark-{item.code}", "") for item in items}
    return {code: int(mark) for code, mark in found.items() if mark in _MARKS}


def _place(request: HttpRequest, count: int) -> int:
    typed = request.POST.get("at", "0")
    return min(int(typed), count) if typed.isdecimal() and len(typed) < 4 else 0


def _ask(
    request: HttpRequest, opened: Opened, given: dict[str, int], place: int, *, missing: bool = False
) -> HttpResponse:
    asked, lang = questionnaire(), language()
    item = asked.short[place]
    return _show(
        request,
        "question",
        opened.start,
        status=422 if missing else 200,
        office=unit_name(opened.answer.case.unit_path, lang),
        text=item.text.in_(lang),
        must=item.overall,
        missing=missing,
        scale=[(value, label.in_(lang), f"face-{value}") for value, label in asked.scale],
        chosen=given.get(item.code),
        carried=[(f"mark-{code}", mark) for code, mark in given.items() if code != item.code],
        at=place,
        number=place + 1,
        of=len(asked.short),
    )


def _keep(request: HttpRequest, opened: Opened, given: dict[str, int]) -> HttpResponse:
    answer, by, now = opened.answer, holder(opened.answer.case.party_id), clock.now()
    try:
        kept = judge(answer=answer, scores=given, comment="", way="tablet", by=by, now=now)
    except Refusal as refusal:
        return _thank(request, opened, str(refusal), status=refusal.status)
    return _after(request, opened, kept, fresh=True)


def _after(request: HttpRequest, opened: Opened, kept: Response, *, fresh: bool = False) -> HttpResponse:
    """After the last question: the objection or the praise with one touch, then the thanks."""
    answer = opened.answer
    if request.method == "POST" and not fresh and "object" in request.POST:
        return _object(request, opened)
    if request.method == "POST" and not fresh and "praise" in request.POST:
        return _praise(request, opened)
    if not fresh:
        return _thank(request, opened)
    if objection_offered(answer, kept.overall, clock.now()):
        reasons = [str(reason) for reason in REASONS]
        return _show(request, "object", opened.start, address=opened.address, reasons=reasons, form=object_form())
    hands = offered(answer) if kept.overall >= GOOD_MARK else []
    if hands:
        return _show(request, "praise", opened.start, address=opened.address, hands=hands)
    return _thank(request, opened)


def _thank(request: HttpRequest, opened: Opened, more: str = "", *, status: int = 200) -> HttpResponse:
    # Handed over for one questionnaire it stays where it is: nothing of the person is on it any more.
    start = opened.start if opened.tablet.stand else ""
    return _show(request, "thanks", start, status=status, thanks=more, stand=bool(opened.tablet.stand))


def _object(request: HttpRequest, opened: Opened) -> HttpResponse:
    case = opened.answer.case
    chosen, typed = request.POST["object"], cleaned(request.POST.dict())
    form = object_form({"object-text": chosen or typed.get("object-text", "")})
    conduct.check_words(form, "text", case.unit_path)
    if form.is_valid():
        try:
            object_to(case=case, text=form.cleaned_data["text"], by=holder(case.party_id), now=clock.now())
        except Refusal as refusal:
            form.add_error("text", str(refusal))
        else:
            return _thank(request, opened, _("Your objection is registered. The level above the office decides on it."))
    reasons = [str(reason) for reason in REASONS]
    return _show(
        request, "object", opened.start, address=opened.address, reasons=reasons, form=form, opened=True, status=422
    )


def _praise(request: HttpRequest, opened: Opened) -> HttpResponse:
    try:
        said = Said(hand=request.POST["praise"])
        praise(answer=opened.answer, said=said, by=holder(opened.answer.case.party_id), now=clock.now())
    except Refusal as refusal:
        return _thank(request, opened, str(refusal), status=refusal.status)
    return _thank(request, opened, _("The officer and their head read your thanks, without your name."))


@never_cache
@EDIT
@public
def stand(request: HttpRequest, token: str) -> HttpResponse:
    """A tablet that stands at the desk: whoever has been answered types the number of their case."""
    if barred := _signed_in(request):
        return barred
    path = links.read_stand(token)
    if path is None:
        return _over(request)
    start, office = request.path, unit_name(path, language())
    if request.method != "POST":
        return _show(request, "stand", start, office=office)
    now = clock.now()
    limits.check(request, "tablet", now=now)
    typed = request.POST.get("code", "")[:40]
    answer = _answer_here(request, typed, path)
    if answer is not None:
        return redirect("citizen:tablet", links.make_tablet(answer.case.code, answer.number, token))
    limits.count(request, "tablet", now=now)
    return _show(request, "stand", start, office=office, typed=typed, unknown=True, status=422)


def _answer_here(request: HttpRequest, typed: str, path: str) -> Answer | None:
    """What this office has lately answered under the number; whatever else it is, the page says the same."""
    try:
        code = read_code(typed)
    except BadCode:
        return None
    since = clock.now() - questionnaire().open_for
    return cast(PublicRequest, request).desk.judged_here(code, path, since)
