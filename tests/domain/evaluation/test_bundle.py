"""A bundle holds or names its first fault: one digit, one byte, one name, whoever signs it."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import translation

from takrim.evaluation import bundle
from takrim.evaluation.bundle import pack
from takrim.evaluation.bundle_check import BadBundle, check
from takrim.evaluation.scoring.errors import BadPlan, BadTable
from takrim.evaluation.signing import BadSigningKey, fingerprint, public_pem, signing_key
from tests.guards.tree import ROOT

KEY, FORGER = (Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in (1, 2))
EXACT = (ROOT / "docs/plans/offices.toml").read_bytes()
TABLE = """office,cases,answered,on_time,median_hours,satisfied,replies
کرج,2400,2000,1800,90,300,400
نظرآباد,700,650,640,60,50,60
ساوجبلاغ,900,800,400,200,3,5
طالقان,12,12,12,5,,0
""".encode()
FLOATS = b"""unit = "u"
[intervals]
seed = 1
draws = 30
[sensitivity]
seed = 1
draws = 30
[[indicator]]
code = "a"
direction = "more"
denominator = "n"
noise = "share"
normalise = "zscore"
[[indicator]]
code = "b"
direction = "less"
treatment = "log"
normalise = "minmax"
[[node]]
code = "whole"
"""
FLOAT_TABLE = b"u,n,a,b\nx,500,400,1.5\ny,500,200,4.25\nz,90,80,3.125\n"

Files = dict[str, bytes]
Change = Callable[[Files], None]


@pytest.fixture(autouse=True)
def _in_english() -> None:
    translation.activate("en")


def opened(content: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(content: bytes, change: Change) -> bytes:
    files = opened(content)
    change(files)
    return bundle.zipped(files)


def forged(content: bytes, change: Change, key: Ed25519PrivateKey = FORGER) -> bytes:
    """Changed, hashed anew and signed by another: only computing it again tells."""

    def cover_up(files: Files) -> None:
        change(files)
        files[bundle.KEY] = public_pem(key)
        files[bundle.MANIFEST] = bundle.manifest_of(files)
        files[bundle.SIGNATURE] = base64.b64encode(key.sign(files[bundle.MANIFEST]))

    return changed(content, cover_up)


def put(name: str, old: str, new: str) -> Change:
    def change(files: Files) -> None:
        text = files[name].decode()
        assert old in text
        files[name] = text.replace(old, new, 1).encode()

    return change


@pytest.fixture(scope="module")
def packed() -> bytes:
    return pack(TABLE, EXACT, KEY)


def fault(content: bytes, key: str = "") -> str:
    with pytest.raises(BadBundle) as refused:
        check(content, key)
    return str(refused.value)


def test_it_holds_and_says_by_whom_it_is(packed: bytes) -> None:
    held = check(packed)
    assert (held.units, held.key, held.same_engine) == (4, fingerprint(KEY.public_key()), True)
    assert check(packed, held.key.replace(" ", "").upper()) == held


def test_the_same_inputs_give_the_same_bytes(packed: bytes) -> None:
    assert pack(TABLE, EXACT, KEY) == packed
    assert pack(FLOAT_TABLE, FLOATS, KEY) == pack(FLOAT_TABLE, FLOATS, KEY)


def test_floats_chance_and_other_weights_come_out_the_same() -> None:
    content = pack(FLOAT_TABLE, FLOATS, KEY)
    assert check(content).units == 3
    row = json.loads(opened(content)[bundle.RESULTS])["units"][0]
    assert set(row) >= {"interval", "sensitivity"}


def test_it_says_how_it_is_computed(packed: bytes) -> None:
    method = json.loads(opened(packed)[bundle.METHOD])
    assert method["arithmetic"] == "exact fractions"
    assert {name.partition(" ")[0] for name in method["formulas"]} >= {"normalise"}
    assert all(len(text) > 20 for text in method["formulas"].values())
    assert opened(packed)[bundle.TABLE] == TABLE


@pytest.mark.parametrize("name", bundle.HASHED)
def test_one_byte_is_named_by_its_file(packed: bytes, name: str) -> None:
    def flip(files: Files) -> None:
        content = bytearray(files[name])
        content[len(content) // 2] ^= 1
        files[name] = bytes(content)

    assert f"The file {name} was changed" in fault(changed(packed, flip))


def test_a_manifest_that_was_rewritten_is_not_what_was_signed(packed: bytes) -> None:
    def rehash(files: Files) -> None:
        put(bundle.TABLE, "2400", "2500")(files)
        files[bundle.MANIFEST] = bundle.manifest_of(files)

    assert "The signature is not one of this key" in fault(changed(packed, rehash))


def test_one_digit_of_a_score_is_named_though_all_was_signed_again(packed: bytes) -> None:
    text = opened(packed)[bundle.RESULTS].decode()
    total = re.search(r'"total": "([0-9.]+)"', text)
    assert total is not None
    digit = str((int(total[1][-1]) + 1) % 10)
    sentence = fault(
        forged(packed, put(bundle.RESULTS, f'"total": "{total[1]}"', f'"total": "{total[1][:-1]}{digit}"'))
    )
    assert f"total: {total[1][:-1]}{digit} is written, {total[1]} was computed." in sentence


def test_one_digit_of_the_table_is_named_by_what_it_changes(packed: bytes) -> None:
    assert "“نظرآباد”" in fault(forged(packed, put(bundle.TABLE, "700,650,640", "700,650,641")))


def test_one_name_is_named(packed: bytes) -> None:
    sentence = fault(forged(packed, put(bundle.RESULTS, '"unit": "کرج"', '"unit": "کرچ"')))
    assert "The unit “کرچ” stands in the results, but not in the table." in sentence
    gone = fault(forged(packed, put(bundle.TABLE, "طالقان,12,12,12,5,,0\n", "")))
    assert "“طالقان” stands in the results, but not in the table" in gone


def test_a_rank_and_a_weight_are_named(packed: bytes) -> None:
    assert "rank: 3 is written" in fault(forged(packed, put(bundle.RESULTS, '"rank": "2"', '"rank": "3"')))
    plan = opened(packed)[bundle.PLAN].decode()
    weight = re.search(r"weight = (\d+)", plan)
    assert weight is not None
    with pytest.raises((BadBundle, BadPlan)):
        check(forged(packed, put(bundle.PLAN, weight[0], f"weight = {int(weight[1]) + 1}")))


def test_a_forger_is_known_by_the_key(packed: bytes) -> None:
    again = forged(packed, lambda files: None)
    assert check(again).key == fingerprint(FORGER.public_key())
    assert "signed with another key" in fault(again, fingerprint(KEY.public_key()))


def test_the_last_bit_of_a_float_is_let_pass_and_the_digit_before_is_not() -> None:
    content = pack(FLOAT_TABLE, FLOATS, KEY)
    rows = json.loads(opened(content)[bundle.RESULTS])["units"]
    score = next(row["scores"]["a"] for row in rows if len(row["scores"]["a"].lstrip("-")) == 14)
    last = score[:-1] + str((int(score[-1]) + 1) % 10)
    if abs(float(last) - float(score)) < 2e-12:
        assert check(forged(content, put(bundle.RESULTS, f'"{score}"', f'"{last}"')))
    before = score[:-3] + str((int(score[-3]) + 1) % 10) + score[-2:]
    assert "scores.a" in fault(forged(content, put(bundle.RESULTS, f'"{score}"', f'"{before}"')))


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda files: files.update({bundle.SIGNATURE: b"AAAA"}), "The signature is not one"),
        (lambda files: files.update({bundle.MANIFEST: b"[]"}), "manifest.json cannot be read"),
        (lambda files: files.update({bundle.MANIFEST: b"{}"}), "not of the form"),
    ],
)
def test_what_cannot_be_read_is_refused(packed: bytes, spoil: Change, sentence: str) -> None:
    assert sentence in fault(changed(packed, spoil))


def test_no_file_too_many_or_too_few(packed: bytes) -> None:
    assert "not a readable zip" in fault(packed[:200])
    whole = io.BytesIO(packed)
    with zipfile.ZipFile(whole, "a") as archive:
        archive.writestr("more.txt", b"x")
    assert "more.txt does not belong in it" in fault(whole.getvalue())
    few = io.BytesIO()
    with zipfile.ZipFile(few, "w") as archive:
        archive.writestr(bundle.TABLE, TABLE)
    assert "plan.toml must stand in it exactly once" in fault(few.getvalue())


def test_what_cannot_be_scored_is_not_packed() -> None:
    with pytest.raises(BadTable):
        pack(b"office\nx\n", EXACT, KEY)


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "signing.key"
    first = signing_key("", file)
    assert signing_key("", file).private_bytes_raw() == first.private_bytes_raw()
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["signing.key"]
    assert signing_key(file.read_text(), tmp_path / "other").private_bytes_raw() == first.private_bytes_raw()
    with pytest.raises(BadSigningKey):
        signing_key("short", file)
