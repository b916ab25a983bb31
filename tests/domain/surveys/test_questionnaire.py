"""The questionnaire is whole: six dimensions, both languages, one question for the whole."""

from __future__ import annotations

import pytest

from takrim.surveys.questionnaire import questionnaire

FORM = questionnaire()


def test_it_has_six_dimensions_and_each_has_its_questions() -> None:
    dimensions = {code for code, _title in FORM.dimensions}
    assert len(dimensions) == 6
    assert {item.dimension for item in FORM.items} == dimensions


def test_no_code_is_used_twice() -> None:
    codes = [item.code for item in FORM.items]
    assert len(set(codes)) == len(codes)


def test_one_question_stands_for_the_whole() -> None:
    assert [item.code for item in FORM.items if item.overall] == [FORM.overall]


def test_the_scale_goes_from_best_to_worst() -> None:
    assert [value for value, _label in FORM.scale] == [5, 4, 3, 2, 1]


def test_everything_is_said_in_both_languages() -> None:
    texts = [FORM.title, FORM.intro, FORM.thanks, FORM.comment, *(text for _, text in (*FORM.scale, *FORM.dimensions))]
    texts += [item.text for item in FORM.items]
    assert all(text.in_("fa") and text.in_("en") and text.in_("fa") != text.in_("en") for text in texts)


def test_a_questionnaire_that_is_not_there_is_said_to_be_missing() -> None:
    with pytest.raises(FileNotFoundError):
        questionnaire("no-such-form")
