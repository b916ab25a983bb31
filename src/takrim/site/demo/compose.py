"""One person's matter in words: what they write, what the office notes, asks and answers. Drawn, and in agreement."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from random import Random
from typing import Any, TypeVar

from takrim.base import words
from takrim.base.clock import local_date
from takrim.base.jalali import format_date
from takrim.cases.actions_answer import Words
from takrim.site.demo.texts import CardTexts, Matter, Reply, Situation, Task, Texts

Thing = TypeVar("Thing")

# Amounts of money are drawn in steps of this many rials.
MONEY_STEP = 5_000_000
# Where a reason has a second sentence: not behind "۱." of a list.
_NEXT_SENTENCE = re.compile(r"(?<=[^\d۰-۹]\.) ")


def weighted(random: Random, things: Sequence[Thing], weights: Sequence[float]) -> Thing:
    """One of the things, by their weights."""
    return random.choices(things, weights)[0]


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Where and when a matter is written: what the slots follow from. `towns` may stand for the county."""

    towns: Sequence[str]
    at: datetime
    channel: str


class Slots(dict[str, str]):
    """What stands in the braces of one case's texts: drawn when it is first asked for, then the same throughout."""

    def __init__(self, random: Random, texts: Texts, matter: Matter, setting: Setting) -> None:
        self.random, self.texts, self.setting = random, texts, setting
        self.ranges: dict[str, Any] = {**texts.openings["slots"], **matter.slots}

    def __missing__(self, slot: str) -> str:
        self[slot] = self._draw(slot, self.ranges[slot])
        return self[slot]

    def _draw(self, slot: str, from_: Any) -> str:
        if slot == "county":
            return self.random.choice(self.setting.towns)
        if isinstance(from_, str):
            rows = self.texts.workplaces[from_]
            return str(self.random.choice([row["fa"] for row in rows if slot in {from_, row.get("kind")}]))
        least, most = from_
        if slot == "date":
            day = local_date(self.setting.at) - timedelta(days=self.random.randint(least, most))
            return format_date(day, "fa")
        if slot == "amount":
            return words.number(self.random.randrange(least, most, MONEY_STEP), "fa")
        return words.digits(self.random.randint(least, most), "fa")


class Matters:
    """Draws matters; each is a Voice that goes on speaking about the same thing."""

    def __init__(self, random: Random, texts: Texts) -> None:
        self.random, self.texts = random, texts

    def card(self, favoured: Sequence[str] = (), times: float = 1) -> CardTexts:
        """A service, by its weight; in a surge some come more often."""
        weights = [card.weight * (times if card.card in favoured else 1) for card in self.texts.cards]
        return weighted(self.random, self.texts.cards, weights)

    def voice(self, card: CardTexts, setting: Setting) -> Voice:
        """Somebody with a matter about this service."""
        random = self.random
        matter = weighted(random, card.matters, [one.weight for one in card.matters])
        share = self.texts.openings["register"][setting.channel]
        spoken = bool(matter.situations["spoken"]) and random.random() < share
        register = "spoken" if spoken else "formal"
        situation = random.choice(matter.situations[register])
        kinds = [self.texts.kinds[kind]["weight"] for kind in situation.kinds]
        return Voice(
            random=random,
            texts=self.texts,
            card=card,
            matter=matter,
            situation=situation,
            register=register,
            kind=weighted(random, situation.kinds, kinds),
            slots=Slots(random, self.texts, matter, setting),
            channel=setting.channel,
        )


@dataclass(frozen=True, kw_only=True)
class Voice:
    """One matter and all that is written about it."""

    random: Random
    texts: Texts
    card: CardTexts
    matter: Matter
    situation: Situation
    register: str
    kind: str
    slots: Slots
    channel: str

    def say(self, text: str) -> str:
        """A text with its slots filled."""
        return text.format_map(self.slots)

    def one_of(self, parts: Sequence[str]) -> str:
        """One of the parts, filled."""
        return self.say(self.random.choice(parts))

    @cached_property
    def subject(self) -> str:
        """What it is about, in a line."""
        return self.one_of([self.matter.subjects[place] for place in self.situation.subjects])

    def text(self) -> str:
        """What the person writes, or an officer for them."""
        openings, kind = self.texts.openings, self.texts.kinds[self.kind]
        details = openings["details"]
        detail = ""
        if self.kind in details["kinds"] and self.random.random() < details["share"]:
            detail = self.one_of(details[self.register])
        endings = kind.get(f"endings_{self.register}") or openings["endings"][self.register]
        opening, ending = self.one_of(openings["openings"][self.register]), self.one_of(endings)
        said = [opening, self.say(self.situation.text), detail, self.one_of(kind[self.register])]
        whole = f"{' '.join(part for part in said if part)}\n{ending}".strip()
        frame = self.random.choice(openings["frames"][self.channel])
        return self._messy(self.say(frame.replace("{text}", "\0")).replace("\0", whole))

    def _messy(self, text: str) -> str:
        """Some keyboards have Arabic letters and no half-space."""
        messy = self.texts.openings["messy"]
        if self.random.random() < messy["share"]:
            for right, wrong in messy["replace"]:
                text = text.replace(right, wrong)
        return text

    def once_more(self, channel: str) -> Voice:
        """The same person about the same thing another time, in other words where there are any."""
        subjects = set(self.situation.subjects)
        others = [one for one in self.matter.situations[self.register] if subjects.intersection(one.subjects)]
        situation = self.random.choice(others)
        kind = self.kind if self.kind in situation.kinds else situation.kinds[0]
        return replace(self, situation=situation, kind=kind, channel=channel)

    def note(self) -> str:
        """What one officer tells the others."""
        office = self.texts.office
        own = [note for row in office["note"] if self.card.card in row["cards"] for note in row["notes"]]
        return self.one_of([*office["notes"], *own])

    def task(self, province: str, paths: Sequence[str]) -> tuple[str, str, str] | None:
        """What is asked of which of the offices, and what it replies. The card's own tasks come first."""
        own = [task for task in self.card.tasks if f"{province}{task.to}/" in paths]
        task: Task = self.random.choice(own if own and self.random.random() < 0.85 else self.texts.office["referral"])
        # What any office can be asked goes to the department that knows the service, else to the common ones.
        known = f"{province}{self.card.unit}/" in paths
        slugs = [task.to] if task.to else [self.card.unit] if known else ["public-contact", "secretariat"]
        found = [path for path in paths if path[len(province) : -1] in slugs]
        return (self.random.choice(found), self.say(task.task), self.one_of(task.answers)) if found else None

    def completion(self) -> tuple[str, str]:
        """What is missing, and what the person adds."""
        rows = [row for row in self.texts.office["completion"] if self.card.card in row.get("cards", [self.card.card])]
        row = self.random.choice(rows)
        return self.say(row["ask"]), self.one_of(row["answers"])

    def answer(self) -> Words:
        """The final answer."""
        reply = self.matter.answers[self.random.choice(self.situation.answers)]
        office = self.texts.office["answer"]
        verdicts = office["verdicts_of"].get(self.kind) or office["verdicts"][reply.outcome]
        frame = office["plain"] if self.kind == "thanks" else office
        return self._words(reply, frame["heads"], verdicts, frame["closings"])

    def answer_again(self, before: Words) -> Words:
        """The answer to an objection, by another officer: another one if there is any, else the same confirmed."""
        replies = [self.matter.answers[place] for place in self.situation.answers]
        others = [reply for reply in replies if self.say(reply.next) != before.next_step]
        again, closings = self.texts.office["answer"]["again"], self.texts.office["answer"]["plain"]["closings"]
        reply = self.random.choice(others or replies)
        return self._words(reply, again["heads"], again["changed" if others else "same"], closings)

    def _words(self, reply: Reply, heads: Sequence[str], verdicts: Sequence[str], closings: Sequence[str]) -> Words:
        # The page shows reason, ground and next step below the text: it does not repeat them.
        reason, *more = _NEXT_SENTENCE.split(self.say(reply.reason), maxsplit=1)
        parts = [self.one_of(heads), self.one_of(verdicts), *more, self.one_of(closings)]
        return Words(
            outcome=reply.outcome,
            text=" ".join(parts),
            reason=reason,
            legal_ground=self.say(reply.ground),
            next_step=self.say(reply.next),
        )

    def objection(self) -> str:
        """Why the person does not accept the answer."""
        return self.one_of(self.texts.office["objections"][self.register])

    def comment(self, mean: float) -> str:
        """What somebody adds to marks with this mean."""
        rows: list[Mapping[str, Any]] = self.texts.office["survey"]
        row = min(rows, key=lambda row: max(row["score"][0] - mean, mean - row["score"][1]))
        return self.one_of(row["comments"])


def unfinished(words: Words, random: Random, send_backs: Sequence[str]) -> tuple[Words, str]:
    """The same answer as first drafted, and what its head says is missing."""
    if words.legal_ground and words.outcome != "denied" and random.random() < 0.5:
        return replace(words, legal_ground=""), send_backs[0]
    if words.next_step and random.random() < 0.6:
        return replace(words, next_step=""), send_backs[3]
    return words, random.choice([send_backs[1], send_backs[2], *send_backs[4:]])
