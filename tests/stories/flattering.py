"""Brings into a running product what a watch finds: in four offices, questionnaires as if from one device.

python -m tests.stories.flattering      with the environment of the product
"""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Final

# By language and width of the story that looks at it: none finds what another has decided already.
OFFICES: Final = {
    "fa-1366": "ir/alborz/taleqan/",
    "fa-390": "ir/alborz/chaharbagh/",
    "en-1366": "ir/qom/kahak/",
    "en-390": "ir/qom/jafarabad/",
}
_MANY: Final = 7


def main() -> None:
    """Seven matters an office, answered the next day, judged within minutes and all alike."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "takrim.site.settings")
    django.setup()
    from takrim.base import clock
    from takrim.base.period import Period, PeriodKind
    from takrim.cases.actions_intake import Place, receive
    from takrim.channels.channel import Intake, Sender
    from takrim.orgs.actor import holder
    from takrim.orgs.models import Unit
    from tests.matters import answered, judged

    last = Period.containing(clock.local_date(clock.now()), PeriodKind.HALF).previous()
    day, sender = timedelta(days=1), Sender(name="زهرا اکبری", mobile="09121234567")
    at = last.bounds()[0] + 10 * day
    for path in OFFICES.values():
        place = Place(unit=Unit.objects.get(path=path), card=None)
        for number in range(_MANY):
            words = "پرداخت حقوق سه ماه من عقب افتاده و پاسخی نگرفته‌ام."
            intake = Intake(key=f"story-{path}-{number}", channel="web", kind="complaint", text=words, sender=sender)
            case = receive(intake=intake, place=place, by=holder(), now=at)
            if case.answered_at is None:
                judged(answered(case, at + day), 5, at + 2 * day + number * timedelta(minutes=1))


if __name__ == "__main__":
    main()
