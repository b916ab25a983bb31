"""How my office shares its work out: by hand, in turn or by load; what weighs how much, who takes how much."""

from __future__ import annotations

from typing import Any, NamedTuple, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.duties.actions_assign import choose_sharing
from takrim.duties.loads import FULL, USUAL_WEIGHT, Share, shares_of
from takrim.duties.models import Way
from takrim.orgs.powers import Power
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.numbers import WholeNumber
from takrim.web.parts.templatetags.takrim import number
from takrim.web.staff import shown

WAYS = [
    (Way.BY_HAND, _("By hand: the head gives it, or an officer takes it")),
    (Way.IN_TURN, _("In turn: one after the other")),
    (Way.BY_LOAD, _("By load: to whoever has least, by weight and share")),
]


class SharingForm(forms.Form):
    """The way, a weight for each kind of message, a share for each post."""

    way = forms.ChoiceField(label=_("How is new work given?"), choices=WAYS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, shares: list[Share], **options: Any) -> None:
        super().__init__(*args, **options)
        self.shares = shares
        for kind, title in shown.kind_choices():
            self.fields[f"weight_{kind}"] = WholeNumber(label=title, least=1, most=9)
        for share in shares:
            person = share.seat.person
            self.fields[f"share_{share.seat.post.pk}"] = WholeNumber(
                label=person.name if person else "", least=0, most=2 * FULL
            )

    def numbers(self, prefix: str) -> dict[str, int]:
        return {
            name.removeprefix(prefix): value for name, value in self.cleaned_data.items() if name.startswith(prefix)
        }


class Line(NamedTuple):
    """A post in the table: who, whether there today, what lies with it, and the field of its share."""

    who: str
    state: str
    here: bool
    many: int
    load: int
    field: forms.BoundField


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.DUTY_ASSIGN)
def sharing(request: HttpRequest) -> HttpResponse:
    """The page; sent, the head's choice holds from now on."""
    desk = cast(StaffRequest, request).desk
    now = clock.now()
    shares = shares_of(desk.unit, clock.local_date(now), desk.actor)
    if request.method != "POST":
        return _page(request, SharingForm(shares=shares, initial=_initial(desk, shares)))
    form = SharingForm(request.POST, shares=shares)
    if not form.is_valid():
        return _page(request, form, status=422)
    taken = {int(post): share for post, share in form.numbers("share_").items()}
    way, weights = Way(form.cleaned_data["way"]), form.numbers("weight_")
    try:
        choose_sharing(unit=desk.unit, way=way, weights=weights, shares=taken, by=desk.actor, now=now)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, status=refusal.status)
    messages.success(request, gettext("Your choice was kept. It holds for new work, and for what nobody has yet."))
    return redirect("staff:sharing")


def _initial(desk: Desk, shares: list[Share]) -> dict[str, Any]:
    chosen = desk.sharing()
    weights = chosen.weights if chosen else {}
    return {
        "way": chosen.way if chosen else Way.BY_HAND,
        **{f"weight_{kind}": number(weights.get(kind, USUAL_WEIGHT)) for kind, _title in shown.kind_choices()},
        **{f"share_{share.seat.post.pk}": number(share.capacity) for share in shares},
    }


def _page(request: HttpRequest, form: SharingForm, *, status: int = 200) -> HttpResponse:
    lines = [
        Line(
            shown.seat_title(share.seat),
            gettext("Here today") if share.seat.acting else gettext("Away"),
            share.seat.acting is not None,
            share.many,
            share.load,
            form[f"share_{share.seat.post.pk}"],
        )
        for share in form.shares
    ]
    weights = [form[name] for name in form.fields if name.startswith("weight_")]
    context = {"here": "office", "form": form, "lines": lines, "weights": weights}
    return render(request, "staff/sharing.html", context, status=status)
