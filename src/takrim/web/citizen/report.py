"""Reporting without being known: no session, no draft, no address; what is kept opens with the receipt alone."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.base.receipts import is_seed, new_seed, pretty_receipt, read_receipt
from takrim.cases import actions_end
from takrim.cases.actions_anonymous import Report, file_report, receipt_of, write_back
from takrim.cases.actions_intake import Place
from takrim.cases.conflict import Subject
from takrim.cases.models import Case
from takrim.cases.moves import MOVES, Move
from takrim.evidence.actions import Upload
from takrim.evidence.models import StoredFile
from takrim.evidence.nameless import keep_nameless
from takrim.orgs.actor import holder
from takrim.web.citizen import places
from takrim.web.citizen.filing import EDIT
from takrim.web.citizen.forms import NAME_LENGTH, TEXT_LENGTH, FilesField, cleaned, file_limits, tell_left_out, too_long
from takrim.web.citizen.states import OUTCOMES, shown
from takrim.web.desk_anonymous import answers_of, case_of, messages_of
from takrim.web.gates import public
from takrim.web.parts.templatetags.takrim import language

_PICTURES = gettext_lazy("Pictures and plain text. Pictures are drawn anew, so that nothing tells where or when.")


class _Words(forms.Form):
    """A text and files, from which everything personal is taken."""

    text = forms.CharField(
        label=gettext_lazy("What do you want to report?"),
        help_text=gettext_lazy("What, where, when, who was there. Leave out what only you can know, if you can."),
        widget=forms.Textarea(attrs={"rows": 9, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write in a few words what your matter is.")},
    )
    papers = FilesField(label=gettext_lazy("Files"), help_text=_PICTURES, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["papers"].widget.attrs |= file_limits()

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if len(text) > TEXT_LENGTH:
            raise too_long(text)
        return text

    def keep_files(self) -> list[StoredFile]:
        """The files without what they tell of their maker. Raises the refusal of the first that cannot be taken."""
        files = self.cleaned_data["papers"]
        return [keep_nameless(upload=Upload("", file.chunks()), now=clock.now()) for file in files]


class ReportForm(_Words):
    """What happened, at which office, and whether it is about somebody there."""

    office = forms.ChoiceField(
        label=gettext_lazy("Which office is it about?"),
        error_messages={"required": gettext_lazy("Choose the office.")},
    )
    against = forms.BooleanField(
        label=gettext_lazy("It is about somebody in this office, or about the office itself"),
        help_text=gettext_lazy("Then neither they nor anybody below them see it; the level above examines it."),
        required=False,
    )
    official = forms.CharField(
        label=gettext_lazy("Whom is it about, if you want to say"),
        max_length=NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("office", "against", "official", "text", "papers")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [(unit.path, unit.name) for unit in places.answering()]
        cast(forms.ChoiceField, self.fields["office"]).choices = [("", _("Choose")), *offered]

    def report(self, seed: str) -> Report:
        """What is to be registered."""
        data, unit = self.cleaned_data, places.answering_at(self.cleaned_data["office"])
        assert unit is not None  # it is one of those offered
        subject = Subject(path=unit.path, said=data["official"]) if data["against"] or data["official"] else None
        return Report(seed=seed, text=data["text"], place=Place(unit=unit), subject=subject, lang=language())


def _typed(request: HttpRequest, form: type[forms.Form]) -> dict[str, Any]:
    return cleaned({name: request.POST.get(name, "") for name in form.base_fields})


@never_cache
@EDIT
@public
def report(request: HttpRequest) -> HttpResponse:
    """The report, and in answer to it the receipt: shown in this page and nowhere else."""
    seed = request.POST.get("seed", "")
    if request.method != "POST" or not is_seed(seed):
        return render(request, "citizen/report.html", {"form": ReportForm(), "seed": new_seed(), "here": "report"})
    form = ReportForm(_typed(request, ReportForm), request.FILES)
    tell_left_out(form, request)
    if form.is_valid():
        wanted = form.report(seed)
        try:
            case = file_report(report=wanted, files=form.keep_files(), by=holder(), now=clock.now())
        except Refusal as refusal:
            form.add_error("papers" if refusal.code.startswith("file_") else None, str(refusal))
        else:
            given = {"receipt": pretty_receipt(receipt_of(wanted)), "case": case, "here": "report"}
            return render(request, "citizen/report_receipt.html", given)
    return render(request, "citizen/report.html", {"form": form, "seed": seed, "here": "report"}, status=422)


class BoxForm(forms.Form):
    """The receipt of a report."""

    receipt = forms.CharField(
        label=gettext_lazy("Receipt"),
        help_text=gettext_lazy("Sixteen letters and digits, in groups of four."),
        widget=forms.TextInput(
            attrs={
                "class": "ltr w-medium",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": gettext_lazy("Write the receipt.")},
        max_length=100,
    )


class BackForm(_Words):
    """Writing back."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, prefix="back", **options)
        self.fields["text"].label, self.fields["text"].help_text = _("Write to the office"), ""
        self.fields["text"].widget.attrs["rows"] = 5


@never_cache
@EDIT
@public
def box(request: HttpRequest) -> HttpResponse:
    """Opened by the receipt, which is sent anew with each step. A wrong one and an unknown one are told alike."""
    form = BoxForm(_typed(request, BoxForm) if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "citizen/report_door.html", {"form": form, "here": "report"}, status=status)
    receipt = form.cleaned_data["receipt"]
    case = case_of(receipt)
    if case is None:
        form.add_error("receipt", _("No report has this receipt. Check each letter of it."))
        return render(request, "citizen/report_door.html", {"form": form, "here": "report"}, status=422)
    back = BackForm()
    done = ""
    if request.POST.get("step") in {"write", "object"}:
        back = BackForm(cleaned(request.POST.dict()), request.FILES)
        tell_left_out(back, request)
        done = _do(case, back, request.POST["step"])
        case, back = (case_of(receipt) or case), BackForm() if done else back
    return _show(request, case, receipt, back, done)


def _do(case: Case, form: BackForm, step: str) -> str:
    """One step of the person with the receipt; what was done, or "" when the form says why not."""
    if not form.is_valid():
        return ""
    text, now = form.cleaned_data["text"], clock.now()
    try:
        if step == "object":
            actions_end.object_to(case=case, text=text, by=holder(), now=now)
            return _("Your objection is registered. The level above the office decides on it.")
        write_back(case=case, text=text, files=form.keep_files(), by=holder(), now=now)
    except Refusal as refusal:
        form.add_error("papers" if refusal.code.startswith("file_") else None, str(refusal))
        return ""
    return _("Your message is there. Come back with the receipt to read the answer.")


def _show(request: HttpRequest, case: Case, receipt: str, back: BackForm, done: str) -> HttpResponse:
    context = {
        "here": "report",
        "case": case,
        "state": shown(case),
        "receipt": pretty_receipt(read_receipt(receipt)),
        "messages_": messages_of(case),
        "answers": [(answer, OUTCOMES.get(answer.outcome, "")) for answer in answers_of(case)],
        "may_object": case.state in MOVES[Move.OBJECT].sources,
        "form": back,
        "done": done,
    }
    return render(request, "citizen/report_box.html", context, status=422 if back.errors else 200)
