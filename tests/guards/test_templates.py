"""Templates and styles: no word that nobody translated, nothing inline, no left or right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.guards import tree

_NOT_SHOWN = re.compile(
    r"\{% block \w*class\w* %\}.*?\{% endblock\b.*?%\}"
    r"|\{#.*?#\}|\{% comment.*?endcomment %\}|\{% blocktrans.*?endblocktrans(?:late)? %\}|\{%.*?%\}|\{\{.*?\}\}"
    r"|<!--.*?-->|<(?P<raw>style|script|svg|code|kbd)\b.*?</(?P=raw)>",
    re.DOTALL,
)
_SAID_BY_ATTRIBUTE = re.compile(r"\b(?:aria-label|title|placeholder|alt)=\"([^\"]*)\"")
_TAG = re.compile(r"<[^>]*>", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]{2,}")
_INLINE = re.compile(r"\sstyle=|\son[a-z]+=|\shx-on|<script(?![^>]*\b(?:src|type=\"application/json\"))|javascript:")
_SIDED = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)|(?:left|right)\s*:"
    r"|border-(?:top|bottom)-(?:left|right)-radius|text-align\s*:\s*(?:left|right)|(?:float|clear)\s*:\s*(?:left|right))"
)

# What reads the same in both languages.
SAME_IN_BOTH = {"تکریم", "Takrim", "فارسی", "English", "SMS", "QR", "CSV", "JSON", "PDF"}


def untranslated(template: str) -> set[str]:
    """Words that a template shows as they stand."""
    bare = _NOT_SHOWN.sub(" ", template)
    said = " ".join(_SAID_BY_ATTRIBUTE.findall(bare))
    shown = re.sub(r"&#?\w+;", " ", _TAG.sub(" ", bare) + " " + said)
    return set(_WORD.findall(shown)) - SAME_IN_BOTH


def _templates() -> list[Path]:
    return [path for path in tree.files(".html", under=tree.SOURCE) if "templates" in path.parts]


def test_every_word_on_screen_is_translated() -> None:
    found = {tree.name(path): sorted(words) for path in _templates() if (words := untranslated(tree.text(path)))}
    assert found == {}


def test_nothing_is_inline() -> None:
    bare = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}", re.DOTALL)
    assert [tree.name(path) for path in _templates() if _INLINE.search(bare.sub("", tree.text(path)))] == []


def test_styles_know_start_and_end_not_left_and_right() -> None:
    comments = re.compile(r"/\*.*?\*/", re.DOTALL)
    found = {
        tree.name(path): sides
        for path in tree.files(".css", under=tree.SOURCE)
        if (sides := _SIDED.findall(comments.sub("", tree.text(path))))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("sample", "words"),
    [
        ("<p>Hello</p>", {"Hello"}),
        ("<p>سلام</p>", {"سلام"}),
        ('<a title="Close">×</a>', {"Close"}),
        ('<p class="lead">{% translate "Hello" %} {{ name }} · 3</p>', set()),
        ("{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}", set()),
        ("{# Says hello. #}<br>&nbsp;", set()),
    ],
)
def test_a_bare_word_would_be_seen(sample: str, words: set[str]) -> None:
    assert untranslated(sample) == words


@pytest.mark.parametrize(
    "sample", ['<p style="x">', '<p onclick="x">', "<script>x</script>", '<a href="javascript:x">']
)
def test_inline_code_would_be_seen(sample: str) -> None:
    assert _INLINE.search(sample)


def test_a_script_of_its_own_file_and_data_are_fine() -> None:
    assert not _INLINE.search("<script src=\"{% static 'a.js' %}\" defer></script>")
    assert not _INLINE.search('<script type="application/json" id="figures">{}</script>')


@pytest.mark.parametrize(
    "sample", ["a { margin-left: 0 }", "a { left: 0 }", "a { text-align: right }", "a{float:left}"]
)
def test_a_side_would_be_seen(sample: str) -> None:
    assert _SIDED.search(sample)


def test_logical_sides_are_fine() -> None:
    assert not _SIDED.search("a { margin-inline-start: 0; inset-inline-end: 0; text-align: start }")
