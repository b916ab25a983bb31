"""The same picture handed in again is found, made smaller or sent along; what it says of time and place is read."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from PIL import Image

from takrim.base.clock import TEHRAN
from takrim.evidence.actions import Upload, keep
from takrim.evidence.shelf import shelf
from takrim.orgs.actor import Actor
from takrim.proofs import metadata, pictures
from takrim.proofs.actions import add_files, begin, send
from takrim.proofs.models_pictures import Picture, PictureBand
from takrim.proofs.queries import used_before
from tests.proving import DONE, Accounts, drawn, given, photo


def _mark(raw: bytes) -> str:
    with Image.open(io.BytesIO(raw)) as picture:
        return pictures.mark_of(picture)


@pytest.mark.parametrize("seed", range(6))
def test_a_picture_made_smaller_and_sent_along_looks_the_same(seed: int) -> None:
    whole = _mark(drawn(seed, (640, 480)))
    assert pictures.apart(whole, _mark(drawn(seed, (200, 150), quality=40))) <= pictures.MOST_APART
    assert pictures.apart(whole, _mark(drawn(seed, (320, 240), form="WEBP"))) <= pictures.MOST_APART
    assert pictures.apart(whole, _mark(drawn(seed + 100))) > 2 * pictures.MOST_APART


def test_marks_less_than_eight_bits_apart_always_share_a_band() -> None:
    mark = _mark(drawn(1))
    # The worst that seven bits can do: one in each of seven bands.
    other = f"{int(mark, 16) ^ sum(1 << 16 * place for place in range(7)):032x}"
    assert pictures.apart(mark, other) == 7
    assert set(pictures.bands_of(mark)) & set(pictures.bands_of(other))


def test_the_secretary_is_warned_of_the_same_file_and_of_one_like_it(
    mina: Actor, hadi: Actor, thing: Accounts, now: datetime
) -> None:
    first = given(mina, now, seed=1)
    fresh = given(hadi, now + timedelta(hours=1), seed=2)
    again = begin(done=DONE, proves=[("thing", "1")], by=hadi, now=now)
    add_files(action=again, uploads=[photo(1), photo(2, (160, 120), quality=50), photo(3)], by=hadi, now=now)
    send(action=again, by=hadi, now=now + timedelta(hours=2))
    same, alike, _new = again.files.order_by("number")
    found = used_before([first, fresh, again])
    assert set(found) == {same.pk, alike.pk}, "what came first is not warned of, nor what is new"
    assert [(use.code, use.apart) for use in found[same.pk]] == [(first.code, 0)]
    assert [use.code for use in found[alike.pk]] == [fresh.code]
    assert 0 < found[alike.pk][0].apart <= pictures.MOST_APART


def test_looking_for_pictures_needs_three_queries_for_many_proofs(
    mina: Actor, hadi: Actor, thing: Accounts, now: datetime, django_assert_num_queries: Any
) -> None:
    many = [given(by, now, seed=seed) for seed in range(4) for by in (mina, hadi)]
    with django_assert_num_queries(3):
        used_before(many)


def test_even_surfaces_are_no_picture_to_be_found_again(now: datetime, db: None) -> None:
    for shade in (10, 200):
        made = io.BytesIO()
        Image.new("RGB", (80, 60), (shade, shade, shade)).save(made, "PNG")
        pictures.remember(keep(upload=Upload("p.png", [made.getvalue()]), now=now))
    assert Picture.objects.count() == 2
    assert not PictureBand.objects.exists()


def _with_exif(**tags: Any) -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Samsung", "SM-A525F"
    exif.get_ifd(0x8769).update(tags.get("exif", {}))
    exif.get_ifd(0x8825).update(tags.get("gps", {}))
    made = io.BytesIO()
    Image.new("RGB", (40, 30), 120).save(made, "JPEG", exif=exif.tobytes())
    return made.getvalue()


GPS = {1: "N", 2: (35.0, 57.0, 9.0), 3: "E", 4: (50.0, 36.0, 25.0)}


def test_time_place_and_camera_of_a_picture_are_read_and_not_handed_on(now: datetime, db: None) -> None:
    raw = _with_exif(exif={0x9003: "2026:11:20 10:15:00"}, gps=GPS)
    file = keep(upload=Upload("p.jpg", [raw]), now=now)
    taken = metadata.read(file)
    assert taken.at == datetime(2026, 11, 20, 10, 15, tzinfo=TEHRAN)
    assert (taken.latitude, taken.longitude) == (Decimal("35.95250"), Decimal("50.60694"))
    assert taken.camera == "Samsung SM-A525F"
    with shelf().open(file.preview) as stream, Image.open(stream) as small:
        assert not small.getexif()


@pytest.mark.parametrize(
    "tags",
    [
        {"exif": {0x9003: "0000:00:00 00:00:00"}},
        {"exif": {0x9003: "gestern"}},
        {"gps": {2: (35.0, 57.0, 9.0)}},
        {"gps": {1: "N", 2: (135.0, 0.0, 0.0), 3: "E", 4: (50.0, 0.0, 0.0)}},
        {"gps": {1: "N", 2: (35.0,), 3: "E", 4: (50.0, 36.0, 25.0)}},
    ],
)
def test_what_a_picture_says_wrongly_is_not_believed(tags: dict[str, Any], now: datetime, db: None) -> None:
    taken = metadata.read(keep(upload=Upload("p.jpg", [_with_exif(**tags)]), now=now))
    assert (taken.at, taken.latitude, taken.longitude) == (None, None, None)


def test_what_is_no_picture_says_nothing(now: datetime, db: None) -> None:
    file = keep(upload=Upload("n.txt", [b"letter"]), now=now)
    assert metadata.read(file) == metadata.NOTHING
    pictures.remember(file)
    assert not Picture.objects.exists()
