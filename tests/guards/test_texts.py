"""Both languages are complete, and the tool that says so can be trusted."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

from tests.guards import tree
from tools import messages
from tools.texts import BadText, of_python, of_template, placeholders

ALL = [("", "Answer", ""), ("", "One case", "%(n)s cases"), ("menu", "File", "")]
IMPORT = "from django.utils.translation import gettext as _, ngettext, pgettext_lazy\n"


def test_both_languages_are_complete() -> None:
    assert messages.review(tree.SOURCE, change=False) == []


def test_texts_are_found_in_python() -> None:
    code = IMPORT + '_("Answer"); ngettext("One case", "%(n)s cases", 2); pgettext_lazy("menu", "File"); other("No")'
    assert sorted(of_python(code)) == sorted(ALL)


def test_texts_are_found_in_templates() -> None:
    code = (
        '{% translate "Answer" %}{% translate "File" context "menu" %}'
        "{% blocktranslate count n=cases|length %}One case{% plural %}{{ n }} cases{% endblocktranslate %}<p>No</p>"
    )
    assert sorted(of_template(code)) == sorted(ALL)


def test_a_text_put_together_is_refused() -> None:
    with pytest.raises(BadText, match="plain string"):
        list(of_python(IMPORT + '_(f"Hello {name}")'))


def test_placeholders_of_both_kinds_are_known() -> None:
    assert placeholders("%(n)s of {total} since {day:%Y}") == {"n", "total", "day"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An app with one text and no catalogue."""
    (tmp_path / "doors").mkdir()
    (tmp_path / "doors/apps.py").write_text("")
    (tmp_path / "doors/views.py").write_text(IMPORT + '_("Open {door}")\n')
    return tmp_path


def test_a_new_text_is_added_once_and_asked_for(folder: Path) -> None:
    assert messages.review(folder, change=True) == ["doors: no Persian: 'Open {door}'"]
    before = (folder / "doors" / messages.CATALOGUE).read_text()
    messages.review(folder, change=True)
    assert (folder / "doors" / messages.CATALOGUE).read_text() == before


def test_a_translation_is_kept_compiled_and_checked(folder: Path) -> None:
    messages.review(folder, change=True)
    path = folder / "doors" / messages.CATALOGUE
    path.write_text(path.read_text().replace('msgstr ""\n', 'msgstr "باز کردن {dar}"\n').replace('"باز', '"باز', 1))
    catalogue = polib.pofile(str(path))
    catalogue.find("Open {door}").msgstr = "باز کردن {dar}"
    messages.write(catalogue, path)
    assert messages.review(folder, change=False) == ["doors: placeholders differ: 'Open {door}'"]
    catalogue.find("Open {door}").msgstr = "باز کردن {door}"
    messages.write(catalogue, path)
    assert messages.review(folder, change=True) == []
    assert messages.compile_all(folder) == 1
    assert messages.compile_all(folder) == 0


def test_a_text_that_is_no_longer_said_is_named_and_pruned(folder: Path) -> None:
    messages.review(folder, change=True)
    (folder / "doors/views.py").write_text("")
    assert messages.review(folder, change=False) == ["doors: unused: 'Open {door}'"]
    assert messages.review(folder, change=True, prune=True) == []


def test_one_text_said_in_two_ways_is_named() -> None:
    first, second = polib.POFile(), polib.POFile()
    first.append(polib.POEntry(msgid="Answer", msgstr="پاسخ"))
    second.append(polib.POEntry(msgid="Answer", msgstr="جواب"))
    said = list(messages.disagreements({Path("a"): first, Path("b"): second}))
    assert said == ["b and a translate 'Answer' differently"]
