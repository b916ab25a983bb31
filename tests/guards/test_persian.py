"""The Persian on screen is spelled as an office spells it: Persian letters, half-spaces where words grow together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.guards import tree

ARABIC = re.compile(r"[يكى]|[٠-٩]")
# A prefix or suffix that stands alone where a half-space belongs: «می شود», «اداره ها», «نامه های».
APART = re.compile(r"(?<![\w\u200c])(?:می|نمی) (?=[آ-ی])|(?<=[آ-ی]) (?:ها|های|هایی|هایش|هایتان|ترین)(?![\w\u200c])")

# Folder or file → why its spelling is not an office's.
SPELLED_ON_PURPOSE = {
    "src/takrim/base": "folds what people type, so it holds what people type",
    "src/takrim/site/demonstration": "speaks as citizens write",
    "src/takrim/site/filling": "speaks as citizens write",
}


def misspelled(text: str) -> list[str]:
    """Words that are not spelled as they should be, with what stands around them."""
    found = [*ARABIC.finditer(text), *APART.finditer(text)]
    return [text[max(0, match.start() - 12) : match.end() + 12].replace("\n", " ") for match in found]


def _exempt(path: Path) -> bool:
    return (path.suffix == ".py" and any(tree.name(path).startswith(place) for place in SPELLED_ON_PURPOSE)) or (
        path.suffix == ".toml" and tree.name(path).startswith("src/takrim/site/")
    )


def test_persian_is_spelled_well() -> None:
    kinds = (".po", ".toml", ".py", ".html")
    shown = (path for path in tree.files(*kinds, under=tree.SOURCE) if not _exempt(path))
    assert {tree.name(path): words for path in shown if (words := misspelled(tree.text(path)))} == {}


@pytest.mark.parametrize("sample", ["شكايت", "علي", "پاسخ می دهد", "اداره ها", "نامه های رسیده", "٣ روز"])
def test_a_misspelling_would_be_seen(sample: str) -> None:
    assert misspelled(sample)


@pytest.mark.parametrize("sample", ["شکایت می‌کنید", "نامه‌های رسیده", "اداره‌ها", "قدیمی و تازه", "۳ روز"])
def test_good_spelling_is_left_alone(sample: str) -> None:
    assert misspelled(sample) == []
