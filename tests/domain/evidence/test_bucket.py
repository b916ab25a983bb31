"""Files in an object store: the same names and the same promises as in a folder."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from django.core.files import File

from takrim.evidence import shelf
from takrim.evidence.shelf import Bucket

NAME = "ab12" + "0" * 60


class Store:
    """What django-storages does for us, in memory."""

    made: dict[str, Any]
    objects: dict[str, bytes]

    def __init__(self, **made: Any) -> None:
        Store.made, Store.objects = made, {}

    def save(self, name: str, content: File[bytes]) -> str:
        self.objects[name] = content.read()
        return name

    def open(self, name: str, mode: str) -> BinaryIO:
        return io.BytesIO(self.objects[name])

    def exists(self, name: str) -> bool:
        return name in self.objects


@pytest.fixture(autouse=True)
def _store(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(shelf, "import_string", lambda path: Store)
    shelf.shelf.cache_clear()
    yield
    shelf.shelf.cache_clear()


def test_what_is_put_into_the_bucket_is_found_again_and_leaves_the_disk(tmp_path: Path) -> None:
    source, bucket = tmp_path / "incoming", Bucket("takrim", "http://127.0.0.1:9000")
    source.write_bytes(b"a page")
    assert not bucket.has(NAME)
    bucket.put(NAME, source)
    assert bucket.has(NAME)
    assert not source.exists()
    assert bucket.open(NAME).read() == b"a page"
    assert list(Store.objects) == [f"ab/12/{NAME}"]
    assert Store.made["bucket_name"] == "takrim"
    # The list of who may read is that of the bucket; a name is a hash, so writing it again changes nothing.
    assert (Store.made["default_acl"], Store.made["file_overwrite"]) == (None, True)


def test_the_setting_chooses_the_bucket(settings: Any) -> None:
    settings.S3_BUCKET, settings.S3_ENDPOINT = "takrim", ""
    assert isinstance(shelf.shelf(), Bucket)
    assert Store.made["endpoint_url"] is None
