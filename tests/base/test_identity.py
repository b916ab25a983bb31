"""National codes, mobiles, company IDs and e-mail addresses as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takrim.base import identity
from takrim.base.errors import Refusal


def with_check_digit(nine: str) -> str:
    rest = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
    return f"{nine}{rest if rest < 2 else 11 - rest}"


# Made up for this test: right by their check digit, nobody's that we know.
@pytest.mark.parametrize(
    "text", ["0012345679", "۰۰۱۲۳۴۵۶۷۹", "٠٠١٢٣٤٥٦٧٩", "001-234567-9", " 001 234 5679 ", "\u200f0012345679\u200c"]
)
def test_a_national_code_is_kept_in_one_form(text: str) -> None:
    assert identity.national_code(text) == "0012345679"


@pytest.mark.parametrize(
    "text", ["", "0012345678", "1111111111", "0000000000", "012345679", "00123456790", "001234567x", "abc", "²" * 10]
)
def test_a_wrong_national_code_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(identity.BadNationalCode, match="10 digits; check them against the card"):
        identity.national_code(text)


@given(
    st.text("0123456789", min_size=9, max_size=9).filter(lambda nine: len(set(nine)) > 1),
    st.integers(0, 9),
    st.integers(1, 9),
)
def test_one_wrong_digit_never_passes_as_the_same_person(nine: str, place: int, shift: int) -> None:
    right = with_check_digit(nine)
    assert identity.national_code(right) == right
    # Weights 10 to 2 and 1 are all prime to 11, so a single change shows, but for the check digit's own two meanings.
    wrong = f"{right[:place]}{(int(right[place]) + shift) % 10}{right[place + 1 :]}"
    if wrong != with_check_digit(wrong[:9]):
        with pytest.raises(identity.BadNationalCode):
            identity.national_code(wrong)


@pytest.mark.parametrize(
    "text",
    ["09123456789", "9123456789", "+989123456789", "00989123456789", "989123456789", "+98 (912) 345-6789",
     "۰۹۱۲ ۳۴۵ ۶۷۸۹", "+98 0912 345 6789", "\u202a+98 912 345 6789\u202c", "0912\u2013345\u20136789"],
)  # fmt: skip
def test_a_mobile_is_kept_in_one_form(text: str) -> None:
    assert identity.mobile(text) == "09123456789"


@pytest.mark.parametrize(
    "text", ["", "0912345678", "091234567890", "02112345678", "+19123456789", "0912345678a", "موبایل"]
)
def test_a_wrong_mobile_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(identity.BadMobile, match="09123456789"):
        identity.mobile(text)


@pytest.mark.parametrize("text", ["10380284790", "۱۰۳۸۰۲۸۴۷۹۰", "1038028-4790"])
def test_a_company_id_is_kept_in_one_form(text: str) -> None:
    assert identity.company_id(text) == "10380284790"


@pytest.mark.parametrize("text", ["", "10380285692", "1038028479", "00000000000", "103802847900", "شرکت"])
def test_a_wrong_company_id_is_refused(text: str) -> None:
    with pytest.raises(identity.BadCompanyId, match="11 digits"):
        identity.company_id(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("sara@example.ir", "sara@example.ir"),
        (" Sara.N+x@Mail.Example.IR ", "Sara.N+x@mail.example.ir"),
        ("\u200esara1@example.ir", "sara1@example.ir"),
        ("sara۱@example.ir", "sara1@example.ir"),
    ],
)
def test_an_address_is_kept_as_its_owner_writes_it(text: str, kept: str) -> None:
    assert identity.email(text) == kept


@pytest.mark.parametrize(
    "text",
    ["", "sara", "sara@", "@example.ir", "sara@example", "sa ra@example.ir", "sara@-x.ir", "a..b@a.ir",
     ".a@example.ir", "a@b@a.ir", "a@example.ir\nbcc: b@example.ir", f"{'a' * 65}@example.ir", f"a@{'b.' * 130}ir"],
)  # fmt: skip
def test_a_wrong_address_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(identity.BadEmail, match=r"name@example\.ir"):
        identity.email(text)


@given(
    st.text(max_size=30),
    st.sampled_from([identity.national_code, identity.mobile, identity.company_id, identity.email]),
)
def test_any_text_is_read_or_refused(text: str, read: object) -> None:
    assert callable(read)
    try:
        assert read(read(text)) == read(text)
    except Refusal as refusal:
        assert str(refusal)
