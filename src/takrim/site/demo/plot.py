"""How one matter goes: from the first word over referrals and drafts to the answer, the marks and the objection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from takrim.cases.actions_answer import Words
from takrim.cases.actions_end import OBJECTION_TIME
from takrim.cases.models import Outcome
from takrim.cases.objections import level_above
from takrim.orgs.paths import province_of
from takrim.site.demo.compose import unfinished, weighted
from takrim.site.demo.hours import Diary
from takrim.site.demo.staff import Staff
from takrim.site.demo.steps import CLOSER, HOLDER, Do, Opening, Step
from takrim.site.demo.texts import Texts
from takrim.surveys.questionnaire import questionnaire

_DAY = timedelta(days=1)
# Calendar days that a working day takes, weekends included.
_PER_WORKING_DAY = 1.4
# Shares of cases: how often each thing happens where nothing else decides it.
_REFUSED, _WITHDRAWN, _NOTED, _ASKED, _REFERRED = 0.035, 0.016, 0.3, 0.1, 0.33
_SILENT = 0.12
_TWICE_REFERRED, _RETURNED, _ACCEPTED = 0.15, 0.08, 0.6
_ATTACHED = 0.03
_WAYS = {
    "web": (("sms", 8), ("email", 2)),
    "desk": (("in_person", 4), ("sms", 6)),
    "phone": (("phone", 5), ("sms", 5)),
    "paper": (("paper", 7), ("sms", 3)),
}
_MOOD = {
    Outcome.UPHELD: 0.35,
    Outcome.SERVED: 0.45,
    Outcome.PARTLY: 0.0,
    Outcome.GUIDED: 0.0,
    Outcome.NOT_UPHELD: -0.9,
    Outcome.DENIED: -1.1,
}
# How much better or worse people judge a side of the service than the whole of it.
_SIDES = {"transparency": 0.1, "answerability": 0.3, "mastery": 0.2, "time": -0.45, "orderliness": -0.2}


class Plot:
    """Draws the steps of one story."""

    def __init__(self, random: Random, texts: Texts, staff: Staff, opening: Opening, now: datetime) -> None:
        self.random, self.texts, self.staff, self.opening, self.now = random, texts, staff, opening, now
        self.voice, self.path = opening.voice, opening.path
        self.steps: list[Step] = []
        # Who decides an objection, and signs what is answered then.
        self.decider = ""
        latest = now if opening.stop else None
        self.diary = Diary(random, opening.path, opening.received, latest)
        self.expert = random.choice(staff.experts(opening.path))
        self.end = self._end(opening.received, opening.due)

    def steps_until_now(self) -> list[Step]:
        """Everything that has happened by now, or until the story is meant to stop."""
        self._tell()
        stop = next((n for n, step in enumerate(self.steps) if step.do is self.opening.stop), len(self.steps))
        return [step for step in self.steps[: stop + 1] if step.at <= self.now]

    def _chance(self, share: float, *stops: Do) -> bool:
        """Whether something happens: by its share, or because the story is to stop there; not on the way elsewhere."""
        if self.opening.stop is not None:
            return self.opening.stop in stops
        return self.random.random() < share

    def _do(self, do: Do, at: datetime, by: str, **data: Any) -> None:
        self.steps.append(Step(at, self.opening.number, do, by, data))

    def _end(self, begin: datetime, due: datetime) -> datetime:
        """When an answer owed since `begin` is to be delivered."""
        random, character = self.random, self.opening.character
        if self.opening.stop is not None:
            return begin + (self.now - begin) * (0.5 if self.opening.stop is Do.OBJECT else 0.9)
        whole = due - begin
        if random.random() < character.late:
            return due + min(whole * random.uniform(0.08, 0.7), 24 * _DAY)
        end = begin + character.pace * _PER_WORKING_DAY * random.lognormvariate(0, 0.65) * _DAY
        return end if end < due - _DAY else begin + whole * random.uniform(0.5, 0.9)

    def _at(self, share: float, spread: float = 0.04) -> datetime:
        """The moment at which this share of the time up to the answer has passed, more or less."""
        drawn = min(max(share + self.random.uniform(-spread, spread), 0.0), 1.0)
        return self.opening.received + (self.end - self.opening.received) * drawn

    def _tell(self) -> None:
        self._come_in()
        random, opening, kind = self.random, self.opening, self.voice.kind
        if opening.repeats is not None:
            self._repeat(opening.repeats)
        elif kind == "thanks" or (kind == "question" and self.voice.channel in {"desk", "phone"} and self._chance(0.4)):
            self._answer_at_once()
        elif self._chance(_WITHDRAWN, Do.WITHDRAW):
            reason = self.voice.one_of(self.texts.office["withdrawals"])
            self._do(Do.WITHDRAW, self.diary.person(self._at(random.uniform(0.2, 0.7))), HOLDER, reason=reason)
        elif self._chance(_REFUSED, Do.REFUSE):
            self._look_into()
            self._refuse(self._refusal())
        else:
            self._work()

    def _come_in(self) -> None:
        opening, random = self.opening, self.random
        by = HOLDER if self.voice.channel == "web" else random.choice(self.staff.desk(self.path))
        words = {"subject": self.voice.subject, "text": self.voice.text()}
        paper = self._paper() if self._chance(_ATTACHED, Do.RECEIVE) else None
        self._do(Do.RECEIVE, opening.received, by, opening=opening, paper=paper, **words)

    def _paper(self) -> int | None:
        """One of the papers that suit the service."""
        papers = [place for place, paper in enumerate(self.texts.papers) if self.voice.card.card in paper["cards"]]
        return self.random.choice(papers) if papers else None

    def _repeat(self, original: int) -> None:
        found = self.diary.office(self.opening.received + self.random.uniform(0.2, 2.5) * _DAY)
        self._do(Do.NOTE, found, self.expert, text=self.voice.one_of(self.texts.office["duplicates"]))
        self._do(Do.DUPLICATE, self.diary.office(found), self.expert, original=original)

    def _answer_at_once(self) -> None:
        by = self._signer()
        at = self.diary.office(self.opening.received + self.random.expovariate(2) * _DAY)
        words = self.voice.answer()
        self._do(Do.AT_ONCE, at, by, words=words, how=self._way())
        self._judge(words)
        self._close(at)

    def _look_into(self) -> None:
        self._do(Do.REVIEW, self.diary.office(self._at(0.08)), self.expert)
        if self.random.random() < _NOTED:
            self._do(Do.NOTE, self.diary.office(self._at(0.12)), self.expert, text=self.voice.note())

    def _refusal(self) -> str:
        code = self.random.choice(("no-competence", "already-answered", "court-pending", "not-the-holder"))
        return "labour-dispute" if self.voice.card.card == "labour-petition" else code

    def _refuse(self, code: str) -> None:
        reason = next(row["text"] for row in self.texts.office["refusal"] if row["code"] == code)
        by = self._signer()
        self._do(Do.REFUSE, self.diary.office(self._at(0.8)), by, reason=reason)

    def _work(self) -> None:
        self._look_into()
        if self._chance(_ASKED, Do.ASK) and not self._completed():
            return
        if self._chance(_REFERRED, Do.REFER, Do.REPLY):
            self._refer()
        if self.random.random() < _NOTED / 2:
            self._do(Do.NOTE, self.diary.office(self._at(0.68)), self.expert, text=self.voice.note())
        self._finish(self.voice.answer())

    def _completed(self) -> bool:
        """Ask for what is missing; where nothing comes, the case is refused in the end."""
        random, (what, added) = self.random, self.voice.completion()
        asked = self.diary.office(self._at(0.2))
        self._do(Do.ASK, asked, self.expert, what=what)
        if random.random() < _SILENT:
            self._refuse("no-content")
            return False
        at = self.diary.person(asked + min(self.end - asked, 9 * _DAY) * random.uniform(0.25, 0.65))
        paper = self._paper() if random.random() < 0.25 else None
        self._do(Do.COMPLETE, at, HOLDER, text=added, paper=paper)
        return True

    def _refer(self) -> None:
        province = province_of(self.path)
        others = [path for path in self.staff.below(province) if path != self.path]
        asked: list[str] = []
        for n in range(1 + (self.random.random() < _TWICE_REFERRED)):
            found = self.voice.task(province, others)
            if found is not None and found[0] not in asked:
                asked.append(found[0])
                self._ask_office(n, *found)

    def _ask_office(self, n: int, path: str, task: str, reply: str) -> None:
        length = self.random.choice(("3 working_days", "5 working_days", "5 working_days", "7 working_days"))
        at = self.diary.office(self._at(0.25 + n * 0.05))
        self._do(Do.REFER, at, self.expert, n=n, path=path, task=task, length=length)
        by = self.random.choice(self.staff.experts(path))
        self._do(Do.REPLY, self.diary.office(self._at(0.48, 0.1)), by, n=n, text=reply)
        signer = self._signer()
        if self._chance(_RETURNED):
            send_backs = self.texts.office["send_backs"]
            why = self.voice.one_of([send_backs[0], send_backs[-1]])
            more = self.voice.one_of(self.texts.office["returned_replies"])
            self._do(Do.RETURN, self.diary.office(self._at(0.54)), signer, n=n, reason=why)
            self._do(Do.REPLY, self.diary.office(self._at(0.62)), by, n=n, text=f"{reply} {more}")
        if self.random.random() < _ACCEPTED:
            self._do(Do.ACCEPT, self.diary.office(self._at(0.66)), signer, n=n)

    def _finish(self, words: Words, *, again: bool = False) -> None:
        """Draft, sign and deliver; then what the person says to it."""
        careless = 1 - self.opening.character.care
        sent_back = not again and self._chance(0.02 + 0.3 * careless)
        if sent_back:
            first, why = unfinished(words, self.random, self.texts.office["send_backs"])
            self._hand_in(first, 0.68)
            self._do(Do.SEND_BACK, self.diary.office(self._at(0.8)), self._signer(), why=why)
        self._hand_in(words, 0.85 if sent_back else 0.72)
        signer = self.decider if again else self._signer()
        self._do(Do.APPROVE, self.diary.office(self._at(0.94)), signer)
        if self.opening.stop in {Do.SEND, Do.PHONE}:
            self._try_in_vain(self._deliverer(signer))
        delivered = self.diary.office(self.end)
        self._do(Do.DELIVER, delivered, self._deliverer(signer), how=self._way())
        self._judge(words)
        above = [one for one in self.staff.signers(level_above(self.path)) if one not in {signer, self.expert}]
        if not again and above and self._chance(self._objecting(words, careless), Do.OBJECT):
            self.decider = self.random.choice(above)
            self._object(words, delivered)
        else:
            self._close(delivered)

    def _try_in_vain(self, by: str) -> None:
        """By post, at the door, by telephone: three attempts that reach nobody."""
        for share, do in ((0.95, Do.SEND), (0.97, Do.COME_BACK), (0.98, Do.VISIT), (0.99, Do.PHONE)):
            self._do(do, self.diary.office(self._at(share, 0.0)), by)

    def _signer(self) -> str:
        return self.random.choice(self.staff.signers(self.path))

    def _hand_in(self, words: Words, share: float) -> None:
        self._do(Do.DRAFT, self.diary.office(self._at(share)), self.expert, words=words)
        self._do(Do.SUBMIT, self.diary.office(self._at(share + 0.05, 0.03)), self.expert)

    def _deliverer(self, signer: str) -> str:
        desk = self.staff.with_role(self.path, "desk_officer")
        return self.random.choice(desk) if desk and self.random.random() < 0.6 else signer

    def _way(self) -> str:
        ways = _WAYS[self.voice.channel]
        way = weighted(self.random, [way for way, _ in ways], [weight for _, weight in ways])
        sender = self.opening.sender
        if way == "email" and not sender.email:
            return "sms"
        return way if sender.mobile else ways[0][0]

    def _objecting(self, words: Words, careless: float) -> float:
        refused = words.outcome in {Outcome.NOT_UPHELD, Outcome.DENIED}
        return 0.012 + 0.1 * careless + 0.06 * refused

    def _object(self, words: Words, delivered: datetime) -> None:
        """The person does not accept the answer; another officer begins anew, with as much time as the first."""
        wait = self.random.uniform(0.3, 9) * _DAY
        if self.opening.stop is not None:
            wait = min(wait, (self.now - delivered) * 0.8)
        at = self.diary.person(delivered + wait)
        self._do(Do.OBJECT, at, HOLDER, text=self.voice.objection())
        self.expert = self.random.choice([one for one in self.staff.experts(self.path) if one != self.expert])
        due = at + (self.opening.due - self.opening.received)
        self.end = self._end(at, due)
        self.opening = replace(self.opening, received=at, due=due)
        why = self.voice.one_of(self.texts.office["upheld"])
        self._do(Do.UPHOLD, self.diary.office(self._at(0.2, 0.1)), self.decider, why=why)
        self._do(Do.REVIEW, self.diary.office(self._at(0.4, 0.2)), self.expert)
        self._finish(self.voice.answer_again(words), again=True)

    def _judge(self, words: Words) -> None:
        """The person answers the questionnaire, or does not."""
        opening, random = self.opening, self.random
        if opening.stop is not None or not opening.sender.mobile or random.random() > opening.character.replies:
            return
        delivered = self.diary.at
        late = delivered > opening.due
        mean = 1.7 + 3.0 * opening.character.care + _MOOD[Outcome(words.outcome)] - 0.9 * late + random.gauss(0, 0.65)
        answered = [item for item in questionnaire().items if random.random() < 0.94]
        marks = {item.code: _mark(random.gauss(mean + _SIDES.get(item.dimension, 0), 0.55)) for item in answered}
        marks[questionnaire().overall] = _mark(mean)
        comment = self.voice.comment(sum(marks.values()) / len(marks)) if random.random() < 0.45 else ""
        occasion = sum(step.do in {Do.DRAFT, Do.AT_ONCE} for step in self.steps)
        wait = min(random.expovariate(0.5) + 0.05, 12) * _DAY
        judging = Diary(random, self.path, delivered)
        at = judging.person(delivered + wait)
        self._do(Do.JUDGE, at, HOLDER, marks=marks, comment=comment, occasion=occasion, delivered=delivered)

    def _close(self, delivered: datetime) -> None:
        at = delivered + OBJECTION_TIME + timedelta(minutes=self.random.randint(1, 10))
        self._do(Do.CLOSE, at, CLOSER)


def _mark(value: float) -> int:
    return min(max(round(value), 1), 5)


def in_order(stories: Sequence[Sequence[Step]]) -> list[Step]:
    """All steps as time has it; at the same moment those of earlier stories come first, in their own order."""
    numbered = [(step.at, step.story, n, step) for steps in stories for n, step in enumerate(steps)]
    return [step for _at, _story, _n, step in sorted(numbered, key=lambda row: row[:3])]
