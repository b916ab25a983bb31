"""Previews of pictures: turned upright, made small, without place, time or camera."""

from __future__ import annotations

import os
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from takrim.evidence.shelf import scratch

LONGEST_SIDE = 1600
# More than this many pixels is a bomb, not a photograph.
MOST_PIXELS = 60_000_000


class NotAPicture(ValueError):
    """The bytes say picture, but no picture is in them, or one too large to open safely."""


def preview(source: Path) -> Path:
    """A new temporary WebP file showing the picture. Raises NotAPicture."""
    descriptor, target = scratch()
    try:
        with os.fdopen(descriptor, "wb") as file, Image.open(source) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise NotAPicture
            upright = ImageOps.exif_transpose(opened).convert("RGB")
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            # A fresh picture of the same points carries nothing else over.
            clean = Image.new("RGB", upright.size)
            clean.paste(upright)
            clean.save(file, "WEBP", quality=80)
            file.flush()
            os.fsync(file.fileno())
    except (UnidentifiedImageError, Image.DecompressionBombError, SyntaxError, ValueError) as error:
        target.unlink(missing_ok=True)
        raise NotAPicture from error
    except OSError as error:
        target.unlink(missing_ok=True)
        if error.errno is not None:
            raise
        raise NotAPicture from error
    return target
