"""Places in the tree of offices, spelled as text."""

from __future__ import annotations

import pytest

from takrim.orgs.models import Unit
from takrim.orgs.paths import is_under, lineage, parent_of, province_of


def test_a_path_knows_all_above_it() -> None:
    assert lineage("ir/alborz/karaj/") == ["ir/", "ir/alborz/", "ir/alborz/karaj/"]
    assert (parent_of("ir/alborz/"), parent_of("ir/")) == ("ir/", "")


@pytest.mark.parametrize(
    ("path", "province"), [("ir/", "ir/"), ("ir/alborz/", "ir/alborz/"), ("ir/alborz/karaj/x/", "ir/alborz/")]
)
def test_a_path_belongs_to_its_province(path: str, province: str) -> None:
    assert province_of(path) == province


def test_below_a_unit_is_a_range_that_stops_at_its_neighbour(units: dict[str, Unit]) -> None:
    fields = {"kind": "county", "name_fa": "x", "name_en": "x", "short_fa": "x", "short_en": "x"}
    Unit.objects.create(path="ir/alborz-east/", **fields)
    Unit.objects.create(path="ir/alborzak/", **fields)
    found = set(Unit.objects.all().under("ir/alborz/").values_list("path", flat=True))
    assert found == {"ir/alborz/", "ir/alborz/karaj/", "ir/alborz/nazarabad/"}
    assert not is_under("ir/alborz-east/", "ir/alborz/")
