"""Whom a case is about: set by those who work on it, and from then on kept from them."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.cases.actions_shield import keep_from
from takrim.cases.conflict import Subject
from takrim.cases.models import Case
from takrim.cases.moves import answers_for
from takrim.journal.record import looked
from takrim.orgs.models import Post
from takrim.orgs.powers import Power
from takrim.orgs.units import unit_name
from takrim.web.desk import StaffRequest
from takrim.web.desk_conduct import offices_around, posts_around, shields_of, subject_at
from takrim.web.gates import staff
from takrim.web.staff import shown
from takrim.web.staff.fields import TextField


class WhomForm(forms.Form):
    """An office or a post of the province."""

    whom = forms.ChoiceField(
        label=gettext_lazy("Whom is it about?"),
        help_text=gettext_lazy("It will be kept from them, from their office and from all below it."),
        error_messages={"required": gettext_lazy("Choose whom it is about.")},
    )
    said = TextField(label=gettext_lazy("Name or other signs, as the applicant gave them"), required=False)

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        self.posts: dict[str, Post] = {f"post:{post.pk}": post for post in posts_around(case)}
        titles: dict[str, list[tuple[str, str]]] = {}
        for key, post in self.posts.items():
            titles.setdefault(post.unit.path, []).append((key, f"{post.unit.short} · {post.title}"))
        field = cast(forms.ChoiceField, self.fields["whom"])
        field.choices = [("", _("Choose"))]
        for unit in offices_around(case):
            field.choices += [(unit.path, _("Office: {office}").format(office=unit.name)), *titles.get(unit.path, [])]

    def subject(self) -> Subject:
        """Who was chosen."""
        whom = self.cleaned_data["whom"]
        return subject_at(whom, self.posts.get(whom), self.cleaned_data["said"])


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.CASE_REFER)
def kept(request: HttpRequest, code: str) -> HttpResponse:
    """From whom the case is kept; sent, the form adds somebody. The case is gone for whom it is about."""
    desk = cast(StaffRequest, request).desk
    case = desk.case(code)
    if case is None or not answers_for(case, desk.actor):
        raise Http404
    form = WhomForm(request.POST if request.method == "POST" else None, case=case)
    if request.method == "POST" and form.is_valid():
        try:
            keep_from(case=case, subject=form.subject(), by=desk.actor, now=clock.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The case is kept from them. The level above answers from now on."))
            return redirect("staff:case", code) if desk.case(code) else redirect("staff:cartable")
    looked(at=clock.now(), by=desk.actor, subject=case.code, page="kept")
    rows = [
        {"unit": unit_name(row.path, shown.lang()), "post": row.post.title if row.post else "", "said": row.said}
        for row in shields_of(desk, case)
    ]
    context = {"here": "cartable", "case": case, "form": form, "rows": rows}
    return render(request, "staff/kept.html", context, status=422 if form.errors else 200)
