"""`takrim feed accept`: the nation takes a province's figures from now on if they are signed with this key."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from takrim.site.command import Command, Exit, Say
from takrim.site.commands import _feed


def add_arguments(parser: ArgumentParser, say: Say) -> None:
    """The options."""
    province = say(fa="مسیر استان، مانند ir/alborz/", en="path of the province, such as ir/alborz/")
    parser.add_argument("province", metavar="PATH", help=province)
    key = say(fa="فایلی که feed key نوشت", en="the file that feed key wrote")
    parser.add_argument("key", type=Path, metavar="KEY.pem", help=key)
    mark = say(fa="اثر انگشتی که استان خواند", en="the fingerprint that the province read out")
    parser.add_argument("--fingerprint", required=True, metavar="FINGERPRINT", help=mark)


def run(options: Namespace, say: Say) -> int:
    """Compare the fingerprint, then accept."""
    from takrim.base import clock
    from takrim.evaluation.actions_feeds import accept_key
    from takrim.evaluation.signing import fingerprint, read_public, same_fingerprint
    from takrim.orgs.actor import system
    from takrim.orgs.units import unit_name

    content = _feed.read(options.key, say)
    if content is None:
        return Exit.REFUSED
    key = read_public(content)
    if key is not None and not same_fingerprint(fingerprint(key), options.fingerprint):
        print(
            say(
                fa=f"اثر انگشت این کلید {fingerprint(key)} است، نه آنچه نوشتید.",
                en=f"The fingerprint of this key is {fingerprint(key)}, not the one you wrote.",
            ),
            file=sys.stderr,
        )
        return Exit.REFUSED
    path = f"{options.province.strip('/')}/"
    accept_key(path=path, pem=content, by=system("feed"), now=clock.now())
    name = unit_name(path, say.lang)
    print(say(fa=f"کلید {name} پذیرفته شد.", en=f"The key of {name} was accepted."))
    return Exit.OK


PLUGIN = Command(
    name=("feed", "accept"),
    help={"fa": "کلید امضای یک استان را می‌پذیرد", "en": "accept the key by which a province signs"},
    about={
        "fa": "کلید پیشین استان پایان می‌یابد؛ آنچه با آن دریافت شده می‌ماند. کد ۱: کلید یا اثر انگشت درست نیست.",
        "en": "The province's earlier key is ended; what was received by it stays. Code 1: one of them is wrong.",
    },
    add_arguments=add_arguments,
    run=run,
)
