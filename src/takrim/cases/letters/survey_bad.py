"""Thanks for a bad mark, and opens the objection with one touch."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from takrim.cases.actions_replies import BAD_BODY
from takrim.cases.letters._reply import example, fill
from takrim.letters.kind import LetterKind

PLUGIN = LetterKind(title=_("After a bad mark"), example=example(BAD_BODY), fill=fill, good_for=timedelta(days=2))
