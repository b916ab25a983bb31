"""`takrim staff end`: a person leaves a post, or all of them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from takrim.site.command import Command, Exit, Say
from takrim.site.moment import moment


def add_arguments(parser: ArgumentParser, say: Say) -> None:
    parser.add_argument("username", help=say(fa="نام کاربری", en="user name"))
    unit = say(fa="تنها پست‌های این اداره؛ پیش‌فرض: همهٔ پست‌ها", en="only posts of this office; default: all of them")
    parser.add_argument("--unit", metavar="PATH", help=unit)
    last = say(fa="واپسین روز، مانند 1405/09/03؛ پیش‌فرض: دیروز", en="last day, such as 1405/09/03; default: yesterday")
    parser.add_argument("--last-day", type=moment(say), metavar="DAY", help=last)


def run(options: Namespace, say: Say) -> int:
    """Each holding ends with that day; one that has not begun before it ends on its first."""
    from datetime import timedelta

    from django.db import transaction
    from django.db.models import Q

    from takrim.base import clock
    from takrim.orgs.actions_people import NoSuchUserName
    from takrim.orgs.actions_posts import relieve
    from takrim.orgs.actor import system
    from takrim.orgs.models import Holding, Person

    now = clock.now()
    last = clock.local_date(options.last_day) if options.last_day else clock.local_date(now) - timedelta(days=1)
    person = Person.objects.filter(username=options.username.lower()).first()
    if person is None:
        raise NoSuchUserName(username=options.username)
    rows = Holding.objects.filter(Q(until=None) | Q(until__gt=last), person=person).select_related("post__unit")
    if options.unit:
        rows = rows.filter(post__unit__path=f"{options.unit.strip('/')}/")
    with transaction.atomic():
        ended = [
            relieve(holding=row, last_day=max(last, row.since), by=system("staff"), now=now)
            for row in rows.order_by("pk")
        ]
    many = say.number(len(ended))
    print(say(fa=f"{person.name}: {many} پست پایان یافت.", en=f"{person.name}: posts ended: {many}."))
    return Exit.OK


PLUGIN = Command(
    name=("staff", "end"),
    help={"fa": "به پست کسی پایان می‌دهد", "en": "end a person's posts"},
    about={
        "fa": "حساب و آنچه کرده است می‌ماند؛ بی‌پست به هیچ پرونده‌ای نمی‌رسد.",
        "en": "The account and what they did stay; without a post they reach no case.",
    },
    add_arguments=add_arguments,
    run=run,
)
