"""Thanks for a mark that came by SMS."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from takrim.cases.actions_replies import THANKS_BODY
from takrim.cases.letters._reply import example, fill
from takrim.letters.kind import LetterKind

PLUGIN = LetterKind(title=_("Thanks for a mark"), example=example(THANKS_BODY), fill=fill, good_for=timedelta(days=2))
