"""`takrim migrate`: bring the database and the static files to this version."""

from __future__ import annotations

from argparse import Namespace

from takrim.site.command import Command, Exit, Say


def run(options: Namespace, say: Say) -> int:
    """Tables, the cache table, what a house starts with, static files. Run again it changes nothing."""
    from django.core.management import call_command

    from takrim.base import clock
    from takrim.cards import seed as cards
    from takrim.orgs import seed as orgs
    from takrim.tasks.health import unapplied
    from takrim.web import static_files

    if unapplied():
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    now = clock.now()
    added = say.number(orgs.seed(now) + cards.seed(now))
    static_files.collect()
    print(
        say(
            fa=f"پایگاه داده آماده است؛ {added} ردیف آغازین افزوده شد.",
            en=f"The database is ready; {added} starting rows were added.",
        )
    )
    return Exit.OK


PLUGIN = Command(
    name=("migrate",),
    help={
        "fa": "پایگاه داده را می‌سازد یا به این نسخه می‌رساند",
        "en": "make the database, or bring it to this version",
    },
    about={
        "fa": "جدول‌ها، درخت دفترها، تقویم کاری و کارت‌های خدمت را می‌گذارد. اجرای دوباره چیزی را عوض نمی‌کند.",
        "en": "Puts in place tables, the tree of offices, the working calendar and service cards. Safe to run again.",
    },
    run=run,
)
