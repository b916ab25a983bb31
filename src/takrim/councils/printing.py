"""Sealed minutes in words that are ready to print, for the page, the PDF and the Word file alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from takrim.base import words
from takrim.cases.rights import rights
from takrim.councils.doers import number_of
from takrim.councils.models import Role
from takrim.councils.models_meetings import GUEST
from takrim.councils.votes import Choice, Result
from takrim.orgs.units import unit_name

ROLES: dict[str, str | Promise] = {
    Role.CHAIR: _("Chair"),
    Role.SECRETARY: _("Secretary"),
    Role.MEMBER: _("Member"),
    Role.OBSERVER: _("Observer"),
    GUEST: _("Guest"),
}
CHOICES: dict[str, str | Promise] = {
    Choice.FOR: _("For"),
    Choice.AGAINST: _("Against"),
    Choice.ABSTAINED: _("Abstained"),
}
RESULTS: dict[str, str | Promise] = {
    Result.CARRIED: _("Carried"),
    Result.CARRIED_BY_CHAIR: _("Carried by the chair's vote"),
    Result.LOST: _("Not carried"),
    Result.NONE: _("Nobody has voted"),
}


def printed(content: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """What a template prints. The language is that which is active, and `lang` its code."""
    meeting = content["meeting"]
    items = [_item(item, lang) for item in content["items"]]
    return {
        "number": content["number"],
        "body": (content["body"]["en"] if lang == "en" else "") or content["body"]["fa"],
        "meeting": words.number(meeting["number"], lang),
        "title": meeting["title"],
        "place": meeting["place"],
        "day": _day(meeting["opened"] or meeting["starts"], lang),
        "opened": _time(meeting["opened"], lang),
        "closed": _time(meeting["closed"], lang),
        "quorum": _quorum(content["quorum"], lang),
        "present": [_person(one, place, lang) for place, one in enumerate(content["present"], 1)],
        "absent": [_absent(one, lang) for one in content["absent"]],
        "items": items,
        "decisions": [decision for item in items for decision in item["decisions"]],
        "closing": content["closing"],
    }


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _day(text: str, lang: str) -> str:
    at = _moment(text)
    return words.date(at, lang) if at else ""


def _time(text: str, lang: str) -> str:
    at = _moment(text)
    return words.time(at, lang) if at else ""


def _quorum(counted: Mapping[str, Any], lang: str) -> str:
    if counted["present"] is None or counted["voters"] is None:
        return ""
    said = gettext("{present} of {voters} with a vote were there; {needed} are needed.")
    return said.format(**{name: words.number(counted[name] or 0, lang) for name in ("present", "voters", "needed")})


def _person(one: Mapping[str, Any], place: int, lang: str) -> dict[str, str]:
    notes = [gettext("instead of {name}").format(name=one["for"])] if one["for"] else []
    notes += [gettext("remotely")] if one["remote"] else []
    return {
        "id": one["id"],
        "place": words.number(place, lang),
        "name": one["name"],
        **_titles(one, lang),
        "role": str(ROLES.get(one["role"], one["role"])),
        "note": "، ".join(notes) if lang == "fa" else ", ".join(notes),
    }


def _absent(one: Mapping[str, Any], lang: str) -> dict[str, str]:
    return {"name": one["name"], **_titles(one, lang), "note": gettext("excused") if one["excused"] else ""}


def _titles(one: Mapping[str, Any], lang: str) -> dict[str, str]:
    return {name: (one[f"{name}_en"] if lang == "en" else "") or one[name] for name in ("title", "organisation")}


def _item(item: Mapping[str, Any], lang: str) -> dict[str, Any]:
    return {
        "place": words.number(item["place"], lang),
        "title": (item["title_en"] if lang == "en" else "") or item["title"],
        "by": item["by"],
        "summary": item["summary"],
        "carried": item["carried"],
        "decisions": [_decision(decision, lang) for decision in item["decisions"]],
    }


def _decision(decision: Mapping[str, Any], lang: str) -> dict[str, Any]:
    due = date.fromisoformat(decision["due"]) if decision["due"] else None
    known = rights()
    return {
        "place": words.number(decision["place"], lang),
        "text": decision["text"],
        "doers": _listed(_doers(decision, lang), lang),
        "due": words.date(due, lang) if due else "",
        "proof": decision["proof"],
        "rights": _listed([known[code].title(lang) for code in decision["rights"] if code in known], lang),
        "adopted": decision["adopted"],
        "vote": _vote(decision["vote"], lang) if decision["vote"] else "",
        "said": [
            {"name": name, "choice": str(CHOICES[choice])} for name, choice in (decision["vote"] or {}).get("said", ())
        ],
        "dissent": [{"name": one["name"], "text": one["text"]} for one in decision["dissent"]],
    }


def _doers(decision: Mapping[str, Any], lang: str) -> Sequence[str]:
    """As they were called when the minutes were sealed; that was written down in Persian."""
    names: Sequence[str] = decision["doer_names"]
    if lang != "en":
        return names
    return [
        unit_name(doer, lang) if number_of(doer) is None else name
        for doer, name in zip(decision["doers"], names, strict=True)
    ]


def _listed(names: Sequence[str], lang: str) -> str:
    return ("، " if lang == "fa" else ", ").join(names)


def _vote(vote: Mapping[str, Any], lang: str) -> str:
    said = gettext("{yes} for, {no} against, {none} abstained: {result}")
    numbers = {"yes": vote["for"], "no": vote["against"], "none": vote["abstained"]}
    shown = {name: words.number(value, lang) for name, value in numbers.items()}
    return said.format(**shown, result=RESULTS[vote["result"]])
