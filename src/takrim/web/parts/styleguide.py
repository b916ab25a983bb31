"""A page that shows every part at once, for those who write pages; served only when DEBUG is on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.base import words
from takrim.web.gates import public
from takrim.web.parts.charts import Chart, Number, Series
from takrim.web.parts.dates import JalaliDateField
from takrim.web.parts.pills import PILLS
from takrim.web.parts.templatetags.takrim import language

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
# The specimens are in Persian and English on purpose: they show how both sit in a right-to-left line.
COUNTIES = ("کرج", "ساوجبلاغ", "نظرآباد", "طالقان", "اشتهارد", "فردیس", "چهارباغ")
SUBJECT = "پرداخت‌نشدن معوقات مزدی سه ماه در کارگاه خیاطی"


class Specimen(forms.Form):
    """One field of every look."""

    name = forms.CharField(label=_("Full name"), widget=forms.TextInput(attrs={"autocomplete": "name"}))
    mobile = forms.CharField(
        label=_("Mobile number"),
        help_text=_("The tracking code is sent to it."),
        widget=forms.TextInput(attrs={"class": "ltr w-short", "inputmode": "tel", "autocomplete": "tel"}),
    )
    since = JalaliDateField(label=_("Since when"), required=False)
    county = forms.ChoiceField(label=_("County"), choices=[(name, name) for name in COUNTIES])
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[("complaint", _("Complaint")), ("request", _("Request")), ("question", _("Question"))],
        widget=forms.RadioSelect,
    )
    score = forms.ChoiceField(
        label=_("How content are you with the answer?"),
        choices=[(n, words.number(n, "fa")) for n in range(1, 6)],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label=_("Your words"), widget=forms.Textarea(attrs={"rows": 5}))
    proof = forms.FileField(label=_("Files"), required=False, help_text=_("Pictures or PDF."))
    agree = forms.BooleanField(label=_("Call me about this matter"), required=False)


def _count(value: Number) -> str:
    return words.number(value, language())


def _share(value: Number) -> str:
    return words.percent(value, language())


def _charts() -> list[Chart]:
    months = ("مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")
    opened = Series(str(_("Received")), (310, 342, 298, 401, 377, 288), "info")
    closed = Series(str(_("Closed")), (288, 330, 305, 362, 381, 270), "accent")
    on_time = Series(str(_("Answered on time")), (0.81, 0.84, None, 0.88, 0.9, 0.87), "ok")
    kinds = Series(str(_("Cases")), (1204, 633, 210, 88))
    offices = Series(str(_("Late")), (4, 11, 7, 2, 9, 14, 5), "late")
    month = str(_("Month"))
    return [
        Chart("flow", str(_("Received and closed")), "bar", months, (opened, closed), _count, axis=month),
        Chart("time", str(_("Answered on time")), "line", months, (on_time,), _share, axis=month, percent=True),
        Chart("offices", str(_("Late by office")), "hbar", COUNTIES, (offices,), _count, axis=str(_("County"))),
        Chart("kinds", str(_("Kinds")), "doughnut", ("شکایت", "درخواست", "گزارش", "پیشنهاد"), (kinds,), _count),
    ]


def _events() -> list[SimpleNamespace]:
    said: list[tuple[int, str | Promise, str, str]] = [
        (9, _("Registered"), "", "info"),
        (8, _("Referred"), "اداره روابط کار شهرستان نظرآباد", ""),
        (2, _("Waiting for completion"), "", "warn"),
        (0, _("Answered"), "مینا رستگار", "ok"),
    ]
    return [
        SimpleNamespace(at=NOW - timedelta(days=days), sentence=what, by=by, tone=tone) for days, what, by, tone in said
    ]


def _cases() -> list[SimpleNamespace]:
    dues = (("under_review", -3), ("awaiting_approval", 1), ("referred", 6), ("closed", 12))
    return [
        SimpleNamespace(code=f"0548273159{place}", subject=SUBJECT, state=state, due_at=NOW + timedelta(days=days))
        for place, (state, days) in enumerate(dues)
    ]


def _steps() -> list[SimpleNamespace]:
    titles = (_("Where it belongs"), _("The matter"), _("Files"), _("Contact"), _("Review"))
    states = ("done", "done", "now", "later", "later")
    return [SimpleNamespace(title=title, state=state) for title, state in zip(titles, states, strict=True)]


@public
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every part with sample data; a POST shows the form refused."""
    messages.success(request, _("Registered"))
    form = Specimen(request.POST or None, initial={"name": "سارا محمدی"})
    files = [
        SimpleNamespace(name="فیش حقوق.pdf", size=248_000, url="#", kind="pdf"),
        SimpleNamespace(name="IMG_2041.jpg", size=3_400_000, url="#", kind="image"),
    ]
    page = {
        "form": form, "steps": _steps(), "events": _events(), "cases": _cases(), "charts": _charts(), "files": files,
        "pills": list(PILLS), "now": NOW, "here": "parts", "subject": SUBJECT, "share": 0.874,
        "tones": ("accent", "ok", "warn", "late", "info", "plain"),
    }  # fmt: skip
    return render(request, "parts/styleguide.html", page)
