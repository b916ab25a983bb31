"""Queries whose SQL is kept: the same rows as Django's own, and a clear error where the SQL depends on the value."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db.models import Count, Q, QuerySet

from takrim.directives.models import Reading
from takrim.orgs.models import Holding, Unit
from takrim.orgs.prepared import Prepared, PreparedList, ShapeDepends

pytestmark = pytest.mark.django_db


def test_a_prepared_query_answers_for_each_value_anew(units: dict[str, Unit]) -> None:
    below = Prepared(lambda path: Unit.objects.all().under(path).order_by("path"))
    for path in ("ir/", "ir/alborz/", "ir/qom/", "ir/nowhere/"):
        assert below(path=path) == list(Unit.objects.all().under(path).order_by("path"))


def test_related_rows_and_dicts_come_as_from_django(reza: object) -> None:
    def held(*, on: date) -> QuerySet[Holding]:
        return Holding.objects.valid(on).select_related("post__unit", "substitute_for").order_by("pk")

    prepared, day = Prepared(held), date(2026, 11, 24)
    assert [(row.post.unit.path, row.substitute_for) for row in prepared(on=day)] == [
        (row.post.unit.path, row.substitute_for) for row in held(on=day)
    ]
    assert not prepared(on=date(1990, 1, 1))
    named = Prepared(lambda kind: Unit.objects.filter(kind=kind).order_by("path").values("path", "kind")[:2])
    assert named(kind="county") == list(Unit.objects.filter(kind="county").order_by("path").values("path", "kind")[:2])
    assert named.first(kind="none") is None


def test_what_is_counted_comes_beside_what_it_is_counted_by(units: dict[str, Unit]) -> None:
    def by_kind(*, path: str) -> QuerySet[Any, Any]:
        long = Count("pk", filter=Q(path__gt="ir/qom/"))
        below = Unit.objects.all().under(path).order_by("kind")
        return below.values_list("kind").annotate(many=Count("pk"), late=long)

    counted = Prepared(by_kind)
    for path in ("ir/", "ir/qom/", "ir/nowhere/"):
        assert [tuple(row) for row in counted(path=path)] == list(by_kind(path=path))


def test_a_number_of_four_bytes_is_asked_for_as_any_other() -> None:
    read = Prepared(lambda version: Reading.objects.filter(version=version).values_list("pk", "version"))
    assert read(version=1) == []


def test_a_query_that_changes_with_its_value_is_refused() -> None:
    containing = Prepared(lambda text: Unit.objects.filter(name_fa__contains=text))
    with pytest.raises(ShapeDepends):
        containing(text="کرج")


def test_a_list_may_be_empty_short_or_longer_than_expected(units: dict[str, Unit]) -> None:
    named = PreparedList(lambda paths: Unit.objects.filter(path__in=paths), most=2)
    assert named([]) == []
    for many in (1, 2, 3, 6):
        paths = [unit.path for unit in units.values()][:many]
        assert {unit.path for unit in named(paths)} == set(paths)
