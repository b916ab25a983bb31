"""Previews of pictures: turned upright, made small, without place, time or camera."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from takrim.evidence.shelf import scratch

LONGEST_SIDE = 1600
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
# More points than this is a bomb, not a photograph. A JPEG is read at a fraction of its size; others must fit whole
# into memory: this much is a page scanned at 600 points an inch.
MOST_POINTS, MOST_POINTS_OF_JPEG = 40_000_000, 120_000_000
Image.MAX_IMAGE_PIXELS = MOST_POINTS_OF_JPEG


class NotAPicture(ValueError):
    """The bytes say picture, but no picture is in them, or one too large to open safely."""


BROKEN = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
    zlib.error,
)


def drawn_anew(opened: Image.Image) -> Image.Image:
    """A fresh picture of the same points, upright and small: nothing else is carried over."""
    if opened.mode not in {"RGB", "RGBA", "L", "LA", "CMYK", "YCbCr"}:
        has_alpha = "transparency" in opened.info or opened.mode == "PA"
        small: Image.Image = opened.convert("RGBA" if has_alpha else "RGB")
        small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    else:
        opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        small = opened
    upright = ImageOps.exif_transpose(small)
    # What is transparent is shown as paper.
    clean = Image.new("RGB", upright.size, "white")
    clean.paste(upright.convert("RGB"), mask=upright.getchannel("A") if "A" in upright.getbands() else None)
    return clean


def preview(source: Path) -> Path:
    """A new temporary WebP file showing the picture. Raises NotAPicture."""
    descriptor, target = scratch()
    try:
        with os.fdopen(descriptor, "wb") as file, Image.open(source, formats=FORMATS) as opened:
            most = MOST_POINTS_OF_JPEG if opened.format == "JPEG" else MOST_POINTS
            if opened.width * opened.height > most:
                raise NotAPicture
            clean = drawn_anew(opened)
            clean.save(file, "WEBP", quality=80)
            file.flush()
            os.fsync(file.fileno())
    except BROKEN as error:
        target.unlink(missing_ok=True)
        raise NotAPicture from error
    except OSError as error:
        target.unlink(missing_ok=True)
        if error.errno is not None:
            raise
        raise NotAPicture from error
    return target
