"""Who: the tree of offices, people, posts with dates and substitutes, closures."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from takrim.orgs.paths import PathField, under


class UnitQuerySet(models.QuerySet["Unit"]):
    def under(self, path: str) -> UnitQuerySet:
        return self.filter(under(path, "path"))

    def open(self, on: date) -> UnitQuerySet:
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=on))


class Unit(models.Model):
    """One office. `path` spells its place in the tree: `ir/qom/jafarabad/`."""

    path = PathField(unique=True)
    kind = models.TextField()
    name_fa = models.TextField()
    name_en = models.TextField()
    short_fa = models.TextField()
    short_en = models.TextField()
    closed_on = models.DateField(null=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(path__endswith="/"), name="unit_path_ends_with_a_slash"),
            models.CheckConstraint(condition=~Q(name_fa="") & ~Q(name_en=""), name="unit_has_a_name_in_both_languages"),
        ]

    def __str__(self) -> str:
        return self.path

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_fa

    @property
    def short(self) -> str:
        return self.short_en if get_language() == "en" else self.short_fa


class PersonManager(BaseUserManager["Person"]):
    """Sign-in looks people up by user name."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(username=username)


class Person(AbstractBaseUser):
    """A member of staff, who signs in. What they may do comes from the posts they hold."""

    username = models.TextField(unique=True)
    name = models.TextField()
    email = models.EmailField(default="", blank=True)
    mobile = models.TextField(default="", blank=True)
    is_active = models.BooleanField(default=True)

    objects = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(username=""), name="person_has_a_username")]

    def __str__(self) -> str:
        return self.username


class Post(models.Model):
    """A place of work in a unit, whoever holds it. Its role says which powers it has."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    role = models.TextField()
    title_fa = models.TextField()
    title_en = models.TextField()

    objects = models.Manager()

    def __str__(self) -> str:
        return f"{self.role} @ {self.unit_id}"

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" else self.title_fa


class HoldingQuerySet(models.QuerySet["Holding"]):
    def valid(self, on: date) -> HoldingQuerySet:
        return self.filter(Q(until=None) | Q(until__gte=on), since__lte=on)


class Holding(models.Model):
    """A person holds a post from a day to a day, as its owner or as the substitute of another person."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings")
    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings")
    since = models.DateField()
    until = models.DateField(null=True)
    substitute_for = models.ForeignKey(Person, models.PROTECT, null=True, related_name="substitutions")

    objects = HoldingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="holding_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(substitute_for=None) | Q(until__isnull=False), name="holding_of_a_substitute_has_an_end"
            ),
            models.CheckConstraint(
                condition=Q(substitute_for=None) | ~Q(substitute_for=F("person")), name="holding_substitutes_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.post_id}"


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> AbsenceQuerySet:
        return self.filter(since__lte=day, until__gte=day, ended_at=None)


class Absence(models.Model):
    """A person is away from a day to a day. Why is nobody's business here."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="absences")
    since = models.DateField()
    until = models.DateField()
    announced_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="absence_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} away {self.since}"


class Week(models.Model):
    """Opening hours by weekday from a day on, for a unit and all below it. `hours` is text: `sat=07:30-14:30 …`.

    Without `until` it holds on. Once withdrawn it ends with the day before; what was counted until then stays.
    Which of several holds: see `calendars.py`. `note` says what it is for: summer, Ramadan, open Thursdays.
    """

    path = PathField()
    since = models.DateField()
    until = models.DateField(null=True)
    hours = models.TextField()
    note_fa = models.TextField(default="", blank=True)
    note_en = models.TextField(default="", blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.TextField(default="", blank=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="week_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["path", "since"],
                condition=Q(until=None, withdrawn_at=None),
                name="week_one_pattern_from_a_day",
            ),
            models.UniqueConstraint(
                fields=["path", "since", "until"],
                condition=Q(until__isnull=False, withdrawn_at=None),
                name="week_one_pattern_of_a_span",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.since}"

    @property
    def note(self) -> str:
        return self.note_en if get_language() == "en" else self.note_fa


class Closure(models.Model):
    """A day on which a unit and all below it are closed, wholly or but for `hours`. A holiday is a closure of `ir/`."""

    path = PathField()
    day = models.DateField()
    hours = models.TextField(default="", blank=True)
    reason_fa = models.TextField()
    reason_en = models.TextField()
    announced_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.TextField(default="", blank=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["path", "day"], condition=Q(withdrawn_at=None), name="closure_once_a_day_and_unit"
            )
        ]
        indexes = [models.Index(fields=["day"], name="closure_by_day")]

    def __str__(self) -> str:
        return f"{self.path} {self.day}"

    @property
    def reason(self) -> str:
        return self.reason_en if get_language() == "en" else self.reason_fa


class Stamp(models.Model):
    """A number that grows when something kept in memory has changed: `units`, `calendar`, `words`."""

    name = models.TextField(primary_key=True)
    number = models.BigIntegerField(default=0)

    objects = models.Manager()

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class SearchWord(models.Model):
    """A pair the office adds to the search: a plural and its singular, or two words for the same thing."""

    word = models.TextField()
    same_as = models.TextField()
    added_at = models.DateTimeField()

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "same_as"], name="search_word_pair_once")]

    def __str__(self) -> str:
        return f"{self.word} = {self.same_as}"
