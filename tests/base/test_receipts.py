"""The receipt of an anonymous report: eighty bits, readable over a telephone, never stored."""

from __future__ import annotations

from takrim.base.receipts import LENGTH, is_seed, keyed, new_seed, pretty_receipt, read_receipt, receipt_for


def test_a_receipt_has_at_least_seventy_bits() -> None:
    receipts = {receipt_for(b"key", new_seed()) for _ in range(200)}
    assert len(receipts) == 200
    assert LENGTH * 5 >= 70
    # Every place takes many letters: none of the bits stands still.
    assert all(len({receipt[place] for receipt in receipts}) > 20 for place in range(LENGTH))


def test_what_was_read_aloud_is_understood() -> None:
    receipt = receipt_for(b"key", "x" * 27)
    spoken = pretty_receipt(receipt).lower().replace("0", "o").replace("1", "l")
    assert read_receipt(f" {spoken} ") == receipt
    assert read_receipt(receipt[:-1]) == read_receipt("U" * LENGTH) == ""


def test_without_the_key_nothing_follows_from_a_seed() -> None:
    seed = new_seed()
    assert receipt_for(b"one", seed) != receipt_for(b"other", seed)
    assert keyed(b"key", "box", seed) != keyed(b"key", "key", seed)


def test_only_what_a_page_hands_out_is_a_seed() -> None:
    assert is_seed(new_seed())
    assert not any(is_seed(text) for text in ("", "short", "ا" * 30, "x" * 100))
