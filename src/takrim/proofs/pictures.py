"""Finding a picture that was handed in before, made smaller or sent along: marks by a library, bands by an index.

Two marks of 128 bits that differ in fewer than 8 have one of their eight bands in common; most that differ in a few
more have as well. So a new picture is held against some dozens of others, however many there are.
"""

from __future__ import annotations

import hashlib
import io
import os

from PIL import Image

from takrim.base.late import late
from takrim.evidence.models import StoredFile
from takrim.evidence.shelf import scratch, shelf
from takrim.proofs.models_pictures import AlikePictures, Picture, PictureBand

imagehash = late("imagehash")

# So many bits of 128 may differ between two pictures that are told to be the same.
MOST_APART = 12
BANDS, BITS = 8, 16
# Plain pictures share bands with many: of each band the newest are looked at.
OF_BAND, MOST_ALIKE = 60, 10
# The longest side of the copy for lists.
THUMB = 240


def mark_of(picture: Image.Image) -> str:
    """Which of neighbouring points is lighter, along and down: 64 bits each, as hexadecimal letters."""
    return f"{imagehash.dhash(picture)}{imagehash.dhash_vertical(picture)}"


def bands_of(mark: str) -> list[int]:
    """The eight bands of a mark, each with its place."""
    width = BITS // 4
    return [place << BITS | int(mark[place * width : (place + 1) * width], 16) for place in range(BANDS)]


def apart(one: str, other: str) -> int:
    """In how many bits two marks differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def is_plain(mark: str) -> bool:
    """An even surface: hardly a bit is set, and every such picture looks like every other."""
    return int(mark, 16).bit_count() < BANDS


def remember(file: StoredFile) -> None:
    """Keep the mark of a new picture and what it looks like. Part of the deed that attaches it."""
    if not file.preview or Picture.objects.filter(file=file).exists():
        return
    # Of the preview: it is upright and small, whatever the camera wrote.
    with shelf().open(file.preview) as stream, Image.open(stream, formats=["WEBP"]) as small:
        mark, thumb = mark_of(small), _thumb(small)
    picture = Picture(file=file, mark=mark, thumb=thumb)
    picture.save(force_insert=True)
    if is_plain(mark):
        return
    found = _alike(mark)
    PictureBand.objects.bulk_create(PictureBand(value=value, picture=picture) for value in bands_of(mark))
    AlikePictures.objects.bulk_create(
        AlikePictures(newer=picture, older_id=older, apart=differ) for differ, older in found
    )


def _thumb(picture: Image.Image) -> str:
    """The hash of a copy of a few kilobytes, shelved."""
    small = picture.copy()
    small.thumbnail((THUMB, THUMB))
    made = io.BytesIO()
    small.save(made, "WEBP", quality=70)
    name = hashlib.sha256(made.getvalue()).hexdigest()
    descriptor, path = scratch()
    with os.fdopen(descriptor, "wb") as file:
        file.write(made.getvalue())
    shelf().put(name, path)
    return name


def _alike(mark: str) -> list[tuple[int, int]]:
    """(bits, file) of the pictures that look the same, the nearest first. Eight queries by an index."""
    candidates: dict[int, str] = {}
    for value in bands_of(mark):
        rows = PictureBand.objects.filter(value=value).order_by("-picture").values_list("picture", "picture__mark")
        candidates.update(rows[:OF_BAND])
    held = ((apart(mark, other), file) for file, other in candidates.items())
    return sorted(pair for pair in held if pair[0] <= MOST_APART)[:MOST_ALIKE]
