"""After a good mark: asks whether an officer did especially well."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from takrim.cases.actions_replies import GOOD_BODY
from takrim.cases.letters._reply import example, fill
from takrim.letters.kind import LetterKind

PLUGIN = LetterKind(title=_("After a good mark"), example=example(GOOD_BODY), fill=fill, good_for=timedelta(days=2))
