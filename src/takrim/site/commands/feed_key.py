"""`takrim feed key`: the public key by which this installation signs what it hands over."""

from __future__ import annotations

import sys
from argparse import Namespace

from takrim.site.command import Command, Exit, Say
from takrim.site.commands import _feed


def run(options: Namespace, say: Say) -> int:
    """The key on standard output, its fingerprint on the error stream, to be read aloud."""
    from takrim.evaluation.signing import fingerprint, public_pem

    key = _feed.own_key()
    print(public_pem(key).decode(), end="")
    mark = fingerprint(key.public_key())
    print(say(fa=f"اثر انگشت: {mark}", en=f"Fingerprint: {mark}"), file=sys.stderr)
    return Exit.OK


PLUGIN = Command(
    name=("feed", "key"),
    help={"fa": "کلید همگانی امضای این سامانه", "en": "the public key by which this installation signs"},
    about={
        "fa": "آن را به ستاد بدهید و اثر انگشتش را از راهی دیگر بخوانید: takrim feed key > alborz.pem",
        "en": "Give it to the nation, and read out its fingerprint another way: takrim feed key > alborz.pem",
    },
    run=run,
)
