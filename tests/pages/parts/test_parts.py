"""The parts all pages share: words in the page's language, fields tied to their help and errors, frames that fit."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import cast

import pytest
from django import forms
from django.http import HttpResponse
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from takrim.web.parts import fields
from takrim.web.parts.charts import Chart, Series
from takrim.web.parts.dates import JalaliDateField
from takrim.web.parts.styleguide import styleguide

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


class Form(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the card")
    since = JalaliDateField(label="Since", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def written(source: str, lang: str = "fa", **names: object) -> str:
    with translation.override(lang):
        return Template(source).render(Context(names))


@pytest.mark.parametrize(
    ("source", "persian", "english"),
    [
        ("{{ n|number }}", "۱٬۲۳۴", "1,234"),
        ("{{ share|percent }}", "۸۷٫۵٪", "87.5%"),
        ("{{ now|jdate }}", "۲ آذر ۱۴۰۵", "2 Azar 1405"),
        ("{{ now|jnumeric }}", "۱۴۰۵/۰۹/۰۲", "1405/09/02"),
        ("{{ later|timeleft:now }}", "۲ روز مانده", "2 days left"),
        ("{{ '05482731597'|code }}", '<bdi class="code" dir="ltr">۰۵-۴۸۲۷-۳۱۵۹-۷</bdi>', None),
        ("{{ nothing|number }}{{ nothing|jdate }}{{ nothing|percent }}", "———", "———"),
    ],
)
def test_filters_speak_the_language_of_the_page(source: str, persian: str, english: str | None) -> None:
    names = {"n": 1234, "share": Fraction(7, 8), "now": NOW, "later": NOW + timedelta(days=2, hours=1), "nothing": None}
    assert written(source, "fa", **names) == persian
    if english:
        assert written(source, "en", **names) == english


@pytest.mark.parametrize(("days", "css"), [(-1, "due-late"), (1, "due-soon"), (5, "due-ok")])
def test_a_row_is_coloured_by_the_time_left(days: int, css: str) -> None:
    assert written("{{ due|dueclass:now }}", due=NOW + timedelta(days=days), now=NOW) == css


def test_a_pill_says_its_state_in_words_not_by_colour_alone() -> None:
    assert "ارجاع‌شده" in written('{% pill "referred" %}')
    assert "Referred" in written('{% pill "referred" %}', "en")
    assert "never_heard_of" in written('{% pill "never_heard_of" %}')


def test_a_field_ties_its_label_help_and_error_to_the_input() -> None:
    html = written("{% field form.name %}", form=Form({"name": ""}))
    assert '<label for="id_name">' in html
    assert 'aria-describedby="id_name_help id_name_error"' in html
    assert 'id="id_name_help"' in html and 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_group_of_choices_is_a_fieldset_with_its_question() -> None:
    html = written("{% field form.kind %}", form=Form())
    assert html.startswith("<fieldset") and "<legend>Kind</legend>" in html
    assert html.count('type="radio"') == html.count('class="form-check-input"') == 2


def test_what_was_typed_is_escaped() -> None:
    assert "<script>" not in written("{% field form.name %}", form=Form({"name": "<script>"}))


def test_the_summary_says_which_field_is_meant_and_leads_to_it() -> None:
    with translation.override("fa"):
        found = fields.faults(Form({}))
    assert [fault.target for fault in found] == ["id_name", "id_kind"]
    assert "Name" in found[0].text


def test_a_date_is_typed_in_persian_digits_and_a_wrong_one_is_explained() -> None:
    with translation.override("fa"):
        good = Form({"name": "سارا", "kind": "a", "since": "۱۴۰۵/۰۹/۰۲"})
        assert good.is_valid() and good.cleaned_data["since"] == date(2026, 11, 23)
        bad = Form({"name": "سارا", "kind": "a", "since": "۱۴۰۴/۱۲/۳۰"})
        assert "۲۹" in bad.errors["since"][0]
        assert 'value="۱۴۰۴/۱۲/۳۰"' in str(bad["since"])


def test_a_chart_and_its_table_say_the_same() -> None:
    chart = Chart("c", "Late", "bar", ("Karaj", "Qom"), (Series("Late", (4, None)),), lambda value: f"{value or '—'}")
    assert chart.rows == [["Karaj", "4"], ["Qom", "—"]]
    assert chart.data["series"] == [{"name": "Late", "tone": "", "values": [4, None], "words": ["4", "—"]}]


@pytest.mark.django_db
@pytest.mark.parametrize(("lang", "direction"), [("fa", "rtl"), ("en", "ltr")])
def test_every_part_fits_the_security_policy(rf: RequestFactory, lang: str, direction: str) -> None:
    request = rf.get("/styleguide/")
    request._messages = Messages()  # type: ignore[attr-defined]  # what the middleware would put there
    with translation.override(lang):
        html = cast(HttpResponse, styleguide(request)).content.decode()
    assert f'<html lang="{lang}" dir="{direction}"' in html
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style", html)
    assert not [
        tag for tag in re.findall(r"<script[^>]*>", html) if "src=" not in tag and "application/json" not in tag
    ]


class Messages(list[str]):
    def add(self, level: int, message: str, extra_tags: str = "") -> None:
        """What is said is shown by another test."""


def test_the_pager_shows_no_words_that_a_page_has_for_itself() -> None:
    pager = '{% include "_pager.html" %}'
    assert "pager-shown" not in written(pager, next_url="?after=1", shown="نمایش")
    assert "۱ تا ۵۰" in written(pager, next_url="?after=1", pager_words="۱ تا ۵۰")
