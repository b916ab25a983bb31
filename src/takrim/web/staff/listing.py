"""One page of the cartable: what was asked for, the rows ready to print, and where the next page begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.persian import clean_text
from takrim.cases import queries
from takrim.cases.queries import Narrow, Place, read_place
from takrim.duties.kind import Head, heads_of
from takrim.duties.models import Duty, DutyQuerySet
from takrim.orgs.powers import Power
from takrim.orgs.presence import name_at
from takrim.web.desk import Desk
from takrim.web.parts.templatetags.takrim import code, dueclass, jdate, jnumeric, pill, timeleft
from takrim.web.staff import shown
from takrim.web.staff.cartable_forms import NARROWING, FiltersForm

SIZE = 25
LONGEST_QUERY = 200
_NOBODY = SafeString("")

# Tab → its words and the power without which it is not there.
TABS: dict[str, tuple[str | Promise, Power]] = {
    "due": (_("Due next"), Power.CASE_SEE),
    "approve": (_("Waiting for approval"), Power.CASE_APPROVE),
    "judge": (_("Replies to judge"), Power.DUTY_JUDGE),
    "asked": (_("Asked of others"), Power.CASE_REFER),
    "done": (_("Done lately"), Power.CASE_SEE),
}

# Whose work, as the address says it.
SCOPES: dict[str, str | Promise] = {
    "me": _("My work"),
    "": _("My office"),
    "free": _("Given to nobody"),
    "below": _("With those below"),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the address asks for."""

    tab: str
    scope: str
    query: str
    narrow: Narrow
    after: str
    can_go_below: bool

    def address(self, **changes: Any) -> str:
        """The same list with something changed, from its beginning."""
        given = {name: getattr(self.narrow, name) for name in NARROWING}
        given |= {"tab": self.tab if self.tab != "due" else "", "scope": self.scope, "q": self.query}
        return "?" + urlencode({name: value for name, value in {**given, **changes}.items() if value})

    @property
    def narrowed(self) -> bool:
        return self.narrow != Narrow()

    @property
    def without_filters(self) -> str:
        return self.address(**dict.fromkeys(NARROWING, ""))

    @property
    def without_words(self) -> str:
        return self.address(q="")

    @property
    def below(self) -> bool:
        return self.scope == "below"

    @property
    def scopes(self) -> list[Tab]:
        """Whose work can be looked at: that of the post, of the office, of nobody yet, of those below."""
        if self.query or self.tab == "done":
            return []
        offered = [key for key in SCOPES if key in {"", "below"} or self.tab == "due"]
        offered = [key for key in offered if key != "below" or self.can_go_below]
        tabs = [Tab(SCOPES[key], self.address(scope=key), key == self.scope) for key in offered]
        return tabs if len(tabs) > 1 else []

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What travels along when the filters are sent."""
        pairs = {"tab": self.tab if self.tab != "due" else "", "scope": self.scope, "q": self.query}
        return [(name, value) for name, value in pairs.items() if value]


class Tab(NamedTuple):
    title: str | Promise
    url: str
    current: bool


class Row(NamedTuple):
    """A case, or what else something is owed about, in a list; all texts are ready to print."""

    page: str
    shown_code: SafeString | str
    subject: str
    about: str
    unit: str
    pill: SafeString
    due_class: str
    due: str
    day: str
    badge: str


@dataclass
class Shown:
    """A page of the list."""

    rows: list[Row] = field(default_factory=list)
    next_url: str = ""
    from_start: bool = True
    by_unit: bool = False
    due_title: str | Promise = ""

    @property
    def body(self) -> SafeString:
        """The rows of the table. Written here: a template would take as long for them as for all the rest."""
        office = f'<td data-label="{escape(_("Office"))}">' if self.by_unit else ""
        number = f'<td class="num" data-label="{escape(_("Number"))}">'
        return SafeString("".join(_drawn(row, office, number) for row in self.rows))


def _drawn(row: Row, office: str, number: str) -> str:
    badge = f' <span class="pill pill-accent">{escape(row.badge)}</span>' if row.badge else ""
    unit = f"{office}{escape(row.unit)}</td>" if office else ""
    return (
        f'<tr class="{row.due_class}"><td><span class="due-text">{row.due}</span> '
        f'<small class="muted num">{row.day}</small></td>'
        f'<th scope="row"><a class="stretch" href="{row.page}"><bdi>{escape(row.subject)}</bdi></a>'
        f'{badge}<br><small class="muted">{conditional_escape(row.about)}</small></th>'
        f"{unit}<td>{row.pill}</td>{number}{row.shown_code}</td></tr>\n"
    )


def read(form: FiltersForm, desk: Desk) -> Asked:
    """What is asked for; tabs that the post does not allow are the first tab."""
    data = form.data
    tab = data.get("tab", "due")
    if tab not in TABS or not desk.actor.may(TABS[tab][1]):
        tab = "due"
    can_go_below = len(desk.unit_names()) > 1
    scope = data.get("scope", "")
    if scope not in SCOPES or (scope == "below" and not can_go_below) or (scope in {"me", "free"} and tab != "due"):
        scope = ""
    return Asked(
        tab=tab,
        scope=scope,
        query=clean_text(data.get("q", ""))[:LONGEST_QUERY],
        narrow=form.narrow(),
        after=data.get("after", ""),
        can_go_below=can_go_below,
    )


def tabs(asked: Asked, desk: Desk) -> list[Tab]:
    """The tabs this post has."""
    return [
        Tab(title, asked.address(tab=key if key != "due" else "", q=""), key == asked.tab and not asked.query)
        for key, (title, power) in TABS.items()
        if desk.actor.may(power)
    ]


def show(asked: Asked, desk: Desk, now: datetime) -> Shown:
    """Read and dress one page."""
    if asked.query:
        return _searched(asked, desk, now)
    if asked.tab == "approve":
        return _approvals(asked, desk, now)
    duties = _duties(asked, desk, now)
    about, others = queries.heads_about({duty.about for duty in duties[:SIZE]}), heads_of(duties[:SIZE])
    dress = _Dresser(now, desk.seat.post_id, queries.partners_of(duties))
    rows = [
        dress.other(duty, others[duty.pk]) if duty.pk in others else dress.duty(duty, about[duty.about])
        for duty in duties[:SIZE]
        if duty.pk in others or duty.about in about
    ]
    page = Shown(rows=rows, from_start=not asked.after, by_unit=asked.below or asked.tab in {"judge", "asked"})
    page.due_title = _("Done on") if asked.tab == "done" else _("Due")
    if len(duties) > SIZE:
        last = duties[SIZE - 1]
        moment = last.settled_at if asked.tab == "done" else last.due_at
        page.next_url = asked.address(after=str(Place(moment, last.pk)))
    return page


def _duties(asked: Asked, desk: Desk, now: datetime, limit: int = SIZE + 1) -> list[Duty]:
    if limit == SIZE + 1 and asked == Asked(
        tab="due", scope="", query="", narrow=Narrow(), after="", can_go_below=asked.can_go_below
    ):
        return desk.first_due()
    after = read_place(asked.after)
    own = _in_scope(asked, desk)
    if asked.tab == "done":
        return queries.by_done(queries.narrowed(own, asked.narrow, now), after, limit)
    rows: DutyQuerySet = own.owed()
    if asked.tab in {"asked", "judge"}:
        rows = desk.asked() if asked.below else desk.asked().filter(judge_path=desk.actor.unit_path)
        rows = queries.to_judge(rows) if asked.tab == "judge" else rows
    dated = asked.narrow.time not in {"", "undated"}
    return queries.by_due(queries.narrowed(rows, asked.narrow, now), after, limit, only_dated=dated)


def all_heads(asked: Asked, desk: Desk, now: datetime, limit: int) -> list[dict[str, Any]]:
    """The heads of the cases of a whole list, in its order, each once: to be worked on together, or counted."""
    if asked.query:
        return queries.find(
            asked.query,
            desk.cases,
            unit_id=desk.unit.pk,
            by=desk.actor,
            narrow=asked.narrow,
            limit=limit,
            before=None,
        ).heads
    if asked.tab == "approve":
        waiting = queries.to_approve(desk.actor, exactly=not asked.below).filter(**asked.narrow.of_case())
        return queries.heads(waiting.order_by("pk")[:limit])
    codes = _codes(asked, desk, now, limit)
    about = queries.heads_about(codes)
    return [about[code] for code in codes if code in about]


def _codes(asked: Asked, desk: Desk, now: datetime, limit: int) -> list[str]:
    """The first cases of a list; several duties may be about one of them, so that more have to be read."""
    wanted = limit
    while True:
        duties = _duties(asked, desk, now, wanted)
        codes = list(dict.fromkeys(duty.about for duty in duties))
        if len(codes) >= limit or len(duties) < wanted:
            return codes[:limit]
        wanted *= 2


def _in_scope(asked: Asked, desk: Desk) -> DutyQuerySet:
    if asked.scope == "me":
        return desk.my_work()
    ours = queries.of_ours(desk.duties())
    if asked.below:
        return ours
    own = ours.filter(unit_id=desk.unit.pk)
    return own.given_to(None).filter(answered_at=None) if asked.scope == "free" else own


def _approvals(asked: Asked, desk: Desk, now: datetime) -> Shown:
    after = read_place(asked.after)
    waiting = queries.to_approve(desk.actor, exactly=not asked.below)
    fitting = waiting.filter(**asked.narrow.of_case(), pk__gt=after.id if after else 0).order_by("pk")
    found = queries.heads(fitting[: SIZE + 1])
    page = _cases(found[:SIZE], asked, now)
    if len(found) > SIZE:
        page.next_url = asked.address(after=str(Place(None, found[SIZE - 1]["id"])))
    return page


def _searched(asked: Asked, desk: Desk, now: datetime) -> Shown:
    before = int(asked.after) if asked.after.isascii() and asked.after.isdecimal() else None
    found = queries.find(
        asked.query,
        desk.cases,
        unit_id=desk.unit.pk,
        by=desk.actor,
        narrow=asked.narrow,
        limit=SIZE,
        before=before,
    )
    page = _cases(found.heads, asked, now)
    page.by_unit = asked.can_go_below
    if found.more:
        page.next_url = asked.address(after=found.more)
    return page


def _cases(heads: list[dict[str, Any]], asked: Asked, now: datetime) -> Shown:
    page = dressed(heads, queries.due_of([head["code"] for head in heads]), now)
    page.from_start, page.by_unit = not asked.after, asked.below
    return page


def dressed(heads: list[dict[str, Any]], due: dict[str, datetime | None], now: datetime) -> Shown:
    """Cases of several offices as a list shows them."""
    dress = _Dresser(now)
    return Shown(rows=[dress.case(head, due.get(head["code"])) for head in heads], by_unit=True, due_title=_("Due"))


class _Dresser:
    """Turns rows of the database into words; what repeats from row to row is said once."""

    def __init__(
        self, now: datetime, own_post: int | None = None, partners: Mapping[int, str] = MappingProxyType({})
    ) -> None:
        self.now, self.day, self.own_post, self.partners = now, local_date(now), own_post, partners
        self.said: dict[tuple[str, str], Any] = {}

    def _once(self, what: str, of: str, say: Any) -> Any:
        key = (what, of)
        if key not in self.said:
            self.said[key] = say(of)
        return self.said[key]

    def _about(self, head: dict[str, Any]) -> str:
        kind = self._once("kind", head["kind"], shown.kind_title)
        return f"{kind} · {self._once('channel', head['channel'], shown.channel_title)}"

    def _with(self, duty: Duty) -> SafeString:
        """Who in the office has it, unless the list is theirs. A name keeps its own direction in either language."""
        if duty.assignee_id is None or duty.assignee_id == self.own_post or duty.settled_at:
            return _NOBODY
        name = name_at(duty.assignee_id, self.day)
        return format_html(gettext(" · with {name}"), name=format_html("<bdi>{}</bdi>", name)) if name else _NOBODY

    def _row(
        self,
        head: dict[str, Any],
        *,
        unit: str,
        due: tuple[str, str, str],
        badge: str = "",
        lies_with: SafeString = _NOBODY,
    ) -> Row:
        return Row(
            f"/staff/cases/{head['code']}/",
            code(head["code"]),
            head["subject"],
            conditional_escape(self._about(head)) + lies_with,
            self._once("unit", unit, shown.unit_short),
            self._once("state", head["state"], pill),
            *due,
            badge,
        )

    def duty(self, duty: Duty, head: dict[str, Any]) -> Row:
        badge = self._once("duty", duty.kind, shown.duty_title) if duty.kind != "final_answer" else ""
        due = self._settled(duty) if duty.settled_at else self._due(duty.due_at)
        row = self._row(head, unit=duty.unit_path, due=due, badge=badge, lies_with=self._with(duty))
        return row._replace(unit=self.partners[duty.pk]) if duty.pk in self.partners else row

    def other(self, duty: Duty, head: Head) -> Row:
        """What is owed about no case."""
        due = self._settled(duty) if duty.settled_at else self._due(duty.due_at)
        return Row(
            escape(head.page),
            code(head.number),
            head.title,
            # Often words of somebody, in their own direction.
            format_html("<bdi>{}</bdi>", head.note) + self._with(duty),
            self._once("unit", duty.unit_path, shown.unit_short),
            self._once("state", head.state, pill),
            *due,
            self._once("duty", duty.kind, shown.duty_title),
        )

    @staticmethod
    def _settled(duty: Duty) -> tuple[str, str, str]:
        late = duty.due_at is not None and duty.answered_at is not None and duty.answered_at > duty.due_at
        return "due-late" if late else "due-ok", jdate(duty.settled_at), jnumeric(duty.due_at)

    def case(self, head: dict[str, Any], due_at: datetime | None) -> Row:
        return self._row(head, unit=head["unit_path"], due=self._due(due_at))

    def _due(self, due_at: datetime | None) -> tuple[str, str, str]:
        return dueclass(due_at, self.now), timeleft(due_at, self.now), jnumeric(due_at) if due_at else ""
