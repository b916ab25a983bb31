"""A bundle checked: its hashes, its signature, and everything computed again. The first fault is named."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from takrim import __version__
from takrim.evaluation import bundle, bundle_results
from takrim.evaluation.bundle_results import Difference, differences
from takrim.evaluation.scoring.errors import Because
from takrim.evaluation.signing import fingerprint, read_public, same_fingerprint, signed_by

# A table of 5,000 units and 500 indicators has some 40 MB; more is not read into memory.
_LARGEST: Final = 200_000_000


class BadBundle(Because):
    code = "bad_bundle"
    message = _("The bundle does not hold.")


@dataclass(frozen=True)
class Held:
    """A bundle that holds: who signed it, by which engine it was made, how many units it ranks."""

    key: str
    engine: str
    units: int

    @property
    def same_engine(self) -> bool:
        return self.engine == __version__


def check_file(path: Path, key: str = "") -> Held:
    """The same of a file."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadBundle(_("The file {file} cannot be read: {error}."), file=path, error=error.strerror) from error
    return check(content, key)


def check(content: bytes, key: str = "") -> Held:
    """Check a bundle from end to end; `key` is the fingerprint it must be signed with. Raises BadBundle."""
    files = _files(content)
    _hashes(files)
    signer = _signature(files)
    if key and not same_fingerprint(key, signer):
        raise BadBundle(_("It is signed with another key: {key}."), key=signer)
    scored = bundle.read_scored(files[bundle.TABLE], files[bundle.PLAN])
    written = _units(files[bundle.RESULTS])
    _compare(written, bundle_results.results(scored))
    method = _object(files[bundle.METHOD], bundle.METHOD)
    return Held(signer, str(method.get("engine", "")), len(scored.table))


def _files(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _listed(archive)
            return {name: archive.read(name) for name in bundle.ALL}
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError) as error:
        reason = _("It is not a readable zip file: it was broken off or changed on the way. Download it again.")
        raise BadBundle(reason) from error


def _listed(archive: zipfile.ZipFile) -> None:
    names = [entry.filename for entry in archive.infolist()]
    for name in bundle.ALL:
        if names.count(name) != 1:
            raise BadBundle(_("The file {file} must stand in it exactly once."), file=name)
    for name in names:
        if name not in bundle.ALL:
            raise BadBundle(_("The file {file} does not belong in it."), file=name)
    if sum(entry.file_size for entry in archive.infolist()) > _LARGEST:
        raise BadBundle(_("It is larger than any ranking can be."))


def _object(content: bytes, name: str) -> Mapping[str, Any]:
    try:
        found = json.loads(content)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise BadBundle(_("The file {file} cannot be read."), file=name)
    return found


def _hashes(files: Mapping[str, bytes]) -> None:
    manifest = _object(files[bundle.MANIFEST], bundle.MANIFEST)
    hashes = manifest.get("sha256")
    if manifest.get("form") != bundle.FORM or not isinstance(hashes, dict) or set(hashes) != set(bundle.HASHED):
        raise BadBundle(_("The file {file} is not of the form that this version knows."), file=bundle.MANIFEST)
    for name in bundle.HASHED:
        if hashlib.sha256(files[name]).hexdigest() != hashes[name]:
            raise BadBundle(_("The file {file} was changed: its SHA-256 is not that of the manifest."), file=name)


def _signature(files: Mapping[str, bytes]) -> str:
    key = read_public(files[bundle.KEY])
    if key is None:
        raise BadBundle(_("The file {file} cannot be read."), file=bundle.KEY)
    try:
        signature = base64.b64decode(files[bundle.SIGNATURE].strip(), validate=True)
    except binascii.Error:
        signature = b""
    if not signed_by(key, signature, files[bundle.MANIFEST]):
        raise BadBundle(_("The signature is not one of this key over {file}."), file=bundle.MANIFEST)
    return fingerprint(key)


def _units(content: bytes) -> bundle_results.Results:
    rows = _object(content, bundle.RESULTS).get("units")
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and isinstance(row.get("unit"), str) for row in rows
    ):
        raise BadBundle(_("The file {file} cannot be read."), file=bundle.RESULTS)
    return rows


def _compare(written: bundle_results.Results, computed: bundle_results.Results) -> None:
    first = next(differences(written, computed), None)
    if first is not None:
        raise BadBundle(_reason(first), **first._asdict())
    if [row["unit"] for row in written] != [row["unit"] for row in computed]:
        raise BadBundle(_("The units stand in another order than their ranks."))


def _reason(first: Difference) -> Any:
    if first.computed == "—" and first.what == "unit":
        return _("The unit “{unit}” stands in the results, but not in the table.")
    if first.written == "—" and first.what == "unit":
        return _("The unit “{unit}” stands in the table, but not in the results.")
    return _("“{unit}”, {what}: {written} is written, {computed} was computed.")
