"""One item of an agenda is moved among the others."""

from __future__ import annotations

import pytest

from takrim.councils.order import is_order_of, moved


@pytest.mark.parametrize(
    ("by", "found"),
    [(-1, [2, 1, 3]), (1, [1, 3, 2]), (-5, [2, 1, 3]), (5, [1, 3, 2]), (0, [1, 2, 3])],
)
def test_an_item_moves_and_stays_at_the_ends(by: int, found: list[int]) -> None:
    assert moved([1, 2, 3], 2, by) == found


def test_an_order_holds_each_item_once() -> None:
    assert is_order_of([3, 1, 2], [1, 2, 3])
    assert not is_order_of([1, 1, 2], [1, 2, 3])
    assert not is_order_of([1, 2], [1, 2, 3])
