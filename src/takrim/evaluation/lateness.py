"""Why an office is in no ranking though it took part: its province had not handed over its figures in time."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from takrim.base.period import Period

# The word that a result gives as its reason; what the engine says of others is not known of such an office.
LATE: Final = "late"
# Nothing was received at all.
NEVER: Final = "never"


def late_words(stale: str, lang: str) -> str:
    """A sentence; `stale` is the last month that had been received, or NEVER."""
    if stale == NEVER:
        return _("Its province had handed over no figures when the values were frozen: late, not zero.")
    month = Period.parse(stale).title(lang)
    return _(
        "Its province had handed over its figures only up to {month} when the values were frozen: late, not zero."
    ).format(month=month)
