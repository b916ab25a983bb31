"""A step of the case page: when it is offered, what it asks, which deed it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from takrim.web.staff.case_forms import StepForm
from takrim.web.staff.matter import Matter

Data = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Step:
    """`offered` says whether the page shows it; `run` does the deed; without a `form` one press does it."""

    title: str | Promise
    icon: str
    done: str | Promise
    offered: Callable[[Matter], bool]
    run: Callable[[Matter, Data], object]
    form: type[StepForm] | None = None
    # What is said after it, where that depends on what came of it.
    told: Callable[[object], str | Promise] | None = None
    # The words of the form's button, where they are not the title.
    button: str | Promise = ""
    # Steps that end a case otherwise stand apart.
    rare: bool = False
    # A step about one referral, not about the case.
    of_duty: bool = False
    # A step about the newest version of the answer as the page has shown it.
    of_version: bool = False

    @property
    def press(self) -> str | Promise:
        return self.button or self.title
