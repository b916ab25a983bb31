"""What the commands of feeds share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from takrim.site.command import Say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from takrim.base.period import Period


def own_key() -> Ed25519PrivateKey:
    """The key that this installation signs with."""
    from django.conf import settings

    from takrim.evaluation.signing import signing_key

    return signing_key(settings.SIGNING_KEY, settings.SIGNING_KEY_FILE)


def province_at(path: str, say: Say) -> str:
    """The path of a province as the tree spells it; "", and a sentence, where there is none."""
    from takrim.orgs.paths import ROOT, province_of
    from takrim.orgs.units import all_names

    province = f"{path.strip('/')}/"
    if province in all_names() and province_of(province) == province and province != ROOT:
        return province
    print(say(fa=f"استانی با مسیر {province} نیست.", en=f"There is no province at {province}."), file=sys.stderr)
    return ""


def titles(months: Sequence[Period], say: Say) -> str:
    """Months by name, one after another."""
    return say(fa="، ", en=", ").join(month.title(say.lang) for month in months)


def read(path: Path, say: Say, most: int = -1) -> bytes | None:
    """The bytes of a file, and no more than that of them; None, and a sentence, where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        why = error.strerror
        print(say(fa=f"فایل {path} خوانده نمی‌شود: {why}", en=f"The file {path} cannot be read: {why}"), file=sys.stderr)
        return None
