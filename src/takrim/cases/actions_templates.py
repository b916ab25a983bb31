"""Templates of answers are tried, kept, changed and taken out of use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.cases import blanks
from takrim.cases.gate import SENTENCES
from takrim.cases.models import Outcome
from takrim.cases.models_templates import AnswerTemplate, TemplateVersion
from takrim.cases.substance import Fault, Said, faults
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power

PARTS = ("text", "reason", "legal_ground", "next_step")


class NotYourTemplate(Refusal):
    code = "not_your_template"
    status = 403
    message = _("You can only change templates of your own office and of those below it.")


class TemplateFails(Refusal):
    """`found`: what is wrong, by part."""

    code = "template_fails"
    status = 422
    message = _("The template cannot be kept yet: see what stands beside its parts.")

    def __init__(self, found: Mapping[str, str]) -> None:
        self.found = dict(found)
        super().__init__()

    def __reduce__(self) -> tuple[object, ...]:
        return TemplateFails, (self.found,)


class TitleTaken(Refusal):
    code = "template_title_taken"
    message = _("Another template of this office has this title. Choose another title.")


class ChangedMeanwhile(Refusal):
    code = "template_changed_meanwhile"
    message = _("A colleague has changed this template meanwhile. Look at the newest version and change it again.")


@dataclass(frozen=True, kw_only=True)
class TemplateKept(Event):
    verb = "template.kept"
    sentence = _("{unit} kept version {version} of a template of answers.")
    unit: str
    template: int
    version: int


@dataclass(frozen=True, kw_only=True)
class TemplateEnded(Event):
    verb = "template.ended"
    sentence = _("{unit} took a template of answers out of use.")
    unit: str
    template: int


@dataclass(frozen=True, kw_only=True)
class TemplateWords:
    """What a template says, and for which answers it is offered."""

    title: str
    outcome: str
    text: str
    reason: str
    next_step: str
    legal_ground: str = ""
    kind: str = ""
    card: str = ""


@dataclass(frozen=True)
class Trial:
    """The template on its example: its parts filled in, and what is wrong with each."""

    parts: dict[str, str]
    faults: dict[str, str]


# Beside which part a finding of the gate stands; "not alike" cannot be found on an example.
_BESIDE = {Fault.NO_REASON: "reason", Fault.NO_NEXT_STEP: "next_step"}


def tried(words: TemplateWords, lang: str) -> Trial:
    """Fill the template with examples, and look at it as the gate would."""
    found: dict[str, list[str]] = {}
    for part in PARTS:
        found[part] = [str(sentence) for sentence in _wrong(getattr(words, part))]
    parts = {part: blanks.on_example(getattr(words, part), lang) for part in PARTS}
    said = Said(text=parts["text"], reason=parts["reason"], next_step=parts["next_step"])
    if not any(found.values()):
        for fault in faults(said, []):
            found[_beside(fault, said)].append(str(SENTENCES[fault]))
    return Trial(parts, {part: " ".join(sentences) for part, sentences in found.items() if sentences})


def _beside(fault: Fault, said: Said) -> str:
    """A phrase that fits every case may be the text or the reason: asked again with the text as its own reason."""
    if fault is Fault.BOILERPLATE and fault not in faults(replace(said, reason=said.text), []):
        return "reason"
    return _BESIDE.get(fault, "text")


def _wrong(text: str) -> list[str | Promise]:
    if blanks.is_broken(text):
        return [_("A brace is opened and not closed: write the name of a field between { and }.")]
    wrong: list[str | Promise] = []
    if "" in blanks.named(text):
        wrong.append(_("There are empty braces: write the name of a field into them."))
    unknown = blanks.unknown(text)
    if unknown:
        names = "، ".join(f"«{name}»" for name in unknown)
        wrong.append(str(_("There is no field called {names}. Take one of the list.")).format(names=names))
    return wrong


def _check(unit_path: str, words: TemplateWords, by: Actor) -> None:
    by.require(Power.ANSWERS_EDIT)
    if not is_under(unit_path, by.unit_path):
        raise NotYourTemplate
    found = tried(words, "fa").faults
    if words.outcome not in set(Outcome):
        found["outcome"] = str(_("Choose a result."))
    if found:
        raise TemplateFails(found)


@transaction.atomic
def keep_template(*, unit_path: str, words: TemplateWords, by: Actor, now: datetime) -> AnswerTemplate:
    """Keep a new template. Raises TemplateFails where its trial finds something."""
    _check(unit_path, words, by)
    template = AnswerTemplate(unit_path=unit_path, changed_at=now, **asdict(words))
    try:
        with transaction.atomic():
            template.save(force_insert=True)
    except IntegrityError as error:
        raise TitleTaken from error
    _note_version(template, words, by=by, now=now)
    return template


@transaction.atomic
def change_template(
    *, template: AnswerTemplate, words: TemplateWords, seen: int, by: Actor, now: datetime
) -> AnswerTemplate:
    """Keep a new version; the earlier ones stay. `seen` is the version that was changed."""
    _check(template.unit_path, words, by)
    rows = AnswerTemplate.objects.filter(pk=template.pk, version=seen, ended_at=None)
    try:
        with transaction.atomic():
            changed = rows.update(version=seen + 1, changed_at=now, **asdict(words))
    except IntegrityError as error:
        raise TitleTaken from error
    if changed != 1:
        raise ChangedMeanwhile
    template.refresh_from_db()
    _note_version(template, words, by=by, now=now)
    return template


def _note_version(template: AnswerTemplate, words: TemplateWords, *, by: Actor, now: datetime) -> None:
    TemplateVersion.objects.create(
        template=template, number=template.version, words=asdict(words), by=by.code, by_name=by.name, at=now
    )
    event = TemplateKept(unit=template.unit_path, template=template.pk, version=template.version)
    record(event, on=f"template:{template.pk}", unit_path=template.unit_path, by=by, at=now)


@transaction.atomic
def end_template(*, template: AnswerTemplate, by: Actor, now: datetime) -> None:
    """It is offered no longer; what was written with it stays."""
    by.require(Power.ANSWERS_EDIT)
    if not is_under(template.unit_path, by.unit_path):
        raise NotYourTemplate
    if AnswerTemplate.objects.filter(pk=template.pk, ended_at=None).update(ended_at=now) != 1:
        raise ChangedMeanwhile
    event = TemplateEnded(unit=template.unit_path, template=template.pk)
    record(event, on=f"template:{template.pk}", unit_path=template.unit_path, by=by, at=now)
