"""Writing letters down: the journal's reader that writes those caused by events, and a door for the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from takrim.journal.follow import follower
from takrim.journal.models import Entry
from takrim.letters.kind import KINDS, Draft, introduce
from takrim.letters.models import Letter

READER = "letters"


def write(kind: str, drafts: Iterable[Draft]) -> int:
    """Keep letters of one kind; an occasion that was written before is left as it is. Says how many were handed in.

    Part of the deed or of the reading that causes them: they are there exactly when it is.
    """
    rows = [_row(kind, draft) for draft in drafts]
    Letter.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)


def _row(kind: str, draft: Draft) -> Letter:
    start = draft.not_before or draft.at
    return Letter(
        kind=kind,
        subject=draft.subject,
        occasion=draft.occasion,
        unit_path=draft.unit_path,
        way=draft.address.way,
        to=_one_line(draft.address.to),
        trusted=draft.address.trusted,
        lang=draft.address.lang,
        title=_one_line(draft.title),
        body=draft.body.strip(),
        written_at=draft.at,
        until=start + KINDS[kind].good_for,
        next_try_at=start,
    )


def _one_line(text: str) -> str:
    # Titles and addresses become headers: a line break in one would begin another header.
    return " ".join(text.split())


@follower(READER)
def write_letters(entries: Sequence[Entry]) -> None:
    """Write what a batch of events causes."""
    by_verb: dict[str, list[Entry]] = {}
    for entry in entries:
        by_verb.setdefault(entry.verb, []).append(entry)
    for code, kind in KINDS.items():
        causes = [entry for verb in kind.verbs for entry in by_verb.get(verb, ())]
        if causes:
            write(code, kind.compose(sorted(causes, key=lambda entry: (entry.chain, entry.seq))))


introduce("takrim.letters.catalogue")
