"""Words that the pages of offices show for kinds, channels, results and ways; and the choices they make of them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from takrim.base import clock
from takrim.cards.queries import valid_cards
from takrim.cases.kind import KINDS, in_order
from takrim.cases.models import Outcome, State
from takrim.cases.rights import rights
from takrim.channels.channel import CHANNELS
from takrim.duties.kind import KINDS as DUTY_KINDS
from takrim.duties.models import Difficulty
from takrim.orgs.presence import Seat
from takrim.orgs.units import UnitNames, all_names
from takrim.web.parts.pills import PILLS
from takrim.web.parts.templatetags.takrim import listed

Choices = list[tuple[str, str | Promise]]

OUTCOMES: dict[str, str | Promise] = {
    Outcome.UPHELD: _("Upheld"),
    Outcome.NOT_UPHELD: _("Not upheld"),
    Outcome.PARTLY: _("Partly upheld"),
    Outcome.GUIDED: _("Guided to the right place"),
    Outcome.SERVED: _("The service was done"),
    Outcome.DENIED: _("Denied, on legal ground"),
}

WAYS: dict[str, str | Promise] = {
    "sms": _("By text message"),
    "email": _("By e-mail"),
    "in_person": _("In person, at the desk"),
    "phone": _("By telephone"),
    "paper": _("On paper, by post"),
    "receipt": _("Through the receipt of an anonymous report"),
    "read": _("Read by the applicant with the secret"),
    "impossible": _("Delivery proven impossible"),
}

# Those that a person may ask for.
CHOSEN_WAYS = ("sms", "email", "phone", "in_person", "paper")

DIFFICULTIES: dict[str, str | Promise] = {
    Difficulty.EASY: _("Easy"),
    Difficulty.NORMAL: _("Usual"),
    Difficulty.HARD: _("Hard"),
}

TIMES: Choices = [
    ("late", _("Past due")),
    ("soon", _("Due within two days")),
    ("later", _("Due later")),
    ("undated", _("Without a due date")),
]


def lang() -> str:
    """'fa' or 'en': the language of this page."""
    return "en" if (get_language() or "fa").startswith("en") else "fa"


def kind_title(code: str) -> str:
    kind = KINDS.get(code)
    return str(kind.title) if kind else code


def channel_title(code: str) -> str:
    channel = CHANNELS.get(code)
    return str(channel.title) if channel else code


def duty_title(code: str) -> str:
    kind = DUTY_KINDS.get(code)
    return str(kind.title) if kind else code


def way_title(code: str) -> str:
    return str(WAYS.get(code, code))


def outcome_title(code: str) -> str:
    return str(OUTCOMES.get(code, code))


def seat_title(seat: Seat) -> str:
    """A colleague in a list: name and post, who stands in, whether nobody is there."""
    # A name keeps its own direction beside a title of the other language.
    title = listed([f"\u2068{seat.person.name}\u2069" if seat.person else "", seat.post.title])
    if seat.acting is None:
        return gettext("{colleague} (away)").format(colleague=title)
    if seat.holder is not None and seat.acting.pk != seat.holder.pk:
        return gettext("{colleague} (substitute: {name})").format(colleague=title, name=seat.acting.name)
    return title


def unit_short(path: str) -> str:
    """The short name of an office, without a query."""
    unit = all_names().get(path)
    return unit.short(lang()) if unit else path


def kind_choices() -> Choices:
    return [(code, kind.title) for code, kind in in_order()]


def right_title(code: str) -> str:
    """A citizens' right in words; one that is not in the list any more by its code."""
    found = rights().get(code)
    return found.title(lang()) if found else code


def right_choices() -> Choices:
    return [(code, right.title(lang())) for code, right in rights().items()]


def channel_choices() -> Choices:
    return [(code, channel.title) for code, channel in CHANNELS]


def card_choices() -> Choices:
    cards = valid_cards(clock.local_date(clock.now()))
    return [(card.card.code, card.title) for card in cards]


def state_choices(states: Iterable[State]) -> Choices:
    return [(state.value, PILLS[state.value].label) for state in states]


def units_with_province() -> list[tuple[UnitNames, str]]:
    """Every office with the short name of its province, in the order of the tree."""
    names = all_names()
    return [(unit, _province(unit.path, names)) for unit in names.values()]


def _province(path: str, names: dict[str, UnitNames]) -> str:
    above = "/".join(path.split("/")[:2]) + "/"
    return names[above].short(lang()) if above in names and above != path else ""
