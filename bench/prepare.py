"""Run beside the product: people to sign in as, cases to open, track and answer, words to search. Prints JSON."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "takrim.site.settings")
django.setup()

from takrim.base import clock  # after setup
from takrim.cases.actions_answer import Words, approve, draft, submit
from takrim.cases.actions_intake import Place, receive, secret_of
from takrim.cases.models import Case, State
from takrim.channels.channel import Intake, Sender
from takrim.duties.models import Duty
from takrim.orgs.actor import system
from takrim.orgs.models import Holding, Person, Post, Unit

OFFICE, PROVINCE, COUNTRY = "ir/alborz/nazarabad/", "ir/alborz/", "ir/"
PASSWORD = "bench-1405-nazarabad"  # of a database that is thrown away
PEOPLE = (
    ("bench-head", "head", OFFICE),
    ("bench-director", "director_general", PROVINCE),
    ("bench-minister", "director_general", COUNTRY),
)


def hire() -> None:
    """A head of office, a director-general, and somebody who closes the offices of the whole country."""
    for username, role, path in PEOPLE:
        person, new = Person.objects.get_or_create(username=username, defaults={"name": "رضا کریمی"})
        if new:
            person.set_password(PASSWORD)
            person.save()
            unit = Unit.objects.get(path=path)
            post = Post.objects.create(unit=unit, role=role, title_fa="رئیس", title_en="Head")
            Holding.objects.create(person=person, post=post, since=date(2024, 3, 20))


def approved(wanted: int) -> list[str]:
    """New cases of the office whose answer is approved and waits to be delivered."""
    now, writer, signer = clock.now(), system("bench"), replace(system("bench"), code="system:signer")
    place = Place(unit=Unit.objects.get(path=OFFICE))
    words = Words(
        outcome="upheld",
        text="حق بیمه واریز شد و نتیجه به شما اعلام می‌شود.",
        reason="بررسی انجام شد.",
        next_step="نتیجه تا ده روز در حساب شما دیده می‌شود.",
    )
    codes = []
    for number in range(wanted):
        text = "سه ماه است که کارفرما حق بیمه مرا واریز نکرده است."
        intake = Intake(channel="web", kind="complaint", key=f"bench:{now.isoformat()}:{number}", text=text)
        case = receive(intake=intake, place=place, by=writer, now=now)
        answer = submit(answer=draft(case=case, words=words, by=writer, now=now), by=writer, now=now)
        approve(answer=answer, by=signer, now=now)
        codes.append(case.code)
    return codes


def fresh(wanted: int, text: str, kind: str = "complaint") -> list[str]:
    """New cases of the office, each of a person who can be written to."""
    now, writer = clock.now(), system("bench")
    place = Place(unit=Unit.objects.get(path=OFFICE))
    codes = []
    for number in range(wanted):
        codes.append(
            receive(
                intake=Intake(
                    channel="web",
                    kind=kind,
                    key=f"bench:{text}:{now.isoformat()}:{number}",
                    text=f"{text} {number}",
                    sender=Sender(name="زهرا اکبری", mobile=f"0935{number:07d}"),
                ),
                place=place,
                by=writer,
                now=now,
            ).code
        )
    return codes


def main(answers: int, bulk: int) -> None:
    """Tell the driver what it needs."""
    hire()
    to_refer = fresh(answers, "کارفرما سابقهٔ بیمه را نمی‌دهد.")
    # A word that no other case has, nor one of an earlier run on the same database.
    word = "".join("ابپتجچخدرز"[int(digit)] for digit in f"{clock.now():%Y%m%d%H%M%S}")
    fresh(bulk, word)
    of_office = Case.objects.filter(unit_path=OFFICE)
    span = list(of_office.order_by("id").values_list("code", flat=True))
    step = max(1, len(span) // 400)
    tracked = [(case.code, secret_of(case)) for case in of_office.filter(state=State.CLOSED).order_by("-id")[:60]]
    json.dump(
        {
            "password": PASSWORD,
            "head": PEOPLE[0][0],
            "director": PEOPLE[1][0],
            "codes": span[::step],
            "tracked": tracked,
            "approved": approved(answers),
            "to_refer": to_refer,
            "bulk": bulk,
            "word": word,
            "minister": PEOPLE[2][0],
            "country": Unit.objects.get(path=COUNTRY).pk,
            "owed": Duty.objects.owed().filter(answered_at=None).count(),
            "office": Unit.objects.get(path=OFFICE).pk,
            "cases": Case.objects.count(),
        },
        sys.stdout,
    )


if __name__ == "__main__":
    if sys.argv[1] == "--count":
        print(Case.objects.count())
    else:
        main(int(sys.argv[1]), int(sys.argv[2]))
