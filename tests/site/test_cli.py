"""The command line: both languages, exit codes, and quick to answer."""

from __future__ import annotations

import json
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from time import monotonic

import pytest

from takrim.base.errors import Refusal
from takrim.journal.verify import ChainReport
from takrim.site import cli
from takrim.site.cli import COMMANDS, language, main
from takrim.site.command import Command, Exit, Say
from tests.site.conftest import ROOT

NAMES = [command.name for _, command in COMMANDS]


class NotThisTime(Refusal):
    code = "not_this_time"
    message = "Not this time."


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


@pytest.fixture
def odd(monkeypatch: pytest.MonkeyPatch) -> list[Namespace]:
    """A command `odd` that does as it is told; the options it was given."""
    seen: list[Namespace] = []

    def run(options: Namespace, say: Say) -> int:
        seen.append(options)
        if options.how == "refuse":
            raise NotThisTime
        if options.how == "interrupt":
            raise KeyboardInterrupt
        if options.how == "stop":
            raise SystemExit("TAKRIM_PORT='x': use a port number")
        return Exit.OK

    def add_arguments(parser: ArgumentParser, say: Say) -> None:
        parser.add_argument("how")

    command = Command(
        name=("odd",),
        help={"fa": "فرمان آزمون", "en": "a command for tests"},
        add_arguments=add_arguments,
        run=run,
    )
    monkeypatch.setattr(cli, "COMMANDS", [("odd", command)])
    return seen


@pytest.mark.parametrize(("how", "code"), [("well", 0), ("refuse", 1), ("stop", 2), ("interrupt", 130)], ids=str)
def test_each_end_has_its_exit_code(odd: list[Namespace], how: str, code: int) -> None:
    assert main(["odd", how]) == code
    assert odd[0].how == how


def test_a_refusal_is_told_on_the_error_stream(odd: list[Namespace], capsys: pytest.CaptureFixture[str]) -> None:
    main(["odd", "refuse"])
    assert capsys.readouterr().err == "Not this time.\n"


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["odd"], ["odd", "well", "more"], ["odd", "--nonsense"]])
def test_a_wrong_command_is_exit_code_two(
    odd: list[Namespace], arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == Exit.USAGE
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize("name", NAMES, ids=" ".join)
@pytest.mark.parametrize("lang", ["fa", "en"])
def test_every_command_explains_itself_in_both_languages(
    name: tuple[str, ...], lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*name, "--help", "--lang", lang]) == 0
    page = capsys.readouterr().out
    assert ("شیوهٔ کاربرد" in page) == (lang == "fa")
    assert ("options" in page) == (lang == "en")


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_list_of_commands_names_each_with_its_line(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help", "--lang", lang]) == 0
    page = " ".join(capsys.readouterr().out.split())
    for _, command in COMMANDS:
        assert command.name[0] in page
        assert len(command.name) == 2 or command.help[lang] in page
        assert f"{command.name[0]} {command.name[0]} " not in page
    assert ("version and exit" in page) == (lang == "en")


def test_a_wrong_option_is_told_in_persian_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--format", "yaml", "--lang", "fa"]) == 2
    assert "پذیرفته نیست" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "environment", "lang"),
    [
        ([], {}, "en"),
        ([], {"LANG": "fa_IR.UTF-8"}, "fa"),
        ([], {"LANG": "fa_IR.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        (["--lang", "fa"], {"LANG": "en_US.UTF-8"}, "fa"),
        (["figures", "--lang=en"], {"LANG": "fa_IR.UTF-8"}, "en"),
        (["--lang"], {"LANG": "fa_IR.UTF-8"}, "fa"),
    ],
)
def test_the_language_is_asked_for_or_follows_the_locale(
    arguments: list[str], environment: dict[str, str], lang: str
) -> None:
    assert language(arguments, environment) == lang


def test_help_does_not_wait_for_django() -> None:
    code = "import sys; from takrim.site.cli import main; main(['--help']); sys.exit('django.db' in sys.modules)"
    began = monotonic()
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "src", capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert monotonic() - began < 2


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("takrim ")


@pytest.mark.django_db
def test_doctor_tells_people_and_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--lang", "fa"]) == Exit.REFUSED
    assert "✗ کارگر: هیچ کارگری کار نمی‌کند" in capsys.readouterr().out
    assert main(["doctor", "--format", "json"]) == Exit.REFUSED
    told = json.loads(capsys.readouterr().out)
    assert told["healthy"] is False
    assert {"code": "worker", "state": "bad"}.items() <= {**told["checks"][2]}.items()


@pytest.mark.django_db
def test_the_journal_is_verified(case: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["journal", "verify"]) == Exit.OK
    assert "✓ ir/alborz/" in capsys.readouterr().out
    assert main(["journal", "verify", "--chain", "ir/alborz/", "--format", "json"]) == Exit.OK
    told = json.loads(capsys.readouterr().out)
    assert told["holds"] is True
    assert [chain["chain"] for chain in told["chains"]] == ["ir/alborz/"]


@pytest.mark.django_db
def test_a_chain_that_is_not_there_does_not_hold(case: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["journal", "verify", "--chain", "ir/albroz/", "--lang", "fa"]) == Exit.REFUSED
    told = capsys.readouterr()
    assert "زنجیره‌ای به نام ir/albroz/ ندارد" in told.err
    assert told.out == ""


@pytest.mark.parametrize(("lang", "word"), [("fa", "زمان درستی نیست"), ("en", "is no time")])
@pytest.mark.parametrize("text", ["yesterday", "1404/13/01", "1404/12/30", "1405/09/03 25:00", ""])
def test_a_moment_that_cannot_be_read_is_refused_with_examples(
    lang: str, word: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["figures", "--as-of", text, "--lang", lang]) == Exit.USAGE
    told = capsys.readouterr().err
    assert word in told
    assert "1405/09/03 10:00" in told


@pytest.mark.parametrize("port", ["0", "65536", "99999999", "web"])
def test_a_port_that_cannot_be_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--port", port]) == Exit.USAGE
    assert f"TAKRIM_PORT='{port}': use a port number from 1 to 65535" in capsys.readouterr().err


def test_a_setting_is_refused_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--port", "0", "--lang", "fa"]) == Exit.USAGE
    assert capsys.readouterr().err == "TAKRIM_PORT='0': شماره درگاهی از 1 تا 65535 بنویسید\n"


@pytest.mark.django_db
def test_a_broken_link_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    broken = [ChainReport("ir/alborz/", 12), ChainReport("ir/qom/", 7, 7, "changed")]
    monkeypatch.setattr("takrim.journal.verify.verify", lambda chains: iter(broken))
    assert main(["journal", "verify", "--lang", "fa"]) == Exit.REFUSED
    told = capsys.readouterr().out
    assert "✗ ir/qom/: حلقهٔ ۷ درست نیست (ردیفی دست خورده است)" in told
    assert main(["journal", "verify", "--format", "json"]) == Exit.REFUSED
    assert json.loads(capsys.readouterr().out)["chains"][1]["broken_at"] == 7
