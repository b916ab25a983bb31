"""What was learned from a province's own cases: where matters of such words belong, and how often that was right."""

from __future__ import annotations

from enum import StrEnum, auto
from fractions import Fraction

from django.db import models
from django.db.models import F, Q

from takrim.orgs.paths import PathField


class What(StrEnum):
    """What is guessed: the service card, the office that owes the answer, the office that is asked for its part."""

    CARD = auto()
    UNIT = auto()
    REFERRAL = auto()


class Learned(models.Model):
    """One guesser of one province. It holds counts of runs of letters by number, no text.

    `first` and `among_three`: of `tested` texts that it had not read, how often the right place came first, or among
    three.
    """

    province = PathField()
    what = models.TextField()
    learned_at = models.DateTimeField()
    texts = models.IntegerField()
    tested = models.IntegerField()
    first = models.IntegerField()
    among_three = models.IntegerField()
    guesser = models.BinaryField()

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["province", "what"], name="learned_once_a_province"),
            models.CheckConstraint(condition=Q(what__in=list(What)), name="learned_what_is_known"),
            models.CheckConstraint(
                condition=Q(first__lte=F("among_three"), among_three__lte=F("tested"), first__gte=0, tested__gte=1),
                name="learned_hits_are_among_the_tested",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.province} {self.what}"

    @property
    def first_share(self) -> Fraction:
        return Fraction(self.first, self.tested)

    @property
    def three_share(self) -> Fraction:
        return Fraction(self.among_three, self.tested)

    @property
    def useful(self) -> bool:
        """Whether it is right often enough to be shown: at least every second time among its first three."""
        return self.three_share >= Fraction(1, 2)
