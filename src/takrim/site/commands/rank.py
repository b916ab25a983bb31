"""`takrim rank`: any table, scored and ranked by a plan; it needs neither database nor settings."""

from __future__ import annotations

import csv
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from takrim.site.command import Command, Exit, Say, print_json, print_table

if TYPE_CHECKING:
    from takrim.evaluation.scoring.columns import Number
    from takrim.evaluation.scoring.engine import Scored, Standing
    from takrim.evaluation.scoring.explain import Explained, Line
    from takrim.evaluation.scoring.intervals import Interval
    from takrim.evaluation.scoring.plan import Node
    from takrim.evaluation.scoring.sensitivity import Sensitivity

_MEANS: dict[str, dict[str, str]] = {
    "arithmetic": {"fa": "میانگین حسابی", "en": "arithmetic mean"},
    "geometric": {"fa": "میانگین هندسی", "en": "geometric mean"},
    "harmonic": {"fa": "میانگین هارمونیک", "en": "harmonic mean"},
    "minimum": {"fa": "کمینه", "en": "minimum"},
}
_VERDICTS: dict[str, dict[str, str]] = {
    "SCORED": {"fa": "", "en": ""},
    "NOT_MEASURED": {"fa": "سنجیده نشده", "en": "not measured"},
    "TOO_FEW": {"fa": "نمونه کم", "en": "too few cases"},
    "MEAN": {"fa": "میانگین همتایان", "en": "mean of the others"},
    "ZERO": {"fa": "صفر", "en": "zero"},
}
_LEFT = {"fa": "تعدیل نشده", "en": "not adjusted"}


@dataclass(frozen=True)
class Chance:
    """How sure the ranking is, by unit, as far as the plan asks."""

    intervals: Mapping[str, Interval]
    sensitivity: Mapping[str, Sensitivity]

    def of(self, unit: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if unit in self.intervals:
            found["interval"] = asdict(self.intervals[unit])
        if unit in self.sensitivity:
            found["sensitivity"] = asdict(self.sensitivity[unit])
        return found

    def flat(self, unit: str) -> dict[str, Any]:
        """The same side by side, for a line of a CSV."""
        parts = {key: value for found in self.of(unit).items() for key, value in _flat(*found)}
        return {key: value for key, value in parts.items() if not isinstance(value, dict)}


def _flat(name: str, values: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [
        (f"{name}.{key}", "-".join(map(str, one)) if isinstance(one, tuple) else one) for key, one in values.items()
    ]


def add_arguments(parser: ArgumentParser, say: Say) -> None:
    """The options."""
    table = say(fa="فایل CSV با یک سطر برای هر واحد", en="CSV file, one line a unit")
    parser.add_argument("table", type=Path, nargs="?", metavar="TABLE.csv", help=table)
    plan = say(fa="طرح سنجش (docs/plans.md)", en="the plan (docs/plans.md)")
    parser.add_argument("plan", type=Path, nargs="?", metavar="PLAN.toml", help=plan)
    form = say(fa="شکل خروجی", en="form of the output")
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table", help=form)
    one = say(fa="گام‌به‌گام بگو امتیاز این واحد از کجا آمد", en="say step by step where this unit's score comes from")
    parser.add_argument("--explain", metavar="UNIT", help=one)
    bundle = say(fa="بسته امضاشده جدول، طرح و نتیجه", en="signed bundle of table, plan and results")
    parser.add_argument("--bundle", type=Path, metavar="FILE.zip", help=bundle)
    check = say(fa="بسته را بیازما و همه چیز را دوباره حساب کن", en="check the bundle and compute everything again")
    parser.add_argument("--verify", action="store_true", help=check)
    key = say(fa="اثر انگشت کلیدی که باید امضا کرده باشد", en="fingerprint of the key it must be signed with")
    parser.add_argument("--key", metavar="FINGERPRINT", help=key)


def run(options: Namespace, say: Say) -> int:
    """Read, score, print."""
    if wrong := _wrong(options, say):
        print(wrong, file=sys.stderr)
        return Exit.USAGE
    _languages()
    from django.utils import translation

    from takrim.base.errors import Refusal
    from takrim.evaluation.scoring.engine import score
    from takrim.evaluation.scoring.explain import explain
    from takrim.evaluation.scoring.intervals import intervals
    from takrim.evaluation.scoring.reading import read_plan
    from takrim.evaluation.scoring.sensitivity import sensitivity
    from takrim.evaluation.scoring.table import read_csv
    from takrim.site.commands import _rank_bundle

    with translation.override(say.lang):
        if options.verify:
            return _rank_bundle.verify(options, say)
        try:
            plan = read_plan(options.plan)
            found = score(plan, read_csv(options.table, plan))
            told = explain(found, options.explain) if options.explain else None
            chance = Chance(intervals(found), sensitivity(found))
            if options.bundle:
                _rank_bundle.write(options, say)
        except Refusal as refusal:
            print(refusal, file=sys.stderr)
            return Exit.REFUSED
        if told:
            _print_explained(found, told, chance, options.format, say)
        else:
            _print_ranking(found, chance, options.format, say)
    return Exit.OK


def _wrong(options: Namespace, say: Say) -> str:
    """What is wrong with the options as they stand together; "" when nothing is."""
    if options.verify:
        if options.bundle and not options.table:
            return ""
        return say(fa="--verify تنها با --bundle FILE.zip می‌آید.", en="--verify goes with --bundle FILE.zip alone.")
    if not options.plan:
        return say(fa="TABLE.csv و PLAN.toml را بنویسید.", en="TABLE.csv and PLAN.toml are needed.")
    return ""


def _languages() -> None:
    """The engine's sentences in both languages, without the product's settings: there may be no installation here."""
    import django
    from django.conf import settings

    from takrim import evaluation

    if not settings.configured:
        settings.configure(USE_I18N=True, LOCALE_PATHS=[Path(evaluation.__path__[0]) / "locale"])
        django.setup()


def _plain(value: Number | None) -> float | None:
    return None if value is None else float(value)


def _why(one: Standing, say: Say) -> str:
    if one.why is None:
        return ""
    if one.floor:
        from takrim.base import words

        least = words.digits(f"{float(one.floor.least):g}", say.lang)
        return say(fa=f"{one.floor.what} کمتر از {least}", en=f"{one.floor.what} below {least}")
    reasons = {
        "nothing_measured": say(fa="چیزی سنجیده نشده", en="nothing measured"),
        "no_group": say(fa="گروه همتا معلوم نیست", en="peer group not known"),
    }
    return reasons[one.why.value]


def _columns(found: Scored) -> list[str]:
    return [*(node.code for node in found.plan.nodes if node.under), *found.parts, *found.worked]


def _row(found: Scored, one: Standing) -> dict[str, Any]:
    """One unit for programs: `score` as it is ranked, all others as they were computed."""
    plan = found.plan
    name = {"name": found.table.words[plan.name][one.place]} if plan.name else {}
    exact = {"exact": str(found.total.at(one.place))} if plan.exact and one.total is not None else {}
    scores = {code: found.parts.get(code) or found.column(code) for code in _columns(found)}
    return {
        "rank": one.rank,
        "unit": one.unit,
        **name,
        **({"group": one.group} if plan.peers else {}),
        "score": _plain(one.total),
        **exact,
        "unranked": one.why.value if one.why else None,
        "scores": {code: _plain(column.at(one.place)) for code, column in scores.items()},
    }


def _print_ranking(found: Scored, chance: Chance, form: str, say: Say) -> None:
    rows = [{**_row(found, one), **chance.of(one.unit)} for one in found.in_order]
    if form == "json":
        titles = found.plan.titles
        print_json({"title": say.pick(titles) if titles else None, "rows": rows})
    elif form == "csv":
        inner = ("scores", "interval", "sensitivity")
        flat = [
            {
                **{key: value for key, value in row.items() if key not in inner},
                **chance.flat(row["unit"]),
                **row["scores"],
            }
            for row in rows
        ]
        names = list(dict.fromkeys(name for row in flat for name in row))
        writer = csv.DictWriter(sys.stdout, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(flat)
    else:
        _print_places(found, chance, say)


def _chance_head(chance: Chance, say: Say) -> list[str]:
    head: list[str] = []
    if chance.intervals:
        head += [say(fa="بازه", en="interval"), say(fa="رتبه‌ها", en="ranks"), say(fa="دسته", en="bands")]
    if chance.sensitivity:
        head += [say(fa="با وزن‌های دیگر", en="other weights"), say(fa="اول", en="first")]
    return head


def _chance_cells(found: Scored, chance: Chance, unit: str, say: Say) -> list[str]:
    from takrim.base import words

    cells: list[str] = []
    if chance.intervals:
        one = chance.intervals.get(unit)
        cells.append(_between(one.low, one.high, found.plan.decimals, say) if one else "")
        cells += [_between(*pair, 0, say) for pair in ((one.best, one.worst), one.bands)] if one else ["", ""]
    if chance.sensitivity:
        other = chance.sensitivity.get(unit)
        cells += (
            [_between(other.best, other.worst, 0, say), words.percent(other.first, say.lang)] if other else ["", ""]
        )
    return cells


def _between(low: float, high: float, decimals: int, say: Say) -> str:
    """ "2–5", or "2" where both are the same."""
    ends = (_number(low, say, decimals), _number(high, say, decimals))
    return ends[0] if ends[0] == ends[1] else "–".join(ends)


def _print_places(found: Scored, chance: Chance, say: Say) -> None:
    plan = found.plan
    shown = [node for node in plan.nodes if node.under == plan.root]
    head = [say(fa="رتبه", en="rank"), say(fa="واحد", en="unit")]
    head += [say(fa="گروه", en="group")] if plan.peers else []
    head += [
        say(fa="امتیاز", en="score"),
        *_chance_head(chance, say),
        *(node.title(say.lang) for node in shown),
        *found.parts,
        "",
    ]
    lines = [head]
    for one in found.in_order:
        name = found.table.words[plan.name][one.place] if plan.name else ""
        columns = [*(found.nodes[node.code] for node in shown), *found.parts.values()]
        line = [_rank(one, say), name or one.unit]
        line += [one.group] if plan.peers else []
        line += [_number(one.total, say, plan.decimals), *_chance_cells(found, chance, one.unit, say)]
        line += [_number(column.at(one.place), say, 4) for column in columns]
        lines.append([*line, _why(one, say)])
    print_table(lines, words=3 if plan.peers else 2)


def _rank(one: Standing, say: Say) -> str:
    """Half a place is told where equals get the mean of their places."""
    return _number(one.rank, say, 1 if one.rank and one.rank % 1 else 0)


def _number(value: Number | None, say: Say, decimals: int) -> str:
    from takrim.base import words

    return words.number(value, say.lang, decimals)


def _print_explained(found: Scored, told: Explained, chance: Chance, form: str, say: Say) -> None:
    lines = [_line(line) for line in told.lines]
    if form == "json":
        nodes = [{"code": node.code, "by": _way(found, node), "score": _plain(value)} for node, value in told.nodes]
        row = {**_row(found, told.standing), **chance.of(told.standing.unit)}
        print_json({**row, "of": told.rivals, "indicators": lines, "nodes": nodes})
        return
    if form == "csv":
        writer = csv.DictWriter(sys.stdout, list(lines[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)
        return
    one = told.standing
    score, rank = _number(one.total, say, found.plan.decimals), _rank(one, say)
    of = f" ({one.group})" if one.group else ""
    if one.rank is None:
        print(
            say(fa=f"{one.unit}: امتیاز {score}، بدون رتبه: ", en=f"{one.unit}: score {score}, not ranked: ")
            + _why(one, say)
        )
    else:
        rivals = say.number(told.rivals)
        print(
            say(
                fa=f"{one.unit}: امتیاز {score}، رتبه {rank} از {rivals}{of}",
                en=f"{one.unit}: score {score}, rank {rank} of {rivals}{of}",
            )
        )
    _print_lines(found, told, say)
    for node, value in told.nodes:
        way = _way(found, node)
        print(f"{node.title(say.lang)}: {_number(value, say, 4)} ({say.pick(_MEANS[way]) if way in _MEANS else way})")
    _print_chance(found, one.unit, chance, say)


def _print_chance(found: Scored, unit: str, chance: Chance, say: Say) -> None:
    """One unit's interval and bands, and what other weights or one indicator less would make of its rank."""
    for title, cell in zip(_chance_head(chance, say), _chance_cells(found, chance, unit, say), strict=True):
        print(f"{title}: {cell}")
    without = chance.sensitivity[unit].without if unit in chance.sensitivity else {}
    if without:
        words = [f"{code} {_number(rank, say, 0)}" for code, rank in without.items()]
        print(say(fa="رتبه بدون هر شاخص: ", en="rank without each indicator: ") + " · ".join(words))


def _way(found: Scored, node: Node) -> str:
    """How the node's score was put together: its mean, or the method over the matrix."""
    return found.plan.method.method if found.plan.method else node.mean.value


def _line(line: Line) -> dict[str, Any]:
    return {
        "code": line.indicator.code,
        "in": line.indicator.under,
        "weight": _plain(line.indicator.weight),
        "verdict": line.verdict.name.lower(),
        "raw": _plain(line.raw),
        "denominated": _plain(line.denominated),
        "adjusted": _plain(line.adjusted),
        "is_adjusted": line.moved,
        "shrunk": _plain(line.shrunk),
        "treated": _plain(line.treated),
        "score": _plain(line.score),
        "lost": _plain(line.lost),
    }


def _print_lines(found: Scored, told: Explained, say: Say) -> None:
    rows = found.plan.indicators
    # A step that no indicator of the plan takes would only repeat the column before it.
    steps = {
        "raw": (True, say(fa="مقدار", en="value")),
        "denominated": (any(row.denominator for row in rows), say(fa="به نسبت", en="per unit")),
        "adjusted": (any(row.adjust for row in rows), say(fa="تعدیل‌شده", en="adjusted")),
        "shrunk": (any(row.shrink for row in rows), say(fa="به‌سوی همتایان", en="shrunk")),
        "treated": (any(row.treatment for row in rows), say(fa="پس از اصلاح", en="treated")),
        "score": (True, say(fa="نمره", en="score")),
        "lost": (found.plan.method is None, say(fa="امتیاز ازدست‌رفته", en="lost")),
    }
    used = {name: title for name, (shown, title) in steps.items() if shown}
    first = [say(fa="شاخص", en="indicator"), say(fa="در", en="in"), say(fa="وزن", en="weight")]
    lines = [[*first, *used.values(), ""]]
    for line in told.lines:
        remark = say.pick(_VERDICTS[line.verdict.name])
        if line.indicator.adjust and not line.moved and line.verdict.name == "SCORED":
            remark = say.pick(_LEFT)
        if line.indicator.missing.reason and line.verdict.name == "ZERO":
            remark += f": {line.indicator.missing.reason}"
        name, weight = line.indicator.title(say.lang), _number(line.indicator.weight, say, 2)
        cells = [_number(getattr(line, step), say, 4) for step in used]
        lines.append([name, line.indicator.under, weight, *cells, remark])
    print_table(lines, words=2)
    print()


PLUGIN = Command(
    name=("rank",),
    help={
        "fa": "جدولی را با یک طرح می‌سنجد و رتبه‌بندی می‌کند",
        "en": "score and rank a table by a plan",
    },
    about={
        "fa": (
            "طرح، فایلی TOML است: شاخص‌ها، وزن‌ها، روش نمره‌دادن، شیوه جمع‌زدن و قاعده رتبه. شکل آن در docs/plans.md.\n"
            "به پایگاه داده و تنظیمات نیازی نیست؛ همان جدول و همان طرح همه‌جا همان رتبه‌ها را می‌دهد.\n"
            "نمونه: takrim rank provinces.csv plan.toml --explain قم\n"
            "با --bundle بسته‌ای امضاشده نوشته می‌شود که هر کس بی اتصال با --verify می‌آزماید.\n"
            "کد ۱: جدول یا طرح پذیرفته نشد یا بسته درست نیست، و جمله‌ای می‌گوید چرا."
        ),
        "en": (
            "A plan is a TOML file: indicators, weights, how values become scores, how scores are put together and\n"
            "ranked. Its form: docs/plans.md. No database and no settings are needed; the same table and plan give\n"
            "the same ranks everywhere. Example: takrim rank provinces.csv plan.toml --explain Qom\n"
            "--bundle writes a signed file that anybody checks offline with --verify.\n"
            "Code 1: the table or plan was refused, or the bundle does not hold; a sentence says why."
        ),
    },
    add_arguments=add_arguments,
    run=run,
    django=False,
)
