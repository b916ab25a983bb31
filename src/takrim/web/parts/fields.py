"""How one form field looks: label, help, input and error, tied together for eyes and screen readers alike."""

from __future__ import annotations

from typing import NamedTuple

from django import forms
from django.forms import BoundField, Widget
from django.forms.boundfield import BoundWidget
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from takrim.web.parts import widgets

GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)
EMPTY = mark_safe("")


class Fault(NamedTuple):
    target: str  # the id of the input, empty for a fault of the whole form
    text: str


def _css(widget: Widget) -> str:
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


def _described(bound: BoundField) -> str:
    ids = [f"{bound.auto_id}_help"] if bound.help_text else []
    return " ".join([*ids, f"{bound.auto_id}_error"] if bound.errors else ids)


def _attributes(bound: BoundField) -> dict[str, str | bool]:
    widget = bound.field.widget
    bad = " is-invalid" if bound.errors else ""
    given = f" {widget.attrs['class']}" if "class" in widget.attrs else ""
    attributes: dict[str, str | bool] = {"class": f"{_css(widget)}{bad}{given}"}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    if described := _described(bound):
        attributes["aria-describedby"] = described
    return attributes


def _mark(bound: BoundField) -> SafeString:
    """What is optional is said in words; what is required needs no star in a form of mostly required fields."""
    if bound.field.required:
        return EMPTY
    return format_html(' <span class="optional">({})</span>', _("optional"))


def _help(bound: BoundField) -> SafeString:
    if not bound.help_text:
        return EMPTY
    return format_html('<div class="help" id="{}_help">{}</div>', bound.auto_id, bound.help_text)


def sentence(bound: BoundField, error: str) -> str:
    """A fault in words that stand by themselves: Django's own «this field» does not say which."""
    if error != str(forms.Field.default_error_messages["required"]):
        return error
    asked = _("Choose an answer: {label}") if isinstance(bound.field.widget, GROUPS) else _("This is needed: {label}")
    return asked.format(label=bound.label)


def _errors(bound: BoundField) -> SafeString:
    if not bound.errors:
        return EMPTY
    lines = format_html_join(mark_safe("<br>"), "{}", ((sentence(bound, str(error)),) for error in bound.errors))
    return format_html('<p class="error" id="{}_error">{}</p>', bound.auto_id, lines)


def _option(option: BoundWidget) -> SafeString:
    """The input of one choice; the widget's own attributes do not know our class."""
    option.data["attrs"].setdefault("class", "form-check-input")
    return widgets.input_tag(option.data)


def _group(bound: BoundField, label: str, css: str) -> SafeString:
    """Radio buttons and check boxes: a fieldset whose legend is the question."""
    choices = format_html_join(
        "", '<div class="choice">{}<label for="{}">{}</label></div>',
        ((_option(option), option.id_for_label, option.choice_label) for option in bound.subwidgets),
    )  # fmt: skip
    described = _described(bound)
    tie = format_html(' aria-describedby="{}"', described) if described else EMPTY
    return format_html(
        '<fieldset class="field {}" id="{}"{}><legend>{}{}</legend>{}{}<div class="choices">{}</div></fieldset>',
        css, bound.auto_id, tie, label, _mark(bound), _help(bound), _errors(bound), choices,
    )  # fmt: skip


def _tick(bound: BoundField, label: str, css: str) -> SafeString:
    """One check box: its words stand after it."""
    return format_html(
        '<div class="field field-tick {}">{}<div class="choice">{}<label for="{}">{}</label></div>{}</div>',
        css, _errors(bound), widgets.drawn(bound, _attributes(bound)), bound.id_for_label, label, _help(bound),
    )  # fmt: skip


def render(bound: BoundField, *, label: str = "", css: str = "", help_text: str | None = None) -> SafeString:
    """The whole field, with other words for its label or help if given; hidden ones give just their input."""
    if bound.is_hidden:
        return bound.as_widget()
    if help_text is not None:
        bound.help_text = help_text
    text = label or str(bound.label)
    widget = bound.field.widget
    if isinstance(widget, GROUPS):
        return _group(bound, text, css)
    if isinstance(widget, forms.CheckboxInput):
        return _tick(bound, text, css)
    return format_html(
        '<div class="field {}"><label for="{}">{}{}</label>{}{}{}</div>',
        css, bound.id_for_label, text, _mark(bound), _help(bound), _errors(bound),
        widgets.drawn(bound, _attributes(bound)),
    )  # fmt: skip


def faults(form: forms.BaseForm) -> list[Fault]:
    """The faults of a form in the order they were found; a fault of the whole form has no target."""
    found = []
    for name, errors in form.errors.items():
        if name not in form.fields:
            found += [Fault("", str(error)) for error in errors]
            continue
        bound = form[name]
        found += [Fault(bound.id_for_label or bound.auto_id, sentence(bound, str(error))) for error in errors]
    return found
