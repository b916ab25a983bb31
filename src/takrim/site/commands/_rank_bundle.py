"""The bundle of `takrim rank`: written beside the ranking, or checked on another computer."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from takrim.site.command import Exit, Say, print_json


def write(options: Namespace, say: Say) -> None:
    """Write the bundle of the table and the plan, and say with which key it is signed."""
    from takrim.evaluation.bundle import pack
    from takrim.evaluation.signing import fingerprint, signing_key
    from takrim.site import environment

    settings = environment.read()
    data: Path = settings["DATA"].resolve()
    data.mkdir(parents=True, exist_ok=True)
    key = signing_key(settings["SIGNING_KEY"], data / "signing.key")
    options.bundle.write_bytes(pack(options.table.read_bytes(), options.plan.read_bytes(), key))
    print(
        say(
            fa=f"بسته {options.bundle} نوشته شد. اثر انگشت کلید امضا: {fingerprint(key.public_key())}",
            en=f"The bundle {options.bundle} was written. Fingerprint of its key: {fingerprint(key.public_key())}",
        ),
        file=sys.stderr,
    )


def verify(options: Namespace, say: Say) -> int:
    """Check a bundle from end to end: 0 when it holds, 1 with the first fault."""
    from takrim.base.errors import Refusal
    from takrim.evaluation.bundle_check import check_file

    try:
        held = check_file(options.bundle, options.key or "")
    except Refusal as refusal:
        if options.format == "json":
            print_json({"holds": False, "why": str(refusal)})
        else:
            print(refusal, file=sys.stderr)
        return Exit.REFUSED
    if options.format == "json":
        print_json({"holds": True, "key": held.key, "engine": held.engine, "units": held.units})
        return Exit.OK
    units = say.number(held.units)
    print(
        say(
            fa=f"بسته درست است: {units} واحد، و همه امتیازها و رتبه‌ها دوباره همان شد.",
            en=f"The bundle holds: {units} units, and every score and rank came out the same.",
        )
    )
    print(say(fa=f"اثر انگشت کلید امضا: {held.key}", en=f"Fingerprint of its key: {held.key}"))
    if not held.same_engine:
        print(say(fa=f"با نسخه {held.engine} ساخته شده است.", en=f"It was made by version {held.engine}."))
    return Exit.OK
