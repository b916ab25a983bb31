"""The fields of a service card and what they may say, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACCESS: dict[str, str | Promise] = {
    "web": _("On the web"),
    "phone": _("By telephone"),
    "counter": _("At a government counter office"),
    "desk": _("At the service desk"),
    "sms": _("By SMS"),
    "post": _("By post"),
}
AUDIENCES: dict[str, str | Promise] = {
    "G2C": _("For citizens"),
    "G2B": _("For employers and businesses"),
    "G2G": _("For public bodies"),
}
FIELDS: dict[str, str | Promise] = {
    "title": _("Title"),
    "promise": _("Promised time"),
    "promise_basis": _("Who set the time"),
    "sub_service": _("Sub-service"),
    "audience": _("For whom"),
    "nature": _("Nature"),
    "level": _("Level"),
    "description": _("Description"),
    "steps": _("Steps"),
    "documents": _("What to bring"),
    "laws": _("Laws and rules"),
    "fee_rials": _("Fee in rials"),
    "fee_note": _("About the fee"),
    "visits": _("Visits in person"),
    "hours": _("Hours"),
    "access": _("Ways to get it"),
    "system": _("National system"),
    "complaint_route": _("If it goes wrong"),
    "responsible": _("Department in charge"),
    "faq": _("Questions and answers"),
    "keywords": _("Words people search by"),
}
