"""How an answer reaches its person: the ways, whose word proves an arrival, who has to be telephoned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef

from takrim.cases.models import Answer, Case, CaseQuerySet, State
from takrim.cases.models_delivery import Attempt, AttemptQuerySet
from takrim.letters.carrier import gives_word, word_of
from takrim.letters.models import Letter
from takrim.orgs.prepared import Prepared

# What the system sends itself: the carrier's word is the proof.
SENT = ("sms", "email")
POST, PHONE, IN_PERSON, BOX = "paper", "phone", "in_person", "receipt"
# Not chosen by anybody: the person read it with their secret, or nobody can be reached.
READ, IMPOSSIBLE = "read", "impossible"
# After so many attempts in vain the telephone list has the person.
ENOUGH = 3
LETTER = "answer_sent"
# Attempts that are asked about at once.
PAGE = 500
_OCCASION = "attempt-"

ATTEMPTS = Prepared(
    lambda case_id: Attempt.objects.filter(answer__case_id=case_id).select_related("answer", "paper").order_by("-id")
)


def address_by(case: Case, way: str) -> str:
    """The address that the person left for a way; "" where they left none."""
    party = case.party
    if party is None:
        return ""
    return party.mobile if way == "sms" else party.email


def ways_for(case: Case) -> list[str]:
    """The ways that are possible for a person here, the one that suits them best first."""
    sent = [way for way in SENT if address_by(case, way) and gives_word(way)]
    if case.channel == "anonymous":
        return [BOX]
    by_hand = [PHONE, IN_PERSON, POST] if case.channel == "phone" else [IN_PERSON, PHONE, POST]
    ways = [*by_hand, *sent] if case.channel in {"desk", "phone"} else [*sent, *by_hand]
    # What the person has chosen goes first.
    return sorted(ways, key=lambda way: way != case.answer_way)


def occasion_of(attempt_id: int) -> str:
    """Under which the letter of an attempt is kept."""
    return f"{_OCCASION}{attempt_id}"


@dataclass(frozen=True)
class Heard:
    """What a carrier says about an attempt: arrived (with its receipt) or not (with the reason), and when."""

    attempt: Attempt
    arrived: bool
    words: str
    at: datetime


def heard(now: datetime) -> Iterator[Heard]:
    """Attempts that wait for a carrier's word and have it now. Two queries for each page of those that wait."""
    waiting = Attempt.objects.waiting().filter(way__in=SENT).select_related("answer__case__card__card").order_by("id")
    page = list(waiting[:PAGE])
    while page:
        yield from _heard(page, now)
        page = list(waiting.filter(pk__gt=page[-1].pk)[:PAGE])


def _heard(waiting: list[Attempt], now: datetime) -> Iterator[Heard]:
    named = {occasion_of(attempt.pk): attempt for attempt in waiting}
    for letter in Letter.objects.filter(kind=LETTER, occasion__in=named):
        attempt = named[letter.occasion]
        if letter.subject != attempt.answer.case.code:
            continue
        word = word_of(letter, now)
        if word is not None:
            yield Heard(attempt, word.arrived, word.words, max(word.at, attempt.at))


def attempt_of(letter: Letter) -> Attempt | None:
    """The attempt that a letter with an answer belongs to."""
    number = letter.occasion.removeprefix(_OCCASION)
    rows = Attempt.objects.filter(answer__case__code=letter.subject).select_related("answer__case__card__card")
    return rows.filter(pk=int(number)).first() if number.isdecimal() else None


def to_telephone(cases: CaseQuerySet) -> CaseQuerySet:
    """Those of the cases whose signed answer was tried in vain often enough and is not on its way."""
    tried = Attempt.objects.filter(answer=OuterRef("pk"))
    in_vain = tried.failed().values("answer").annotate(n=Count("pk")).filter(n__gte=ENOUGH)
    answers = Answer.objects.filter(
        Exists(in_vain), ~Exists(tried.waiting()), case=OuterRef("pk"), approved_at__isnull=False, sent_back_at=None,
        delivered_at=None,
    )  # fmt: skip
    return cases.filter(Exists(answers), state=State.APPROVED)


def signed(case: Case) -> Answer | None:
    """The signed answer that is not delivered yet, which its person may read with the secret."""
    if case.state != State.APPROVED:
        return None
    rows = case.answers.filter(approved_at__isnull=False, sent_back_at=None, delivered_at=None)
    return rows.order_by("-number").first()


def attempts_of(answer: Answer) -> AttemptQuerySet:
    """All attempts to deliver one version."""
    return Attempt.objects.filter(answer=answer)


def signed_of(cases: Iterable[Case]) -> dict[int, Answer]:
    """By case, the signed answer that is not delivered yet. One query."""
    rows = Answer.objects.filter(
        case__in=cases, approved_at__isnull=False, sent_back_at=None, delivered_at=None
    ).order_by("number")
    return {answer.case_id: answer for answer in rows}


def attempts_by(answers: Iterable[Answer]) -> dict[int, list[Attempt]]:
    """By answer, how it was tried to deliver it, oldest first. One query."""
    found: dict[int, list[Attempt]] = {}
    for attempt in Attempt.objects.filter(answer__in=list(answers)).select_related("paper").order_by("id"):
        found.setdefault(attempt.answer_id, []).append(attempt)
    return found
