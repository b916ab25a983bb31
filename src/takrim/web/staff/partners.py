"""Bodies outside that the province sends inquiries to."""

from __future__ import annotations

from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from takrim.base import clock, identity
from takrim.base.errors import Refusal
from takrim.cases.actions_inquiry import add_partner, end_partner
from takrim.orgs.powers import Power
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.staff.fields import ReadField, TextField

_LTR = {"class": "ltr w-medium", "autocomplete": "off"}


class PartnerForm(forms.Form):
    """One body, and how it is reached."""

    name = TextField(label=_("Name"), max_length=120)
    email = ReadField(identity.email, label=_("E-mail"), required=False, widget=forms.TextInput(_LTR))
    mobile = ReadField(
        identity.mobile,
        label=_("Mobile"),
        help_text=_("The link goes by e-mail where there is an address, else by SMS."),
        required=False,
        widget=forms.TextInput({**_LTR, "inputmode": "tel"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.PARTNERS_EDIT)
def partners(request: HttpRequest) -> HttpResponse:
    """The list; sent, the form adds one."""
    desk = cast(StaffRequest, request).desk
    if request.method != "POST":
        return _page(request, desk, PartnerForm())
    form = PartnerForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, form, status=422)
    try:
        add_partner(**form.cleaned_data, by=desk.actor, now=clock.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, desk, form, status=refusal.status)
    messages.success(request, str(_("The body was added. Inquiries can be sent to it now.")))
    return redirect("staff:partners")


def _page(request: HttpRequest, desk: Desk, form: PartnerForm, *, status: int = 200) -> HttpResponse:
    given = {"here": "partners", "form": form, "partners": list(desk.partners())}
    return render(request, "staff/partners.html", given, status=status)


@require_POST
@staff(Power.PARTNERS_EDIT)
def end(request: HttpRequest, partner_id: int) -> HttpResponse:
    """Take one off the list."""
    desk = cast(StaffRequest, request).desk
    partner = get_object_or_404(desk.partners(), pk=partner_id)
    end_partner(partner=partner, by=desk.actor, now=clock.now())
    return redirect("staff:partners")
