"""Small files of every kind, made here: nobody's real papers."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

from PIL import Image

from takrim.evidence.actions import Upload

ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(200)


def upload(content: bytes, name: str = "برگه.pdf") -> Upload:
    """The bytes as they come in, in pieces."""
    return Upload(name, (content[start : start + 1000] for start in range(0, len(content), 1000)))


def archive(**members: str | bytes) -> bytes:
    """A zip of these members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    return made.getvalue()


def docx(**more: str) -> bytes:
    return archive(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>", **more})


def xlsx() -> bytes:
    return archive(**{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"})


def open_document(kind: str) -> bytes:
    return archive(mimetype=kind, **{"content.xml": "<office/>"})


def picture(form: str = "JPEG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: object) -> bytes:
    made = io.BytesIO()
    Image.new(mode, size, 120).save(made, form, **options)
    return made.getvalue()


def photograph() -> bytes:
    """A telephone's picture: lying on its side, with the place where it was taken and the camera's name."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera of Zahra"
    exif.get_ifd(0x8825).update({1: "N", 2: (35.0, 57.0, 9.0), 3: "E", 4: (50.0, 36.0, 25.0)})
    return picture(size=(40, 20), exif=exif.tobytes())


def film(brand: bytes = b"isom") -> bytes:
    return struct.pack(">I", 24) + b"ftyp" + brand + bytes(100)


SAMPLES: dict[str, bytes] = {
    "pdf": b"%PDF-1.7\n1 0 obj",
    "png": picture("PNG"),
    "jpeg": picture("JPEG"),
    "webp": picture("WEBP"),
    "gif": picture("GIF", mode="P"),
    "docx": docx(),
    "xlsx": xlsx(),
    "odt": open_document(ODT),
    "ods": open_document(ODS),
    "mp3": b"ID3\x04\x00" + bytes(40),
    "ogg": b"OggS\x00" + bytes(40),
    "wav": b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(40),
    "mp4": film(),
    "text": "شرح ماجرا: سه ماه است که حقوق نگرفته‌ام.".encode(),
}


def left_over(root: Path) -> list[Path]:
    """Unfinished files that nobody removed."""
    return list((root / "incoming").iterdir()) if (root / "incoming").exists() else []
