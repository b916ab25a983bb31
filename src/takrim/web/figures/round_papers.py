"""A round's result to take along: the report of all or of one office, the table, the certificate of the first."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from takrim.base import clock, words
from takrim.evaluation.models_rounds import Round
from takrim.orgs.units import unit_name
from takrim.web.desk import PublicRequest
from takrim.web.figures import round_shown
from takrim.web.figures.method_words import method_words
from takrim.web.figures.round_bundle import round_of
from takrim.web.figures.round_pages import office_context, plan_rows
from takrim.web.gates import public
from takrim.web.paper_kinds import head_of, qr
from takrim.web.papers import answer_with, drawn
from takrim.web.parts.templatetags.takrim import language
from takrim.web.sheets import sheet_of


@public
@require_safe
def report(request: PublicRequest, code: str) -> HttpResponse:
    """The report of the whole round, or of the one office that the address names."""
    round, lang, path = round_of(code), language(), request.GET.get("of", "")
    pdf, name = office_report(round, path, lang) if path else whole_report(round, lang)
    return answer_with(pdf, name)


def whole_report(round: Round, lang: str) -> tuple[bytes, str]:
    """Table, those without a rank, method and hash, under the letterhead of whoever held the round."""
    of = round_shown.read(round, clock.now())
    ranked, unranked = round_shown.rows(of, lang)
    context = {
        **_frame(round, lang),
        "ranked": ranked,
        "unranked": unranked,
        "is_sure": any(one.span for one in ranked),
        "grouped": any(one.group for one in ranked),
        "upheld": words.number(of.upheld, lang),
        "objected": of.objected,
        "rules": method_words(of.plan, lang),
        "plan_rows": plan_rows(round, lang),
    }
    return drawn("figures/papers/round.html", context, lang, sort="bundles"), round.title


def office_report(round: Round, path: str, lang: str) -> tuple[bytes, str]:
    """One office's place and form; 404 for an office that is not in the round."""
    if not round.entrants.filter(unit_path=path).exists():
        raise Http404
    context = {**_frame(round, lang), **office_context(round, path, lang)}
    return drawn("figures/papers/round_office.html", context, lang), f"{round.title} {context['name']}"


def _frame(round: Round, lang: str) -> dict[str, Any]:
    address = settings.ADDRESS + reverse("figures:round", args=[round.code])
    return {
        **head_of(round.path, lang),
        "round": round,
        "where": unit_name(round.path, lang),
        "period": round.of_period.title(lang),
        "address": address,
        "qr": qr(address),
    }


@public
@require_safe
def sheet(request: PublicRequest, code: str, form: str) -> HttpResponse:
    """The table with every indicator, as CSV or Excel workbook."""
    round, lang = round_of(code), language()
    head, rows = sheet_rows(round, lang)
    return sheet_of(form, round.title, head, rows, lang=lang, now=clock.now())


def sheet_rows(round: Round, lang: str) -> tuple[list[str], list[list[str]]]:
    """Heading and rows: what the page shows, and each indicator's value and points."""
    of = round_shown.read(round, clock.now())
    known = round_shown.asked(round)
    head = [_("Rank"), _("Office"), _("Points"), _("Points with 95 in 100"), _("Band"), _("Response rate")]
    head += [_("Objections upheld"), _("Why not ranked")]
    for row in known.values():
        title = row.title(lang)
        head += [title, _("{title}: points").format(title=title)]
    ranked, unranked = round_shown.rows(of, lang)
    forms = {one.entrant.unit_path: round_shown.form(one, of, lang) for one in of.results}
    made = []
    for one in (*ranked, *unranked):
        lines = {line.title: line for line in forms[one.unit]}
        cells = [one.rank, one.name, one.total, one.sure, one.band, one.rate, one.upheld, one.why]
        for row in known.values():
            line = lines.get(row.title(lang))
            cells += [line.value, line.points] if line else [words.NOTHING, words.NOTHING]
        made.append(cells)
    return head, made


@public
@require_safe
def certificate(request: PublicRequest, code: str, place: str) -> HttpResponse:
    """The certificate of a first rank: anybody who reads its picture finds here whether it is true."""
    context = certificate_context(round_of(code), f"{place}/", language())
    return render(request, "figures/certificate.html", {**context, "here": "rounds"})


@public
@require_safe
def certificate_file(request: PublicRequest, code: str, place: str) -> HttpResponse:
    """The same as PDF."""
    lang = language()
    context = certificate_context(round_of(code), f"{place}/", lang)
    name = f"{context['round'].title} {context['office_name']}"
    return answer_with(drawn("figures/papers/certificate.html", context, lang), name)


def certificate_context(round: Round, path: str, lang: str) -> dict[str, Any]:
    """What stands on it; 404 for whoever did not come first."""
    of = round_shown.read(round, clock.now())
    result = next((one for one in of.ranked if one.entrant.unit_path == path and one.rank == 1), None)
    if result is None:
        raise Http404
    place = path.rstrip("/")
    address = settings.ADDRESS + reverse("figures:certificate", args=[round.code, place])
    peers = [one for one in of.ranked if one.group == result.group]
    return {
        **_frame(round, lang),
        "office_name": result.entrant.name,
        "group": round_shown.group_words(result.group, lang),
        "total": words.number(round_shown.total_of(result), lang, of.plan.decimals),
        "points": words.number(of.plan.points, lang),
        "rivals": words.number(len(peers), lang),
        "short_hash": round.final_hash[:16],
        "address": address,
        "qr": qr(address),
        "file_url": reverse("figures:certificate_file", args=[round.code, place]),
    }
