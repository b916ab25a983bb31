"""The preview of a picture is small, upright, and tells nothing but the picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from takrim.evidence import pictures
from takrim.evidence.pictures import LONGEST_SIDE, NotAPicture, preview
from tests.domain.evidence.samples import left_over, photograph, picture


@pytest.fixture
def root(tmp_path: Path, settings: Any) -> Path:
    settings.FILES_ROOT = tmp_path
    return tmp_path


def shown(content: bytes, folder: Path) -> Image.Image:
    source = folder / "picture"
    source.write_bytes(content)
    with Image.open(preview(source)) as opened:
        opened.load()
        return opened


def test_place_time_and_camera_are_gone(root: Path) -> None:
    small = shown(photograph(), root)
    assert not dict(small.getexif())
    assert not {"exif", "icc_profile", "xmp", "comment"} & set(small.info)


def test_a_picture_on_its_side_is_put_upright(root: Path) -> None:
    assert shown(photograph(), root).size == (20, 40)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_large_picture_is_made_small(root: Path, form: str) -> None:
    small = shown(picture(form, size=(4000, 1000), mode="P" if form == "GIF" else "RGB"), root)
    assert max(small.size) == LONGEST_SIDE
    assert small.format == "WEBP"


def test_what_is_transparent_is_shown_as_paper(root: Path) -> None:
    made = Image.new("RGBA", (30, 30), (0, 0, 0, 0))
    made.save(root / "clear.png")
    small = shown((root / "clear.png").read_bytes(), root)
    assert small.convert("L").tobytes() == bytes([255]) * 900


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_way_of_keeping_colours_is_understood(root: Path, mode: str) -> None:
    assert shown(picture("PNG", mode=mode), root).size == (40, 20)


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(50),
        b"\xff\xd8\xff\xe0 not a picture",
        b"GIF89a" + b"\xff" * 30,
        b"RIFF\x10\x00\x00\x00WEBPVP8 ",
        picture("PNG", size=(300, 300))[:200],
        picture("JPEG", size=(300, 300))[:150],
    ],
)
def test_bytes_that_only_begin_like_a_picture_are_refused(root: Path, content: bytes) -> None:
    source = root / "picture"
    source.write_bytes(content)
    with pytest.raises(NotAPicture):
        preview(source)
    assert left_over(root) == []


def test_a_bomb_is_refused_before_it_is_unpacked(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_POINTS", 100)
    monkeypatch.setattr(pictures, "drawn_anew", lambda opened: pytest.fail("it was unpacked"))
    (root / "bomb").write_bytes(picture("PNG"))
    with pytest.raises(NotAPicture):
        preview(root / "bomb")
    assert left_over(root) == []


def test_a_bomb_that_the_library_itself_warns_of_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 500)
    for size in ((30, 20), (100, 100)):
        (root / "bomb").write_bytes(picture("PNG", size=size))
        with pytest.raises(NotAPicture):
            preview(root / "bomb")
