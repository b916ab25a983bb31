"""The texts on screen and their Persian: finds the English ones in the code, keeps the catalogues, compiles them.

    python -m tools.messages            add what is new, say what lacks a translation, compile
    python -m tools.messages web cards  the same, for these folders of src/takrim only
    python -m tools.messages --check    change nothing; exit 1 if something is missing, unused or wrong
    python -m tools.messages --prune    also drop what the code no longer says
    python -m tools.messages --compile  only compile

A text belongs to the nearest folder above its file that has a `locale/`; where there is none, to the nearest app, which
gets one. Catalogues are sorted and carry no dates or line numbers, so that two people's additions meet in peace.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

# So that it also runs as a file, from wherever one stands.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.texts import BadText, of_file, placeholders

ROOT = Path(__file__).resolve().parent.parent / "src" / "takrim"
CATALOGUE = Path("locale/fa/LC_MESSAGES/django.po")
HEADER = {
    "Project-Id-Version": "takrim",
    "Language": "fa",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
}


def home_of(path: Path, root: Path) -> Path:
    """The folder whose catalogue holds the texts of this file."""
    above = [folder for folder in path.parents if folder == root or root in folder.parents]
    for sign in ("locale", "apps.py"):
        for folder in above:
            if (folder / sign).exists():
                return folder
    return above[-2] if len(above) > 1 else root


def sources(root: Path) -> Iterator[Path]:
    """Python files and templates that may carry texts; vendored files do not."""
    for path in sorted(root.rglob("*")):
        shown = path.suffix == ".py" or (path.suffix in {".html", ".txt"} and "templates" in path.parts)
        if shown and not {"static", "migrations"} & set(path.parts):
            yield path


def wanted(root: Path) -> tuple[dict[Path, set[tuple[str, str, str]]], list[str]]:
    """(folder → texts as (context, singular, plural)), and sentences about texts that cannot be read."""
    texts: dict[Path, set[tuple[str, str, str]]] = defaultdict(set)
    wrong = []
    for path in sources(root):
        try:
            found = of_file(path)
        except BadText as error:
            wrong.append(str(error))
        else:
            if found:
                texts[home_of(path, root)] |= found
    return texts, wrong


def read(path: Path) -> polib.POFile:
    """The catalogue at this path, or a new one."""
    catalogue = polib.pofile(str(path), wrapwidth=0) if path.exists() else polib.POFile(wrapwidth=0)
    catalogue.metadata = dict(HEADER)
    catalogue.metadata_is_fuzzy = False
    catalogue.header = ""
    return catalogue


def add_new(catalogue: polib.POFile, texts: Iterable[tuple[str, str, str]]) -> int:
    """Put in what the catalogue lacks; how many that were."""
    known = {(entry.msgctxt or "", entry.msgid) for entry in catalogue}
    new = [text for text in sorted(texts) if text[:2] not in known]
    for context, singular, plural in new:
        entry = polib.POEntry(msgid=singular, msgctxt=context or None, msgid_plural=plural)
        if plural:
            entry.msgstr_plural = {0: "", 1: ""}
        catalogue.append(entry)
    return len(new)


def is_done(entry: polib.POEntry) -> bool:
    """True when every form has its Persian."""
    return bool(all(entry.msgstr_plural.values()) if entry.msgid_plural else entry.msgstr) and not entry.fuzzy


def faults(catalogue: polib.POFile, texts: set[tuple[str, str, str]]) -> Iterator[str]:
    """What is wrong with a catalogue, a sentence each."""
    used = {text[:2] for text in texts}
    for entry in catalogue:
        forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if (entry.msgctxt or "", entry.msgid) not in used:
            yield f"unused: {entry.msgid!r}"
        elif not is_done(entry):
            yield f"no Persian: {entry.msgid!r}"
        else:
            names = placeholders(entry.msgid) | placeholders(entry.msgid_plural or "")
            for form in forms:
                # One form of a plural may leave a number out ("one day"); nothing may name what is not given.
                given = placeholders(form)
                if given - names or (not entry.msgid_plural and given != names):
                    yield f"placeholders differ: {entry.msgid!r}"
    known = {(entry.msgctxt or "", entry.msgid) for entry in catalogue}
    for text in sorted(text for text in texts if text[:2] not in known):
        yield f"not in the catalogue: {text[1]!r}"


def disagreements(catalogues: dict[Path, polib.POFile]) -> Iterator[str]:
    """One English text said in two ways: Django would show whichever folder comes first."""
    seen: dict[tuple[str, str], tuple[Path, str]] = {}
    for folder, catalogue in sorted(catalogues.items()):
        for entry in catalogue:
            if entry.msgid_plural or not entry.msgstr:
                continue
            key = (entry.msgctxt or "", entry.msgid)
            other, said = seen.setdefault(key, (folder, entry.msgstr))
            if said != entry.msgstr:
                yield f"{folder.name} and {other.name} translate {entry.msgid!r} differently"


def write(catalogue: polib.POFile, path: Path) -> None:
    """Save sorted, without anything that changes by itself, and only if something changed."""
    for entry in catalogue:
        entry.occurrences, entry.flags, entry.previous_msgid = [], [], None
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    text = str(catalogue).lstrip("#\n ") + "\n"
    if not path.exists() or path.read_text() != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def compile_all(root: Path) -> int:
    """Compile each catalogue that is newer than its compiled form; how many that were."""
    done = 0
    for path in sorted(root.rglob(str(CATALOGUE))):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= path.stat().st_mtime_ns:
            continue
        # Written beside and moved, so that a running server never reads half a catalogue.
        half = target.with_suffix(f".{os.getpid()}.half")
        polib.pofile(str(path)).save_as_mofile(str(half))
        half.replace(target)
        done += 1
    return done


def review(root: Path, *, change: bool, prune: bool = False, only: Iterable[str] = ()) -> list[str]:
    """Compare code and catalogues, mend the catalogues if asked, and say what is still wrong."""
    texts, wrong = wanted(root)
    folders = set(texts) | {path.parents[3] for path in root.rglob(str(CATALOGUE))}
    if only:
        folders &= {root / name for name in only}
    catalogues = {folder: read(folder / CATALOGUE) for folder in folders}
    for folder, catalogue in sorted(catalogues.items()):
        if change:
            add_new(catalogue, texts[folder])
        if prune:
            used = {text[:2] for text in texts[folder]}
            for entry in [entry for entry in catalogue if (entry.msgctxt or "", entry.msgid) not in used]:
                catalogue.remove(entry)
        if change:
            write(catalogue, folder / CATALOGUE)
        name = folder.relative_to(root)
        wrong += [f"{name}: {fault}" for fault in faults(catalogue, texts[folder])]
    return wrong + list(disagreements(catalogues))


def main(arguments: list[str] | None = None) -> int:
    """Do what the options say; 0 when both languages are complete."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for option in ("check", "prune", "compile"):
        parser.add_argument(f"--{option}", action="store_true")
    parser.add_argument("folders", nargs="*", help="such as web/citizen; all when none is named")
    options = parser.parse_args(arguments)
    if options.compile:
        compile_all(ROOT)
        return 0
    wrong = review(ROOT, change=not options.check, prune=options.prune, only=options.folders)
    print("\n".join(wrong) if wrong else "Both languages are complete.")
    if not options.check:
        compile_all(ROOT)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
