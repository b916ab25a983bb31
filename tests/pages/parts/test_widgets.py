"""Inputs written directly are the same HTML as Django's own templates give."""

from __future__ import annotations

import pytest
from django import forms
from django.test.html import parse_html

from takrim.web.parts import fields, widgets


class Everything(forms.Form):
    """One field of every kind that pages use, and a few that they might."""

    text = forms.CharField(initial='x<y & "z"', help_text="help")
    number = forms.IntegerField(min_value=1, max_value=5, required=False)
    mail = forms.EmailField(disabled=True)
    secret = forms.CharField(widget=forms.PasswordInput)
    long = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), initial="\nخط")
    hidden = forms.CharField(widget=forms.HiddenInput, initial=3)
    tick = forms.BooleanField(required=False, initial=True)
    one = forms.ChoiceField(choices=[("", "--"), ("G", [("x", "X"), ("y", "<b>")])], initial="y", required=False)
    number_of_one = forms.TypedChoiceField(choices=[(1, "a"), (2, "b")], coerce=int, initial=2)
    many = forms.MultipleChoiceField(choices=[("1", "یک"), ("2", "دو")], initial=["2"])
    unknown = forms.NullBooleanField(required=False)
    file = forms.FileField(required=False)
    day = forms.DateField(required=False)
    amount = forms.DecimalField(initial=1.5, localize=True)


@pytest.mark.parametrize("data", [None, {"text": "", "many": ["1"], "one": "x", "number_of_one": "2", "tick": "on"}])
@pytest.mark.parametrize("name", list(Everything.base_fields))
def test_each_input_is_what_django_would_write(name: str, data: dict[str, object] | None) -> None:
    bound = Everything(data)[name]
    attributes = fields._attributes(bound)
    assert parse_html(widgets.drawn(bound, dict(attributes))) == parse_html(bound.as_widget(attrs=dict(attributes)))


@pytest.mark.parametrize("widget", [forms.RadioSelect, forms.CheckboxSelectMultiple])
def test_each_choice_is_what_django_would_write(widget: type[forms.RadioSelect | forms.CheckboxSelectMultiple]) -> None:
    class Form(forms.Form):
        kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], initial="b", widget=widget)

    for option in Form()["kind"].subwidgets:
        assert parse_html(widgets.input_tag(option.data)) == parse_html(option.tag())
