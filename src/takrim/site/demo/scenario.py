"""Which stories the demonstration tells: how many, where, when, by whom; and some that each page must have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from takrim.base.clock import local_date
from takrim.base.workdays import Length
from takrim.cases.kind import KINDS
from takrim.channels.channel import Sender
from takrim.duties.actions import due_for
from takrim.orgs.calendars import calendar_of
from takrim.orgs.paths import province_of
from takrim.orgs.units import all_names
from takrim.site.demo import hours
from takrim.site.demo.compose import Matters, Setting, weighted
from takrim.site.demo.offices import Offices, Province
from takrim.site.demo.people import Crowd
from takrim.site.demo.services import Services
from takrim.site.demo.steps import Do, Opening
from takrim.site.demo.texts import CardTexts, Texts

_CHANNELS = (("web", 47), ("desk", 27), ("phone", 18), ("paper", 8))
# Shares of cases.
_WITHOUT_CARD, _REPEATED, _NAMELESS = 0.1, 0.022, 0.2
# Kinds that may be told at the desk or on the telephone without a name.
_NAMELESS_KINDS = ("report", "criticism", "suggestion")
# Services that promise an answer soon enough for a story to be found at any state of its time.
_LONGEST = Length.parse("20 working_days")

# Office, the deed it stops at, and when its answer is due: all the states somebody who looks around must find.
SHOWN: tuple[tuple[str, Do, str], ...] = (
    ("ir/alborz/nazarabad/", Do.RECEIVE, "fresh"),
    ("ir/alborz/nazarabad/", Do.RECEIVE, "fresh"),
    ("ir/alborz/nazarabad/", Do.RECEIVE, "soon"),
    ("ir/alborz/nazarabad/", Do.REVIEW, "later"),
    ("ir/alborz/nazarabad/", Do.REVIEW, "soon"),
    ("ir/alborz/nazarabad/", Do.REVIEW, "late"),
    ("ir/alborz/nazarabad/", Do.ASK, "later"),
    ("ir/alborz/nazarabad/", Do.ASK, "soon"),
    ("ir/alborz/nazarabad/", Do.REFER, "later"),
    ("ir/alborz/nazarabad/", Do.REFER, "late"),
    ("ir/alborz/nazarabad/", Do.REPLY, "soon"),
    ("ir/alborz/nazarabad/", Do.REPLY, "later"),
    ("ir/alborz/nazarabad/", Do.DRAFT, "later"),
    ("ir/alborz/nazarabad/", Do.SUBMIT, "soon"),
    ("ir/alborz/nazarabad/", Do.SUBMIT, "later"),
    ("ir/alborz/nazarabad/", Do.SUBMIT, "late"),
    ("ir/alborz/nazarabad/", Do.APPROVE, "later"),
    ("ir/alborz/nazarabad/", Do.SEND, "soon"),
    ("ir/alborz/nazarabad/", Do.PHONE, "soon"),
    ("ir/alborz/nazarabad/", Do.PHONE, "late"),
    ("ir/alborz/nazarabad/", Do.DELIVER, "later"),
    ("ir/alborz/nazarabad/", Do.DELIVER, "soon"),
    ("ir/alborz/nazarabad/", Do.OBJECT, "later"),
    ("ir/alborz/nazarabad/", Do.REFUSE, "later"),
    ("ir/alborz/nazarabad/", Do.WITHDRAW, "later"),
    ("ir/alborz/labour-relations/", Do.RECEIVE, "fresh"),
    ("ir/alborz/labour-relations/", Do.REVIEW, "late"),
    ("ir/alborz/labour-relations/", Do.SUBMIT, "soon"),
    ("ir/qom/qom/", Do.RECEIVE, "soon"),
    ("ir/qom/qom/", Do.ASK, "later"),
    ("ir/qom/qom/", Do.REPLY, "later"),
    ("ir/qom/qom/", Do.REVIEW, "late"),
    ("ir/qom/qom/", Do.SUBMIT, "later"),
    ("ir/qom/qom/", Do.PHONE, "soon"),
)


class Scenario:
    """Draws the openings of all stories."""

    def __init__(
        self,
        random: Random,
        texts: Texts,
        offices: Offices,
        services: Services,
        now: datetime,
        openings: list[Opening] | None = None,
    ) -> None:
        self.random, self.texts, self.offices, self.services, self.now = random, texts, offices, services, now
        self.matters, self.crowd = Matters(random, texts), Crowd(random, texts.people)
        self.today = local_date(now)
        # Those that were drawn elsewhere come first: each has its own number.
        self.openings: list[Opening] = [] if openings is None else openings

    def draw(self, scale: float) -> list[Opening]:
        """All openings; `scale` makes the whole smaller."""
        for province in self.offices.provinces:
            days = [self.today - timedelta(days=back) for back in range(province.days, -1, -1)]
            calendar = calendar_of(province.path)
            weights = [hours.busyness(calendar, day, n / len(days)) * self._surge(day)[0] for n, day in enumerate(days)]
            for day in self.random.choices(days, weights, k=max(round(province.cases * scale), 1)):
                self._open(province, day)
        for path, stop, due in SHOWN:
            self._show(path, stop, due)
        # The one that has waited longest has been written about again.
        self._repeat(min(self.openings[-len(SHOWN) :], key=lambda opening: opening.received))
        return self.openings

    def _surge(self, day: date) -> tuple[float, tuple[str, ...]]:
        ago = (self.today - day).days
        found = next((surge for surge in self.offices.surges if surge.covers(ago)), None)
        return (found.times, found.cards) if found else (1.0, ())

    def _open(self, province: Province, day: date) -> None:
        """One matter that came in on that day, and now and then the same once more."""
        times, favoured = self._surge(day)
        card = self.matters.card(favoured, times * 1.6)
        path = self._office(province, card)
        channel = self._channel(path, day)
        received = self._moment(path, day, channel)
        if received > self.now:
            received -= timedelta(days=1)
        opening = self._opening(path, card, channel, received)
        self.openings.append(opening)
        if self.random.random() < _REPEATED:
            self._repeat(opening)

    def _office(self, province: Province, card: CardTexts) -> str:
        if not province.counties:
            return province.path
        if self.random.random() < card.county:
            return weighted(self.random, list(province.counties), list(province.counties.values()))
        return f"{province.path}{card.unit}/"

    def _channel(self, path: str, day: date) -> str:
        if not calendar_of(path).is_open(day):
            return "web"
        return weighted(self.random, [name for name, _ in _CHANNELS], [weight for _, weight in _CHANNELS])

    def _moment(self, path: str, day: date, channel: str) -> datetime:
        if channel == "web" or not calendar_of(path).is_open(day):
            return hours.at_home(self.random, day)
        return hours.at_the_desk(self.random, calendar_of(path), day)

    def _towns(self, path: str) -> Sequence[str]:
        """What may stand for the county: the office's own, or any of the province."""
        unit = all_names()[path]
        if unit.kind == "county":
            return [unit.short_fa]
        province = next(one for one in self.offices.provinces if one.path == province_of(path))
        return province.towns or [all_names()[county].short_fa for county in province.counties]

    def _opening(self, path: str, card: CardTexts, channel: str, received: datetime, shown: bool = False) -> Opening:
        voice = self.matters.voice(card, Setting(towns=self._towns(path), at=received, channel=channel))
        nameless = voice.kind in _NAMELESS_KINDS and channel in {"desk", "phone"} and self.random.random() < _NAMELESS
        with_card = shown or self.random.random() > _WITHOUT_CARD
        return Opening(
            number=len(self.openings),
            path=path,
            voice=voice,
            sender=Sender() if nameless else self.crowd.somebody(province_of(path)),
            received=received,
            due=self._due(path, card if with_card else None, voice.kind, received),
            with_card=with_card,
            character=self.offices.character(path),
        )

    def _due(self, path: str, card: CardTexts | None, kind: str, received: datetime) -> datetime:
        version = self.services.at(card.card, received) if card else None
        return due_for(path, received, version.length if version else Length.parse(KINDS[kind].length))

    def _repeat(self, opening: Opening) -> None:
        """The same person writes about the same thing again, in another way, before there is an answer."""
        received = opening.received + self.random.uniform(0.4, 3) * timedelta(days=1)
        if received > self.now or not opening.sender.mobile:
            return
        received = hours.waking(self.random, received)
        channel = "phone" if calendar_of(opening.path).is_open_at(received) else "web"
        again = replace(
            opening,
            number=len(self.openings),
            voice=opening.voice.once_more(channel),
            received=received,
            due=received + (opening.due - opening.received),
            repeats=opening.number,
            stop=None,
        )
        self.openings.append(again)

    def _show(self, path: str, stop: Do, due: str) -> None:
        """A story that has come to a certain point, with its answer due soon, later or in the past."""
        cards = [card for card in self.texts.cards if self._suits(card, path)]
        for _try in range(20):
            card = self.random.choice(cards)
            opening = self._opening(path, card, "web", self._since(path, card, due), shown=True)
            if opening.voice.kind not in {"thanks", "suggestion"}:
                break
        self.openings.append(replace(opening, stop=stop))

    def due_by(self, path: str, moment: datetime, *, at_least: timedelta) -> Opening:
        """A complaint from the web whose answer is due shortly before a moment; it came in at least so long before."""
        cards = [card for card in self.texts.cards if self._suits(card, path)]
        ages = [at_least + timedelta(hours=5 * more) for more in range(200)]
        for _try in range(200):
            card = self.random.choice(cards)
            came = next(moment - age for age in ages if self._due(path, card, "complaint", moment - age) <= moment)
            received = hours.waking(self.random, came - timedelta(days=1))
            opening = self._opening(path, card, "web", received, shown=True)
            if opening.voice.kind == "complaint" and moment - timedelta(days=4) < opening.due <= moment:
                break
        return opening

    def _suits(self, card: CardTexts, path: str) -> bool:
        version = self.services.at(card.card, self.now)
        short = version is not None and due_for(path, self.now, version.length) <= due_for(path, self.now, _LONGEST)
        return short and (path.endswith(f"/{card.unit}/") or (all_names()[path].kind == "county" and card.county > 0))

    def _since(self, path: str, card: CardTexts, due: str) -> datetime:
        """When something must have come in to be due then."""
        if due == "fresh":
            return self.now - timedelta(minutes=self.random.randint(20, 180))
        ages = [timedelta(hours=hours_ago) for hours_ago in range(60, 45 * 24, 7)]
        left = {age: self._due(path, card, "complaint", self.now - age) - self.now for age in ages}
        behind = [age for age in ages if left[age] < timedelta(0)]
        ahead = [age for age in ages if left[age] > timedelta(0)]
        if due == "late":
            return self.now - self.random.choice(behind[:18])
        if due == "soon":
            return self.now - ahead[-1]
        early = [age for age in ahead if left[age] > timedelta(days=3)] or ahead
        return self.now - self.random.choice(early[len(early) // 2 :])
