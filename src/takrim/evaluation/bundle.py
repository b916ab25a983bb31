"""A ranking as one signed file: the table as it was, the plan, how it is computed, the results, and a hash of each.

The same inputs, plan and key give the same bytes: fixed order, fixed times, nothing compressed.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils.translation import gettext_lazy as _

from takrim import __version__
from takrim.evaluation import bundle_results
from takrim.evaluation.scoring.engine import Scored, score
from takrim.evaluation.scoring.errors import BadPlan, BadTable
from takrim.evaluation.scoring.parts import METHODS, NOISES, NORMALISERS, TREATMENTS
from takrim.evaluation.scoring.plan import Plan
from takrim.evaluation.scoring.reading import plan_of_text
from takrim.evaluation.scoring.table import read_text
from takrim.evaluation.signing import public_pem

TABLE, PLAN, METHOD, RESULTS, KEY = "table.csv", "plan.toml", "method.json", "results.json", "public-key.pem"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
HASHED: Final = (TABLE, PLAN, METHOD, RESULTS, KEY)
ALL: Final = (*HASHED, MANIFEST, SIGNATURE)
FORM: Final = 1
_WHEN: Final = (1980, 1, 1, 0, 0, 0)


def read_scored(table: bytes, plan: bytes) -> Scored:
    """The table scored by the plan, both as they stand in a bundle. Raises BadPlan, BadTable."""
    read = plan_of_text(_decoded(plan, PLAN, BadPlan))
    return score(read, read_text(_decoded(table, TABLE, BadTable), read))


def _decoded(content: bytes, name: str, refusal: type[BadPlan | BadTable]) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refusal(_("The file {file} is not UTF-8."), file=name) from error


def pack(table: bytes, plan: bytes, key: Ed25519PrivateKey) -> bytes:
    """The bundle of a table and a plan. Raises BadPlan, BadTable."""
    scored = read_scored(table, plan)
    files = {
        TABLE: table,
        PLAN: plan,
        METHOD: _json(method(scored.plan)),
        RESULTS: bundle_results.write(bundle_results.results(scored)),
        KEY: public_pem(key),
    }
    manifest = manifest_of(files)
    return zipped({**files, MANIFEST: manifest, SIGNATURE: base64.b64encode(key.sign(manifest)) + b"\n"})


def manifest_of(files: Mapping[str, bytes]) -> bytes:
    """What is signed: the hash of every file."""
    hashes = {name: hashlib.sha256(files[name]).hexdigest() for name in HASHED}
    return _json({"form": FORM, "sha256": hashes})


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files in one archive, the same bytes everywhere."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name in ALL:
            entry = zipfile.ZipInfo(name, _WHEN)
            # Else it would name the system it was written on.
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, files[name])
    return whole.getvalue()


def method(plan: Plan) -> dict[str, Any]:
    """How it was computed: by which engine, and the formula of every step that the plan names."""
    return {
        "engine": __version__,
        "numpy": version("numpy"),
        "arithmetic": "exact fractions" if plan.exact else "floating point, sums rounded once",
        "decimals": plan.decimals,
        "ties": plan.ties.value,
        "formulas": dict(sorted(_formulas(plan))),
    }


def _formulas(plan: Plan) -> Iterator[tuple[str, str]]:
    for one in plan.indicators:
        yield f"normalise {one.normalise.method}", _told(NORMALISERS.package, one.normalise.method)
        for step in one.treatment:
            yield f"treatment {step.method}", _told(TREATMENTS.package, step.method)
        if one.noise:
            yield f"noise {one.noise.method}", _told(NOISES.package, one.noise.method)
        for part in (one.shrink, one.adjust):
            if part:
                yield type(part).__name__.lower(), _plain(type(part).__doc__)
    if plan.method:
        yield f"method {plan.method.method}", _told(METHODS.package, plan.method.method)


def _told(package: str, name: str) -> str:
    """What the file of a step says about itself: its formula in words."""
    return _plain(sys.modules[f"{package}.{name}"].__doc__)


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
