"""Service cards as the office changes them: the list, one card with its versions, its form, publishing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from takrim.base import clock
from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.base.workdays import Length
from takrim.cards import actions_edit as edit
from takrim.cards.actions import CardText
from takrim.cards.actions_edit import Seen, newest, text_of
from takrim.cards.differences import Difference, differences
from takrim.cards.models import CardDraft, CardVersion
from takrim.cards.queries import card_on, valid_cards, versions_of
from takrim.orgs.paths import ROOT
from takrim.orgs.powers import Power
from takrim.orgs.units import house_of
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.card_words import ACCESS, AUDIENCES, FIELDS
from takrim.web.parts.dates import JalaliDateField
from takrim.web.parts.templatetags.takrim import number
from takrim.web.staff import shown
from takrim.web.staff.card_forms import BASES, LISTS, STAGES, CardForms, departments
from takrim.web.staff.fields import TextField

EDIT = require_http_methods(["GET", "HEAD", "POST"])


class PublishForm(forms.Form):
    """From which day it holds."""

    since = JalaliDateField(label=_("It holds from"), help_text=_("Today or later, such as 1405/09/10."))


class BeginForm(forms.Form):
    """The name of a new card in addresses and figures; it never changes."""

    code = TextField(
        label=_("Code of the new card"),
        help_text=_("Small Latin letters, digits and hyphens, such as work-permit. It never changes."),
        max_length=60,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].widget.attrs["dir"] = "ltr"


def _house(desk: Desk) -> str:
    return house_of(desk.actor.unit_path)


def _desk(request: HttpRequest) -> Desk:
    return cast(StaffRequest, request).desk


class Line(NamedTuple):
    """A card in the list."""

    code: str
    title: str
    promise: str
    version: CardVersion | None
    own: bool
    coming: CardVersion | None
    draft: CardDraft | None


@EDIT
@staff(Power.CARDS_EDIT)
def cards(request: HttpRequest) -> HttpResponse:
    """The cards that hold at one's own house, what is to come and what is being written; sent, it begins a new one."""
    desk = _desk(request)
    if request.method != "POST":
        return _list(request, desk, BeginForm())
    form = BeginForm(request.POST)
    if form.is_valid():
        code = form.cleaned_data["code"]
        try:
            edit.check_new(code, _house(desk))
        except Refusal as refusal:
            form.add_error("code", str(refusal))
        else:
            return redirect("staff:card_edit", code=code)
    return _list(request, desk, form, status=422)


def _list(request: HttpRequest, desk: Desk, form: BeginForm, *, status: int = 200) -> HttpResponse:
    house, today = _house(desk), local_date(clock.now())
    drafts = {draft.code: draft for draft in desk.card_drafts()}
    coming = {version.card.code: version for version in desk.card_versions().filter(valid_from__gt=today)}
    held = {version.card.code: version for version in valid_cards(today, house)}
    lines = [_line(code, held, coming, drafts, house) for code in [*held, *((coming | drafts).keys() - held.keys())]]
    given = {"here": "cards", "lines": lines, "form": form, "is_province": house != ROOT}
    return render(request, "staff/cards.html", given, status=status)


def _line(
    code: str,
    held: dict[str, CardVersion],
    coming: dict[str, CardVersion],
    drafts: dict[str, CardDraft],
    house: str,
) -> Line:
    version = held.get(code) or coming.get(code)
    says = CardText.of(version) if version else text_of(drafts[code])
    title = says.title_en if shown.lang() == "en" else says.title_fa
    own = version is None or version.path == house
    promise = version.length.title(shown.lang()) if version else ""
    return Line(code, title, promise, held.get(code), own, coming.get(code), drafts.get(code))


class Change(NamedTuple):
    """One field that a draft changes, in words."""

    field: str | Promise
    lang: str
    parts: tuple[tuple[str, str], ...]


def _changes(old: CardVersion | None, draft: CardDraft) -> list[Change]:
    found = differences(CardText.of(old) if old else None, text_of(draft), _said)
    return [Change(FIELDS.get(one.field, one.field), _LANGUAGES[one.lang], _parts(one)) for one in found]


def _said(field: str, value: str) -> str:
    """A code or a number of a card in words."""
    if field == "promise":
        return Length.parse(value).title(shown.lang())
    if value.isdigit():
        return number(int(value))
    if field == "responsible":
        return departments().get(value, value)
    return str(CODES.get(field, {}).get(value, value))


CODES: dict[str, Mapping[str, str | Promise]] = {
    "audience": AUDIENCES,
    "access": ACCESS,
    "promise_basis": BASES,
    "at": STAGES,
}
_LANGUAGES: dict[str, Any] = {"fa": _("Persian"), "en": _("English"), "": ""}


def _parts(one: Difference) -> tuple[tuple[str, str], ...]:
    return tuple((part.value, text) for part, text in one.parts)


@require_safe
@staff(Power.CARDS_EDIT)
def card(request: HttpRequest, code: str) -> HttpResponse:
    """One card: its draft beside what holds, and its versions with their days."""
    return _page(request, _desk(request), code, PublishForm(initial={"since": local_date(clock.now())}))


def _page(
    request: HttpRequest, desk: Desk, code: str, form: PublishForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    house, today = _house(desk), local_date(clock.now())
    versions, draft = versions_of(code, house), edit.draft_of(code, house)
    if not versions and draft is None:
        raise Http404
    base = newest(code, house)
    context = {
        "here": "cards",
        "code": code,
        "title": base.title if base else code,
        "holds": card_on(code, today, house),
        "versions": [(one, one.path == house and _may_end(one)) for one in versions],
        "today": today,
        "draft": draft,
        "base": base,
        "moved_on": draft is not None and draft.base != (base.number if base else 0),
        "changes": _changes(base, draft) if draft else [],
        "form": form,
        "refusal": refusal,
        "is_province": house != ROOT,
    }
    return render(request, "staff/card.html", context, status=status)


def _may_end(version: CardVersion) -> bool:
    return version.valid_until is None


@EDIT
@staff(Power.CARDS_EDIT)
def card_edit(request: HttpRequest, code: str) -> HttpResponse:
    """The form, or only its questions and answers: it begins with the draft, or with what holds."""
    desk, now = _desk(request), clock.now()
    house = _house(desk)
    draft, base = edit.draft_of(code, house), newest(code, house)
    says = text_of(draft) if draft else CardText.of(base) if base else None
    only = request.GET.get("only", "") if says else ""
    national = draft.says["national_code"] if draft else base.card.national_code if base else ""
    seen = Seen(draft.number if draft else 0, base.number if base else 0)
    if request.method != "POST":
        return _form(request, code, CardForms(says, national, only=only if only in LISTS else ""), seen)
    seen = _seen(request)
    typed = CardForms(says, national, data=request.POST, only=only if only in LISTS else "")
    if not typed.is_valid():
        return _form(request, code, typed, seen, status=422)
    try:
        edit.keep_draft(
            code=code,
            says=typed.says(),
            national_code=typed.national_code or national,
            seen=seen,
            by=desk.actor,
            now=now,
        )
    except Refusal as refusal:
        return _form(request, code, typed, seen, refusal=str(refusal), status=refusal.status)
    messages.success(request, str(_("The draft was kept. Below stands what it changes.")))
    return redirect("staff:card", code=code)


def _seen(request: HttpRequest) -> Seen:
    numbers = [request.POST.get(name, "") for name in ("draft", "version")]
    return Seen(*(int(number) if number.isascii() and number.isdigit() else 0 for number in numbers))


def _form(
    request: HttpRequest, code: str, typed: CardForms, seen: Seen, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {"here": "cards", "code": code, "typed": typed, "seen": seen, "refusal": refusal, "fields": FIELDS}
    return render(request, "staff/card_edit.html", context, status=status)


@require_POST
@staff(Power.CARDS_EDIT)
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Let the card say what the draft says."""
    desk, form = _desk(request), PublishForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, code, form, status=422)
    try:
        version = edit.publish_draft(
            code=code, seen=_seen(request), since=form.cleaned_data["since"], by=desk.actor, now=clock.now()
        )
    except Refusal as refusal:
        form.add_error("since" if refusal.code in _OF_THE_DAY else None, str(refusal))
        return _page(request, desk, code, form, status=refusal.status)
    messages.success(request, _published(version, clock.now()))
    return redirect("staff:card", code=code)


_OF_THE_DAY = frozenset({edit.DayPast.code, edit.DayTaken.code})


def _published(version: CardVersion, now: datetime) -> str:
    if version.valid_from > local_date(now):
        return str(_("It was published. It holds from the day you chose; until then the old version does."))
    return str(_("It was published and holds now. Matters that were received before keep their version."))


@require_POST
@staff(Power.CARDS_EDIT)
def drop(request: HttpRequest, code: str) -> HttpResponse:
    """Throw the draft away."""
    desk = _desk(request)
    try:
        edit.drop_draft(code=code, seen=_seen(request), by=desk.actor, now=clock.now())
    except Refusal as refusal:
        return _page(request, desk, code, PublishForm(), refusal=str(refusal), status=refusal.status)
    messages.success(request, str(_("The draft was thrown away.")))
    return redirect("staff:card", code=code) if newest(code, _house(desk)) else redirect("staff:cards")


@require_POST
@staff(Power.CARDS_EDIT)
def withdraw(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Take a version of one's own house back."""
    desk = _desk(request)
    version = desk.card_versions().filter(card__code=code, number=number).first()
    if version is None:
        raise Http404
    try:
        edit.withdraw_version(version=version, by=desk.actor, now=clock.now())
    except Refusal as refusal:
        return _page(request, desk, code, PublishForm(), refusal=str(refusal), status=refusal.status)
    messages.success(request, str(_("The version was withdrawn. It stays readable with its days.")))
    return redirect("staff:card", code=code)
