"""`takrim import meetings`: brings in meetings that another system has kept; twice adds nothing."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from takrim.site.command import Command, Exit, Say, add_format, print_json

if TYPE_CHECKING:
    from takrim.orgs.models import Unit

# So many meetings share a transaction.
CHUNK = 50


@dataclass
class Added:
    """What was new, and how many meetings were there already."""

    bodies: int = 0
    meetings: int = 0
    items: int = 0
    roll_calls: int = 0
    known: int = 0


def add_arguments(parser: ArgumentParser, say: Say) -> None:
    """The options."""
    file = say(fa="فایل JSON lines، تنها یا در gz؛ هر خط یک جلسه", en="JSON lines, plain or in a gz; a meeting a line")
    parser.add_argument("file", type=Path, metavar="FILE", help=file)
    under = say(fa="مسیر اداره‌ای که کمیته‌ها و شوراها زیر آن می‌آیند", en="path of the office below which bodies come")
    parser.add_argument("--under", required=True, metavar="PATH", help=under)
    dry = say(fa="فقط بگو چه می‌شود؛ چیزی نوشته نمی‌شود", en="only say what would happen; nothing is written")
    parser.add_argument("--dry-run", action="store_true", help=dry)
    add_format(parser, say)


def run(options: Namespace, say: Say) -> int:
    """Read all of it first, so that a broken line leaves nothing behind; then bring it in, meeting by meeting."""
    from takrim.orgs.models import Unit
    from takrim.site.importing.meetings import lines

    unit = Unit.objects.filter(path=f"{options.under.strip('/')}/").first()
    if unit is None:
        said = say(fa="چنین اداره‌ای نیست", en="There is no such office")
        print(f"{said}: {options.under}", file=sys.stderr)
        return Exit.REFUSED
    try:
        meetings = sum(1 for _line in lines(options.file))
    except OSError as error:
        said = say(fa="این فایل را نمی‌توان خواند", en="This file cannot be read")
        print(f"{said}: {options.file} ({error})", file=sys.stderr)
        return Exit.REFUSED
    added = _bring(options.file, unit, dry_run=options.dry_run)
    _tell(added, meetings, options, say)
    return Exit.OK


def _bring(path: Path, unit: Unit, *, dry_run: bool) -> Added:
    """Chunk by chunk; begun again after it was cut off, it goes on. A trial is one transaction that is taken back."""
    from contextlib import nullcontext
    from itertools import islice

    from django.db import transaction

    from takrim.site.importing.meetings import lines

    added, rows = Added(), lines(path)
    with transaction.atomic() if dry_run else nullcontext():
        while chunk := list(islice(rows, CHUNK)):
            with transaction.atomic():
                for _number, row in chunk:
                    _one(row, unit, added)
        if dry_run:
            transaction.set_rollback(True)
    return added


def _one(row: dict[str, object], unit: Unit, added: Added) -> None:
    from takrim.base import clock
    from takrim.councils.actions_import import bring_body, bring_meeting
    from takrim.councils.models import Body
    from takrim.orgs.actor import system
    from takrim.site.importing.meetings import body_of, meeting_of

    by, now = system("import"), clock.now()
    source, name, kind = body_of(row)
    brought = meeting_of(row)
    known = Body.objects.filter(unit=unit, source=source).exists()
    body = bring_body(unit=unit, source=source, name=name, kind=kind, since=brought.starts_at, by=by, now=now)
    added.bodies += not known
    if bring_meeting(body=body, brought=brought, by=by, now=now) is None:
        added.known += 1
        return
    added.meetings += 1
    added.items += len(brought.items)
    added.roll_calls += bool(brought.roll)


def _tell(added: Added, meetings: int, options: Namespace, say: Say) -> None:
    if options.format == "json":
        print_json({"dry_run": options.dry_run, "read": meetings, **asdict(added)})
        return
    n = {name: say.number(value) for name, value in asdict(added).items()}
    bodies, met, items, rolls = (n[name] for name in ("bodies", "meetings", "items", "roll_calls"))
    print(
        say(
            fa=f"{bodies} کمیته و شورا، {met} جلسه، {items} بند دستور جلسه و {rolls} حضور و غیاب افزوده شد.",
            en=f"{bodies} bodies, {met} meetings, {items} items and {rolls} roll calls were added.",
        )
    )
    print(say(fa=f"{n['known']} جلسه از پیش بود.", en=f"{n['known']} meetings were there already."))
    if options.dry_run:
        print(say(fa="آزمایشی بود؛ چیزی نوشته نشد.", en="This was a trial; nothing was written."))


PLUGIN = Command(
    name=("import", "meetings"),
    help={"fa": "جلسه‌های سامانه‌ای دیگر را می‌آورد", "en": "bring in meetings that another system has kept"},
    about={
        "fa": "هر خط یک جلسه به شکل Legistar. ترتیب دستور جلسه و صورتجلسه می‌ماند. دوباره آوردن چیزی نمی‌افزاید.",
        "en": "A Legistar-shaped meeting a line. The order of agenda and minutes stays. Importing twice adds nothing.",
    },
    add_arguments=add_arguments,
    run=run,
)
