"""The forms of seats and subjects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from takrim.base import identity
from takrim.cases.models_partners import Partner
from takrim.councils.models import Membership, Role
from takrim.orgs.models import Post
from takrim.web.council.words import ROLES
from takrim.web.parts.dates import JalaliDateField
from takrim.web.parts.templatetags.takrim import language
from takrim.web.staff.fields import ReadField, TextField

_OWN_ROLES = [(role.value, ROLES[role]) for role in Role]
_GUEST_ROLES = [(role.value, ROLES[role]) for role in (Role.MEMBER, Role.OBSERVER)]


def post_choices(posts: Iterable[Post], holders: dict[int, str]) -> list[tuple[str, str]]:
    """Posts by their offices, each with who holds it now."""
    lang = language()
    return [("", "—"), *((str(post.pk), _post(post, holders.get(post.pk, ""), lang)) for post in posts)]


def _post(post: Post, holder: str, lang: str) -> str:
    office = post.unit.short_en if lang == "en" else post.unit.short_fa
    # A name keeps its own direction beside a title of the other language.
    named = f" (\u2068{holder}\u2069)" if holder else ""
    return f"{office} · {post.title}{named}"


class TermForm(forms.Form):
    """As what somebody sits there, and how long."""

    role = forms.ChoiceField(label=_("Sits there as"), choices=_OWN_ROLES, initial=Role.MEMBER)
    title = TextField(
        label=_("Title in this body"),
        required=False,
        max_length=120,
        help_text=_("Only where the post does not say it, such as: representative of the county offices."),
    )
    votes = forms.BooleanField(label=_("Has a vote and counts for the quorum"), required=False, initial=True)
    since = JalaliDateField(label=_("First day"))
    until = JalaliDateField(label=_("Last day"), required=False, help_text=_("Empty: until somebody ends it."))
    substitute = forms.ChoiceField(
        label=_("Usual substitute"), required=False, help_text=_("The post that may always take the seat instead.")
    )

    def __init__(self, *args: Any, posts: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ChoiceField, self.fields["substitute"]).choices = posts


class SeatForm(TermForm):
    """A new seat: of a post, or of a person whatever post they hold."""

    post = forms.ChoiceField(label=_("Post"), required=False, help_text=_("Whoever holds it sits there."))
    person = TextField(
        label=_("Or a person"),
        required=False,
        help_text=_("Their user name: they sit there themselves, whatever post they hold."),
        widget=forms.TextInput({"class": "ltr w-medium", "autocomplete": "off"}),
    )

    field_order = ["post", "person", "role", "title", "votes", "since", "until", "substitute"]

    def __init__(self, *args: Any, posts: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, posts=posts, **options)
        cast(forms.ChoiceField, self.fields["post"]).choices = posts

    def clean_person(self) -> str:
        return str(self.cleaned_data["person"]).lower()


class OutsiderForm(forms.Form):
    """Somebody who comes for an organisation without an office here."""

    organisation = forms.ChoiceField(label=_("Organisation"), widget=forms.Select({"data-own": "true"}))
    name = TextField(label=_("Name of who comes"), max_length=120)
    title = TextField(label=_("Post there"), required=False, max_length=120)
    email = ReadField(
        identity.email,
        label=_("E-mail"),
        required=False,
        widget=forms.TextInput({"class": "ltr w-medium", "autocomplete": "off"}),
    )
    mobile = ReadField(
        identity.mobile,
        label=_("Mobile"),
        required=False,
        widget=forms.TextInput({"class": "ltr w-medium", "inputmode": "tel", "autocomplete": "off"}),
        help_text=_("Invitations and the link to the account go by e-mail where there is an address, else by SMS."),
    )
    role = forms.ChoiceField(label=_("Sits there as"), choices=_GUEST_ROLES, initial=Role.MEMBER)
    votes = forms.BooleanField(label=_("Has a vote and counts for the quorum"), required=False, initial=True)
    since = JalaliDateField(label=_("First day"))
    until = JalaliDateField(label=_("Last day"), required=False)

    def __init__(self, *args: Any, partners: Iterable[Partner], **options: Any) -> None:
        super().__init__(*args, **options)
        listed = [(str(partner.pk), partner.name) for partner in partners]
        cast(forms.ChoiceField, self.fields["organisation"]).choices = [("", _("Choose")), *listed]


class SubjectForm(forms.Form):
    """A subject, and whose it is."""

    name_fa = TextField(label=_("Subject"), max_length=120)
    name_en = TextField(label=_("In English"), max_length=120, required=False)
    secretary = forms.ChoiceField(
        label=_("Secretary of this subject"), required=False, widget=forms.Select({"data-own": "true"})
    )

    def __init__(self, *args: Any, secretaries: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        listed = [(str(number), name) for number, name in secretaries]
        cast(forms.ChoiceField, self.fields["secretary"]).choices = [("", _("All secretaries")), *listed]


def term_of(seat: Membership) -> dict[str, Any]:
    """A seat as the form shows it first."""
    return {
        "role": seat.role,
        "title": seat.title,
        "votes": seat.votes,
        "since": seat.since,
        "until": seat.until,
        "substitute": str(seat.substitute_post_id or ""),
    }
