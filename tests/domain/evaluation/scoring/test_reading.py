"""Plans and tables as people write them: what is understood, and the sentence for each mistake."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from takrim.base.registry import Folder
from takrim.evaluation.scoring.errors import BadPlan, BadTable
from takrim.evaluation.scoring.methods.promethee import PREFERENCE
from takrim.evaluation.scoring.parts import METHODS, NOISES, NORMALISERS, TREATMENTS
from takrim.evaluation.scoring.plan import Mean, Plan, Policy, Ties
from takrim.evaluation.scoring.reading import DEFAULTS, INDICATOR, NODE, TOP, plan_of_text, read_plan
from takrim.evaluation.scoring.table import read_csv, read_text
from tests.domain.evaluation.scoring.made import ONE, scored
from tests.guards import tree

PLANS = sorted((tree.ROOT / "docs/plans").glob("*.toml"))
MATRIX = f'{ONE}[method]\nmethod = "topsis"\n'


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_the_documented_plans_can_be_used(path: Path) -> None:
    plan = read_plan(path)
    assert plan.titles is not None
    assert re.search("[\u0600-\u06ff]", plan.titles["fa"])


def test_numbers_are_read_exactly() -> None:
    plan = plan_of_text(
        'unit = "u"\n[[indicator]]\ncode = "a"\ndirection = "less"\nweight = 0.1\n[[floor]]\nscore = "a"\nleast = "1/3"'
    )
    assert plan.indicators[0].weight == Fraction(1, 10)
    assert plan.floors[0].least == Fraction(1, 3)
    assert plan.indicators[0].less


def test_what_holds_for_all_is_said_once_and_an_indicator_may_differ() -> None:
    plan = plan_of_text(
        f'[default]\nweight = 3\nmissing = "drop"\n{ONE}'.replace('unit = "u"', "").replace(
            "[default]", 'unit = "u"\n[default]'
        )
        + "weight = 5"
    )
    assert plan.indicators[0].weight == 5
    assert plan.indicators[0].missing.policy is Policy.DROP


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("unit =", "It is not TOML"),
        ("points = inf", "not finite"),
        ("points = 1.0e999999999", "far too long"),
        (f'points = "1e999999999"\n{ONE}', "plan: “points” must be a number"),
        (ONE.replace("unit", "units"), "plan has “units”, which means nothing. Possible: title, unit"),
        (ONE.replace('unit = "u"', ""), "plan lacks “unit”"),
        ('unit = "u"', r"It has no \[\[indicator\]\]"),
        ('unit = "u"\n[indicator]\ncode = "a"', r"“indicator” must be written as \[\[indicator\]\]"),
        (f"points = 0\n{ONE}", "plan: “points” must be above zero"),
        (f'points = "many"\n{ONE}', "plan: “points” must be a number"),
        (f'arithmetic = "decimal"\n{ONE}', "plan: “arithmetic” is “decimal”. Possible: float, exact"),
        (f'title = {{ fa = "م" }}\n{ONE}', "“title” must be a text, or a table of “fa” and “en”"),
        (f'blank = "x"\n{ONE}', "“blank” must be a list of texts"),
        (ONE.replace('direction = "more"', ""), "indicator “a” lacks “direction”"),
        (ONE.replace("more", "up"), "indicator “a”: “direction” is “up”. Possible: more, less"),
        (f"{ONE}weight = -1", "indicator “a”: “weight” must be above zero"),
        (f"{ONE}weight = true", "indicator “a”: “weight” must be a number"),
        (f"{ONE}wieght = 1", "indicator “a” has “wieght”, which means nothing"),
        (f'{ONE}in = "x"', r"“a” is in “x”, and there is no such \[\[node\]\]"),
        (f"{ONE}least = 3", "indicator “a”: “least” needs “sample”"),
        (f'{ONE}missing = "skip"', "indicator “a”, missing: “policy” is “skip”. Possible: refuse, drop, mean, zero"),
        (f'{ONE}missing = "zero"', "indicator “a”, missing lacks “reason”"),
        (f'{ONE}missing = {{ policy = "drop", of = "g" }}', "“of” belongs to policy = “mean”"),
        (f'{ONE}treatment = "trim"', "indicator “a”, treatment: “method” is “trim”. Possible: cap, log"),
        (f'{ONE}treatment = {{ method = "cap", low = 3, high = 2 }}', "treatment: “low” must be below “high”"),
        (f'{ONE}treatment = {{ method = "winsorise", most = 1.5 }}', "“most” must be a whole number"),
        (f'{ONE}treatment = {{ method = "percentiles", low = 2 }}', "shares from 0 to 1"),
        (f'{ONE}normalise = "goalposts"', "indicator “a”, normalise lacks “low”"),
        (f'{ONE}normalise = {{ method = "goalposts", low = 0, high = 1, log = true }}', "begins above zero"),
        (f'{ONE}normalise = {{ method = "goalposts", low = 0, high = 1, cap = 1 }}', "“cap” must be true or false"),
        (f'{ONE}normalise = {{ method = "points", standard = 0 }}', "“standard” must be above zero"),
        (f'{ONE}normalise = {{ method = "target", target = 2, nothing = 2 }}', "must differ"),
        (f'{ONE}normalise = {{ method = "reference", to = "worst" }}', "“to” must be a number"),
        (f"{ONE}normalise = 3", "indicator “a”, normalise must be a table"),
        (f'arithmetic = "exact"\n{ONE}normalise = "zscore"', "“zscore” has no exact result here"),
        (f'arithmetic = "exact"\n{ONE}[[node]]\ncode = "t"\nmean = "geometric"', "geometric mean has no exact result"),
        (f'arithmetic = "exact"\n{MATRIX}', "method over a matrix is computed with"),
        (f'{ONE}[[indicator]]\ncode = "a"\ndirection = "more"', "The code “a” is given twice"),
        (f'{ONE}in = "t"\n[[node]]\ncode = "t"\n[[node]]\ncode = "s"', "Exactly one .* found: t, s"),
        (f'{ONE}in = "t"\n[[node]]\ncode = "t"\n[[node]]\ncode = "s"\nin = "t"', "nothing in the node “s”"),
        (
            f'{ONE}in = "r"\n[[node]]\ncode = "t"\nin = "s"\n[[node]]\ncode = "s"\nin = "t"\n[[node]]\ncode = "r"',
            "above “t” lead in a circle",
        ),
        (f'{ONE}weight = 90\n[[node]]\ncode = "t"\nsum = 100', "weights in “t” add up to 90, not to 100"),
        (f'{ONE}[[node]]\ncode = "t"\nmean = "median"', "node “t”: “mean” is “median”"),
        (f"{ONE}[rank]\ndecimals = -1", "rank: “decimals” must be a whole number"),
        (f'{ONE}[rank]\nties = "random"', "rank: “ties” is “random”"),
        (f'{ONE}[peers]\ncolumn = "g"\nvolume = "n"', "either “column” or “volume”"),
        (f'{ONE}[peers]\nvolume = "n"\nbands = [9, 3]', "numbers that grow"),
        (f'{ONE}[peers]\nvolume = "n"\nbands = 3', "“bands” must be a list of numbers"),
        (f"{ONE}[[floor]]\nleast = 3", "floor 1 needs either “column” or “score”"),
        (f'{ONE}[[floor]]\ncolumn = "n"', "floor 1 lacks “least”"),
        (f'{ONE}[[floor]]\nscore = "x"\nleast = 1', "names the score “x”, and there is none"),
        (f'{ONE}preference = {{ curve = "u", q = 1 }}', "“preference” belongs to the method “promethee”"),
        (f"{ONE}shrink = {{ strength = 5 }}", "indicator “a”: only a share can be shrunk"),
        (
            f'{ONE}denominator = "n"\nshrink = {{ strength = 0 }}',
            "indicator “a”, shrink: “strength” must be above zero",
        ),
        (f'{ONE}denominator = "n"\nshrink = {{ of = "g" }}', "indicator “a”, shrink lacks “strength”"),
        (f'{ONE}adjust = {{ parts = ["x", "y"], wholes = ["v", "w"] }}', "indicator “a”: only a share can be adjusted"),
        (f'{ONE}denominator = "n"\nadjust = {{ parts = ["x", "y"], wholes = ["v"] }}', "as many columns each"),
        (f'{ONE}adjust = {{ volume = "v", per = "p", bands = [9] }}', "indicator “a”: only a share can be adjusted"),
        (f'{ONE}denominator = "n"\nadjust = {{ volume = "v", bands = [9] }}', "indicator “a”, adjust lacks “per”"),
        (
            f'{ONE}denominator = "n"\nadjust = {{ volume = "v", per = "p", bands = [9, 3] }}',
            "numbers above zero that grow",
        ),
        (f'{ONE}denominator = "n"\nadjust = {{ volume = "v", per = "p" }}', "numbers above zero that grow"),
        (
            f'{ONE}denominator = "n"\nadjust = {{ volume = "v", per = "p", bands = [9], parts = ["x", "y"] }}',
            "for the mix of work or for the volume, not for both",
        ),
        (f'{ONE}noise = "share"', "the chance of a share needs “denominator”"),
        (f'{ONE}noise = "error"', "indicator “a”, noise lacks “column”"),
        (f"{ONE}[intervals]\nseed = 1", r"\[intervals\] needs at least one indicator with “noise”"),
        (f"{ONE}[sensitivity]\ndraws = 9", "sensitivity lacks “seed”"),
        (f"{ONE}[intervals]\nseed = 1\nlevel = 95", "intervals: “level” is a share between 0 and 1"),
        (f"{ONE}[sensitivity]\nseed = 1\nconcentration = 0", "sensitivity: “concentration” must be above zero"),
        (MATRIX.replace("topsis", "electre"), "method: “method” is “electre”"),
        (f"points = 100\n{MATRIX}", r"“points” has no meaning beside \[method\]"),
        (f'{ONE}missing = "drop"\n[method]\nmethod = "topsis"', "a matrix has no gaps"),
        (f'{ONE}normalise = "minmax"\n[method]\nmethod = "vikor"', "“normalise” has no meaning, vikor has its own"),
        (f'{ONE}[method]\nmethod = "vikor"\nv = 2', "“v” is a share"),
        (f'{ONE}preference = {{ curve = "v", p = 0 }}\n[method]\nmethod = "promethee"', "“p” must be above “q”"),
        (f'{ONE}preference = {{ curve = "gaussian" }}\n[method]\nmethod = "promethee"', "“s” must be above zero"),
    ],
)
def test_a_wrong_plan_is_refused_with_a_sentence_that_names_the_key(text: str, sentence: str) -> None:
    with pytest.raises(BadPlan) as refused:
        plan_of_text(text)
    said = str(refused.value)
    assert said.startswith("The plan cannot be used. ")
    assert re.search(sentence, said), said


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "It is empty, or its first line is"),
        ("\nu,a\nx,1", "It is empty, or its first line is"),
        ("u\ta\nx\t1", "Its cells are divided by “\t”"),
        ("u,a\nx,\0", "“\0” is not a number"),
        ("u;a\nx;1", "Its cells are divided by “;”: save it with commas between them"),
        ("u,a,a\nx,1,2", "column “a” stands in it twice"),
        ("u,b\nx,1", "has no column “a”"),
        ("u,a", "It has no rows"),
        ("u,a\nx,1,2", "Line 2 has 3 cells, the heading 2"),
        ("u,a\nx,1\ny,much", "Line 3, column “a”: “much” is not a number"),
        ("u,a\nx,1\n,2", "Row 2 has no name in the column “u”"),
        ("u,a\nx,1\nx,2", "“x” stands in two rows"),
        ("u,a\nx,1\ny,-inf", "Line 3, column “a”: “-inf” is too large a number"),
        ("u,a\nx,1e999", "Line 2, column “a”: “1e999” is too large a number, or one without an end"),
    ],
)
def test_a_wrong_table_is_refused_with_a_sentence_that_names_the_place(text: str, sentence: str) -> None:
    with pytest.raises(BadTable) as refused:
        read_text(text, plan_of_text(ONE))
    assert re.search(sentence, str(refused.value)), str(refused.value)


def test_a_cell_of_a_billion_digits_is_refused_at_once() -> None:
    plan = plan_of_text(f'arithmetic = "exact"\n{ONE}')
    with pytest.raises(BadTable, match="“1e999999999” is not a number"):
        read_text("u,a\nx,1e999999999", plan)


@pytest.mark.parametrize("arithmetic", ["float", "exact"])
def test_cells_are_read_as_people_write_them(arithmetic: str) -> None:
    plan = plan_of_text(f'arithmetic = "{arithmetic}"\nblank = ["؟"]\n{ONE}missing = "drop"')
    table = read_text('\ufeffu,a\nv,۱۲٫۵\nw,"۱٬۲۰۰"\nx,−3\n\ny,؟\nz,NaN\n'.lstrip("\ufeff"), plan)
    assert [table.numbers["a"].at(place) for place in range(5)] == [12.5, 1200, -3, None, None]


def test_a_mark_before_the_first_letter_hinders_nobody(tmp_path: Path) -> None:
    """Some editors of Windows write one before all that they save."""
    (tmp_path / "plan.toml").write_text(f"\ufeff{ONE}", encoding="utf-8")
    (tmp_path / "table.csv").write_text("\ufeffu,a\nx,1\ny,2", encoding="utf-8")
    plan = read_plan(tmp_path / "plan.toml")
    assert read_csv(tmp_path / "table.csv", plan).units == ("x", "y")


def test_the_engine_needs_neither_settings_nor_an_installation(tmp_path: Path) -> None:
    """Nothing but the folder is at hand: no settings are named, and none are made."""
    (tmp_path / "plan.toml").write_text(ONE, encoding="utf-8")
    (tmp_path / "table.csv").write_text("u,a\nx,1\ny,2", encoding="utf-8")
    words = """
from pathlib import Path
from django.conf import settings
from takrim.evaluation.scoring.engine import score
from takrim.evaluation.scoring.reading import read_plan
from takrim.evaluation.scoring.table import read_csv
plan = read_plan(Path("plan.toml"))
found = score(plan, read_csv(Path("table.csv"), plan))
assert not settings.configured
print(*[one.unit for one in found.in_order])
"""
    done = subprocess.run(
        [sys.executable, "-c", words],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tree.ROOT / "src")},
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.stdout.split() == ["y", "x"], done.stderr


def test_a_cell_as_long_as_a_book_is_refused() -> None:
    # Importing requests reads longer cells, and the limit is one of the whole process: then the number is too large.
    with pytest.raises(BadTable, match=r"It is no table of text|too large a number") as refused:
        read_text("u,a\nx," + "1" * 200_000, plan_of_text(ONE))
    assert len(str(refused.value)) < 200


def test_of_a_long_cell_only_the_beginning_is_told() -> None:
    with pytest.raises(BadTable, match=r"“y{60}…” is not a number"):
        read_text("u,a\nx," + "y" * 1000, plan_of_text(ONE))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadPlan, match=r"gone.toml cannot be read"):
        read_plan(tmp_path / "gone.toml")
    with pytest.raises(BadTable, match=r"gone.csv cannot be read"):
        read_csv(tmp_path / "gone.csv", plan_of_text(ONE))
    (tmp_path / "bytes").write_bytes(b"u,a\n\xff,1")
    with pytest.raises(BadTable, match="not UTF-8"):
        read_csv(tmp_path / "bytes", plan_of_text(ONE))


def test_a_refusal_is_said_in_the_language_of_its_reader() -> None:
    with pytest.raises(BadTable) as refused:
        scored(f'{ONE}treatment = "log"', "u a\nx 0")
    again = pickle.loads(pickle.dumps(refused.value))
    with translation.override("fa"):
        assert str(again).startswith("جدول را نمی‌شود سنجید. شاخص «a»: ")


def documented(page: str, heading: str) -> dict[str, str]:
    """Method → its line, from the table under a heading of docs/plans.md."""
    part = page.split(f"\n## {heading}\n")[1].split("\n## ", maxsplit=1)[0]
    return {name: line for line in part.splitlines() for name in re.findall(r"^\| `(\w+)` \|", line)}


@pytest.mark.parametrize(
    ("heading", "folder"),
    [
        ("Treatments", TREATMENTS),
        ("Normalisations", NORMALISERS),
        ("Methods over a matrix", METHODS),
        ("How sure it is", NOISES),
    ],
)
def test_every_method_and_its_keys_are_documented(heading: str, folder: Folder[Any]) -> None:
    told = documented(tree.text(tree.ROOT / "docs/plans.md"), heading)
    plugins = folder.items
    assert set(told) == set(plugins)
    assert [
        (name, key) for name, plugin in plugins.items() for key in plugin.keys if f"`{key}`" not in told[name]
    ] == []


def test_every_key_and_word_of_a_plan_is_documented() -> None:
    page = tree.text(tree.ROOT / "docs/plans.md")
    words = {*TOP, *DEFAULTS, *INDICATOR, *NODE} - {
        *("default", "indicator", "node", "method", "rank", "peers", "floor", "intervals", "sensitivity")
    }
    assert [word for word in sorted(words) if f"`{word}`" not in page] == []
    chosen = [str(word) for kind in (Mean, Policy, Ties) for word in kind] + list(PREFERENCE)
    assert [word for word in chosen if not re.search(rf'[`"{{ ]{word}[`", ]', page)] == []


def test_a_plan_stays_what_it_is() -> None:
    plan = plan_of_text(ONE)
    assert plan == plan_of_text(ONE)
    assert isinstance(plan, Plan)
    with pytest.raises(AttributeError):
        plan.decimals = 3
