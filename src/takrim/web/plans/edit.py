"""A draft changed by fields: rows are added, moved and dropped by buttons; nothing is kept before it is saved."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.evaluation.actions_plans import change_plan
from takrim.evaluation.models_plans import PlanState, PlanVersion
from takrim.evaluation.plan_check import problems
from takrim.evaluation.plan_form import CATALOGUE, counts
from takrim.evaluation.plan_problem import Problem
from takrim.evaluation.plan_text import text_of
from takrim.evaluation.scoring.reading import toml
from takrim.indicators.indicator import Direction
from takrim.orgs.powers import Power
from takrim.orgs.units import all_names
from takrim.web import desk_plans
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language, listed
from takrim.web.plans import shown
from takrim.web.plans.forms import AddForm, BandForm, HeadForm, NodeForm, PartForm, RowForm, WhyForm
from takrim.web.plans.typed import PREFIX, Fields, rows_of, to_content, to_fields
from takrim.web.plans.words import Word, key_word

# Kinds of offices that are compared with one another.
KINDS: dict[str, dict[str, str]] = {
    "directorate": {"fa": "ادارات کل استان‌ها", "en": "Provincial directorates"},
    "county": {"fa": "ادارات شهرستان", "en": "County offices"},
    "body": {"fa": "دستگاه‌های تابعه", "en": "Affiliated bodies"},
}


def draft_at(desk: Desk, version_id: int) -> PlanVersion:
    """A version that this desk may write; 404 for all others."""
    version = get_object_or_404(desk_plans.versions(desk), pk=version_id)
    if not desk_plans.may_write(desk, version):
        raise Http404
    return version


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.ROUND_RUN, Power.REPORT_SIGN)
def edit(request: StaffRequest, version_id: int) -> HttpResponse:
    """The form; every button sends all of it, and only "Save" keeps it."""
    version = draft_at(request.desk, version_id)
    if request.method != "POST":
        if version.state != PlanState.DRAFT:
            return redirect("plans:version", version_id=version.pk)
        fields = {**to_fields(toml(version.text)), "seen": version.changed_at.isoformat()}
        return _page(request, version, fields)
    fields = _sent(request)
    do = request.POST.get("do", "")
    if do != "save":
        return _page(request, version, moved(fields, do))
    try:
        save(request, version, text_of(to_content(fields)), fields)
    except Refusal as refusal:
        return _page(request, version, fields, refusal=str(refusal), status=refusal.status)
    messages.success(request, _("The draft was saved."))
    return redirect("plans:version", version_id=version.pk)


def save(request: StaffRequest, version: PlanVersion, text: str, fields: Fields) -> None:
    """Keep what was typed; what somebody else changed meanwhile is not overwritten."""
    seen, now = moment(fields.get("seen", ""), version), clock.now()
    change_plan(version=version, text=text, why=fields.get("why", ""), seen=seen, by=request.desk.actor, now=now)


def moment(text: str, version: PlanVersion) -> datetime:
    """When what the writer saw was last changed; a broken one is none that fits."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return version.at
    return found if found.tzinfo else version.at


def _sent(request: StaffRequest) -> Fields:
    return {name: str(text) for name, text in request.POST.items() if name not in {"csrfmiddlewaretoken", "do"}}


@require_POST
@staff(Power.ROUND_RUN, Power.REPORT_SIGN)
def check(request: StaffRequest, version_id: int) -> HttpResponse:
    """What is wrong with the plan as it stands in the form, while it is being typed."""
    draft_at(request.desk, version_id)
    fields = _sent(request)
    content = to_content(fields)
    return render(request, "plans/_check.html", {"faults": shown.faults(problems(content), _targets(fields))})


def moved(fields: Fields, do: str) -> Fields:
    """The form after one of its buttons: a row added, dropped, or moved up or down."""
    deed, _dash, at = do.partition("-")
    if deed == "add" and at in {"node", "own", "counted", "band"}:
        return _added(fields, at)
    table = next((table for table, prefix in PREFIX.items() if at.startswith(prefix)), "")
    rows = rows_of(fields, table) if table else []
    if at not in rows:
        return fields
    place = rows.index(at)
    if deed == "drop":
        rows.pop(place)
    elif deed in {"up", "down"}:
        other = min(max(place + (1 if deed == "down" else -1), 0), len(rows) - 1)
        rows[place], rows[other] = rows[other], rows[place]
    return {**fields, f"{PREFIX[table]}_rows": " ".join(row[1:] for row in rows)}


def _added(fields: Fields, what: str) -> Fields:
    table = {"node": "node", "band": "band"}.get(what, "indicator")
    prefix = PREFIX[table]
    rows = rows_of(fields, table)
    number = max((int(row[1:]) for row in rows), default=-1) + 1
    at = f"{prefix}{number}"
    row: Fields = {}
    if what == "counted":
        code = fields.get("add_code", "")
        if not counts(code) or any(fields.get(f"{one}-code") == code for one in rows):
            return fields
        row = {"code": code, "missing": "drop", "normalise": "points"}
    elif what == "own":
        row = {"code": _free(fields, "row"), "source": "declared", "measure": "share", "direction": "more"}
        row |= {"proof": "on", "missing": "zero", "normalise": "points", "normalise_standard": "1"}
        row["reason"] = "اعلام نشده · not declared"
    elif what == "node":
        nodes = rows_of(fields, "node")
        row = {"code": _free(fields, "node"), "in": fields.get(f"{nodes[0]}-code", "") if nodes else ""}
    added = {f"{at}-{name}": text for name, text in row.items()}
    return {**fields, **added, f"{prefix}_rows": " ".join([*(one[1:] for one in rows), str(number)]), "open": at}


def _free(fields: Fields, word: str) -> str:
    """A code that nothing in the plan has yet."""
    used = {fields.get(f"{row}-code", "") for table in ("node", "indicator") for row in rows_of(fields, table)}
    return next(f"{word}{number}" for number in range(1, 10_000) if f"{word}{number}" not in used)


def _targets(fields: Fields) -> dict[tuple[str, str], str]:
    """Where in the form the rows of a plan stand, by table and code."""
    found = {("plan", ""): "head", ("peers", ""): "head", ("rank", ""): "head", ("band", ""): "classes"}
    for table in ("node", "indicator"):
        found |= {(table, fields.get(f"{row}-code", "").strip()): row for row in rows_of(fields, table)}
    return found


def _nodes(fields: Fields) -> list[tuple[str, Word]]:
    lang = language()
    found: list[tuple[str, Word]] = []
    for row in rows_of(fields, "node"):
        code = fields.get(f"{row}-code", "").strip()
        # The root is called like the plan where it has no name of its own.
        plan = "" if fields.get(f"{row}-in") else fields.get(f"title_{lang}", "")
        found.append((code, fields.get(f"{row}-title_{lang}", "").strip() or plan.strip() or code))
    return found


def _page(
    request: StaffRequest, version: PlanVersion, fields: Fields, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    lang, nodes = language(), _nodes(fields)
    found = problems(to_content(fields))
    kinds = sorted({unit.kind for unit in all_names().values()} & set(KINDS)) or list(KINDS)
    head = HeadForm(
        fields, [(kind, KINDS[kind][lang]) for kind in dict.fromkeys([*kinds, fields.get("of", "")]) if kind in KINDS]
    )
    parts: dict[str, PartForm] = {row: NodeForm(fields, row, nodes) for row in rows_of(fields, "node")}
    parts |= {row: RowForm(fields, row, nodes) for row in rows_of(fields, "indicator")}
    bands = [BandForm(fields, row) for row in rows_of(fields, "band")]
    targets = _targets(fields)
    for one in found:
        _beside(one, targets, head, parts)
    used = {fields.get(f"{row}-code", "") for row in rows_of(fields, "indicator")}
    offered = [
        (code, one.title)
        for code, one in CATALOGUE
        if counts(code) and code not in used and one.direction is not Direction.NEITHER
    ]
    context = {
        "here": "plans",
        "version": version,
        "head": head,
        "nodes": [(parts[row], title) for row, (_code, title) in zip(rows_of(fields, "node"), nodes, strict=True)],
        "rows": [_shown(parts[row], nodes) for row in rows_of(fields, "indicator")],
        "bands": bands,
        "add": AddForm(fields, offered) if offered else None,
        "why": WhyForm(fields),
        "hidden": {name: fields.get(name, "") for name in ("seen", "rest", "group", "n_rows", "r_rows", "b_rows")},
        "kept": _kept(fields.get("rest", "")),
        "faults": shown.faults(found, targets),
        "open": fields.get("open", ""),
        "refusal": refusal,
    }
    return render(request, "plans/edit.html", context, status=status)


def _beside(one: Problem, targets: dict[tuple[str, str], str], head: HeadForm, parts: dict[str, PartForm]) -> None:
    form = parts.get(targets.get((one.table, one.code), ""))
    if form is not None:
        form.say(one)
    elif one.table in {"plan", "rank", "peers"}:
        head.say(one)


def _shown(form: PartForm, nodes: list[tuple[str, Word]]) -> dict[str, Any]:
    """A row with the words of its summary."""
    assert isinstance(form, RowForm)
    fields, at, lang = form.data, form.own, language()
    own = fields.get(f"{at}-title_{lang}", "") or fields.get(f"{at}-code", "")
    return {
        "form": form,
        "title": form.counted.title if form.counted else own,
        "definition": form.counted.definition if form.counted else "",
        "node": dict(nodes).get(fields.get(f"{at}-in", ""), ""),
        "weight": fields.get(f"{at}-weight", ""),
        "kept": _kept(fields.get(f"{at}-rest", "")),
    }


def _kept(rest: str) -> str:
    """What no field shows, as people call it."""
    return listed(map(key_word, to_content({"rest": rest})))
