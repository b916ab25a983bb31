"""`takrim staff add`: gives a person an account and a post; how a new installation gets its first officers."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from takrim.site.command import Command, Exit, Say, add_format, print_json
from takrim.site.moment import moment

if TYPE_CHECKING:
    from datetime import date

    from takrim.orgs.models import Holding, Person, Unit


def add_arguments(parser: ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "username", help=say(fa="نام کاربری، به حروف کوچک لاتین", en="user name, in small Latin letters")
    )
    parser.add_argument("--unit", required=True, metavar="PATH", help=say(fa="مسیر اداره", en="path of the office"))
    parser.add_argument("--role", required=True, help=say(fa="نقش، مانند head یا expert", en="such as head or expert"))
    name = say(fa="نام و نام خانوادگی؛ برای حساب تازه لازم است", en="the person's name; a new account needs it")
    parser.add_argument("--name", default="", help=name)
    title = say(fa="عنوان پست؛ پیش‌فرض: عنوان نقش", en="what the post is called; default: the title of the role")
    parser.add_argument("--title", default="", help=title)
    parser.add_argument("--email", default="", help=say(fa="رایانامه", en="e-mail address"))
    parser.add_argument("--mobile", default="", help=say(fa="تلفن همراه", en="mobile number"))
    since = say(fa="نخستین روز، مانند 1405/09/03؛ پیش‌فرض: امروز", en="first day, such as 1405/09/03; default: today")
    parser.add_argument("--since", type=moment(say), metavar="DAY", help=since)
    add_format(parser, say)


def run(options: Namespace, say: Say) -> int:
    """The account and the post, where they are not there yet, and a link to choose a password."""
    from django.db import transaction

    from takrim.base import clock
    from takrim.orgs.account_links import account_link
    from takrim.orgs.models import Unit

    now = clock.now()
    with transaction.atomic():
        unit = Unit.objects.filter(path=f"{options.unit.strip('/')}/").first()
        if unit is None:
            no = say(fa=f"دفتری با مسیر {options.unit} نیست.", en=f"There is no office at {options.unit}.")
            print(no, file=sys.stderr)
            return Exit.REFUSED
        person = _person(options)
        since = clock.local_date(options.since or now)
        holding, is_new = _post(person, unit, options, since)
    link = account_link(person)
    if options.format == "json":
        told = {"username": person.username, "unit": unit.path, "role": holding.post.role, "new": is_new, "link": link}
        print_json(told)
        return Exit.OK
    if not is_new:
        print(say(fa="این پست را از پیش دارد؛ چیزی افزوده نشد.", en="The post is theirs already; nothing was added."))
    print(f"{person.name} ({person.username}) · {holding.post.title} · {unit.name}")
    print(
        say(
            fa=f"گذرواژه را اینجا تعیین می‌کند؛ پیوند یک بار و تا سه روز باز می‌شود:\n{link}",
            en=f"They choose a password here; the link opens once and for three days:\n{link}",
        )
    )
    return Exit.OK


def _person(options: Namespace) -> Person:
    """Whoever has the user name; a new account where nobody has. Another name beside a known one is a mistake."""
    from takrim.base import clock
    from takrim.orgs.actions_people import UserNameTaken, Who, make_account
    from takrim.orgs.actor import system
    from takrim.orgs.models import Person

    known = Person.objects.filter(username=options.username.lower()).first()
    if known is not None:
        if options.name and " ".join(options.name.split()) != known.name:
            raise UserNameTaken
        return known
    who = Who(username=options.username, name=options.name, email=options.email, mobile=options.mobile)
    return make_account(who=who, by=system("staff"), now=clock.now())


def _post(person: Person, unit: Unit, options: Namespace, since: date) -> tuple[Holding, bool]:
    """The post of this role that they hold there, or a new one; and whether it is new."""
    from django.utils import translation

    from takrim.base import clock
    from takrim.orgs.actions_posts import Titles, appoint, open_post
    from takrim.orgs.actor import system
    from takrim.orgs.models import Holding
    from takrim.orgs.powers import ROLE_TITLES

    held = Holding.objects.valid(since).filter(person=person, post__unit=unit, post__role=options.role)
    if holding := held.filter(substitute_for=None).select_related("post").first():
        return holding, False
    titles = {}
    for lang in ("fa", "en"):
        with translation.override(lang):
            titles[lang] = options.title or str(ROLE_TITLES.get(options.role, ""))
    by, now = system("staff"), clock.now()
    post = open_post(unit=unit, role=options.role, titles=Titles(**titles), by=by, now=now)
    return appoint(person=person, post=post, since=since, by=by, now=now), True


PLUGIN = Command(
    name=("staff", "add"),
    help={"fa": "به کسی حساب و پست می‌دهد", "en": "give a person an account and a post"},
    about={
        "fa": (
            "نمونه: takrim staff add mina --name «مینا رضایی» --unit ir/alborz/nazarabad/ --role expert\n"
            "نقش‌ها: desk_officer، expert، head، secretary، deputy، director_general، caller، "
            "national_officer، operator\n"
            "دوباره که اجرا شود چیزی نمی‌افزاید و پیوند تازه‌ای می‌دهد."
        ),
        "en": (
            'Example: takrim staff add mina --name "Mina Rezaei" --unit ir/alborz/nazarabad/ --role expert\n'
            "Roles: desk_officer, expert, head, secretary, deputy, director_general, caller, "
            "national_officer, operator\n"
            "Run again it adds nothing and gives a new link."
        ),
    },
    add_arguments=add_arguments,
    run=run,
)
