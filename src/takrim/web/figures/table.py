"""A table of figures as an officer asks for it, to be looked at, taken along, kept under a name and shared."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.base.period import Period
from takrim.cards.queries import valid_cards
from takrim.cases.kind import KINDS
from takrim.channels.channel import CHANNELS
from takrim.indicators.actions_tables import delete_table, save_table
from takrim.indicators.figures import as_of
from takrim.indicators.indicator import INDICATORS
from takrim.indicators.tables import By, Grid, grid
from takrim.orgs.powers import Power
from takrim.orgs.units import all_names
from takrim.web.desk import StaffRequest
from takrim.web.desk_tables import tables
from takrim.web.figures import periods
from takrim.web.figures.desk_office import scope_of
from takrim.web.figures.shown import write
from takrim.web.figures.table_form import AXES, KeepForm, TableForm
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language
from takrim.web.sheets import sheet_of


@staff(Power.FIGURES_SEE)
@require_safe
def table(request: StaffRequest) -> HttpResponse:
    """The form and, where it is right, its table."""
    return _page(request)


def _form(request: StaffRequest, now: datetime) -> TableForm:
    return TableForm(request.GET, scope=scope_of(request.desk), period=periods.chosen(request, now), lang=language())


def _grid(form: TableForm, now: datetime) -> Grid | None:
    """The table; None where the form is wrong, which then says why."""
    if not form.is_valid():
        return None
    try:
        return grid(form.wanted, now)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


def _page(request: StaffRequest, keeping: KeepForm | None = None, status: int = 200) -> HttpResponse:
    now, lang, scope = clock.now(), language(), scope_of(request.desk)
    form = _form(request, now)
    found = _grid(form, now)
    query = _query(request)
    context: dict[str, Any] = {
        "form": form,
        "scope": scope,
        "chooser": periods.chooser(form.period, now, lang),
        "as_of": as_of(now),
        "keep": f"&{query}" if query else "",
        "shown": _shown(found, now, lang) if found else None,
        "files": [(kind, reverse("figures:table_file", args=[kind])) for kind in ("xlsx", "csv")],
        "saved": list(tables(request.desk, scope)),
        "me": request.desk.actor.person_id,
        "here_query": _whole(request),
        "keeping": keeping or KeepForm(),
        "here": "desk",
    }
    return render(request, "figures/table.html", context, status=status if found else 422)


def _query(request: HttpRequest) -> str:
    """What the address says beside the period."""
    rest = request.GET.copy()
    rest.pop("period", None)
    return rest.urlencode()


def _whole(request: HttpRequest) -> str:
    return request.GET.urlencode()


def _titles(by: By, keys: Any, now: datetime, lang: str) -> list[str]:
    names = all_names()
    if by in {By.OFFICES, By.COUNTIES}:
        return [names[key].short(lang) for key in keys]
    if by is By.MONTHS:
        return [Period.parse(key).title(lang) for key in keys]
    if by is By.INDICATORS:
        return [str(INDICATORS[key].title) for key in keys]
    if by is By.CARDS:
        cards = {version.card.code: version.title for version in valid_cards(clock.local_date(now))}
        return [str(cards.get(key, key)) for key in keys]
    known = dict(KINDS) if by is By.KINDS else dict(CHANNELS)
    return [str(known[key].title) if key in known else key for key in keys]


def _shown(found: Grid, now: datetime, lang: str) -> dict[str, Any]:
    """The table in words: its heads, its lines, and the line of all."""
    wanted = found.wanted

    def written(column: str, cell: Any) -> str:
        code = column if wanted.columns is By.INDICATORS else wanted.codes[0]
        return write(INDICATORS[code].unit, cell.value if cell else None, lang)

    heads = list(zip(found.columns, _titles(wanted.columns, found.columns, now, lang), strict=True))
    lines = [
        (title, [written(column, found.cells[row, column]) for column in found.columns])
        for row, title in zip(found.rows, _titles(wanted.rows, found.rows, now, lang), strict=True)
    ]
    one = "" if wanted.columns is By.INDICATORS else str(INDICATORS[wanted.codes[0]].title)
    return {
        "corner": str(AXES[wanted.rows]),
        "heads": heads,
        "lines": lines,
        "total": [written(column, found.totals[column]) for column in found.columns],
        "title": " · ".join(filter(None, (one, all_names()[wanted.path].short(lang), wanted.period.title(lang)))),
        "one": wanted.codes[0] if one else "",
        "not_kept": [INDICATORS[code].title for code in found.not_kept],
    }


@staff(Power.FIGURES_SEE)
@require_safe
def table_file(request: StaffRequest, form: str) -> HttpResponse:
    """The same as a file; where it is wrong, the page that says why."""
    now, lang = clock.now(), language()
    found = _grid(_form(request, now), now)
    if found is None:
        return _page(request)
    shown = _shown(found, now, lang)
    head = [shown["corner"], *(title for _key, title in shown["heads"])]
    rows = [[title, *cells] for title, cells in shown["lines"]]
    return sheet_of(form, shown["title"], head, [*rows, [_("All"), *shown["total"]]], lang=lang, now=now)


@staff(Power.FIGURES_SEE)
@require_POST
def keep(request: StaffRequest) -> HttpResponse:
    """Keep the table of the address under a name."""
    now, scope, desk = clock.now(), scope_of(request.desk), request.desk
    form, keeping = _form(request, now), KeepForm(request.POST)
    if not form.is_valid() or not keeping.is_valid():
        return _page(request, keeping)
    try:
        save_table(
            name=keeping.cleaned_data["name"],
            path=form.cleaned_data["of"],
            query=_whole(request),
            shared=keeping.cleaned_data["shared"],
            reach=scope,
            by=desk.actor,
            now=now,
        )
    except Refusal as refusal:
        keeping.add_error("name", str(refusal))
        return _page(request, keeping, refusal.status)
    messages.success(request, _("The table was kept."))
    return redirect(f"{reverse('figures:table')}?{_whole(request)}")


@staff(Power.FIGURES_SEE)
@require_POST
def drop(request: StaffRequest, table_id: int) -> HttpResponse:
    """Throw a table of one's own away."""
    if not delete_table(table_id=table_id, by=request.desk.actor, now=clock.now()):
        raise Http404
    return redirect("figures:table")
