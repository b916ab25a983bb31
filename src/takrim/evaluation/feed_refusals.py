"""Why a file with figures is not taken: each reason with what whoever received it can do about it."""

from __future__ import annotations

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.evaluation.scoring.errors import Because


class BadFeed(Because):
    """`advice` is what to do about it."""

    code = "bad_feed"
    message = _("The feed is not taken.")
    advice: ClassVar[str | Promise] = _("Ask the province to export these months anew.")


class NoFeed(BadFeed):
    code = "feed_none"
    advice = _("Ask the province for the file that `takrim feed export` wrote there; nothing else is taken.")


class DamagedFeed(BadFeed):
    code = "feed_damaged"
    advice = _("Ask the province to send the same file again, by another way.")


class LargeFeed(BadFeed):
    code = "feed_large"
    advice = _("Ask the province to export fewer months at a time.")


class StrangeFeed(BadFeed):
    code = "feed_strange"
    advice = _(
        "Have the fingerprint of the key read out to you by telephone, and let whoever runs this installation accept "
        "it by `takrim feed accept`; then bring the same file again."
    )


class ForgedFeed(BadFeed):
    code = "feed_forged"
    advice = _(
        "Do not use the file. Ask the province by telephone whether it sent it and whether its key is a new one; "
        "a new key is accepted by `takrim feed accept`."
    )


class FeedGap(BadFeed):
    code = "feed_gap"
    advice = _("Ask the province to export the missing months too; the first time by `--all-before`.")


class FeedUneven(BadFeed):
    code = "feed_uneven"
    advice = _("Ask the province to make its figures anew by `takrim figures --rebuild`, and to export again.")


class OldFeed(BadFeed):
    code = "feed_old"
    advice = _("Nothing is lost: what counts here is newer. If in doubt, ask the province to export these months anew.")


class FeedFromElsewhere(BadFeed):
    code = "feed_office"
    advice = _(
        "Let whoever runs this installation update it to the province's version and run `takrim migrate`; "
        "then bring the same file again."
    )
