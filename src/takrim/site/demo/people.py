"""The invented people who bring matters: names put together at random, numbers that nobody has."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from takrim.channels.channel import Sender
from takrim.site.demo.staff import any_name

# No telephone of the country begins with 0970, and no place issues national codes that begin with 000.
_MOBILE, _ISSUED_NOWHERE = "0970", "000"
# Shares of people.
_RETURNING, _WITH_MAIL, _WITH_NATIONAL_CODE = 0.13, 0.25, 0.8


class Crowd:
    """Gives somebody new, or somebody of the same province who has written before."""

    def __init__(self, random: Random, people: Mapping[str, Any]) -> None:
        self.random, self.people = random, people
        self.known: dict[str, list[Sender]] = {}
        self.numbers: set[int] = set()

    def somebody(self, province: str) -> Sender:
        """Who writes."""
        known = self.known.setdefault(province, [])
        if known and self.random.random() < _RETURNING:
            return self.random.choice(known)
        known.append(self._new())
        return known[-1]

    def _new(self) -> Sender:
        first, family = any_name(self.random, self.people)
        number = self._number(7)
        mail = f"{first['en']}.{family['en']}{number % 100}@mail.example".lower()
        return Sender(
            name=f"{first['fa']} {family['fa']}",
            mobile=f"{_MOBILE}{number:07}",
            national_code=self._national_code() if self.random.random() < _WITH_NATIONAL_CODE else "",
            email=mail if self.random.random() < _WITH_MAIL else "",
        )

    def _number(self, digits: int) -> int:
        while (number := self.random.randrange(10**digits)) in self.numbers:
            pass
        self.numbers.add(number)
        return number

    def _national_code(self) -> str:
        body = f"{_ISSUED_NOWHERE}{self._number(6):06}"
        rest = sum(int(digit) * (10 - place) for place, digit in enumerate(body)) % 11
        return f"{body}{rest if rest < 2 else 11 - rest}"
