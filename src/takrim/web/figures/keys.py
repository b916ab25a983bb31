"""The key that this installation signs its rankings with."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from takrim.evaluation.signing import signing_key


def own_key() -> Ed25519PrivateKey:
    """Made at first use, unless the setting gives one."""
    return signing_key(settings.SIGNING_KEY, settings.SIGNING_KEY_FILE)
