"""A directive is registered or changed; its clauses and its relation to earlier ones are written down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.directives import actions, actions_issue
from takrim.directives.actions import add_file
from takrim.directives.models import BEFORE_ISSUE, Clause, Directive, How, Whom
from takrim.orgs.powers import Power
from takrim.orgs.units import house_of, unit_name
from takrim.web import desk_directives
from takrim.web.council.directive_forms import ChangeForm, ClauseForm, RelationForm, WordsForm
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language
from takrim.web.uploads import upload_errors, uploads

OFFERED = 200


def _desk(request: HttpRequest) -> Desk:
    return cast(StaffRequest, request).desk


def kept(request: HttpRequest, directive_id: int) -> Directive:
    """One that the person may change; a stranger's is not there."""
    return get_object_or_404(desk_directives.kept(_desk(request)), pk=directive_id)


def tried(form: forms.Form, deed: Callable[[], Any]) -> Any:
    """The deed, or None with its refusal in the form."""
    try:
        return deed()
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


def _house(desk: Desk) -> str:
    return unit_name(house_of(desk.actor.unit_path), "fa")


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.DIRECTIVE_ISSUE)
def new(request: HttpRequest) -> HttpResponse:
    """Take in a circular, or write an internal directive."""
    desk, now = _desk(request), clock.now()
    if request.method != "POST":
        return _words_page(request, WordsForm())
    form = WordsForm(request.POST, request.FILES)
    if not form.is_valid() or _faulty_files(request, form):
        return _words_page(request, form, status=422)
    words = form.words(_house(desk))
    directive = tried(form, lambda: actions.register(words=words, by=desk.actor, now=now))
    if directive is None:
        return _words_page(request, form, status=422)
    _attach(request, directive)
    messages.success(request, gettext("It was registered. Now write down what it demands, clause by clause."))
    return redirect("council:directive_clauses", directive.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.DIRECTIVE_ISSUE)
def edit(request: HttpRequest, directive_id: int) -> HttpResponse:
    """New words: they become a new version."""
    directive, desk, now = kept(request, directive_id), _desk(request), clock.now()
    if request.method != "POST":
        names = ("source", "issuer", "number", "dated", "subject", "text", "version")
        return _words_page(request, ChangeForm(initial={name: getattr(directive, name) for name in names}), directive)
    form = ChangeForm(request.POST, request.FILES)
    if not form.is_valid() or _faulty_files(request, form):
        return _words_page(request, form, directive, status=422)
    deed = actions.change if directive.state in BEFORE_ISSUE else actions_issue.change_issued
    data, words = form.cleaned_data, form.words(_house(desk))
    done = tried(
        form,
        lambda: deed(directive=directive, words=words, seen=data["version"], why=data["why"], by=desk.actor, now=now),
    )
    if done is None:
        return _words_page(request, form, directive, status=422)
    _attach(request, directive)
    messages.success(request, gettext("The new version was kept."))
    return redirect("council:directive", directive.pk)


def _faulty_files(request: HttpRequest, form: forms.Form) -> bool:
    for sentence in upload_errors(request, language()):
        form.add_error("files", sentence)
    return bool(form.errors)


def _attach(request: HttpRequest, directive: Directive) -> None:
    """What is refused of the files is said on the next page; the words are kept already."""
    for upload in uploads(request):
        try:
            add_file(directive=directive, upload=upload, by=_desk(request).actor, now=clock.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))


def _words_page(
    request: HttpRequest, form: WordsForm, directive: Directive | None = None, *, status: int = 200
) -> HttpResponse:
    context = {"here": "council", "form": form, "directive": directive}
    return render(request, "council/directive_words.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.DIRECTIVE_ISSUE)
def new_clause(request: HttpRequest, directive_id: int) -> HttpResponse:
    """One more clause."""
    return _clause(request, kept(request, directive_id), None)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.DIRECTIVE_ISSUE)
def edit_clause(request: HttpRequest, directive_id: int, number: int) -> HttpResponse:
    """Another wording or other addressees of a clause."""
    directive = kept(request, directive_id)
    return _clause(request, directive, get_object_or_404(desk_directives.clause(directive), number=number))


def _clause(request: HttpRequest, directive: Directive, clause: Clause | None) -> HttpResponse:
    desk, now = _desk(request), clock.now()
    if directive.state not in BEFORE_ISSUE:
        raise actions.IssuedAlready
    if request.method != "POST":
        form = ClauseForm(desk=desk, now=now, initial=_initial(clause) if clause else {"counties": True})
        return _clause_page(request, directive, clause, form)
    form = ClauseForm(request.POST, desk=desk, now=now)
    if form.is_valid():
        done = tried(
            form,
            lambda: actions.keep_clause(
                directive=directive, clause=clause, terms=form.terms, whom=form.whom, by=desk.actor, now=now
            ),
        )
        if done is not None:
            messages.success(request, gettext("The clause was kept."))
            return redirect("council:directive_clauses", directive.pk)
    return _clause_page(request, directive, clause, form, status=422)


def _initial(clause: Clause) -> dict[str, Any]:
    names = ("text", "proof", "kind", "every", "due_on", "length", "days_after", "until")
    whom = list(clause.addressees.select_related("unit"))
    return {
        **{name: getattr(clause, name) for name in names},
        "counties": any(one.whom == Whom.COUNTIES for one in whom),
        "directorates": any(one.whom == Whom.DIRECTORATES for one in whom),
        "provinces": [one.unit.path for one in whom if one.whom == Whom.PROVINCE],
        "units": [one.unit.path for one in whom if one.whom == Whom.UNIT],
        "posts": [one.post_id for one in whom if one.whom == Whom.POST],
    }


def _clause_page(
    request: HttpRequest, directive: Directive, clause: Clause | None, form: ClauseForm, *, status: int = 200
) -> HttpResponse:
    context = {"here": "council", "directive": directive, "clause": clause, "form": form}
    return render(request, "council/directive_clause.html", context, status=status)


@require_POST
@staff(Power.DIRECTIVE_ISSUE)
def drop_clause(request: HttpRequest, directive_id: int, number: int) -> HttpResponse:
    """Take a clause out."""
    directive = kept(request, directive_id)
    clause = get_object_or_404(desk_directives.clause(directive), number=number)
    actions.drop_clause(clause=clause, by=_desk(request).actor, now=clock.now())
    messages.success(request, gettext("The clause was taken out."))
    return redirect("council:directive_clauses", directive.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.DIRECTIVE_ISSUE)
def relate(request: HttpRequest, directive_id: int) -> HttpResponse:
    """Say what it does to an earlier directive."""
    directive, desk = kept(request, directive_id), _desk(request)
    older = list(desk_directives.issued(desk).exclude(pk=directive.pk).defer("text", "words")[:OFFERED])
    form = RelationForm(request.POST if request.method == "POST" else None, older=older)
    if request.method == "POST" and form.is_valid():
        chosen = next(one for one in older if one.pk == form.cleaned_data["older"])
        how = How(form.cleaned_data["how"])
        done = tried(
            form,
            lambda: actions.relate(directive=directive, older=chosen, how=how, by=desk.actor, now=clock.now()),
        )
        if done is not None:
            return redirect("council:directive", directive.pk)
    context = {"here": "council", "directive": directive, "form": form, "older": older}
    return render(request, "council/directive_relate.html", context, status=422 if form.errors else 200)


@require_POST
@staff(Power.DIRECTIVE_ISSUE)
def unrelate(request: HttpRequest, relation_id: int) -> HttpResponse:
    """Take it back."""
    relation = get_object_or_404(desk_directives.relation(_desk(request)), pk=relation_id)
    actions.unrelate(relation=relation, by=_desk(request).actor, now=clock.now())
    return redirect("council:directive", relation.newer_id)


@require_POST
@staff(Power.DIRECTIVE_ISSUE)
def attach(request: HttpRequest, directive_id: int) -> HttpResponse:
    """More files."""
    directive = kept(request, directive_id)
    if directive.ended_at is not None:
        raise Http404
    for sentence in upload_errors(request, language()):
        messages.error(request, sentence)
    _attach(request, directive)
    return redirect("council:directive", directive.pk)
