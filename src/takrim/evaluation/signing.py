"""The key that an installation signs with (Ed25519), and its fingerprint, by which others know it again."""

from __future__ import annotations

import base64
import binascii
import hashlib
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.base.kept import kept


class BadSigningKey(Refusal):
    code = "bad_signing_key"
    message = _("The signing key cannot be read: it is 32 bytes in base64, as `takrim` makes it.")


def signing_key(text: str, file: Path) -> Ed25519PrivateKey:
    """The key given as text, else the one kept in the file, which is made at first use."""
    try:
        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(text or kept(file, _new), validate=True))
    except (ValueError, binascii.Error) as error:
        raise BadSigningKey from error


def _new() -> str:
    return base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()


def public_pem(key: Ed25519PrivateKey) -> bytes:
    """The public half, as other programs read it."""
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def read_public(pem: bytes) -> Ed25519PublicKey | None:
    """A public key, or None where there is none of this kind."""
    try:
        key = serialization.load_pem_public_key(pem)
    except ValueError:
        return None
    return key if isinstance(key, Ed25519PublicKey) else None


def fingerprint(key: Ed25519PublicKey) -> str:
    """SHA-256 of the key, in groups that can be read aloud."""
    digest = hashlib.sha256(key.public_bytes_raw()).hexdigest()
    return " ".join(digest[place : place + 8] for place in range(0, len(digest), 8))


def same_fingerprint(one: str, other: str) -> bool:
    """Whether two are the same, however they are spaced."""
    return "".join(one.split()).casefold() == "".join(other.split()).casefold()


def signed_by(key: Ed25519PublicKey, signature: bytes, content: bytes) -> bool:
    """Whether the content is what was signed."""
    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True
