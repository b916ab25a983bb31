"""`takrim demo`: load the demonstration, once, and say who can sign in."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import asdict

from takrim.site.command import Command, Exit, Say, add_format, print_json


def add_arguments(parser: ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "--seed",
        type=int,
        default=1405,
        metavar="S",
        help=say(
            fa="عددی که همه چیز از آن درمی‌آید؛ پیش‌فرض ۱۴۰۵", en="number that everything is drawn by; default 1405"
        ),
    )
    parser.add_argument(
        "--small",
        action="store_true",
        help=say(fa="حدود ۱۵۰ پرونده به جای ۳۰۰۰", en="about 150 cases instead of 3,000"),
    )
    add_format(parser, say)


def run(options: Namespace, say: Say) -> int:
    """Load it where there is nothing yet; in any case print the sign-ins."""
    from takrim.base import clock
    from takrim.site.demo import load

    quiet = options.format == "json"
    if load.has_own_life():
        print(_own_life(say), file=sys.stderr)
        return Exit.OK
    loaded = load.load(seed=options.seed, small=options.small, now=clock.now(), tell=_progress(say))
    if quiet:
        print_json({"loaded": loaded is not None, "cases": loaded.cases if loaded else 0, **_shown(say)})
        return Exit.OK
    if loaded is None:
        print(
            say(
                fa="داده‌های نمایشی از پیش بارگذاری شده است؛ چیزی افزوده نشد.",
                en="It is there already; nothing was added.",
            )
        )
    else:
        cases, steps = say.number(loaded.cases), say.number(loaded.steps)
        print(say(fa=f"{cases} پرونده با {steps} رویداد.", en=f"{cases} cases with {steps} steps."))
    print_people(say)
    return Exit.OK


def _own_life(say: Say) -> str:
    return say(
        fa="این پایگاه داده کاربران و پرونده‌های خود را دارد؛ داده‌های نمایشی در آن بارگذاری نمی‌شود.",
        en="This database has people and cases of its own; the demonstration is not loaded into it.",
    )


def _progress(say: Say) -> Callable[[int, int], None]:
    """Tells now and then how far it is: over the same line on a terminal, else a line every five seconds."""
    live, shown = sys.stderr.isatty(), [time.monotonic()]

    def tell(done: int, of: int) -> None:
        if time.monotonic() - shown[0] < (0.2 if live else 5) and done < of:
            return
        shown[0] = time.monotonic()
        share = say.number(done * 100 // of)
        line = say(fa=f"بارگذاری داده‌های نمایشی: {share}٪", en=f"Loading the demonstration: {share} %")
        end = "\n" if done == of or not live else ""
        print(f"\r{line}" if live else line, end=end, file=sys.stderr, flush=True)

    return tell


def _shown(say: Say) -> dict[str, object]:
    from takrim.site import demo

    people = [dict(zip(("username", "name", "post", "unit"), row, strict=True)) for row in demo.signins()]
    return {"password": demo.PASSWORD, "sign_ins": people, "receipts": [asdict(one) for one in demo.receipts()]}


def print_people(say: Say) -> None:
    """Who can sign in, with which password, and what can be tracked; nothing where there is no demonstration."""
    from takrim.orgs.units import unit_name
    from takrim.site import demo

    people, receipts = demo.signins(), demo.receipts()
    if people:
        print(
            say(fa=f"کاربران نمایشی، گذرواژه {demo.PASSWORD}:", en=f"Demonstration sign-ins, password {demo.PASSWORD}:")
        )
    for username, name, post, unit in people:
        print(f"  {username:<10} {name} · {post} · {unit_name(unit, say.lang)}")
    if receipts:
        print(say(fa="پیگیری با شماره و رمز:", en="Track with number and secret:"))
    for one in receipts:
        print(f"  {one.code}   {one.secret}")


PLUGIN = Command(
    name=("demo",),
    help={
        "fa": "یک نیم‌سال ساختگی از دو استان را می‌آورد تا همهٔ صفحه‌ها چیزی برای دیدن داشته باشند",
        "en": "load an invented half-year of two provinces, so that every page has something to show",
    },
    about={
        "fa": (
            "همهٔ نام‌ها، شماره‌ها و کارگاه‌ها ساختگی است. نیم‌سال امروز پایان می‌یابد و همه چیز با همان قواعد واقعی\n"
            "رخ داده است. دوباره که اجرا شود چیزی نمی‌افزاید. در پایگاهی که پرونده‌های خود را دارد، یا جایی که پیامک\n"
            "و رایانامه به بیرون فرستاده می‌شود، بارگذاری نمی‌شود. گذرواژهٔ مشترک تنها تا وقتی کار می‌کند که\n"
            "demonstration.json در پوشهٔ داده باشد."
        ),
        "en": (
            "All names, numbers and workplaces are invented. The half-year ends today, and everything happened by the\n"
            "real rules. Run again it adds nothing. It is not loaded into a database with cases of its own, nor where\n"
            "messages leave the house by SMS or e-mail. The shared password works only while demonstration.json is in\n"
            "the data folder."
        ),
    },
    add_arguments=add_arguments,
    run=run,
)
