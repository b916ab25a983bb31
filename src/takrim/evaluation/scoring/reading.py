"""From a plan's TOML to a checked plan; whatever is wrong is a sentence that names the key. Its form: docs/plans.md."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from takrim.evaluation.scoring import keys
from takrim.evaluation.scoring.columns import exactly
from takrim.evaluation.scoring.errors import BadPlan
from takrim.evaluation.scoring.methods.promethee import PREFERENCE
from takrim.evaluation.scoring.parts import METHODS, NOISES, NORMALISERS, TREATMENTS
from takrim.evaluation.scoring.plan import (
    Adjust,
    Draws,
    Floor,
    Indicator,
    Mean,
    Missing,
    Node,
    Peers,
    Plan,
    Policy,
    Shrink,
    Step,
    Ties,
    Volume,
)
from takrim.evaluation.scoring.shape import check

TOP: Final = (
    "title",
    "unit",
    "name",
    "arithmetic",
    "points",
    "blank",
    "default",
    "indicator",
    "node",
    "method",
    "rank",
    "peers",
    "floor",
    "intervals",
    "sensitivity",
)
DEFAULTS: Final = (
    "direction",
    "weight",
    "in",
    "denominator",
    "missing",
    "treatment",
    "normalise",
    "sample",
    "least",
    "adjust",
    "shrink",
    "noise",
)
INDICATOR: Final = ("code", "column", "title", *DEFAULTS, "preference")
NODE: Final = ("code", "title", "in", "weight", "mean", "sum")
# Keys of `adjust`: for the mix of work, for the volume.
MIX: Final = ("parts", "wholes")
VOLUME: Final = ("volume", "per", "bands")
ROOT: Final = "total"


def read_plan(path: Path) -> Plan:
    """Read and check a plan's file. Raises BadPlan with a sentence that says what to change."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadPlan(_("The file {file} cannot be read: {error}."), file=path, error=error.strerror) from error
    except UnicodeDecodeError as error:
        raise BadPlan(_("The file {file} is not UTF-8."), file=path) from error
    return plan_of_text(text)


def plan_of_text(text: str) -> Plan:
    """The same from the text of a plan."""
    return plan_of(toml(text))


def toml(text: str) -> dict[str, Any]:
    """The content of a TOML text, its decimal numbers exact."""
    try:
        return tomllib.loads(text, parse_float=exactly)
    except tomllib.TOMLDecodeError as error:
        raise BadPlan(_("It is not TOML: {error}."), error=error) from error
    except ValueError as error:
        # What `parse_float` does not take: inf, nan, and powers beyond all measure.
        raise BadPlan(_("A number in it is not finite, or far too long.")) from error


def plan_of(content: Mapping[str, Any]) -> Plan:
    """A plan from its content; the parts of it that belong together are checked together."""
    keys.only(content, "", TOP)
    default = keys.table(content.get("default", {}), "default")
    keys.only(default, "default", DEFAULTS)
    nodes = _nodes(content)
    rank = keys.table(content.get("rank", {}), "rank")
    keys.only(rank, "rank", ("decimals", "ties"))
    roots = [node.code for node in nodes if not node.under]
    plan = Plan(
        unit=keys.word(content, "unit", ""),
        name=keys.word(content, "name", "", default=""),
        titles=keys.titles(content, "title"),
        exact=keys.one_of(content, "arithmetic", "", ("float", "exact"), default="float") == "exact",
        points=keys.above_zero(content, "points", "", default=1),
        blank=keys.word_list(content, "blank", default=("NA", "—", "-")),
        indicators=tuple(
            _indicator({**default, **row}, where, nodes)
            for row, where in keys.tables(content, "indicator", needed=True)
        ),
        nodes=nodes,
        root=roots[0] if roots else "",
        method=_method(content),
        decimals=keys.count(rank, "decimals", "rank", default=6),
        ties=Ties(keys.one_of(rank, "ties", "rank", tuple(Ties), default=Ties.COMPETITION)),
        peers=_peers(content),
        floors=tuple(_floor(row, where) for row, where in keys.tables(content, "floor")),
        intervals=_draws(content, "intervals", ("draws", "seed", "level")),
        sensitivity=_draws(content, "sensitivity", ("draws", "seed", "concentration")),
    )
    check(plan, content)
    return plan


def _nodes(content: Mapping[str, Any]) -> tuple[Node, ...]:
    found = [_node(row, where) for row, where in keys.tables(content, "node")]
    return tuple(found) or (Node(code=ROOT),)


def _node(row: Mapping[str, Any], where: str) -> Node:
    keys.only(row, where, NODE)
    return Node(
        code=keys.word(row, "code", where),
        under=keys.word(row, "in", where, default=""),
        weight=keys.above_zero(row, "weight", where, default=1),
        mean=Mean(keys.one_of(row, "mean", where, tuple(Mean), default=Mean.ARITHMETIC)),
        titles=keys.titles(row, "title"),
    )


def _indicator(row: Mapping[str, Any], where: str, nodes: Sequence[Node]) -> Indicator:
    keys.only(row, where, INDICATOR)
    code = keys.word(row, "code", where, default=row.get("column"))
    where = keys.place_of("indicator", code, 0)
    sample = keys.word(row, "sample", where, default="")
    if "least" in row and not sample:
        raise BadPlan(_("{where}: “least” needs “sample”, the column that counts the cases."), where=where)
    return Indicator(
        code=code,
        column=keys.word(row, "column", where, default=code),
        under=keys.word(row, "in", where, default=nodes[0].code if len(nodes) == 1 else None),
        weight=keys.above_zero(row, "weight", where, default=1),
        less=keys.one_of(row, "direction", where, ("more", "less"), default=None) == "less",
        missing=_missing(row.get("missing", "refuse"), where),
        treatment=_treatment(row.get("treatment", []), where),
        normalise=keys.step(row.get("normalise", "asis"), keys.within(where, "normalise"), NORMALISERS),
        titles=keys.titles(row, "title"),
        denominator=keys.word(row, "denominator", where, default=""),
        sample=sample,
        least=keys.above_zero(row, "least", where, default=1) if sample else Fraction(0),
        preference=_preference(row["preference"], keys.within(where, "preference")) if "preference" in row else None,
        adjust=_adjust(row, where) if "adjust" in row else None,
        shrink=_shrink(row, where) if "shrink" in row else None,
        noise=_noise(row, where) if "noise" in row else None,
    )


def _adjust(row: Mapping[str, Any], where: str) -> Adjust | Volume:
    adjust = keys.table(row["adjust"], keys.within(where, "adjust"))
    keys.only(adjust, keys.within(where, "adjust"), (*MIX, *VOLUME))
    if "denominator" not in row:
        raise BadPlan(_("{where}: only a share can be adjusted; “denominator” says of how many."), where=where)
    if any(key in adjust for key in VOLUME):
        return _volume(adjust, keys.within(where, "adjust"))
    parts, wholes = (keys.word_list(adjust, key, default=()) for key in ("parts", "wholes"))
    if len(parts) < 2 or len(parts) != len(wholes):
        reason = _("{where}: “parts” and “wholes” are as many columns each, one for every kind of work, at least two.")
        raise BadPlan(reason, where=keys.within(where, "adjust"))
    return Adjust(parts, wholes)


def _volume(adjust: Mapping[str, Any], where: str) -> Volume:
    if any(key in adjust for key in MIX):
        reason = _("{where}: a share is adjusted for the mix of work or for the volume, not for both; leave one out.")
        raise BadPlan(reason, where=where)
    volume, per = (keys.word(adjust, key, where) for key in ("volume", "per"))
    return Volume(volume, per, volume_bands(adjust, "bands", where))


def volume_bands(row: Mapping[str, Any], key: str, where: str) -> tuple[Fraction, ...]:
    """The bounds between bands of volume."""
    bands = keys.number_list(row, key, where)
    if not bands or bands[0] <= 0 or sorted(set(bands)) != list(bands):
        reason = _("{where}: “{key}” are numbers above zero that grow, such as 20 and 60: the bounds between bands.")
        raise BadPlan(reason, where=where, key=key)
    return bands


def _shrink(row: Mapping[str, Any], where: str) -> Shrink:
    shrink = keys.table(row["shrink"], keys.within(where, "shrink"))
    keys.only(shrink, keys.within(where, "shrink"), ("strength", "of"))
    if "denominator" not in row:
        raise BadPlan(_("{where}: only a share can be shrunk; “denominator” says of how many."), where=where)
    keys.number(shrink, "strength", keys.within(where, "shrink"))
    strength = keys.above_zero(shrink, "strength", keys.within(where, "shrink"), default=1)
    return Shrink(strength, keys.word(shrink, "of", keys.within(where, "shrink"), default=""))


def _noise(row: Mapping[str, Any], where: str) -> Step:
    step = keys.step(row["noise"], keys.within(where, "noise"), NOISES)
    if NOISES[step.method].shares and "denominator" not in row:
        raise BadPlan(_("{where}: the chance of a share needs “denominator”, of how many it is."), where=where)
    return step


def _draws(content: Mapping[str, Any], key: str, possible: Sequence[str]) -> Draws | None:
    if key not in content:
        return None
    row = keys.table(content[key], key)
    keys.only(row, key, possible)
    if "seed" not in row:
        # Without it nobody could draw the same again.
        raise BadPlan(_("{where} lacks “{key}”."), where=key, key="seed")
    level = keys.number_of(row.get("level", "0.95"), "level", key)
    if not 0 < level < 1:
        raise BadPlan(_("{where}: “{key}” is a share between 0 and 1."), where=key, key="level")
    return Draws(
        draws=max(keys.count(row, "draws", key, default=1000), 1),
        seed=keys.count(row, "seed", key, default=0),
        level=level,
        concentration=keys.above_zero(row, "concentration", key, default=100),
    )


def _missing(raw: object, where: str) -> Missing:
    where = keys.within(where, "missing")
    row: Mapping[str, Any] = {"policy": raw} if isinstance(raw, str) else keys.table(raw, where)
    keys.only(row, where, ("policy", "of", "reason"))
    policy = Policy(keys.one_of(row, "policy", where, tuple(Policy), default=None))
    if "of" in row and policy is not Policy.MEAN:
        raise BadPlan(_("{where}: “of” belongs to policy = “mean”."), where=where)
    if policy is Policy.ZERO:
        # Nothing measured is no number; whoever makes it a zero has to say why.
        return Missing(policy, reason=keys.word(row, "reason", where))
    return Missing(policy, of=keys.word(row, "of", where, default=""))


def _treatment(raw: object, where: str) -> tuple[Step, ...]:
    steps = raw if isinstance(raw, list) else [raw]
    return tuple(keys.step(one, keys.within(where, "treatment"), TREATMENTS) for one in steps)


def _preference(raw: object, where: str) -> Mapping[str, Any]:
    given = keys.settings(keys.table(raw, where), where, PREFERENCE)
    if given["curve"] in {"v", "linear"} and given["p"] <= given["q"]:
        raise BadPlan(_("{where}: “p” must be above “q”."), where=where)
    if given["curve"] == "gaussian" and given["s"] <= 0:
        raise BadPlan(_("{where}: “s” must be above zero."), where=where)
    return given


def _method(content: Mapping[str, Any]) -> Step | None:
    return keys.step(content["method"], "method", METHODS) if "method" in content else None


def _peers(content: Mapping[str, Any]) -> Peers | None:
    if "peers" not in content:
        return None
    row = keys.table(content["peers"], "peers")
    keys.only(row, "peers", ("column", "volume", "bands"))
    if ("column" in row) == ("volume" in row):
        raise BadPlan(_("[peers] needs either “column” or “volume” with “bands”."))
    if "column" in row:
        return Peers(column=keys.word(row, "column", "peers"))
    bands = keys.number_list(row, "bands", "peers")
    if not bands or sorted(set(bands)) != list(bands):
        raise BadPlan(_("[peers] “bands” are numbers that grow, such as [2000, 10000]."))
    return Peers(volume=keys.word(row, "volume", "peers"), bands=bands)


def _floor(row: Mapping[str, Any], where: str) -> Floor:
    keys.only(row, where, ("column", "score", "least"))
    if ("column" in row) == ("score" in row):
        raise BadPlan(_("{where} needs either “column” or “score”."), where=where)
    return Floor(
        least=keys.number(row, "least", where),
        column=keys.word(row, "column", where, default=""),
        score=keys.word(row, "score", where, default=""),
    )
