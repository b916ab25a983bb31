"""One invented case after another: its rows and its journal, from the first word to the last."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from random import Random
from typing import Any, TypeVar

from takrim.base.clock import TEHRAN
from takrim.base.codes import new_code, new_nonce
from takrim.base.jalali import JalaliDate
from takrim.base.length import Length
from takrim.cards.models import CardVersion
from takrim.cases import kind as kinds
from takrim.cases.actions_end import OBJECTION_TIME
from takrim.cases.actions_number import fingerprint
from takrim.cases.models import Answer, Case, Note, Party, SearchDoc, State
from takrim.cases.search import scope_tokens
from takrim.duties import clocks
from takrim.duties.models import Duty
from takrim.duties.models import State as DutyState
from takrim.duties.regime import Matter
from takrim.duties.replay import Run, matter_of
from takrim.orgs.paths import ROOT
from takrim.orgs.units import UnitNames
from takrim.site.filling.chains import By, Drawn, Told
from takrim.site.filling.phrases import Phrase, Phrases, Subject
from takrim.site.filling.tables import next_id

# Shares seen in such offices, roughly; what is asked of the figures is only that they vary.
LEFT_LYING_SHARE = 0.02
REFERRED_SHARE = 0.3
NOTED_SHARE = 0.15
KNOWN_PARTY_SHARE = 0.2
LATE_SHARE = 0.12
CARD_SHARE = 0.7
SPAN = timedelta(days=3 * 365)
CHANNELS = {"web": 45, "phone": 25, "desk": 22, "paper": 8}
KINDS = {"complaint": 40, "request": 30, "question": 12, "report": 7, "criticism": 5, "suggestion": 6}
REFERRAL = Length.parse("5 working_days")
# Nobody signs what they have written.
CLERK, SIGNER = By("system:fill"), By("system:fill-signer")

Row = tuple[Any, ...]
Facts = dict[str, Any]
Option = TypeVar("Option")


# Place in the register and number: what the system signs has its number elsewhere.
_NO_NUMBER = ("", None, None, "")


@dataclass
class Ids:
    """The next free ids."""

    party: int
    case: int
    duty: int
    answer: int
    note: int
    doc: int

    @classmethod
    def read(cls) -> Ids:
        return cls(*(next_id(model) for model in (Party, Case, Duty, Answer, Note, SearchDoc)))


@dataclass
class Batch:
    """Rows that wait to be inserted together, their values in the order of the models' fields."""

    parties: list[Row] = field(default_factory=list)
    cases: list[Row] = field(default_factory=list)
    duties: list[Row] = field(default_factory=list)
    answers: list[Row] = field(default_factory=list)
    notes: list[Row] = field(default_factory=list)
    documents: list[tuple[int, int, str, str]] = field(default_factory=list)
    journal: Drawn | None = None


@dataclass(frozen=True)
class Known:
    """A person who has come before: their row and the words they are found by."""

    id: int
    words: tuple[str, ...]


@dataclass(slots=True)
class Story:
    """One case as it is being told. Moments are whole seconds in UTC."""

    id: int
    code: str
    kind: str
    channel: str
    unit: UnitNames
    card: CardVersion | None
    subject: Subject
    received: datetime
    length: Length
    due: datetime
    ended: datetime | None
    facts: Facts
    lengths: dict[str, str]
    run: Run
    state: State = State.REGISTERED
    outcome: str = ""
    closed: datetime | None = None
    referral: tuple[Any, ...] | None = None


class Historian:
    """Draws cases and tells their stories; all that it needs of the database is read at its birth."""

    def __init__(self, *, random: Random, phrases: Phrases, units: list[UnitNames], now: datetime, zone: str) -> None:
        self.random, self.phrases, self.units, self.zone = random, phrases, units, zone
        self.now = now.astimezone(UTC).replace(microsecond=0)
        versions = CardVersion.objects.standing().filter(valid_until=None, path=ROOT).select_related("card")
        self.cards = {version.card.code: version for version in versions}
        self.card_lengths = {version.pk: version.length for version in self.cards.values()}
        self.lengths = {code: Length.parse(kind.length) for code, kind in kinds.KINDS}
        self.scopes = {unit.path: " ".join(scope_tokens(unit.path)) for unit in units}
        self.codes = set(map(int, Case.objects.values_list("code", flat=True).iterator()))
        self.kinds, self.kind_weights = list(KINDS), list(accumulate(KINDS.values()))
        self.channels, self.channel_weights = list(CHANNELS), list(accumulate(CHANNELS.values()))
        self.ids, self.batch, self.told = Ids.read(), Batch(), Told(now)
        self.people: list[Known] = []
        self.salt = f"{random.getrandbits(64):016x}"

    def take(self) -> Batch:
        """What has been told since the last time."""
        batch, self.batch = self.batch, Batch()
        batch.journal = self.told.take()
        self.people = self.people[-1000:]
        return batch

    def tell(self, received: datetime) -> None:
        """Draw one case that came in at a moment, and everything that happened to it."""
        story = self._draw(received)
        person = self._person(story)
        duty = self.ids.duty
        self.ids.duty += 1
        due = story.due.isoformat()
        opened = _owed(duty, "final_answer", story.unit.path, due) | {"clocks": story.lengths}
        self._happened(story, "duty.opened", received, opened)
        self._happened(story, "case.received", received, {**story.facts, "due": due})
        words, title, text = self._words(story)
        self._document(story.id, story.unit.path, [*words, story.code, *person.words])
        if self.random.random() < REFERRED_SHARE:
            self._referral(story, [*words, story.code])
        if self.random.random() < NOTED_SHARE:
            self._note(story)
        if story.ended is not None:
            self._answer(story, duty, story.ended)
            story.run.stop(story.ended)
        self.batch.duties.append(self._final(story, duty))
        self.batch.cases.append(self._case(story, person, title, text))

    def _pick(self, options: Sequence[Option]) -> Option:
        """Like Random.choice, three times as fast."""
        return options[int(self.random.random() * len(options))]

    def _below(self, bound: int) -> int:
        return int(self.random.random() * bound)

    def _text(self, moment: datetime | None) -> str | None:
        """A moment as both databases read it."""
        return None if moment is None else moment.isoformat(" ")[:19] + self.zone

    def _draw(self, received: datetime) -> Story:
        random = self.random
        unit = self._pick(self.units)
        (kind,) = random.choices(self.kinds, cum_weights=self.kind_weights)
        (channel,) = random.choices(self.channels, cum_weights=self.channel_weights)
        subject = self._pick(self.phrases.subjects)
        card = self.cards.get(subject.card) if random.random() < CARD_SHARE else None
        length = self.card_lengths[card.pk] if card else self.lengths[kind]
        lengths = clocks.lengths_for("final_answer", Matter(kind, channel, card.card.code if card else ""), str(length))
        run = Run("final_answer", clocks.counter_of(unit.path))
        run.open(lengths, received)
        due = clocks.nearest(run.clocks)
        assert due is not None  # every kind of message has its time
        ended = None
        if random.random() > LEFT_LYING_SHARE:
            share = random.uniform(1.02, 2.5) if random.random() < LATE_SHARE else random.betavariate(2, 2.5)
            ended = received + timedelta(seconds=int((due - received).total_seconds() * share))
        number = self.ids.case
        self.ids.case += 1
        return Story(
            id=number,
            code=self._code(received),
            kind=kind,
            channel=channel,
            unit=unit,
            card=card,
            subject=subject,
            received=received,
            length=length,
            due=due,
            ended=ended if ended is not None and ended < self.now else None,
            facts={"kind": kind, "channel": channel, "card": card.card.code if card else "", "unit": unit.path},
            lengths=lengths,
            run=run,
        )

    def _code(self, received: datetime) -> str:
        year = _year(received.astimezone(TEHRAN).date())
        while int(code := new_code(year, self._below)) in self.codes:
            pass
        self.codes.add(int(code))
        return code

    def _person(self, story: Story) -> Known:
        if self.people and self.random.random() < KNOWN_PARTY_SHARE:
            return self._pick(self.people)
        name: Phrase = self._pick(self.phrases.names)
        mobile = f"0999{self.random.randrange(10**7):07d}"
        person = Known(self.ids.party, (*name.tokens, mobile))
        self.ids.party += 1
        self.people.append(person)
        self.batch.parties.append((person.id, "person", name.text, "", mobile, "", "", self._text(story.received)))
        return person

    def _final(self, story: Story, duty: int) -> Row:
        ended = self._text(story.ended)
        state = DutyState.OPEN if ended is None else DutyState.ACCEPTED
        opened, due = self._text(story.received), self._text(story.due)
        owed = (duty, "final_answer", story.code, story.kind, story.unit.id, story.unit.path, "", None, "", state.value)
        return (
            *owed,
            opened,
            CLERK.code,
            str(story.length),
            due,
            ended,
            "",
            ended,
            *self._clocks(story.run, story.received),
        )

    def _clocks(self, run: Run, opened: datetime) -> tuple[None, None, str, str | None]:
        """Given to nobody; the clocks as the row keeps them, and when somebody must be told next."""
        rung = clocks.next_rung(run.clocks)
        plain = json.dumps(clocks.plain(run.clocks, opened))
        return None, None, plain, self._text(rung)

    def _words(self, story: Story) -> tuple[list[str], str, str]:
        """The tokens of the subject and the text, the subject, the text."""
        pick, parts = self._pick, self.phrases
        title = pick(story.subject.titles)
        opening, situation = pick(parts.openings), pick(story.subject.situations)
        ask, ending = pick(parts.asks[story.kind]), pick(parts.endings)
        words = [*title.tokens, *opening.tokens, *situation.tokens, *ask.tokens, *ending.tokens]
        return words, title.text, f"{opening.text} {situation.text} {ask.text}\n{ending.text}"

    def _case(self, story: Story, person: Known, title: str, text: str) -> Row:
        received, answered, closed = self._text(story.received), self._text(story.ended), self._text(story.closed)
        key = f"fill:{self.salt}:{story.id}"
        said = (story.id, story.code, new_nonce(), key, story.kind, story.channel, title, text, "fa", person.id)
        place = (story.unit.id, story.unit.path, story.card.pk if story.card else None, story.state.value)
        return (*said, *place, received, CLERK.code, answered, closed, story.outcome, "", None, 0, "", "", None, None)

    def _document(self, case: int, unit_path: str, words: list[str] | tuple[str, ...]) -> None:
        said = " ".join(dict.fromkeys(words))
        self.batch.documents.append((self.ids.doc, case, said, self.scopes[unit_path]))
        self.ids.doc += 1

    def _referral(self, story: Story, words: list[str]) -> None:
        to, until = self._pick(self.units), story.ended or self.now
        asked = story.received + timedelta(hours=self.random.randrange(1, 30))
        if to.id == story.unit.id or asked >= until:
            return
        replied = asked + timedelta(minutes=self.random.randrange(100, 5000))
        lengths = {"task": str(REFERRAL)}
        run = Run("referral", clocks.counter_of(to.path))
        run.open(lengths, asked)
        due = clocks.nearest(run.clocks)
        assert due is not None  # a referral has its time
        duty, done, ended = self.ids.duty, replied < until, story.ended is not None
        self.ids.duty += 1
        reply = self._pick(self.phrases.replies) if done else Phrase("", ())
        state = DutyState.ANSWERED if done else DutyState.OPEN
        if ended:
            state = DutyState.ACCEPTED if done else DutyState.WITHDRAWN
        owed = (
            duty,
            "referral",
            story.code,
            story.kind,
            to.id,
            to.path,
            story.unit.path,
            None,
            self._pick(self.phrases.tasks),
        )
        times = (self._text(asked), CLERK.code, str(REFERRAL), self._text(due))
        given = (self._text(replied) if done else None, reply.text, self._text(story.ended))
        if done or story.ended is not None:
            run.stop(replied if done else until)
        self.batch.duties.append((*owed, state.value, *times, *given, *self._clocks(run, asked)))
        facts = _owed(duty, "referral", to.path, due.isoformat())
        self._happened(story, "duty.opened", asked, facts | {"clocks": lengths}, unit=to.path)
        self._step(story, "case.referred", asked, {**story.facts, "to_unit": to.path, "due": due.isoformat()})
        self._document(story.id, to.path, words)
        story.state = State.UNDER_REVIEW if done else State.REFERRED
        if done:
            self._happened(story, "duty.answered", replied, facts, unit=to.path)
            self._document(story.id, story.unit.path, reply.tokens)
        story.referral = _over(facts, replied if done else None)

    def _note(self, story: Story) -> None:
        at = story.received + timedelta(hours=1)
        if at >= self.now:
            return
        text = self._pick(self.phrases.notes)
        self.batch.notes.append((self.ids.note, story.id, text.text, *CLERK, self._text(at)))
        self.ids.note += 1
        self._document(story.id, story.unit.path, text.tokens)
        self._happened(story, "case.noted", at, story.facts)

    def _answer(self, story: Story, duty: int, ended: datetime) -> None:
        outcome, reason, ground, later = self._pick(story.subject.answers)
        drafted = max(story.received, ended - timedelta(hours=3))
        at, end = self._text(drafted), self._text(ended)
        said = (self.ids.answer, story.id, 1, outcome, f"{reason.text} {later.text}".strip(), reason.text, ground)
        words = {"outcome": outcome, "text": said[4], "reason": reason.text, "legal_ground": ground}
        print_ = fingerprint(story.code, {**words, "next_step": later.text, "letter_number": ""})
        by = json.dumps([{"by": SIGNER.code, "name": "", "post": "", "at": ended.isoformat()}])
        signed = (at, at, None, "", end, SIGNER.code, "", "", 1, by, *_NO_NUMBER, print_, "", "", end, "sms")
        self.batch.answers.append((*said, later.text, None, CLERK.code, "", *signed))
        self.ids.answer += 1
        numbered = {**story.facts, "number": 1}
        self._step(story, "case.drafted", drafted, numbered)
        self._step(story, "case.submitted", drafted, numbered)
        self._step(story, "case.approved", ended, {**numbered, "letter": ""}, by=SIGNER)
        due, received = story.due.isoformat(), story.received.isoformat()
        done = {**_owed(duty, "final_answer", story.unit.path, due), "opened": received}
        self._happened(story, "duty.fulfilled", ended, done)
        self._settle(story, ended)
        served = {"outcome": outcome, "how": "sms", "first": 1, "received": received, "due": due}
        self._happened(story, "case.answered", ended, story.facts | served)
        self._document(story.id, story.unit.path, [*reason.tokens, *later.tokens])
        story.outcome, story.state = outcome, State.ANSWERED
        if ended + OBJECTION_TIME < self.now:
            story.closed, story.state = ended + OBJECTION_TIME, State.CLOSED
            self._happened(story, "case.closed", story.closed, story.facts)

    def _settle(self, story: Story, ended: datetime) -> None:
        if story.referral is None:
            return
        verb, facts = story.referral
        self._happened(story, verb, ended, facts, unit=facts["unit"])

    def _step(self, story: Story, verb: str, at: datetime, facts: Facts, *, by: By = CLERK) -> None:
        """Something that stops a clock or starts one."""
        self._happened(story, verb, at, facts, by=by)
        story.run.step(verb, matter_of(facts), at)

    def _happened(self, story: Story, verb: str, at: datetime, facts: Facts, *, by: By = CLERK, unit: str = "") -> None:
        self.told.add(verb, at=at, subject=story.code, by=by, unit=unit or story.unit.path, facts=facts)


@lru_cache(maxsize=2048)
def _year(day: date) -> int:
    return JalaliDate.from_date(day).year


def _over(facts: Facts, replied: datetime | None) -> tuple[str, Facts]:
    """How a referral ends with its case: accepted as it was handed in, or withdrawn."""
    if replied is None:
        return "duty.withdrawn", facts
    return "duty.accepted", {**facts, "answered": replied.isoformat()}


def _owed(duty: int, kind: str, unit: str, due: str) -> Facts:
    return {"duty": duty, "kind": kind, "unit": unit, "due": due}
