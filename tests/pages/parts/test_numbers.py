"""Whole numbers in forms: shown in the page's digits, typed in either."""

from __future__ import annotations

import pytest
from django import forms
from django.utils import translation

from takrim.web.parts.numbers import WholeNumber
from takrim.web.parts.templatetags.takrim import as_typed, code


class _Form(forms.Form):
    days = WholeNumber(label="days", least=1, most=60, initial=15)


@pytest.mark.parametrize(("lang", "shown"), [("fa", "۱۵"), ("en", "15")])
def test_it_is_shown_in_the_digits_of_the_page(lang: str, shown: str) -> None:
    with translation.override(lang):
        assert f'value="{shown}"' in str(_Form()["days"])


@pytest.mark.parametrize("typed", ["۳۰", "30", "٣٠", " 30 "])
def test_it_is_typed_in_either(typed: str) -> None:
    form = _Form({"days": typed})
    assert form.is_valid()
    assert form.cleaned_data["days"] == 30


@pytest.mark.parametrize("typed", ["0", "61", "۶۱", "3.5", "سی"])
def test_what_is_no_such_number_is_kept_and_told(typed: str) -> None:
    with translation.override("fa"):
        form = _Form({"days": typed})
        assert form.errors["days"]
        assert form["days"].value() == typed


@pytest.mark.parametrize(
    ("value", "direction"), [("05482731597", "ltr"), ("1204/T", "ltr"), ("۱۱۲/د/۱۴۰۵", "auto"), ("۱۲۰۴/ت", "auto")]
)
def test_a_code_is_not_turned_round_and_the_number_of_a_letter_reads_as_it_was_written(
    value: str, direction: str
) -> None:
    assert f'dir="{direction}"' in code(value)


def test_a_command_and_a_path_in_a_sentence_are_never_turned_round() -> None:
    said = str(as_typed("«ir/ilam/» را با `takrim feed accept` بپذیرید <b>"))
    assert said == (
        '«<code dir="ltr">ir/ilam/</code>» را با <code dir="ltr">takrim feed accept</code> بپذیرید &lt;b&gt;'
    )


@pytest.mark.parametrize("typed", ["5a0b979b d7d674b9", "i1.feed"])
def test_a_hash_and_the_name_of_a_file_keep_their_digits(typed: str) -> None:
    with translation.override("fa"):
        assert f">{typed}<" in str(code(typed))
