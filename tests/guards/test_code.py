"""Which habits of Django the code does not follow, folder by folder."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.guards import tree

Rule = Callable[[ast.AST], bool]

WRITES = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"}
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("timezone", "now")}
STAMPS = {"auto_now", "auto_now_add"}
# Folder → why its deeds need not be told who acts.
NOBODY_ACTS = {"src/takrim/tasks": "the steps of the queue are a worker's, not a person's"}
BASES_OF_CLASS_VIEWS = "django.views.generic"

# Rule, file → why it is allowed there.
ALLOWED: dict[tuple[str, str], str] = {
    ("reads the clock", "src/takrim/base/clock.py"): "the one place that reads it",
    ("starts at a model", "src/takrim/web/accounts.py"): "who is signed in is known before there is a desk",
    ("starts at a model", "src/takrim/web/sessions.py"): "the session is read before there is a desk",
}


def _imports(node: ast.AST, *starts: str) -> bool:
    if isinstance(node, ast.Import):
        return any(alias.name.startswith(starts) for alias in node.names)
    if isinstance(node, ast.ImportFrom) and node.module:
        return any(f"{node.module}.{alias.name}".startswith(starts) for alias in node.names)
    return False


def _calls(node: ast.AST, names: set[str]) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names


def _keyword(node: ast.AST, names: set[str]) -> bool:
    return isinstance(node, ast.Call) and any(keyword.arg in names for keyword in node.keywords)


def _reads_clock(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name | ast.Attribute)
        and (node.value.id if isinstance(node.value, ast.Name) else node.value.attr, node.attr) in CLOCKS
    )


def _has_choices(node: ast.AST) -> bool:
    """A model's field lists its values. A form's field may: that is no schema."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    owner = node.func.value
    return isinstance(owner, ast.Name) and owner.id == "models" and _keyword(node, {"choices"})


def _overrides_save(node: ast.AST) -> bool:
    """A model that saves in a way of its own. What is append-only refuses; refusing is not saving differently."""
    if not isinstance(node, ast.ClassDef):
        return False
    methods = [item for item in node.body if isinstance(item, ast.FunctionDef) and item.name in {"save", "delete"}]
    return any("super" in ast.dump(method) for method in methods)


EVERYWHERE: dict[str, Rule] = {
    "uses signals": lambda node: _imports(node, "django.db.models.signals", "django.dispatch", "django.core.signals"),
    "reads the clock": _reads_clock,
    "stamps times by itself": lambda node: _keyword(node, STAMPS),
    "has choices in the schema": _has_choices,
    "overrides save": _overrides_save,
    "uses generic foreign keys": lambda node: _imports(node, "django.contrib.contenttypes"),
    "cascades": lambda node: isinstance(node, ast.Attribute) and node.attr == "CASCADE",
    "uses class-based views": lambda node: _imports(node, BASES_OF_CLASS_VIEWS),
    "imports everything": lambda node: isinstance(node, ast.ImportFrom) and node.names[0].name == "*",
}
IN_PAGES: dict[str, Rule] = {
    "writes from a page": lambda node: _calls(node, WRITES),
    "starts at a model": lambda node: isinstance(node, ast.Attribute) and node.attr == "objects",
}
BELOW_PAGES: dict[str, Rule] = {
    "knows HTTP": lambda node: _imports(
        node, "django.http", "django.shortcuts", "django.urls", "django.contrib.messages", "django.views"
    ),
}


# The only nodes that a rule speaks about: most of a file is names and constants.
LOOKED_AT = (ast.Import, ast.ImportFrom, ast.Call, ast.Attribute, ast.ClassDef)


def found(rules: dict[str, Rule], path: Path) -> Iterator[tuple[str, str]]:
    """(rule, file) of each rule that a file breaks."""
    for node in ast.walk(tree.tree(path)):
        if not isinstance(node, LOOKED_AT):
            continue
        for rule, breaks in rules.items():
            if breaks(node):
                yield rule, tree.name(path)


def _broken() -> set[tuple[str, str]]:
    web, site = tree.SOURCE / "web", tree.SOURCE / "site"
    broken: set[tuple[str, str]] = set()
    for path in tree.modules():
        rules = dict(EVERYWHERE)
        # A desk is where pages start, so it is the one that may name models.
        if path.is_relative_to(web) and not path.name.startswith("desk"):
            rules |= IN_PAGES
        if not path.is_relative_to(web) and not path.is_relative_to(site):
            rules |= BELOW_PAGES
        broken |= set(found(rules, path))
    return broken


def test_the_code_keeps_the_rules() -> None:
    broken = _broken()
    assert sorted(broken - set(ALLOWED)) == []
    assert sorted(set(ALLOWED) - broken) == [], "an exception that nobody needs any more"


def test_exceptions_are_counted() -> None:
    assert len(ALLOWED) <= 4
    assert all(ALLOWED.values())


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("uses signals", "from django.db.models.signals import post_save"),
        ("uses signals", "from django.dispatch import receiver"),
        ("reads the clock", "now = timezone.now()"),
        ("reads the clock", "now = datetime.datetime.now(tz)"),
        ("stamps times by itself", "at = models.DateTimeField(auto_now_add=True)"),
        ("has choices in the schema", "kind = models.TextField(choices=KINDS)"),
        ("overrides save", "class A:\n def save(self):\n  super().save()"),
        ("uses generic foreign keys", "from django.contrib.contenttypes.fields import GenericForeignKey"),
        ("cascades", "a = models.ForeignKey(B, on_delete=models.CASCADE)"),
        ("uses class-based views", "from django.views.generic import ListView"),
        ("imports everything", "from os import *"),
        ("writes from a page", "case.save()"),
        ("starts at a model", "Case.objects.filter()"),
        ("knows HTTP", "from django.shortcuts import render"),
    ],
)
def test_a_broken_rule_would_be_seen(rule: str, code: str) -> None:
    breaks = {**EVERYWHERE, **IN_PAGES, **BELOW_PAGES}[rule]
    assert any(breaks(node) for node in ast.walk(ast.parse(code)))


def faults_of_deed(function: ast.FunctionDef) -> list[str]:
    """What a public function of an actions file lacks to be a deed."""
    arguments = function.args
    names = {argument.arg for argument in arguments.kwonlyargs}
    faults = ["has positional arguments"] if arguments.args or arguments.posonlyargs else []
    return faults + [f"takes no {name}" for name in ("by", "now") if name not in names]


def is_deed(node: ast.AST) -> bool:
    """A public function in one transaction."""
    if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
        return False
    return any("atomic" in ast.dump(item) for item in node.decorator_list)


def test_deeds_are_told_who_and_when() -> None:
    faults = [
        f"{tree.name(path)}: {node.name} {fault}"
        for path in tree.modules()
        if path.name.startswith("actions")
        for node in tree.tree(path).body
        if isinstance(node, ast.FunctionDef) and is_deed(node)
        for fault in faults_of_deed(node)
        if not (fault == "takes no by" and tree.name(path.parent) in NOBODY_ACTS)
    ]
    assert faults == []


def test_a_deed_without_its_actor_would_be_seen() -> None:
    deed = ast.parse("@transaction.atomic\ndef close(case, *, now): ...").body[0]
    assert isinstance(deed, ast.FunctionDef)
    assert is_deed(deed)
    assert faults_of_deed(deed) == ["has positional arguments", "takes no by"]
