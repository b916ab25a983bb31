"""`takrim staff list`: who holds which post today."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from takrim.site.command import Command, Exit, Say, add_format, print_json, print_table


def add_arguments(parser: ArgumentParser, say: Say) -> None:
    under = say(fa="مسیر اداره؛ خود آن و همه زیرمجموعه", en="path of an office; it and all below it")
    parser.add_argument("--under", default="ir/", metavar="PATH", help=under)
    add_format(parser, say)


def run(options: Namespace, say: Say) -> int:
    """One line a holding, by office and name."""
    from takrim.base import clock
    from takrim.orgs.models import Holding
    from takrim.orgs.paths import under

    rows = Holding.objects.valid(clock.local_date(clock.now())).filter(under(options.under, "post__unit__path"))
    rows = rows.select_related("person", "post__unit").order_by("post__unit__path", "person__username", "pk")
    told = [
        {
            "username": row.person.username,
            "name": row.person.name,
            "role": row.post.role,
            "unit": row.post.unit.path,
            "substitute": row.substitute_for_id is not None,
            "until": row.until.isoformat() if row.until else None,
        }
        for row in rows
    ]
    if options.format == "json":
        print_json(told)
        return Exit.OK
    heads = [say(fa=fa, en=en) for fa, en in (("نام کاربری", "user name"), ("نام", "name"), ("نقش", "role"))]
    office = say(fa="اداره", en="office")
    print_table(
        [[*heads, office], *([str(row[key]) for key in ("username", "name", "role", "unit")] for row in told)], words=4
    )
    return Exit.OK


PLUGIN = Command(
    name=("staff", "list"),
    help={"fa": "می‌گوید امروز چه کسی در کدام پست است", "en": "say who holds which post today"},
    add_arguments=add_arguments,
    run=run,
)
