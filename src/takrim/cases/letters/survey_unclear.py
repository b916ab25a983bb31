"""Asks once more for a number, after an SMS that could not be understood; never a second time."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from takrim.cases.actions_replies import UNCLEAR_BODY
from takrim.cases.letters._reply import example, fill
from takrim.letters.kind import LetterKind

PLUGIN = LetterKind(
    title=_("Reply not understood"), example=example(UNCLEAR_BODY), fill=fill, good_for=timedelta(days=2)
)
