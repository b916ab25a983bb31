"""Settings that cannot be used stop the program with a sentence, and secrets are never repeated."""

from __future__ import annotations

import re

import pytest

from takrim.site import databases, environment


def test_nothing_needs_to_be_set() -> None:
    values = environment.read({})
    assert values["PORT"] == 8000
    assert values["WEB_PROCESSES"] == 2
    assert values["HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert set(values) == {variable.name.removeprefix("TAKRIM_") for variable in environment.VARIABLES}


def test_other_programs_variables_are_left_alone() -> None:
    assert environment.read({"PATH": "/bin", "LANG": "fa_IR"}) == environment.read({})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TAKRIM_PORT", "eighty"),
        ("TAKRIM_PORT", "0"),
        ("TAKRIM_PORT", "65536"),
        ("TAKRIM_DEBUG", "yes"),
        ("TAKRIM_WEB_PROCESSES", "0"),
        ("TAKRIM_UPLOAD_MB", "-1"),
        ("TAKRIM_UPLOAD_FILES", "1.5"),
        ("TAKRIM_SQLITE_SYNC", "OFF"),
        ("TAKRIM_ADDRESS", "takrim.example.ir"),
        ("TAKRIM_S3_ENDPOINT", "ftp://store"),
        ("TAKRIM_SMTP_TLS", "true"),
        ("TAKRIM_SMTP_PORT", ""),
        ("TAKRIM_LOG_LEVEL", "LOUD"),
    ],
)
def test_a_bad_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(environment.BadSetting, match=name) as refused:
        environment.read({name: value})
    told, asked = refused.value.told_fa, name + (f"={value!r}" if value else "")
    assert told.startswith(f"{asked}: ")
    assert re.search("[آ-ی]", told)
    assert not re.search(r"\b(use|from|number)\b", told)


def test_a_misspelled_name_is_refused_without_its_value() -> None:
    with pytest.raises(environment.BadSetting) as refused:
        environment.read({"TAKRIM_SMTP_PASWORD": "hunter2"})
    assert "TAKRIM_SMTP_PASWORD" in str(refused.value)
    assert "hunter2" not in str(refused.value)


def test_an_address_loses_its_last_slash() -> None:
    assert environment.read({"TAKRIM_ADDRESS": "https://takrim.example.ir/"})["ADDRESS"] == "https://takrim.example.ir"


def test_what_is_in_force_is_shown_without_secrets() -> None:
    given = {
        "TAKRIM_SECRET_KEY": "s3cret",
        "TAKRIM_SMS_SECRET": "s3cret",
        "TAKRIM_SMTP_PASSWORD": "s3cret",
        "TAKRIM_DATABASE_URL": "postgresql://takrim:s3c@ret@db/takrim",
        "TAKRIM_PORT": "9000",
    }
    seen = {variable.name: variable for variable in environment.seen(given)}
    assert not any("s3c" in variable.value or "ret@" in variable.value for variable in seen.values())
    assert seen["TAKRIM_DATABASE_URL"].value == "postgresql://takrim:•••@db/takrim"
    assert (seen["TAKRIM_PORT"].value, seen["TAKRIM_PORT"].is_set) == ("9000", True)
    assert (seen["TAKRIM_HOST"].value, seen["TAKRIM_HOST"].is_set) == ("127.0.0.1", False)


def test_every_setting_is_explained_in_both_languages() -> None:
    assert [variable.name for variable in environment.VARIABLES if not (variable.meaning and variable.meaning_fa)] == []


@pytest.mark.parametrize("url", ["mysql://u@h/x", "postgresql://u@h", "takrim"])
def test_another_database_is_refused(url: str) -> None:
    with pytest.raises(SystemExit, match="TAKRIM_DATABASE_URL"):
        databases.postgresql(url)


def test_a_database_address_is_taken_apart() -> None:
    found = databases.postgresql("postgresql://ta%40krim:p%2Fw@db.local:5433/takrim")
    assert {name: found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "takrim",
        "USER": "ta@krim",
        "PASSWORD": "p/w",
        "HOST": "db.local",
        "PORT": "5433",
    }
    assert databases.postgresql("postgresql://takrim@/takrim?host=/run/pg")["HOST"] == "/run/pg"
