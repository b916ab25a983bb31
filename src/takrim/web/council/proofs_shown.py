"""Proofs in words ready to print: rows of lists, attachments, and what the pictures say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from takrim.base import words
from takrim.base.clock import local_date
from takrim.orgs.powers import Power
from takrim.proofs.models import Action, ActionFile, FileKind, State
from takrim.proofs.provable import PROVABLES
from takrim.proofs.queries import Use, used_before
from takrim.web import desk_proofs
from takrim.web.council.proof_drawn import FileShown, Row, Used
from takrim.web.desk import Desk
from takrim.web.parts.done import days, people
from takrim.web.parts.templatetags.takrim import jdate, language, pill
from takrim.web.staff.shown import unit_short

FILE_KINDS: dict[str, str | Promise] = {
    FileKind.PHOTO: _("Photo"),
    FileKind.LETTER: _("Letter"),
    FileKind.MINUTES: _("Minutes"),
    FileKind.TABLE: _("Table of statistics"),
    FileKind.NOTICE: _("Notice"),
    FileKind.ATTENDANCE: _("List of those present"),
    FileKind.LINK: _("Link"),
}
STATES: dict[str, str | Promise] = {
    State.DRAFT: _("Draft"),
    State.SENT: _("With the secretary"),
    State.ACCEPTED: _("Accepted"),
    State.RETURNED: _("Returned to be completed"),
    State.REFUSED: _("Refused"),
    State.WITHDRAWN: _("Withdrawn"),
}


def state_pill(action: Action) -> SafeString:
    return pill(action.state, str(STATES[action.state]))


def rows_of(actions: Sequence[Action], desk: Desk, *, warn: bool = False) -> list[Row]:
    """Rows of a list; the number of queries does not depend on how many. `warn` looks for pictures used before."""
    listed = list(actions)
    files, (pairs, things) = desk_proofs.files_of(listed), desk_proofs.proven(listed)
    thumbs = desk_proofs.with_thumbs([file for several in files.values() for file in several])
    used = used_before(listed) if warn and any(files.values()) else {}
    rows = []
    for action in listed:
        shown = [_file(action, file, thumbs, used, frozenset()) for file in files[action.pk]]
        rows.append(
            Row(
                action.pk,
                action.code,
                address(action),
                action.title or gettext("Without a title"),
                unit_short(action.unit_path),
                days(action),
                people(action),
                state_pill(action),
                jdate(action.judged_at or action.sent_at or action.changed_at),
                [things[pair].title for pair in pairs[action.pk] if pair in things],
                shown[: desk_proofs.THUMBS],
                max(0, len(shown) - desk_proofs.THUMBS),
                sum(1 for file in files[action.pk] if file.pk in used),
            )
        )
    return rows


def address(action: Action) -> str:
    return f"/council/proofs/{action.code}/"


def files_shown(action: Action, desk: Desk, *, for_judges: bool) -> list[FileShown]:
    """The attachments of one proof. Where pictures were used before, and what they say, is for who judges."""
    files = desk_proofs.files_of([action])[action.pk]
    used = used_before([action]) if for_judges else {}
    codes = {use.code for uses in used.values() for use in uses}
    reached = desk_proofs.reached(desk, codes)
    thumbs = desk_proofs.with_thumbs(files)
    return [_file(action, file, thumbs, used, reached) for file in files]


def _file(
    action: Action,
    file: ActionFile,
    thumbs: Mapping[int, str],
    used: Mapping[int, list[Use]],
    reached: frozenset[str],
) -> FileShown:
    uses = [_used(use, reached) for use in used.get(file.pk, [])]
    if file.evidence is None:
        title = file.title or file.url
        return FileShown(file.number, file.kind, str(FILE_KINDS[file.kind]), title, file.url, uses)
    base = f"{address(action)}files/{file.number}/"
    has_thumb = file.evidence.file_id in thumbs
    return FileShown(
        number=file.number,
        code=file.kind,
        kind=str(FILE_KINDS[file.kind]),
        title=file.title or file.evidence.name,
        size=file.evidence.file.size,
        url=base,
        small=f"{base}small/" if has_thumb else "",
        large=f"{base}view/" if file.evidence.file.preview else "",
        taken=words.datetime(file.taken_at, language()) if file.taken_at else "",
        other_day=_on_other_day(action, file),
        camera=file.camera,
        place=f"{file.latitude}, {file.longitude}" if file.latitude is not None else "",
        used=uses,
    )


def _on_other_day(action: Action, file: ActionFile) -> bool:
    """Whether a picture says that it was taken on another day than the action."""
    if file.taken_at is None or action.done_on is None:
        return False
    return not action.done_on <= local_date(file.taken_at) <= (action.done_until or action.done_on)


def _used(use: Use, reached: frozenset[str]) -> Used:
    said = gettext("The same file is in a proof of {unit}, sent on {date}.")
    if use.apart:
        said = gettext("A picture that looks the same is in a proof of {unit}, sent on {date}.")
    text = said.format(unit=unit_short(use.unit_path), date=jdate(use.sent_at))
    return Used(text, f"/council/proofs/{use.code}/" if use.code in reached else "")


class OfThing(NamedTuple):
    """What `council/_proofs.html` shows on the page of a thing: its proofs, and where one is given."""

    rows: list[Row]
    give_url: str


def of_thing(desk: Desk, kind: str, code: str) -> OfThing:
    """The proofs of one thing that this desk has reached, whoever gave them. Two queries."""
    actions = desk_proofs.of_thing(desk, kind, code)
    reached = desk_proofs.reached(desk, {action.code for action in actions})
    gives = desk.actor.may(Power.PROOF_GIVE) and PROVABLES[kind].open_to(code, desk.actor)
    give_url = f"{reverse('council:proof_new')}?{urlencode({'kind': kind, 'code': code})}" if gives else ""
    return OfThing([_plain(action, reached) for action in actions], give_url)


def _plain(action: Action, reached: frozenset[str]) -> Row:
    """Without its pictures and what else it proves: for the page of one thing."""
    return Row(
        id=action.pk,
        code=action.code,
        url=address(action) if action.code in reached else "",
        title=action.title,
        unit=unit_short(action.unit_path),
        done=days(action),
        people=people(action),
        pill=state_pill(action),
        at=jdate(action.judged_at or action.sent_at),
        proves=[],
        thumbs=[],
        more=0,
        warned=0,
    )
