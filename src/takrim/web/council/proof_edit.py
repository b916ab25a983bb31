"""Writing down what one's office did: a form that keeps whatever was typed, with its files, and sends it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.base.persian import clean_text
from takrim.orgs.powers import Power
from takrim.proofs import actions
from takrim.proofs.models import IN_HAND, Action, FileKind, State
from takrim.proofs.moves import ProofMovedMeanwhile
from takrim.proofs.provable import PROVABLES
from takrim.proofs.supporting import Pair, supported
from takrim.web import desk_proofs
from takrim.web.council.proof_forms import ProofForm, initial_of, pair_of
from takrim.web.council.proofs_shown import FILE_KINDS, files_shown
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language
from takrim.web.uploads import upload_errors, uploads


def _choices(desk: Desk, chosen: Sequence[Pair]) -> list[tuple[str, str]]:
    """What is owed, and what was chosen besides; the closed lists are offered by themselves."""
    whole = {kind for kind, provable in PROVABLES.items() if provable.all_of_it()}
    owed = {(kind, owing.code): owing.title for kind, owing in desk_proofs.owing(desk) if kind not in whole}
    more = [pair for pair in chosen if pair not in owed and pair[0] not in whole]
    things = desk_proofs.words_of(more)
    owed |= {pair: things[pair].title for pair in more if pair in things}
    # The words of people keep their own direction.
    return [
        (f"{kind}:{code}", format_html("{}: <bdi>{}</bdi>", PROVABLES[kind].title, title))
        for (kind, code), title in owed.items()
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.PROOF_GIVE)
def new(request: HttpRequest) -> HttpResponse:
    """An action that has not been written down yet; it may come with what it is to prove."""
    desk = cast(StaffRequest, request).desk
    asked = [(request.GET["kind"], request.GET["code"])] if {"kind", "code"} <= set(request.GET) else []
    if request.method != "POST":
        initial = initial_of(Action(), asked)
        return _page(request, ProofForm(owed=_choices(desk, asked), initial=initial), None)
    return _take(request, desk, None)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.PROOF_GIVE)
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """A draft, or what was returned."""
    desk = cast(StaffRequest, request).desk
    action = get_object_or_404(desk_proofs.own(desk).select_related("unit", "post"), code=code)
    if action.state not in IN_HAND:
        return redirect("council:proof", code=code)
    if request.method == "POST":
        return _take(request, desk, action)
    pairs = supported(action)
    return _page(request, ProofForm(owed=_choices(desk, pairs), initial=initial_of(action, pairs)), action)


def _take(request: HttpRequest, desk: Desk, action: Action | None) -> HttpResponse:
    """Keep what was typed, whatever is still missing; then take the step that was asked for."""
    typed = [pair_of(value) for value in request.POST.getlist("owed")]
    form = ProofForm(request.POST, request.FILES, owed=_choices(desk, [*typed, *(supported(action) if action else [])]))
    if not form.is_valid():
        return _page(request, form, action, status=422)
    try:
        action = _kept(request, desk, form, action)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, action, status=refusal.status)
    _attach(request, desk, form, action)
    if form.errors:
        return _page(request, form, action, status=422)
    return _step(request, desk, form, action)


def _kept(request: HttpRequest, desk: Desk, form: ProofForm, action: Action | None) -> Action:
    by, now = desk.actor, clock.now()
    if action is None:
        return actions.begin(done=form.done, proves=form.proves, by=by, now=now)
    if request.POST.get("seen", "") != action.changed_at.isoformat():
        raise ProofMovedMeanwhile
    return actions.keep(action=action, done=form.done, proves=form.proves, by=by, now=now)


def _attach(request: HttpRequest, desk: Desk, form: ProofForm, action: Action) -> None:
    """New files and a link are added, what was said of the others is kept; what is refused is told beside its field."""
    by = desk.actor
    for number, kind, title in _said_of_files(request):
        actions.change_file(action=action, number=number, kind=kind, title=title, by=by, now=clock.now())
    for sentence in upload_errors(request, language()):
        form.add_error("papers", sentence)
    for field in ("papers", "camera"):
        for upload in uploads(request, field):
            files = [(upload, form.cleaned_data["file_kind"])]
            try:
                actions.add_files(action=action, uploads=files, by=by, now=clock.now())
            except Refusal as refusal:
                form.add_error(field, str(refusal))
    _attach_link(desk, form, action)


def _attach_link(desk: Desk, form: ProofForm, action: Action) -> None:
    url, title = form.cleaned_data.get("link", ""), form.cleaned_data.get("link_title", "")
    if not url:
        return
    try:
        actions.add_link(action=action, url=url, title=title, by=desk.actor, now=clock.now())
    except Refusal as refusal:
        form.add_error("link", str(refusal))


def _said_of_files(request: HttpRequest) -> Iterator[tuple[int, str, str]]:
    """What the form says of the attachments that are there: number, kind, title."""
    for name, kind in request.POST.items():
        number = name.removeprefix("kind_")
        if number != name and number.isascii() and number.isdecimal() and kind in set(FileKind):
            yield int(number), str(kind), clean_text(request.POST.get(f"title_{number}", ""))[:160]


def _step(request: HttpRequest, desk: Desk, form: ProofForm, action: Action) -> HttpResponse:
    """What the pressed button asks for, now that everything is kept."""
    by, now = desk.actor, clock.now()
    removed = request.POST.get("remove", "")
    if removed.isascii() and removed.isdecimal():
        actions.remove_file(action=action, number=int(removed), by=by, now=now)
    if request.POST.get("go") != "send":
        messages.success(request, gettext("Kept. Nobody but your office sees it before it is sent."))
        return redirect("council:proof_edit", code=action.code)
    try:
        actions.send(action=action, by=by, now=now)
    except actions.NotComplete as refusal:
        return _incomplete(request, desk, form, action, refusal)
    except Refusal as refusal:
        form.add_error("done_on" if isinstance(refusal, actions.NotYet) else None, str(refusal))
        return _page(request, form, action, status=refusal.status)
    messages.success(request, gettext("The proof was sent to the secretary. You see here what becomes of it."))
    return redirect("council:proof", code=action.code)


def _incomplete(
    request: HttpRequest, desk: Desk, form: ProofForm, action: Action, refusal: actions.NotComplete
) -> HttpResponse:
    form.add_error(None, str(refusal))
    for name in actions.missing(action, supported(action)):
        if name == "proves":
            form.add_error(
                None, gettext("Choose what it proves: something that your office owes, a right or an indicator.")
            )
        else:
            field = "papers" if name == "files" else name
            form.add_error(field, gettext("This is needed: {label}").format(label=form[field].label))
    return _page(request, form, action, status=refusal.status)


def _page(request: HttpRequest, form: ProofForm, action: Action | None, *, status: int = 200) -> HttpResponse:
    desk = cast(StaffRequest, request).desk
    if action is not None and form.is_bound:
        # A link and files that were taken are among the attachments now.
        action.refresh_from_db()
    form.say_what_is_needed()
    context = {
        "here": "council",
        "form": form,
        "action": action,
        "seen": action.changed_at.isoformat() if action else "",
        "returned": action is not None and action.state == State.RETURNED,
        "files": files_shown(action, desk, for_judges=False) if action else [],
        "kinds": [(code, title) for code, title in FILE_KINDS.items() if code != FileKind.LINK],
    }
    return render(request, "council/proof_edit.html", context, status=status)


@require_POST
@staff(Power.PROOF_GIVE)
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Give up a draft, or what was returned and cannot be completed."""
    desk = cast(StaffRequest, request).desk
    action = get_object_or_404(desk_proofs.own(desk), code=code)
    actions.withdraw_proof(action=action, by=desk.actor, now=clock.now())
    messages.success(request, gettext("The proof was given up."))
    return redirect("council:proofs")
