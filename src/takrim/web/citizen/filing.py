"""Filing a matter, step by step: where it belongs, what it is, details and files, contact, review."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.cards.models import CardVersion
from takrim.cards.queries import card_on, valid_cards
from takrim.channels import actions_draft
from takrim.channels.models import Draft
from takrim.channels.questions import Question, first_questions
from takrim.evidence.actions import Upload, clean_name
from takrim.evidence.actions import keep as keep_file
from takrim.orgs.actor import holder
from takrim.orgs.models import Unit
from takrim.orgs.paths import province_of
from takrim.web import conduct
from takrim.web.citizen import drafts, places
from takrim.web.citizen.enough import before_filing
from takrim.web.citizen.forms import (
    NAMELESS_KINDS,
    ContactForm,
    DetailsForm,
    ElsewhereForm,
    WhatForm,
    cleaned,
    tell_left_out,
)
from takrim.web.gates import public

STEPS = ("where", "what", "details", "contact", "review")
# The field of a draft that names its steps which are right.
RIGHT = "right"
EDIT = require_http_methods(["GET", "HEAD", "POST"])


def steps(now: str, named: str = "") -> list[dict[str, str]]:
    """Where in the wizard the person is; steps behind can be gone back to, with the office that was named."""
    titles = (_("Where it belongs"), _("What it is"), _("Details"), _("Contact"), _("Review"))
    place, query = STEPS.index(now), places.carried(named)
    return [
        {
            "title": title,
            "state": "done" if n < place else "now" if n == place else "later",
            "url": reverse(f"citizen:{name}") + query if n < place else "",
        }
        for n, (name, title) in enumerate(zip(STEPS, titles, strict=True))
    ]


def again(step: str) -> HttpResponse:
    """Back to a step with a fault in it, by an address of its own: so the browser's "back" never asks to send anew."""
    return redirect(reverse(f"citizen:{step}") + "?check=1")


def _filled(request: HttpRequest, draft: Draft | None) -> dict[str, Any]:
    """The draft as if it had just been sent, when a fault was found in it: the fault is then shown."""
    return {"data": {name: draft.typed(name) for name in draft.fields}} if draft and "check" in request.GET else {}


def show(request: HttpRequest, step: str, context: dict[str, Any], *, form: Any = None) -> HttpResponse:
    """A step's page; a form that was refused comes with 422."""
    status = 422 if request.method == "POST" and form is not None and form.errors else 200
    named = context.get("place") or places.named(request)
    given = {"here": "file", "steps": steps(step, named), "form": form, "place": named, **context}
    return render(request, f"citizen/file_{step}.html", given, status=status)


@never_cache
@require_safe
@public
def where(request: HttpRequest) -> HttpResponse:
    """Step 1: a few plain questions, so that nobody files in the wrong house."""
    draft = drafts.open_draft(request)
    place, units = place_of(request, draft), places.answering()
    context = {
        "questions": first_questions(place).opening,
        "draft": draft,
        "place": place,
        "office": places.answering_at(place),
        "province": province_of(place),
        "provinces": places.provinces(units),
    }
    return show(request, "where", context)


def place_of(request: HttpRequest, draft: Draft | None) -> str:
    """The office the person has named so far: each province may have questions of its own."""
    named = request.GET.get("place") or (draft and (draft.typed("office") or draft.typed("province"))) or ""
    return named if places.answering_at(named) else ""


@never_cache
@EDIT
@public
def before(request: HttpRequest, question: str) -> HttpResponse:
    """What is asked next, or has to be known before filing: the national system, a deadline, other ways to be heard."""
    draft = drafts.open_draft(request)
    place = place_of(request, draft)
    asked = first_questions(place).questions.get(question)
    if asked is None or not asked.has_page:
        raise Http404
    system = _system(asked, place)
    form = ElsewhereForm(cleaned(request.POST.dict()) if request.method == "POST" else None)
    if form.is_valid() and system:
        typed = {"external_system": system["name"], "external_id": form.cleaned_data["number"]}
        response = redirect(f"{reverse('citizen:what')}?about={question}&place={place}")
        return drafts.remember(response, drafts.keep(request, typed))
    context = {
        "here": "file",
        "steps": steps("where"),
        "question": asked,
        "card": card_on(asked.card, clock.local_date(clock.now()), place),
        "system": system,
        "form": form,
        "place": place,
        "questions": first_questions(place).next(asked),
    }
    return render(request, "citizen/file_before.html", context, status=422 if form.errors else 200)


def _system(asked: Question, place: str) -> dict[str, str] | None:
    """The national system where it is done: the question's own, or that of its card."""
    if asked.system is not None:
        return {"name": str(asked.system.name), "url": asked.system.url}
    card = card_on(asked.card, clock.local_date(clock.now()), place)
    found: dict[str, str] | None = card.text("system") if card else None
    return found


def _what_form(request: HttpRequest, draft: Draft | None, **options: Any) -> WhatForm:
    units = places.answering()
    fields = draft.fields if draft else {}
    asked = request.POST if request.method == "POST" else request.GET
    named = str(asked.get("office") or asked.get("place") or "")
    province = str(asked.get("province") or province_of(named) or fields.get("province", ""))
    cards = [(card.card.code, card.title) for card in valid_cards(clock.local_date(clock.now()), province)]
    return WhatForm(cards=cards, provinces=places.provinces(units), offices=places.offices(units, province), **options)


@never_cache
@EDIT
@public
def what(request: HttpRequest) -> HttpResponse:
    """Step 2: the kind of message, the service, the office."""
    draft = drafts.open_draft(request)
    if request.method != "POST":
        begun = _begun(request, draft)
        filled = _filled(request, draft) or {"initial": begun}
        found = before_filing(begun, str(begun.get("office") or begun.get("province") or ""))
        return show(request, "what", {"draft": draft, "found": found}, form=_what_form(request, draft, **filled))
    typed = cleaned({name: request.POST.get(name, "") for name in WhatForm.base_fields})
    form = _what_form(request, draft, data=typed)
    draft = drafts.keep(request, {**typed, **judged(draft, "what", right=form.is_valid())})
    if "offices" in request.POST:
        # Without a script the county offices of the chosen province come with a second look at the page.
        shown = _what_form(request, draft, initial=typed)
        return drafts.remember(show(request, "what", {"draft": draft}, form=shown), draft)
    return drafts.remember(redirect("citizen:details") if form.is_valid() else again("what"), draft)


def _begun(request: HttpRequest, draft: Draft | None) -> dict[str, Any]:
    """What the form begins with: the draft, and what the way here has already said."""
    begun = dict(draft.fields) if draft else {}
    question = first_questions(place_of(request, draft)).questions.get(request.GET.get("about", ""))
    if question is not None:
        begun |= {name: value for name, value in (("kind", question.kind), ("card", question.card)) if value}
    if card := request.GET.get("card"):
        begun["card"] = card
    if office := request.GET.get("office") or request.GET.get("place"):
        begun |= {"office": office, "province": province_of(office)}
    return begun


@require_safe
@public
def offices(request: HttpRequest) -> HttpResponse:
    """The field with the county offices of a province, for htmx."""
    form = _what_form(request, None, initial={"office": request.GET.get("province", "")})
    return render(request, "citizen/_office_field.html", {"form": form})


@never_cache
@EDIT
@public
def details(request: HttpRequest) -> HttpResponse:
    """Step 3: the matter in the person's own words, and files."""
    draft = drafts.open_draft(request)
    if draft is None:
        return redirect("citizen:where")
    kept: list[dict[str, Any]] = draft.typed("files") or []
    unit = unit_of(draft)
    place = unit.path if unit else ""
    offered = {"found": before_filing(draft.fields, place), "place": place}
    against = conduct.choices(str(draft.typed("kind")), unit)
    if request.method != "POST":
        form = DetailsForm(against=against, **(_filled(request, draft) or {"initial": draft.fields}))
        conduct.check(form, unit)
        return show(request, "details", _with_files(kept) | offered, form=form)
    typed = cleaned({name: request.POST.get(name, "") for name in ("text", "against", "official")})
    form = DetailsForm(typed, request.FILES, initial={"papers": kept}, against=against)
    tell_left_out(form, request)
    conduct.check(form, unit)
    kept = _without(kept, request.POST.get("remove", ""))
    _keep_files(form, kept)
    drafts.keep(
        request, {**typed, "files": kept, **judged(draft, "details", right=not {"text", "against"} & set(form.errors))}
    )
    if "remove" in request.POST or "stay" in request.POST:
        # Only the files were sent for now: an empty text is no fault yet.
        form.errors.pop("text", None)
        form.errors.pop("against", None)
        return show(request, "details", _with_files(kept) | offered, form=form)
    if "papers" in form.errors:
        # Which files were refused is not kept: it can only be said now.
        return show(request, "details", _with_files(kept) | offered, form=form)
    return again("details") if form.errors else redirect("citizen:contact")


def _with_files(kept: list[dict[str, Any]]) -> dict[str, Any]:
    return {"kept": kept, "left": settings.UPLOAD_FILES - len(kept)}


def _without(kept: list[dict[str, Any]], hash_: str) -> list[dict[str, Any]]:
    return [file for file in kept if file["hash"] != hash_]


def _keep_files(form: DetailsForm, kept: list[dict[str, Any]]) -> None:
    """Store the files that may be taken; the others are refused one by one, and nothing else is lost."""
    files: list[UploadedFile[Any]] = form.good_files
    for file in files:
        upload = Upload(name=file.name or "", chunks=file.chunks())
        try:
            stored = keep_file(upload=upload, now=clock.now())
        except Refusal as refusal:
            form.add_error("papers", str(refusal))
            continue
        if all(known["hash"] != stored.hash for known in kept):
            kept.append({"hash": stored.hash, "name": clean_name(upload.name), "size": stored.size})


@never_cache
@EDIT
@public
def contact(request: HttpRequest) -> HttpResponse:
    """Step 4: who brings it, as far as they want to say."""
    draft = drafts.open_draft(request)
    if draft is None:
        return redirect("citizen:where")
    may_be_nameless = draft.typed("kind") in NAMELESS_KINDS
    if request.method != "POST":
        filled = _filled(request, draft) or {"initial": draft.fields}
        return show(request, "contact", {}, form=ContactForm(may_be_nameless=may_be_nameless, **filled))
    typed = cleaned({name: request.POST.get(name, "") for name in ContactForm.base_fields})
    form = ContactForm(typed, may_be_nameless=may_be_nameless)
    if form.is_valid() and form.is_nameless:
        typed = {name: "on" if name == "nameless" else "" for name in ContactForm.base_fields}
    drafts.keep(request, {**typed, **judged(draft, "contact", right=form.is_valid())})
    return again("contact") if form.errors else redirect("citizen:review")


@require_POST
@public
def drop(request: HttpRequest) -> HttpResponse:
    """Throw the draft away and begin anew."""
    draft = drafts.any_draft(request)
    if draft is not None:
        actions_draft.drop(draft=draft, by=holder(), now=clock.now())
    return drafts.forget(redirect("citizen:where"))


def card_of(draft: Draft) -> CardVersion | None:
    """The service the draft is about, as its card says today."""
    return card_on(str(draft.typed("card")), clock.local_date(clock.now()), _meant(draft))


def unit_of(draft: Draft) -> Unit | None:
    """The office the draft is meant for: the county office, or else the directorate of the province."""
    return places.answering_at(_meant(draft))


def _meant(draft: Draft) -> str:
    return str(draft.typed("office") or draft.typed("province"))


def judged(draft: Draft | None, step: str, *, right: bool) -> dict[str, list[str]]:
    """Which steps are right, now that this one was sent: kept with the draft, so that the review need not ask again."""
    others = [other for other in (draft.typed(RIGHT) if draft else None) or [] if other != step]
    return {RIGHT: [*others, step] if right else others}


def first_fault(draft: Draft) -> str:
    """The first step that is not right yet, or ""."""
    right = draft.typed(RIGHT) or []
    if unit_of(draft) is None:
        return "what"
    # Somebody who stayed nameless and then made a complaint of the report has to say who they are.
    named = not draft.typed("nameless") or draft.typed("kind") in NAMELESS_KINDS
    return next((step for step in STEPS[1:-1] if step not in right), "" if named else "contact")
