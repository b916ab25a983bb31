"""What a picture itself says of when and where it was taken, and with what: for those who judge it, for nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from PIL import ExifTags, Image

from takrim.base.clock import TEHRAN
from takrim.base.persian import clean_text
from takrim.evidence.kinds import KINDS
from takrim.evidence.models import StoredFile
from takrim.evidence.pictures import BROKEN, FORMATS
from takrim.evidence.shelf import shelf

_LONGEST = 60
_PLACES = Decimal("0.00001")


@dataclass(frozen=True)
class Taken:
    """Each part is None, or empty, where the picture does not say it."""

    at: datetime | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    camera: str = ""


NOTHING = Taken()


def read(file: StoredFile) -> Taken:
    """What a stored picture says; nothing of what is no picture or too broken to be read."""
    if not KINDS[file.kind].is_image:
        return NOTHING
    try:
        with shelf().open(file.hash) as stream, Image.open(stream, formats=FORMATS) as picture:
            exif = picture.getexif()
            return _taken(exif, exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo))
    except (*BROKEN, OSError):
        return NOTHING


def _taken(exif: Mapping[int, Any], more: Mapping[int, Any], gps: Mapping[int, Any]) -> Taken:
    latitude = _degrees(gps, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "S", 90)
    longitude = _degrees(gps, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "W", 180)
    if latitude is None or longitude is None:
        latitude = longitude = None
    words = (str(exif.get(tag, "")) for tag in (ExifTags.Base.Make, ExifTags.Base.Model))
    camera = clean_text(" ".join(" ".join(words).split()))[:_LONGEST]
    return Taken(_moment(more) or _moment(exif), latitude, longitude, camera)


def _moment(tags: Mapping[int, Any]) -> datetime | None:
    """When it was taken. A camera that does not tell its zone is taken to be set to the time of the country."""
    text = str(tags.get(ExifTags.Base.DateTimeOriginal) or tags.get(ExifTags.Base.DateTime) or "").strip("\0 ")
    zone = str(tags.get(ExifTags.Base.OffsetTimeOriginal) or "").strip("\0 ")
    day = text[:10].replace(":", "-")
    for value in (f"{day}{text[10:]}{zone}", f"{day}{text[10:]}"):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=TEHRAN)
    return None


def _degrees(gps: Mapping[int, Any], tag: int, side: int, negative: str, most: int) -> Decimal | None:
    try:
        value = sum((Decimal(str(float(gps[tag][n]))) / 60**n for n in range(3)), Decimal(0))
        value = -value if str(gps.get(side, "")).upper().startswith(negative) else value
        return value.quantize(_PLACES) if -most <= value <= most else None
    except (LookupError, TypeError, ValueError, ZeroDivisionError, InvalidOperation):
        return None
