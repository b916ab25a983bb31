"""Draws the papers and pictures that people of the demonstration hand in."""

from __future__ import annotations

import io
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from takrim.base import words

_FONT = Path(__file__).parents[2] / "web/static/takrim/vendor/vazirmatn-33.0.3/Vazirmatn-wght.woff2"
_WIDTH, _HEIGHT, _MARGIN = 620, 877, 60
_INK, _FAINT, _STAMP = (40, 44, 52), (176, 180, 188), (52, 86, 160)
# A PDF tells when it was made; the same paper is to have the same bytes.
_MADE = time.gmtime(1_750_000_000)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    try:
        return ImageFont.truetype(_FONT, size)
    except OSError:
        return ImageFont.load_default(size)


def _write(draw: ImageDraw.ImageDraw, y: int, text: str, size: int) -> None:
    draw.text((_WIDTH - _MARGIN, y), text, font=_font(size), fill=_INK, anchor="rt")


def _sheet(random: Random, title: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """A sheet of paper with its title, a little tinted as a scanner makes it."""
    tint = random.randint(244, 252)
    image = Image.new("RGB", (_WIDTH, _HEIGHT), (tint, tint, tint - 4))
    draw = ImageDraw.Draw(image)
    _write(draw, _MARGIN, title, 30)
    draw.line([(_MARGIN, 118), (_WIDTH - _MARGIN, 118)], fill=_INK, width=2)
    return image, draw


def _letter(random: Random, paper: Mapping[str, Any]) -> Image.Image:
    image, draw = _sheet(random, paper["title"])
    for n, line in enumerate(paper["lines"]):
        _write(draw, 160 + n * 52, line, 22)
    for n in range(random.randint(3, 6)):
        y = 190 + (len(paper["lines"]) + n) * 44
        draw.line([(_MARGIN + random.randint(0, 160), y), (_WIDTH - _MARGIN, y)], fill=_FAINT, width=9)
    x, y = _MARGIN + random.randint(20, 90), _HEIGHT - 230
    draw.ellipse([(x, y), (x + 130, y + 130)], outline=_STAMP, width=5)
    draw.ellipse([(x + 18, y + 18), (x + 112, y + 112)], outline=_STAMP, width=2)
    return image.rotate(random.uniform(-1.5, 1.5), fillcolor=(228, 228, 226), resample=Image.Resampling.BILINEAR)


def _table(random: Random, paper: Mapping[str, Any]) -> Image.Image:
    image, draw = _sheet(random, paper["title"])
    for n, line in enumerate(paper["lines"]):
        y = 150 + n * 58
        draw.rectangle([(_MARGIN, y), (_WIDTH - _MARGIN, y + 58)], outline=_FAINT, width=2)
        _write(draw, y + 14, f"{line}  ", 22)
        number = words.number(random.randrange(1_000, 90_000), "fa")
        draw.text((_MARGIN + 16, y + 14), number, font=_font(22), fill=_INK, anchor="lt")
    return image


def _photo(random: Random, paper: Mapping[str, Any]) -> Image.Image:
    """A scaffold before a wall."""
    image = Image.new("RGB", (900, 600), (168, 190, 212))
    draw = ImageDraw.Draw(image)
    draw.rectangle([(0, 470), (900, 600)], fill=(132, 118, 98))
    draw.rectangle([(180, 90), (720, 500)], fill=(190, 172, 150))
    for x in range(220, 700, 120):
        for y in range(130, 440, 110):
            draw.rectangle([(x, y), (x + 60, y + 66)], fill=(92, 108, 126))
    for x in range(150, 780, 105):
        draw.line([(x, 70), (x + random.randint(-8, 8), 530)], fill=(92, 84, 74), width=8)
    for y in range(110, 500, 96):
        draw.line([(140, y), (770, y + random.randint(-6, 6))], fill=(112, 96, 74), width=10)
    return image


_FORMS = {"letter": _letter, "table": _table, "photo": _photo}


def draw_paper(random: Random, paper: Mapping[str, Any]) -> bytes:
    """The bytes of one paper: a PDF or a JPEG, as its name ends."""
    image, file = _FORMS[paper["form"]](random, paper), io.BytesIO()
    if paper["name"].endswith(".pdf"):
        image.save(file, "PDF", resolution=72, creationDate=_MADE, modDate=_MADE)
    else:
        image.save(file, "JPEG", quality=72)
    return file.getvalue()
