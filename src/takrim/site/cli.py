"""The `takrim` command: finds the subcommand, speaks Persian or English, turns refusals into exit codes."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from takrim import __version__
from takrim.base.registry import Folder
from takrim.site.cli_words import PARSER_WORDS
from takrim.site.command import Command, Exit, Say
from takrim.site.environment import BadSetting

COMMANDS: Folder[Command] = Folder("takrim.site.commands", Command)

_TITLE = {
    "fa": "تکریم: سامانهٔ پاسخگویی به مردم، سنجش و مقایسهٔ دفترها",
    "en": "Takrim: offices answer the people, are measured, and are compared",
}
_EXIT_CODES = {
    "fa": "کد خروج: ۰ انجام شد · ۱ انجام نشد یا بررسی رد شد · ۲ فرمان یا تنظیم نادرست · ۱۳۰ با Ctrl-C متوقف شد",
    "en": "Exit codes: 0 done · 1 refused or a check failed · 2 wrong command or setting · 130 stopped by Ctrl-C",
}
_GROUPS = {
    "cards": {"fa": "شناسنامه‌های خدمت", "en": "service cards"},
    "feed": {"fa": "سپردن آمار استان به وزارتخانه", "en": "hand the figures of a province to the nation"},
    "import": {"fa": "آوردن داده از فایل", "en": "bring in data from files"},
    "letters": {"fa": "نامه‌هایی که برمی‌گردند", "en": "mail that comes back"},
    "staff": {"fa": "کارکنان و پست‌هایشان", "en": "officers and their posts"},
    "report": {"fa": "گزارش دفترها", "en": "reports of offices"},
    "journal": {"fa": "دفتر رویدادها", "en": "the journal of what happened"},
}


def language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """ "fa" or "en": what --lang says, else what the locale says (LC_ALL, LC_MESSAGES, LANG), else English."""
    for place, argument in enumerate(arguments):
        value = argument.partition("=")[2] if argument.startswith("--lang=") else ""
        if argument == "--lang" and place + 1 < len(arguments):
            value = arguments[place + 1]
        if value in {"fa", "en"}:
            return value
    named = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "fa" if named.lower().startswith("fa") else "en"


def _new(make: Callable[..., argparse.ArgumentParser], say: Say, **settings: Any) -> argparse.ArgumentParser:
    parser = make(formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False, **settings)
    parser.add_argument(
        "--lang",
        choices=["fa", "en"],
        default=argparse.SUPPRESS,
        help=say(fa="زبان پیام‌ها و راهنما", en="language of messages and help"),
    )
    return parser


def build(say: Say) -> argparse.ArgumentParser:
    """The parser of the whole command line in one language."""
    # argparse asks gettext for "usage:" and the like under this name; it offers no other way to translate them.
    words = PARSER_WORDS if say.lang == "fa" else {}
    vars(argparse)["_"] = lambda text: words.get(text, text)
    title, codes = say.pick(_TITLE), say.pick(_EXIT_CODES)
    top = _new(argparse.ArgumentParser, say, prog="takrim", description=title, epilog=codes)
    version = say(fa="شمارهٔ نسخه را نشان می‌دهد", en="show the version and exit")
    top.add_argument("--version", action="version", version=f"takrim {__version__}", help=version)
    inside = top.add_subparsers(dest="command", metavar=say(fa="فرمان", en="COMMAND"), required=True)
    groups: dict[str, Any] = {}
    for _code, command in sorted(COMMANDS, key=lambda item: item[1].name):
        place = inside
        if len(command.name) == 2:
            place = groups.get(command.name[0]) or _group(inside, command.name[0], say)
            groups[command.name[0]] = place
        line = say.pick(command.help)
        about = line if command.about is None else f"{line}\n\n{say.pick(command.about)}"
        parser = _new(place.add_parser, say, name=command.name[-1], help=line, description=about, epilog=codes)
        command.add_arguments(parser, say)
        parser.set_defaults(chosen=command)
    return top


def _group(inside: Any, name: str, say: Say) -> Any:
    line = say.pick(_GROUPS[name])
    parser = _new(inside.add_parser, say, name=name, help=line, description=line)
    return parser.add_subparsers(dest="subcommand", metavar=say(fa="فرمان", en="COMMAND"), required=True)


def _run(command: Command, options: argparse.Namespace, say: Say) -> int:
    if not command.django:
        return int(command.run(options, say))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "takrim.site.settings")
    import django
    from django.utils import translation

    from takrim.base.errors import Refusal

    django.setup()
    with translation.override(say.lang):
        try:
            return int(command.run(options, say))
        except Refusal as refusal:
            print(refusal, file=sys.stderr)
            return Exit.REFUSED


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand; the exit code is returned, never raised."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    say = Say(language(arguments, os.environ))
    try:
        options = build(say).parse_args(arguments)
        return _run(options.chosen, options, say)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone (`takrim figures | head`); nothing more can be printed to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK
    except BadSetting as bad:
        print(say(fa=bad.told_fa, en=str(bad)), file=sys.stderr)
        return Exit.USAGE
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
            return Exit.USAGE
        return int(end.code or 0)
