"""Words that the pages of bodies show: roles, rules, rhythms, replies, attendance."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from takrim.base import words
from takrim.base.period import Period, PeriodKind
from takrim.councils.kind import kinds
from takrim.councils.models import Body, Membership, QuorumRule, Role, Tie
from takrim.councils.models_meetings import GUEST, Attendance, Invitation, Reply
from takrim.councils.rhythm import Rhythm, rhythm_of
from takrim.web.parts.templatetags.takrim import language

ROLES: dict[str, str | Promise] = {
    Role.CHAIR: gettext_lazy("Chair"),
    Role.SECRETARY: gettext_lazy("Secretary"),
    Role.MEMBER: gettext_lazy("Member"),
    Role.OBSERVER: gettext_lazy("Observer, without a vote"),
    GUEST: gettext_lazy("Guest"),
}
QUORUMS: dict[str, str | Promise] = {
    QuorumRule.MORE_THAN_HALF: gettext_lazy("More than half of those who vote"),
    QuorumRule.TWO_THIRDS: gettext_lazy("Two thirds of those who vote"),
    QuorumRule.NUMBER: gettext_lazy("A number of them"),
    QuorumRule.ANY: gettext_lazy("Whoever comes"),
}
TIES: dict[str, str | Promise] = {
    Tie.CHAIR_DECIDES: gettext_lazy("The side of the chair holds"),
    Tie.FALLS: gettext_lazy("The proposal falls"),
}
PERIODS: dict[str, str | Promise] = {
    "": gettext_lazy("When it is needed"),
    PeriodKind.MONTH: gettext_lazy("Each month"),
    PeriodKind.SEASON: gettext_lazy("Each season"),
    PeriodKind.HALF: gettext_lazy("Each half-year"),
    PeriodKind.YEAR: gettext_lazy("Each year"),
}
REPLIES: dict[str, str | Promise] = {
    Reply.NONE: gettext_lazy("No reply yet"),
    Reply.ACCEPTED: gettext_lazy("Comes"),
    Reply.DECLINED: gettext_lazy("Cannot come"),
    Reply.SUBSTITUTE: gettext_lazy("Sends a substitute"),
}
ATTENDANCES: dict[str, str | Promise] = {
    Attendance.NONE: gettext_lazy("Not there yet"),
    Attendance.PRESENT: pgettext_lazy("attendance", "Present"),
    Attendance.REMOTE: gettext_lazy("Takes part remotely"),
    Attendance.EXCUSED: gettext_lazy("Absent with leave"),
    Attendance.ABSENT: gettext_lazy("Absent"),
}


def kind_choices() -> list[tuple[str, str]]:
    return [(code, kind.title.in_(language())) for code, kind in kinds().items()]


def rhythm(body: Body) -> str:
    """«هر فصل، تا روز ۱۵» in the words of the page."""
    return _rhythm(rhythm_of(body), language())


@lru_cache(maxsize=256)
def _rhythm(found: Rhythm | None, lang: str) -> str:
    if found is None:
        return str(PERIODS[""])
    each = str(PERIODS[found.kind])
    if found.times > 1:
        times = ngettext("{times} meeting", "{times} meetings", found.times)
        each = f"{each} {times.format(times=words.number(found.times, lang))}"
    if found.by_day is None:
        return each
    return _("{each}, by its day {day}").format(each=each, day=words.number(found.by_day, lang))


def quorum(body: Body) -> str:
    """The rule of the quorum in a line."""
    said = str(QUORUMS[body.quorum])
    if body.quorum == QuorumRule.NUMBER:
        said = _("At least {number} who vote").format(number=words.number(body.quorum_number, language()))
    return _("{rule}; the chair must be there").format(rule=said) if body.quorum_chair else said


def period(code: str) -> str:
    return Period.parse(code).title(language())


def whose(seat: Membership) -> str:
    """Whose seat it is, in a line: the post with its office, or the person."""
    if seat.post is not None:
        return f"{seat.post.title} · {seat.post.unit.short}"
    return seat.person.name if seat.person else ""


def term(seat: Membership) -> str:
    """From when to when a seat is held."""
    lang = language()
    if seat.until is None:
        return _("since {since}").format(since=words.date(seat.since, lang))
    return _("{since} to {until}").format(since=words.date(seat.since, lang), until=words.date(seat.until, lang))


def seat_title(invitation: Invitation) -> str:
    """The title of somebody on a list, with their organisation."""
    return " · ".join(filter(None, (invitation.title, invitation.organisation)))


def day(moment: date) -> str:
    return words.date(moment, language())
