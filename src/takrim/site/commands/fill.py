"""`takrim fill`: many invented cases with history, to try the product at size."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser, Namespace

from takrim.site.command import Command, Exit, Say


def add_arguments(parser: ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "--cases", type=int, required=True, metavar="N", help=say(fa="تعداد پرونده‌ها", en="how many cases")
    )
    parser.add_argument(
        "--seed",
        type=int,
        default=1,
        metavar="S",
        help=say(fa="عددی که متن‌ها و زمان‌ها از آن درمی‌آید", en="number that texts and times are drawn by"),
    )


def run(options: Namespace, say: Say) -> int:
    from takrim.base import clock
    from takrim.site.filling.write import fill

    if options.cases < 1:
        print(say(fa="‎--cases‎ باید دست‌کم ۱ باشد.", en="--cases must be at least 1."), file=sys.stderr)
        return Exit.USAGE
    start = time.monotonic()

    def tell(done: int) -> None:
        rate = int(done / max(time.monotonic() - start, 0.001))
        fa = f"{done} از {options.cases} پرونده، {rate} در ثانیه"
        print(say(fa=fa, en=f"{done} of {options.cases} cases, {rate} a second"), file=sys.stderr)

    fill(cases=options.cases, seed=options.seed, now=clock.now(), tell=tell)
    return Exit.OK


PLUGIN = Command(
    name=("fill",),
    help={
        "fa": "پرونده‌های ساختگی فراوان با سابقه می‌افزاید، برای آزمودن سامانه در اندازهٔ بزرگ",
        "en": "add many invented cases with history, to try the product at size",
    },
    add_arguments=add_arguments,
    run=run,
)
