"""Service cards in the demonstration: a province's own versions, a draft, and what people said of the answers."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from random import Random
from typing import Any

from takrim.base.clock import local_date
from takrim.cards.actions import CardText, publish_version
from takrim.cards.actions_edit import Seen, keep_draft
from takrim.cards.actions_help import Mark, count_help
from takrim.cards.answers import WHOLE, answers_of
from takrim.cards.models import CardVersion
from takrim.cards.queries import card_on
from takrim.orgs.actor import Actor, holder
from takrim.orgs.powers import Power
from takrim.orgs.units import house_of
from takrim.site.demo.staff import Staff

# What each province with a director does: says it faster now, from a day that comes, and is still writing.
_NOW, _SOON, _DRAFT = ("worker-sport", "7 working days"), ("job-centre", "5 working days"), "hazardous-jobs"
_IN_DAYS = 6
_ADDED = {
    "q": {"fa": "نتیجه کمیته را چگونه می‌فهمم؟", "en": "How do I learn what the committee decided?"},
    "a": {
        "fa": "رأی با پیامک خبر داده می‌شود و متن آن در میز خدمت اداره کل است.",
        "en": "You are told by SMS; the decision itself is at the service desk of the directorate.",
    },
}
# Cards that are read, with about how many readers a month, and how many of a hundred say that it was enough.
_READ = {
    "unemployment-insurance": (24, 70),
    "labour-petition": (18, 55),
    "worker-sport": (10, 85),
    "foreign-permit": (8, 60),
    "decile-objection": (14, 30),
}
_MONTHS = (62, 31, 0)


def served(random: Random, staff: Staff, now: datetime) -> None:
    """All of it, province by province."""
    able = [actor for actor in staff.actors.values() if actor.may(Power.CARDS_EDIT)]
    # One in each province, in the order in which chains of the journal are taken.
    directors = [
        next(actor for actor in able if actor.unit_path == path)
        for path in sorted({actor.unit_path for actor in able})
        if path == house_of(path)
    ]
    for director in directors:
        _edit(director, now)
    for director in directors:
        for days in _MONTHS:
            _read(random, director.unit_path, now - timedelta(days=days))


def _says(code: str, place: str, now: datetime, *, promise: str = "", **content: Any) -> tuple[CardVersion, CardText]:
    """What a card says, with something changed."""
    version = card_on(code, local_date(now), place)
    assert version is not None  # the catalogue has it
    old = CardText.of(version)
    says = CardText(
        title_fa=old.title_fa,
        title_en=old.title_en,
        promise=promise or old.promise,
        content={**old.content, **content},
    )
    return version, says


def _edit(director: Actor, now: datetime) -> None:
    place, today = director.unit_path, local_date(now)
    for (code, promise), since in ((_NOW, today), (_SOON, today + timedelta(days=_IN_DAYS))):
        _version, says = _says(code, place, now, promise=promise)
        publish_version(code=code, says=says, since=since, by=director, now=now)
    version, old = _says(_DRAFT, place, now)
    version, says = _says(_DRAFT, place, now, faq=[*old.content["faq"], _ADDED])
    keep_draft(
        code=_DRAFT,
        says=says,
        national_code=version.card.national_code,
        seen=Seen(0, version.number),
        by=director,
        now=now,
    )


def _read(random: Random, place: str, now: datetime) -> None:
    """A month of readers: each opens a card, perhaps one of its answers, and perhaps says whether it was enough."""
    for code, (readers, happy_of_hundred) in _READ.items():
        card = card_on(code, local_date(now), place)
        if card is None:
            continue
        questions, pressed = [answer["key"] for answer in answers_of(card)], Counter[tuple[str, Mark]]()
        for _reader in range(random.randint(readers // 2, readers)):
            question = random.choice([WHOLE, *questions])
            marks = [(WHOLE, Mark.SHOWN), *([(question, Mark.SHOWN)] if question else [])]
            if random.random() < 0.6:
                happy = random.randrange(100) < happy_of_hundred
                marks.append((question, Mark.ENOUGH if happy else Mark.NOT_ENOUGH))
                if not happy and random.random() < 0.4:
                    marks += [(one, Mark.FILED) for one in {WHOLE, question}]
            pressed.update(marks)
        for (question, mark), many in pressed.items():
            count_help(card=code, question=question, mark=mark, place=place, by=holder(), now=now, readers=many)
