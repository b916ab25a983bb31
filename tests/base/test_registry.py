"""A plug-in is a file in a folder."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from takrim.base.registry import Folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    package = tmp_path / "plugins_of_a_test"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "walnut.py").write_text("PLUGIN = 'a nut'")
    (package / "apple.py").write_text("PLUGIN = 'a fruit'")
    (package / "_shared.py").write_text("raise RuntimeError")
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in [name for name in sys.modules if name.startswith("plugins_of_a_test")]:
        monkeypatch.delitem(sys.modules, name)
    return package


def test_files_are_found_by_name_and_in_order(folder: Path) -> None:
    plugins = Folder("plugins_of_a_test", str)
    assert list(plugins) == [("apple", "a fruit"), ("walnut", "a nut")]
    assert plugins["walnut"] == "a nut"
    assert "apple" in plugins
    assert "pear" not in plugins
    assert plugins.get("pear") is None
    assert len(plugins) == 2


def test_an_unknown_code_is_a_key_error(folder: Path) -> None:
    with pytest.raises(KeyError):
        Folder("plugins_of_a_test", str)["pear"]


@pytest.mark.parametrize("content", ["PLUGIN = 3", "OTHER = 'x'"])
def test_a_file_without_a_fitting_plugin_is_named(folder: Path, content: str) -> None:
    (folder / "pear.py").write_text(content)
    with pytest.raises(TypeError, match=r"plugins_of_a_test\.pear\.PLUGIN"):
        Folder("plugins_of_a_test", str).get("apple")
