"""The forms of filing and tracking: every refusal is a sentence, and what was typed stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from takrim.base import codes, identity
from takrim.base.errors import Refusal
from takrim.base.persian import clean_text
from takrim.cases.kind import in_order
from takrim.web.conduct import AboutForm
from takrim.web.parts.templatetags.takrim import language, number
from takrim.web.uploads import upload_errors

SUBJECT_LENGTH = 120
TEXT_LENGTH = 10_000
NAME_LENGTH = 100
# These may be told without saying who one is; the others are owed to somebody.
NAMELESS_KINDS = frozenset({"report", "criticism", "suggestion", "thanks"})

_LTR = {"class": "ltr w-medium"}


def cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, without control and direction characters; lists stay lists."""
    return {name: clean_text(value) if isinstance(value, str) else value for name, value in values.items()}


def refused(check: Callable[[str], str], value: str) -> str:
    """The value in its one form, or the refusal's sentence beside the field."""
    try:
        return check(value) if value else ""
    except Refusal as refusal:
        raise ValidationError(str(refusal), code=refusal.code) from refusal


def _kind_choice(code: str, title: object, meaning: object) -> tuple[str, SafeString]:
    return code, format_html("<strong>{}</strong><br><span class='muted'>{}</span>", title, meaning)


class ElsewhereForm(forms.Form):
    """The number that a national system has given."""

    number = forms.CharField(
        label=gettext_lazy("Your number in that system"),
        help_text=gettext_lazy("The office finds your matter faster with it. It is kept with what you file here."),
        max_length=40,
        error_messages={"required": gettext_lazy("Write the number, or go on without one.")},
        widget=forms.TextInput(attrs={"class": "ltr w-medium", "autocomplete": "off"}),
    )


class WhatForm(forms.Form):
    """What it is about and who should answer."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you want to say?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you want to say.")},
    )
    card = forms.ChoiceField(
        label=gettext_lazy("Which service is it about?"),
        help_text=gettext_lazy("If you are not sure, leave it; the office will find it."),
        required=False,
    )
    province = forms.ChoiceField(
        label=gettext_lazy("Province"), error_messages={"required": gettext_lazy("Choose the province.")}
    )
    office = forms.ChoiceField(label=gettext_lazy("Office"), required=False)
    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        help_text=gettext_lazy("A few words, such as: benefit not paid for two months."),
        max_length=SUBJECT_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self,
        *args: Any,
        cards: Sequence[tuple[str, str]],
        provinces: Sequence[tuple[str, str]],
        offices: Sequence[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self._offer("kind", [_kind_choice(code, kind.title, kind.meaning) for code, kind in in_order()])
        self._offer("card", [("", _("None of these, or I do not know")), *cards])
        self._offer("province", [("", _("Choose")), *provinces])
        self._offer("office", offices)

    def _offer(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)


class ManyFiles(forms.FileInput):
    """An input that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; how many are too many is said in one sentence. Whether each may be taken, its keeping says."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files: list[UploadedFile[Any]] = [file for file in (data or []) if file]
        already = len(initial or [])
        if already + len(files) > settings.UPLOAD_FILES:
            raise ValidationError(
                _("These are {chosen} files; at most {most} can be sent. Choose the ones that matter most.").format(
                    chosen=number(already + len(files)), most=number(settings.UPLOAD_FILES)
                ),
                code="too_many_files",
            )
        return files


def too_long(text: str) -> ValidationError:
    """The sentence for a text beyond any letter."""
    return ValidationError(
        _(
            "This text has {length} letters; at most {most} can be taken. Shorten it, or attach the rest as a file. "
            "Nothing you wrote is lost."
        ).format(length=number(len(text)), most=number(TEXT_LENGTH)),
        code="text_too_long",
    )


def tell_left_out(form: forms.Form, request: HttpRequest) -> None:
    """Say beside the field which files were left out while they came in: too big, too many, no room."""
    form.full_clean()
    for said in upload_errors(request, language()):
        form.add_error("papers", said)


class DetailsForm(AboutForm):
    """The matter in the person's own words, and files."""

    text = forms.CharField(
        label=gettext_lazy("Tell us what happened and what you ask for"),
        help_text=gettext_lazy("When, where, which office, what was said. Write as you speak."),
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": gettext_lazy("Write in a few words what your matter is.")},
    )
    papers = FilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy("A photo of the paper is enough. PDF, pictures, Word, sound and film are taken."),
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["papers"].widget.attrs |= file_limits()

    @property
    def good_files(self) -> list[UploadedFile[Any]]:
        """The files that came in whole, unless they are too many; those left out have their own sentence."""
        too_many = any(error.code == "too_many_files" for error in self.errors.as_data().get("papers", []))
        return [] if too_many else self.files.getlist("papers")

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if len(text) > TEXT_LENGTH:
            raise too_long(text)
        return text


def file_limits() -> dict[str, str]:
    """What the browser is told, so that too large a file is refused before it travels."""
    megabytes = settings.UPLOAD_BYTES // (1024 * 1024)
    return {
        "data-max-bytes": str(settings.UPLOAD_BYTES),
        "data-too-large": _("A file may have up to {megabytes} megabytes.").format(megabytes=number(megabytes)),
    }


class ContactForm(forms.Form):
    """Who brings the matter, as far as they want to say."""

    nameless = forms.BooleanField(
        label=gettext_lazy("I do not want to say who I am"),
        help_text=gettext_lazy(
            "Nothing about you is kept. You get no message; the answer is seen only with the number and the secret of "
            "your receipt."
        ),
        required=False,
    )
    name = forms.CharField(
        label=gettext_lazy("Full name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "w-medium"}),
        error_messages={"required": gettext_lazy("Write your name, or the name of your workplace.")},
    )
    mobile = forms.CharField(
        label=gettext_lazy("Mobile number"),
        help_text=gettext_lazy("The receipt and news of the answer are sent to it."),
        widget=forms.TextInput(attrs={**_LTR, "inputmode": "tel", "autocomplete": "tel"}),
        error_messages={
            "required": gettext_lazy("Write a mobile number, so that the receipt and the answer reach you.")
        },
    )
    national_code = forms.CharField(
        label=gettext_lazy("National code"),
        help_text=gettext_lazy("Ten digits. Foreign nationals leave it empty."),
        required=False,
        widget=forms.TextInput(attrs={**_LTR, "inputmode": "numeric", "autocomplete": "off"}),
    )
    email = forms.CharField(
        label=gettext_lazy("E-mail"),
        required=False,
        widget=forms.TextInput(attrs={**_LTR, "inputmode": "email", "autocomplete": "email"}),
    )

    answer_way = forms.ChoiceField(
        label=gettext_lazy("How do you want the answer?"),
        help_text=gettext_lazy("Whatever you choose, you can read it here with the code and secret of your receipt."),
        choices=[
            ("", gettext_lazy("As the office finds best")),
            ("sms", gettext_lazy("By text message")),
            ("email", gettext_lazy("By e-mail")),
            ("phone", gettext_lazy("By telephone")),
            ("in_person", gettext_lazy("I come to the office")),
        ],
        required=False,
        widget=forms.Select(attrs={"class": "w-medium"}),
    )

    def __init__(self, *args: Any, may_be_nameless: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not may_be_nameless:
            del self.fields["nameless"]

    @property
    def is_nameless(self) -> bool:
        return bool(self.cleaned_data.get("nameless"))

    def clean_national_code(self) -> str:
        return refused(identity.national_code, self.cleaned_data["national_code"])

    def clean_mobile(self) -> str:
        return refused(identity.mobile, self.cleaned_data["mobile"])

    def clean_email(self) -> str:
        return refused(identity.email, self.cleaned_data["email"])

    def clean(self) -> None:
        """Who stays nameless is asked for nothing, and what they typed all the same is left out."""
        if self.is_nameless:
            for name in ("name", "mobile", "national_code", "email", "answer_way"):
                self.errors.pop(name, None)
                self.cleaned_data[name] = ""
        elif self.cleaned_data.get("answer_way") == "email" and self.cleaned_data.get("email") == "":
            self.add_error("email", _("Write the e-mail address to which the answer is to go, or choose another way."))


class TrackForm(forms.Form):
    """The number and the secret of a receipt."""

    code = forms.CharField(
        label=gettext_lazy("Tracking code"),
        help_text=gettext_lazy("The number on your receipt or in the message we sent."),
        widget=forms.TextInput(attrs={**_LTR, "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write the tracking code.")},
    )
    secret = forms.CharField(
        label=gettext_lazy("Secret"),
        help_text=gettext_lazy("Eight letters and digits beside the tracking code."),
        widget=forms.TextInput(attrs={**_LTR, "autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": gettext_lazy("Write the secret.")},
    )

    def clean_code(self) -> str:
        return refused(codes.read_code, self.cleaned_data["code"])

    def clean_secret(self) -> str:
        return refused(codes.read_secret, self.cleaned_data["secret"])


class MobileForm(forms.Form):
    """Whose cases: the telephone they were filed with."""

    mobile = forms.CharField(
        label=gettext_lazy("Mobile number"),
        widget=forms.TextInput(attrs={**_LTR, "inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": gettext_lazy("Write the mobile number that you filed with.")},
    )

    def clean_mobile(self) -> str:
        return refused(identity.mobile, self.cleaned_data["mobile"])


class NumberForm(forms.Form):
    """The number that was sent to the telephone."""

    number = forms.CharField(
        label=gettext_lazy("The six-digit number"),
        widget=forms.TextInput(
            attrs={"class": "ltr w-short", "inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "12"}
        ),
        error_messages={"required": gettext_lazy("Write the number that was sent to you.")},
    )


class WordsForm(forms.Form):
    """A few words about a case that is already there: an addition, an objection, a reason."""

    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), required=False)
    papers = FilesField(label=gettext_lazy("Files"), required=False)

    def __init__(self, *args: Any, label: str, needed: str = "", with_files: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        text = self.fields["text"]
        text.label, text.required = label, bool(needed)
        text.error_messages["required"] = needed
        if with_files:
            self.fields["papers"].widget.attrs |= file_limits()
        else:
            del self.fields["papers"]

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if len(text) > TEXT_LENGTH:
            raise too_long(text)
        return text

    def clean(self) -> None:
        """Who sends the papers that were asked for need not say so."""
        if self.cleaned_data.get("papers") and not self.data.get(self.add_prefix("text")):
            self.errors.pop("text", None)
            self.cleaned_data["text"] = _("The papers are attached.")
