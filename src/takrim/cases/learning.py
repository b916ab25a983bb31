"""Learning where matters belong from a province's own cases, and guessing it for a new one. It never decides.

Nothing is learned from cases that are kept from somebody, or of which nobody said who brought them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy

from takrim.base.guess import Guesser, Measured, Runs, learned, measure, runs_of, unpacked
from takrim.cases.actions_learn import forget_learned, keep_learned
from takrim.cases.models import Case
from takrim.cases.models_learned import Learned, What
from takrim.duties.models import Duty
from takrim.orgs.actor import system
from takrim.orgs.models import Unit
from takrim.orgs.paths import ROOT, province_of, under
from takrim.orgs.stamps import Kept
from takrim.tasks.task import task

# The newest cases tell where matters belong today.
MOST = 20_000
# Fewer tell nothing; and a place with fewer is not guessed.
LEAST, LEAST_OF_PLACE = 60, 4
# Every so-manieth of the newest is kept apart to be guessed.
APART = 5
SHOWN = 3
# Other systems' cases are not the office's own; an anonymous report has no person anyway, and is named to be sure.
NEVER = ("imported", "anonymous")

Example = tuple[Runs, str]


def learn_all(now: datetime) -> int:
    """Learn anew in every province; says how many guessers there are."""
    provinces = {province_of(path) for path in Unit.objects.values_list("path", flat=True)} - {ROOT}
    return sum(learn(province, now) for province in sorted(provinces))


@task(title=gettext_lazy("Learn where matters belong"), lease=timedelta(minutes=10))
def learn_again(*, now: datetime) -> int:
    """The same outside its hour."""
    return learn_all(now)


def learn(province: str, now: datetime) -> int:
    """Learn anew in one province; says how many guessers it has."""
    read = {case_id: (code, runs, card, path) for case_id, code, runs, card, path in _read(province)}
    if len(read) < LEAST:
        forget_learned(province=province, keep=(), by=system("learning"), now=now)
        return 0
    asked = _asked(province)
    examples = {
        What.CARD: [(runs, card) for _code, runs, card, _path in read.values() if card],
        What.UNIT: [(runs, path) for _code, runs, _card, path in read.values()],
        What.REFERRAL: [(runs, asked[code]) for code, runs, _card, _path in read.values() if code in asked],
    }
    made = [what for what, known in examples.items() if _learn(province, what, known, now)]
    forget_learned(province=province, keep=tuple(made), by=system("learning"), now=now)
    return len(made)


def _read(province: str) -> Iterator[tuple[int, str, Runs, str | None, str]]:
    """The newest cases one may learn from, oldest first."""
    open_ones = Case.objects.filter(under(province), shielded=False, party__isnull=False).exclude(channel__in=NEVER)
    rows = open_ones.order_by("-id").values_list("id", "code", "subject", "text", "card__card__code", "unit_path")
    for case_id, code, subject, text, card, path in reversed(rows[:MOST]):
        yield case_id, code, runs_of(f"{subject} {text}"), card, path


def _asked(province: str) -> dict[str, str]:
    """The office that was asked first about each case."""
    rows = Duty.objects.filter(under(province), kind="referral").order_by("-id").values_list("about", "unit_path")
    return dict(rows[:MOST])


def _learn(province: str, what: What, known: list[Example], now: datetime) -> bool:
    many = Counter(place for _runs, place in known)
    examples = [(runs, place) for runs, place in known if many[place] >= LEAST_OF_PLACE]
    if len(examples) < LEAST or len({place for _runs, place in examples}) < 2:
        return False
    # What it is tested with is newer than what it has read then, as in life; afterwards it reads all.
    border = len(examples) - len(examples) // APART
    measured = measure(learned(examples[:border]), examples[border:])
    _keep(province, what, learned(examples), measured, len(examples), now)
    return True


def _keep(province: str, what: What, guesser: Guesser, measured: Measured, texts: int, now: datetime) -> None:
    row = Learned(
        province=province,
        what=what,
        learned_at=now,
        texts=texts,
        tested=measured.tested,
        first=measured.first,
        among_three=measured.among_three,
        guesser=guesser.packed(),
    )
    keep_learned(learned=row, by=system("learning"), now=now)


def _load(province: str, what: str) -> tuple[Learned, Guesser] | None:
    row = Learned.objects.filter(province=province, what=what).first()
    return (row, unpacked(bytes(row.guesser))) if row is not None and row.useful else None


_LEARNED: Kept[tuple[Learned, Guesser] | None] = Kept("learned", _load)


def guess(text: str, *, province: str, what: What) -> list[str]:
    """Where a matter of these words most likely belongs, likeliest first; nothing where too little was learned."""
    kept = _LEARNED.get(province, str(what))
    if kept is None or not text.strip():
        return []
    return kept[1].ranked(runs_of(text))[:SHOWN]


def how_often_right(province: str, what: What) -> Learned | None:
    """How well such guesses did when they were measured; None where none are made."""
    kept = _LEARNED.get(province, str(what))
    return kept[0] if kept else None


def all_learned() -> list[Learned]:
    """What there is, without the guessers themselves: for whoever runs the system."""
    return list(Learned.objects.defer("guesser").order_by("province", "what"))
