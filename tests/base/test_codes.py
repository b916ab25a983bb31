"""Tracking codes over a bad telephone line, and secrets in bad handwriting."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takrim.base import codes

bodies = st.integers(0, 10**8 - 1)


def code_of(body: int) -> str:
    return codes.new_code(1405, lambda _limit: body)


def test_a_code_begins_with_its_year_and_has_eleven_digits() -> None:
    code = codes.new_code(1405, random.Random(1).randrange)
    assert code.startswith("05")
    assert len(code) == codes.LENGTH == 11
    assert codes.read_code(code) == code


def test_a_code_is_shown_in_groups() -> None:
    assert codes.pretty("05482731597") == "05-4827-3159-7"


@given(bodies)
def test_a_code_is_read_however_it_is_typed(body: int) -> None:
    code = code_of(body)
    persian = codes.pretty(code).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert codes.read_code(codes.pretty(code)) == code
    assert codes.read_code(f" \u200e{persian} ") == code
    assert codes.read_code(" ".join(code)) == code


@given(bodies)
def test_every_single_wrong_digit_is_caught(body: int) -> None:
    code = code_of(body)
    for place in range(11):
        for digit in set("0123456789") - {code[place]}:
            with pytest.raises(codes.BadCode):
                codes.read_code(code[:place] + digit + code[place + 1 :])


@given(bodies)
def test_every_exchange_of_neighbours_is_caught(body: int) -> None:
    code = code_of(body)
    for place in range(10):
        if code[place] != code[place + 1]:
            with pytest.raises(codes.BadCode):
                codes.read_code(code[:place] + code[place + 1] + code[place] + code[place + 2 :])


@pytest.mark.parametrize("text", ["", "12345", "کد", "05-4827-3159-71", "٠٥", "²" * 11])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(codes.BadCode, match="11 digits; check them against the receipt"):
        codes.read_code(text)


def test_a_secret_belongs_to_its_nonce_and_key() -> None:
    secret = codes.secret_for(b"key", "nonce")
    assert len(secret) == codes.SECRET_LENGTH == 8
    assert secret == codes.secret_for(b"key", "nonce")
    assert secret != codes.secret_for(b"key", "another")
    assert secret != codes.secret_for(b"other", "nonce")


def test_nonces_differ() -> None:
    assert codes.new_nonce() != codes.new_nonce()


@given(st.binary(max_size=40), st.text(max_size=40))
def test_a_secret_is_read_however_it_is_typed(key: bytes, nonce: str) -> None:
    secret = codes.secret_for(key, nonce)
    shown = codes.pretty_secret(secret)
    assert len(shown) == 9
    assert codes.read_secret(shown) == secret
    assert codes.read_secret(shown.lower().replace("0", "o").replace("1", "l")) == secret
    assert codes.read_secret(secret.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))) == secret


@pytest.mark.parametrize("text", ["", "K7QM29X", "K7QM-29XDD", "K7QM-29XU", "ک۷QM-29XD"])
def test_what_is_no_secret_is_refused(text: str) -> None:
    with pytest.raises(codes.BadSecret, match="8 letters and digits"):
        codes.read_secret(text)


def test_secrets_are_compared_whole() -> None:
    assert codes.same_secret("K7QM29XD", "K7QM29XD")
    assert not codes.same_secret("K7QM29XD", "K7QM29XE")
    assert not codes.same_secret("K7QM29XD", "ک")
