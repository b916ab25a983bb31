"""A complaint about an official or about the office itself: chosen while filing, and then kept from them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from takrim.base import clock
from takrim.cases.conflict import Subject
from takrim.channels.models import Draft
from takrim.orgs.models import Unit
from takrim.web.citizen.forms import DetailsForm
from takrim.web.desk_conduct import names_somebody, posts_of, subject_at

# Thanks, praise and questions name whom they like.
BLAMING = frozenset({"complaint", "criticism", "objection", "report"})
OFFICE = "office"


def choices(kind: str, unit: Unit | None) -> list[tuple[str, str]]:
    """Whom it may be about, to choose from; nothing where nobody is blamed."""
    if kind not in BLAMING or unit is None:
        return []
    asked = [("", _("No, it is about the service itself")), (OFFICE, _("Yes, about this office: {office}"))]
    whole = [(code, title.format(office=unit.name)) for code, title in asked]
    posts = {post.title: str(post.pk) for post in reversed(posts_of(unit.path))}
    return [*whole, *((number, _("Yes, about: {post}").format(post=title)) for title, number in posts.items())]


def check(form: DetailsForm, unit: Unit | None) -> None:
    """Blame by name is told only to those above: a text that names an officer has to say whom it is about."""
    if unit is None or not form.is_bound or "against" not in form.fields or "against" in form.errors:
        return
    if form.cleaned_data.get("against"):
        return
    if form.cleaned_data.get("official"):
        says = _("You have written a name. Choose whom the complaint is about, or take the name out.")
        form.add_error("against", ValidationError(says, code="official_without_post"))
        return
    if names_somebody(form.cleaned_data.get("text", ""), unit.path, clock.local_date(clock.now())):
        form.add_error(
            "against",
            ValidationError(
                _(
                    "You name somebody who works there. Choose whom it is about, so that it is kept from them; or "
                    "write without the name."
                ),
                code="names_somebody",
            ),
        )


def subject_of(draft: Draft, unit: Unit | None) -> Subject | None:
    """Whom the draft is about, None if it is about a service. A post of another office means the office chosen now."""
    chosen = str(draft.typed("against"))
    if not chosen or unit is None or draft.typed("kind") not in BLAMING:
        return None
    post = posts_of(unit.path).filter(pk=int(chosen)).first() if chosen.isdecimal() else None
    return subject_at(unit.path, post, str(draft.typed("official")))


def whom(subject: Subject, unit: Unit) -> str:
    """The words for whom it is about."""
    return f"{subject.post.title} · {unit.name}" if subject.post else unit.name
