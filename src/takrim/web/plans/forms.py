"""The fields of a plan and of its rows. They judge nothing: what is wrong with a plan its own check says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from takrim.evaluation.plan_form import CATALOGUE, PER_OFFICER, adjustments, counts
from takrim.evaluation.plan_problem import Problem
from takrim.evaluation.scoring.parts import NORMALISERS, TREATMENTS, Need
from takrim.web.parts.templatetags.takrim import digits
from takrim.web.plans import words
from takrim.web.plans.words import Word

Choices = Sequence[tuple[str, Word]]


class NumberField(forms.CharField):
    """A number as it was typed, shown again in the digits of the page."""

    def bound_data(self, data: Any, initial: Any) -> Any:
        return digits(data) if isinstance(data, str) else data


def _text(
    label: Any,
    *,
    rows: int = 0,
    help_text: Any = "",
    ltr: bool = False,
    number: bool = False,
    needed: bool = True,
) -> forms.CharField:
    attrs: dict[str, Any] = {"rows": rows} if rows else {}
    if ltr:
        attrs["dir"] = "ltr"
    if number:
        attrs |= {"inputmode": "decimal", "autocomplete": "off", "class": "num"}
    widget = forms.Textarea(attrs) if rows else forms.TextInput(attrs)
    kind = NumberField if number else forms.CharField
    return kind(label=label, required=needed, help_text=help_text, widget=widget, strip=False)


def _choice(label: Any, choices: Choices, *, empty: Word | None = None) -> forms.ChoiceField:
    offered = [("", empty), *choices] if empty is not None else list(choices)
    return forms.ChoiceField(label=label, choices=offered)


class PartForm(forms.Form):
    """A part of a plan, always bound to what was typed; problems are put beside the fields they are about."""

    use_required_attribute = False

    def __init__(self, fields: Mapping[str, str], prefix: str = "") -> None:
        super().__init__(fields, prefix=prefix or None)
        self.own = prefix

    def _clean_fields(self) -> None:
        """Nothing is judged here, so that a field may be called needed and still be left empty in a draft."""

    def say(self, problem: Problem) -> None:
        """Put a problem beside its field, or above all."""
        of_steps = (f"{step}_{problem.key}" for step in ("normalise", "treatment", "adjust"))
        names = (problem.key, f"{problem.key}_fa", *of_steps)
        self.add_error(next((name for name in names if name in self.fields), None), words.sentence(problem))


class HeadForm(PartForm):
    """What holds for the whole plan."""

    title_fa = _text(_("Title in Persian"))
    title_en = _text(_("Title in English"), ltr=True)
    basis_fa = _text(_("Where it comes from, and what in it is ours (Persian)"), rows=3, needed=False)
    basis_en = _text(_("The same in English"), rows=3, ltr=True, needed=False)
    of = _choice(_("Compares"), [])
    points = _text(_("A full score"), number=True)
    decimals = _text(
        _("Decimals of a total"), number=True, needed=False, help_text=_("It is rounded before it is ranked.")
    )
    ties = _choice(_("Equals get the places"), list(words.TIES.items()))
    arithmetic = _choice(
        _("Computed in"),
        [("exact", _("Exact fractions")), ("float", _("Decimals"))],
        empty=_("Exact fractions (usual)"),
    )
    least = _text(
        _("Fewest answers to be ranked"),
        number=True,
        needed=False,
        help_text=_("Below it an office is shown, not ranked."),
    )
    volume = _choice(
        _("Ranked in groups by"),
        [("received", _("Matters received")), ("answers", _("Answers given"))],
        empty=_("No volume"),
    )
    bands = _text(
        _("Bounds of the groups"), number=True, needed=False, help_text=_("Such as 2000 10000, which makes three.")
    )

    def __init__(self, fields: Mapping[str, str], kinds: Choices) -> None:
        super().__init__(fields)
        cast(forms.ChoiceField, self.fields["of"]).choices = list(kinds)


class NodeForm(PartForm):
    """A place where scores are put together."""

    code = _text(_("Code"), ltr=True)
    title_fa = _text(_("Title in Persian"))
    title_en = _text(_("Title in English"), ltr=True)
    weight = _text(_("Weight"), number=True, needed=False)
    mean = _choice(_("Put together by"), list(words.MEANS.items()), empty=_("Weighted mean (usual)"))
    sum = _text(_("Its weights must add up to"), number=True, needed=False)

    def __init__(self, fields: Mapping[str, str], prefix: str, nodes: Choices) -> None:
        super().__init__(fields, prefix)
        self.fields["in"] = _choice(
            _("Stands in"), [one for one in nodes if one[0]], empty=_("Nothing: this is the root")
        )
        self.order_fields(["title_fa", "title_en", "in", "weight", "mean", "sum", "code"])


class RowForm(PartForm):
    """An indicator: what is asked, where it stands, how its value becomes a score."""

    def __init__(self, fields: Mapping[str, str], prefix: str, nodes: Choices) -> None:
        super().__init__(fields, prefix)
        code = fields.get(f"{prefix}-code", "").strip()
        self.counted = CATALOGUE[code] if counts(code) else None
        self.fields["in"] = _choice(_("Stands in"), [one for one in nodes if one[0]], empty=_("The only node"))
        self.fields["weight"] = _text(_("Weight"), number=True)
        if self.counted is None:
            self._asked()
        self.fields["code"] = _text(_("Code"), ltr=True)
        if self.counted is not None:
            self.fields["code"].widget = forms.HiddenInput()
        self._step("normalise", _("How a value becomes a score"), words.NORMALISERS, NORMALISERS, None)
        self._step("treatment", _("Before that"), words.TREATMENTS, TREATMENTS, _("No treatment"))
        self._adjust(adjustments(code))
        self.fields["missing"] = _choice(_("Where nothing was measured"), list(words.POLICIES.items()))
        self.fields["reason"] = _text(_("Reason why it earns nothing"), needed=False)
        self.fields["rest"] = forms.CharField(required=False, widget=forms.HiddenInput())

    def _asked(self) -> None:
        self.fields["title_fa"] = _text(_("Title in Persian"))
        self.fields["title_en"] = _text(_("Title in English"), ltr=True)
        self.fields["definition_fa"] = _text(_("What is asked, in Persian"), rows=2)
        self.fields["definition_en"] = _text(_("What is asked, in English"), rows=2, ltr=True)
        sources = [(code, word) for code, word in words.SOURCES.items() if code != "computed"]
        self.fields["source"] = _choice(_("Where it comes from"), sources)
        self.fields["measure"] = _choice(_("Given as"), list(words.MEASURES.items()))
        self.fields["direction"] = _choice(_("Direction"), list(words.DIRECTIONS.items()))
        self.fields["proof"] = forms.BooleanField(label=_("Only with proof"), required=False)

    def _step(self, name: str, label: Word, titles: Mapping[str, Word], folder: Any, empty: Word | None) -> None:
        self.fields[name] = _choice(label, list(titles.items()), empty=empty)
        method = self.data.get(f"{self.own}-{name}", "")
        for key, of in folder[method].keys.items() if method in folder else ():
            needed = of.default is Need.NEEDED
            self.fields[f"{name}_{key}"] = _text(words.SETTINGS.get(key, key), number=True, needed=needed)

    def _adjust(self, ways: Sequence[str]) -> None:
        if not ways:
            return
        titles = [(way, words.ADJUSTMENTS[way]) for way in ways]
        self.fields["adjust"] = _choice(words.KEYS["adjust"], titles, empty=_("As it was counted"))
        if self.data.get(f"{self.own}-adjust") == PER_OFFICER:
            help_text = _("Such as 20 60, which makes three.")
            self.fields["adjust_per_officer"] = _text(words.KEYS["per_officer"], number=True, help_text=help_text)

    def shown(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    @property
    def steps(self) -> Iterator[tuple[forms.BoundField, list[forms.BoundField]]]:
        """What is done with a value, each with the fields that its choice brings along."""
        for step in ("normalise", "treatment", "adjust"):
            if step in self.fields:
                yield self[step], self.shown(*(name for name in self.fields if name.startswith(f"{step}_")))

    @property
    def asked(self) -> list[forms.BoundField]:
        return self.shown("title_fa", "title_en", "definition_fa", "definition_en")

    @property
    def given(self) -> list[forms.BoundField]:
        return self.shown("source", "measure", "direction", "proof", "code")


class BandForm(PartForm):
    """A class of results."""

    title_fa = _text(_("Name in Persian"))
    title_en = _text(_("Name in English"), ltr=True)
    least = _text(_("From this share of the points"), number=True)


class AddForm(PartForm):
    """Which indicator of the catalogue is added, and where."""

    add_code = _choice(_("Indicator of the catalogue"), [])

    def __init__(self, fields: Mapping[str, str], offered: Choices) -> None:
        super().__init__(fields)
        cast(forms.ChoiceField, self.fields["add_code"]).choices = list(offered)


class WhyForm(PartForm):
    """What is changed, and why."""

    why = forms.CharField(
        label=_("What is changed, and why"),
        help_text=_("Whoever is compared by the plan reads it."),
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
    )


class TextForm(WhyForm):
    """The whole plan as text."""

    text = forms.CharField(
        label=_("The plan as text"),
        strip=False,
        widget=forms.Textarea({"rows": 30, "dir": "ltr", "spellcheck": "false", "class": "code"}),
    )
    field_order = ("text", "why")
