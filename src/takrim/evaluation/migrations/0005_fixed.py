"""The database itself refuses to change a plan that a round uses, and what a finished round was decided by."""

from __future__ import annotations

from typing import Any

from django.db import migrations

_PLAN = "A plan that a round uses cannot change."
_ROUND = "A finished round cannot change."
_CHANGE = "What became of a value is written once."
_CONTENT = ("code", "number", "title_fa", "title_en", '"of"', "text")
_IN_USE = "EXISTS (SELECT 1 FROM evaluation_round r WHERE r.plan_id = OLD.id)"
_OVER = (
    "EXISTS (SELECT 1 FROM evaluation_entrant e JOIN evaluation_round r ON r.id = e.round_id "
    "WHERE e.id = OLD.entrant_id AND r.final_at IS NOT NULL)"
)
_DRAFTED = "NEW.state = 'draft' AND OLD.state <> 'draft'"


def _sqlite() -> list[str]:
    changed = " OR ".join(f"OLD.{name} <> NEW.{name}" for name in _CONTENT)
    rules = [
        ("planversion", "UPDATE", f"({changed} OR {_DRAFTED}) AND {_IN_USE}", _PLAN),
        ("value", "UPDATE", _OVER, _ROUND),
        ("value", "DELETE", _OVER, _ROUND),
        ("result", "UPDATE", _OVER, _ROUND),
        ("result", "DELETE", _OVER, _ROUND),
        ("valuechange", "UPDATE", "1", _CHANGE),
        ("valuechange", "DELETE", "1", _CHANGE),
    ]
    return [
        f"CREATE TRIGGER evaluation_{table}_no_{verb.lower()} BEFORE {verb} ON evaluation_{table} "
        f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{why}'); END"
        for table, verb, when, why in rules
    ]


def _postgresql() -> list[str]:
    changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in _CONTENT)
    return [
        _function("plan", f"({changed} OR {_DRAFTED}) AND {_IN_USE}", _PLAN),
        _function("over", _OVER, _ROUND),
        _function("change", "TRUE", _CHANGE),
        _trigger("planversion", "UPDATE", "plan"),
        _trigger("value", "UPDATE OR DELETE", "over"),
        _trigger("result", "UPDATE OR DELETE", "over"),
        _trigger("valuechange", "UPDATE OR DELETE", "change"),
    ]


def _function(name: str, when: str, why: str) -> str:
    return (
        f"CREATE FUNCTION evaluation_fixed_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {when} THEN RAISE '{why}' USING ERRCODE = '23000'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )


def _trigger(table: str, verbs: str, function: str) -> str:
    return (
        f"CREATE TRIGGER evaluation_{table}_fixed BEFORE {verbs} ON evaluation_{table} "
        f"FOR EACH ROW EXECUTE FUNCTION evaluation_fixed_{function}()"
    )


def fix(apps: Any, schema_editor: Any) -> None:
    statements = _postgresql() if schema_editor.connection.vendor == "postgresql" else _sqlite()
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0004_values")]
    operations = [migrations.RunPython(fix, migrations.RunPython.noop)]
