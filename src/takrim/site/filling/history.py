"""One invented case after another: its rows and its journal, from the first word to the last."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from takrim.base.codes import new_code, new_nonce
from takrim.base.jalali import JalaliDate
from takrim.base.workdays import Length
from takrim.cards.models import CardVersion
from takrim.cases import kind as kinds
from takrim.cases.models import Answer, Case, Note, Party, SearchDoc, State
from takrim.cases.search import scope_tokens
from takrim.duties.models import Duty
from takrim.duties.models import State as DutyState
from takrim.orgs.calendars import calendar_of
from takrim.orgs.units import UnitNames
from takrim.site.filling.chains import Chains
from takrim.site.filling.phrases import Phrase, Phrases, Subject
from takrim.site.filling.tables import next_id

# Shares seen in such offices, roughly; what is asked of the figures is only that they vary.
OPEN_SHARE = 0.03
REFERRED_SHARE = 0.3
NOTED_SHARE = 0.15
KNOWN_PARTY_SHARE = 0.2
LATE_SHARE = 0.12
YEARS = 3
CHANNELS = (("web", 45), ("phone", 25), ("desk", 22), ("paper", 8))
KINDS = (("complaint", 40), ("request", 30), ("question", 12), ("report", 7), ("criticism", 5), ("suggestion", 6))
CLERK = ("system:fill", "", "")

Fields = dict[str, list[tuple[Any, ...]]]


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
    """Rows that wait to be inserted together."""

    parties: list[tuple[Any, ...]] = field(default_factory=list)
    cases: list[tuple[Any, ...]] = field(default_factory=list)
    duties: list[tuple[Any, ...]] = field(default_factory=list)
    answers: list[tuple[Any, ...]] = field(default_factory=list)
    notes: list[tuple[Any, ...]] = field(default_factory=list)
    documents: list[tuple[int, int, list[str]]] = field(default_factory=list)


@dataclass(frozen=True)
class Draft:
    """What is drawn for one case before its rows are made."""

    code: str
    kind: str
    channel: str
    unit: UnitNames
    card: CardVersion | None
    subject: Subject
    received: datetime
    due: datetime
    length: str
    ended: datetime | None


class Historian:
    """Draws cases and writes their rows into the batch and their events into the chains."""

    def __init__(self, *, random: Random, phrases: Phrases, units: list[UnitNames], now: datetime) -> None:
        self.random, self.phrases, self.units, self.now = random, phrases, units, now.astimezone(UTC)
        versions = CardVersion.objects.filter(valid_until=None).select_related("card")
        self.cards = {version.card.code: version for version in versions}
        self.calendars = {unit.path: calendar_of(unit.path) for unit in units}
        self.scopes = {unit.path: scope_tokens(unit.path) for unit in units}
        self.lengths = {code: Length.parse(kind.length) for code, kind in kinds.KINDS}
        self.codes = set(Case.objects.values_list("code", flat=True))
        self.ids, self.batch, self.chains = Ids.read(), Batch(), Chains()
        self.salt = f"{random.getrandbits(64):016x}"

    def write(self) -> None:
        """Draw one case and everything that happened to it."""
        draft = self._draw()
        facts = {
            "kind": draft.kind,
            "channel": draft.channel,
            "card": draft.card.card.code if draft.card else "",
            "unit": draft.unit.path,
        }
        party, name = self._party(draft)
        case_id, self.ids.case = self.ids.case, self.ids.case + 1
        duty_id = self._duty(draft)
        self._event(draft, "duty.opened", draft.received, _duty_facts(duty_id, draft.unit.path, draft.due))
        self._event(draft, "case.received", draft.received, {**facts, "due": draft.due.isoformat()})
        words = self._case(draft, case_id=case_id, party=party)
        self._document(case_id, draft.unit.path, [*words, draft.code, *name])
        if self.random.random() < REFERRED_SHARE:
            self._referral(draft, facts)
        if self.random.random() < NOTED_SHARE:
            self._note(draft, case_id, facts)
        if draft.ended is not None:
            self._answer(draft, case_id, duty_id, facts)

    def _draw(self) -> Draft:
        random = self.random
        back = timedelta(minutes=random.randrange(1, YEARS * 365 * 24 * 60))
        received = (self.now - back).replace(second=random.randrange(60), microsecond=0)
        unit = random.choice(self.units)
        kind, channel = _weighted(random, KINDS), _weighted(random, CHANNELS)
        subject = random.choice(self.phrases.subjects)
        card = self.cards.get(subject.card) if random.random() < 0.7 else None
        length = card.length if card else self.lengths[kind]
        due = self.calendars[unit.path].due(received, length).astimezone(UTC)
        ended: datetime | None = None
        if random.random() > OPEN_SHARE:
            share = random.uniform(1.02, 2.5) if random.random() < LATE_SHARE else random.betavariate(2, 2.5)
            ended = (received + (due - received) * share).replace(microsecond=0)
        return Draft(
            code=self._code(received),
            kind=kind,
            channel=channel,
            unit=unit,
            card=card,
            subject=subject,
            received=received,
            due=due,
            length=str(length),
            ended=ended if ended is not None and ended < self.now else None,
        )

    def _code(self, received: datetime) -> str:
        year = JalaliDate.from_date(received.date()).year
        while (code := new_code(year, self.random.randrange)) in self.codes:
            pass
        self.codes.add(code)
        return code

    def _party(self, draft: Draft) -> tuple[int, tuple[str, ...]]:
        if self.batch.parties and self.random.random() < KNOWN_PARTY_SHARE:
            return self.random.choice(self.batch.parties)[0], ()
        number, self.ids.party = self.ids.party, self.ids.party + 1
        name: Phrase = self.random.choice(self.phrases.names)
        mobile = f"0999{self.random.randrange(10**7):07d}"
        self.batch.parties.append((number, "person", name.text, "", mobile, "", "", draft.received))
        return number, (*name.tokens, mobile)

    def _duty(self, draft: Draft) -> int:
        number, self.ids.duty = self.ids.duty, self.ids.duty + 1
        state = DutyState.OPEN if draft.ended is None else DutyState.ACCEPTED
        self.batch.duties.append(
            (
                number,
                "final_answer",
                draft.code,
                draft.unit.id,
                draft.unit.path,
                "",
                "",
                state,
                draft.received,
                CLERK[0],
                draft.length,
                draft.due,
                draft.ended,
                "",
                draft.ended,
            )
        )
        return number

    def _case(self, draft: Draft, *, case_id: int, party: int) -> list[str]:
        random, parts = self.random, self.phrases
        title = random.choice(draft.subject.titles)
        said = [
            random.choice(parts.openings),
            random.choice(draft.subject.situations),
            random.choice(parts.asks[draft.kind]),
            random.choice(parts.endings),
        ]
        self.batch.cases.append(
            (
                case_id,
                draft.code,
                new_nonce(),
                f"fill:{self.salt}:{draft.code}",
                draft.kind,
                draft.channel,
                title.text,
                f"{said[0].text} {said[1].text} {said[2].text}\n{said[3].text}",
                "fa",
                party,
                draft.unit.id,
                draft.unit.path,
                draft.card.pk if draft.card else None,
                State.REGISTERED if draft.ended is None else State.CLOSED,
                draft.received,
                CLERK[0],
                draft.ended,
                draft.ended,
                "",
                "",
                None,
                0,
                "",
                "",
                None,
                None,
            )
        )
        return [token for phrase in (title, *said) for token in phrase.tokens]

    def _document(self, case_id: int, unit_path: str, words: list[str]) -> None:
        unique = list(dict.fromkeys(words))
        self.batch.documents.append((self.ids.doc, case_id, unique + self.scopes[unit_path]))
        self.ids.doc += 1

    def _referral(self, draft: Draft, facts: dict[str, Any]) -> None:
        to = self.random.choice(self.units)
        if to.id == draft.unit.id:
            return
        asked = draft.received + timedelta(hours=self.random.randrange(1, 30))
        replied = asked + timedelta(hours=self.random.randrange(2, 90))
        due = asked + timedelta(days=7)
        done = replied < (draft.ended or self.now)
        if asked >= (draft.ended or self.now):
            return
        number, self.ids.duty = self.ids.duty, self.ids.duty + 1
        settled = draft.ended if done or draft.ended else None
        state = DutyState.OPEN if not done else DutyState.ANSWERED
        if draft.ended is not None:
            state = DutyState.ACCEPTED if done else DutyState.WITHDRAWN
        reply = self.random.choice(self.phrases.replies) if done else ""
        task = self.random.choice(self.phrases.tasks)
        self.batch.duties.append(
            (
                number,
                "referral",
                draft.code,
                to.id,
                to.path,
                draft.unit.path,
                task,
                state,
                asked,
                CLERK[0],
                "",
                due,
                replied if done else None,
                reply,
                settled,
            )
        )
        opened = _duty_facts(number, to.path, due, kind="referral")
        self.chains.add("duty.opened", at=asked, subject=draft.code, by=CLERK, unit=to.path, facts=opened)
        self._event(draft, "case.referred", asked, {**facts, "to_unit": to.path, "due": due.isoformat()})
        if done:
            self.chains.add("duty.answered", at=replied, subject=draft.code, by=CLERK, unit=to.path, facts=opened)

    def _note(self, draft: Draft, case_id: int, facts: dict[str, Any]) -> None:
        at = draft.received + timedelta(hours=1)
        text = self.random.choice(self.phrases.notes)
        self.batch.notes.append((self.ids.note, case_id, text, *CLERK, at))
        self.ids.note += 1
        self._event(draft, "case.noted", at, facts)

    def _answer(self, draft: Draft, case_id: int, duty_id: int, facts: dict[str, Any]) -> None:
        ended = draft.ended or self.now
        outcome, reason, ground, later = self.random.choice(draft.subject.answers)
        text = f"{reason.text} {later}".strip()
        drafted = max(draft.received, ended - timedelta(hours=3))
        signed = (drafted, None, "", ended, CLERK[0], "", ended, "sms")
        self.batch.answers.append(
            (self.ids.answer, case_id, 1, outcome, text, reason.text, ground, later, CLERK[0], "", drafted, *signed)
        )
        self.ids.answer += 1
        numbered = {**facts, "number": 1}
        self._event(draft, "case.drafted", drafted, numbered)
        self._event(draft, "case.submitted", drafted, numbered)
        self._event(draft, "case.approved", ended, numbered)
        done = _duty_facts(duty_id, draft.unit.path, draft.due) | {"opened": draft.received.isoformat()}
        self._event(draft, "duty.fulfilled", ended, done)
        served = {
            "outcome": outcome,
            "how": "sms",
            "first": 1,
            "received": draft.received.isoformat(),
            "due": draft.due.isoformat(),
        }
        self._event(draft, "case.answered", ended, facts | served)
        self._document(case_id, draft.unit.path, list(reason.tokens))
        self._event(draft, "case.closed", ended, facts)

    def _event(self, draft: Draft, verb: str, at: datetime, facts: dict[str, Any]) -> None:
        self.chains.add(verb, at=at, subject=draft.code, by=CLERK, unit=draft.unit.path, facts=facts)


def _duty_facts(duty: int, unit: str, due: datetime, kind: str = "final_answer") -> dict[str, Any]:
    return {"duty": duty, "kind": kind, "unit": unit, "due": due.isoformat()}


def _weighted(random: Random, choices: tuple[tuple[str, int], ...]) -> str:
    return random.choices([name for name, _ in choices], [weight for _, weight in choices])[0]
