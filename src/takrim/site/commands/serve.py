"""`takrim serve`: web, worker and scheduler as one process tree."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from functools import partial

from takrim.site.command import Command, Exit, Say


def add_arguments(parser: ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "--host", help=say(fa="نشانی شنود؛ جای TAKRIM_HOST", en="address to listen on; instead of TAKRIM_HOST")
    )
    parser.add_argument("--port", help=say(fa="درگاه؛ جای TAKRIM_PORT", en="port; instead of TAKRIM_PORT"))


def run(options: Namespace, say: Say) -> int:
    """Check, gather static files, and serve."""
    from takrim.site import environment, serve
    from takrim.tasks.health import unapplied
    from takrim.web import static_files

    values = environment.read()
    if options.port is not None:
        # As the setting is: a port that cannot be ends the program before anything starts.
        values = environment.read({**os.environ, "TAKRIM_PORT": options.port})
    host, port = options.host or values["HOST"], values["PORT"]
    if unapplied():
        print(
            say(
                fa="پایگاه داده هنوز به این نسخه نرسیده است. نخست «takrim migrate» را اجرا کنید.",
                en="The database is not at this version yet. Run “takrim migrate” first.",
            ),
            file=sys.stderr,
        )
        return Exit.REFUSED
    if not serve.is_free(host, port):
        print(
            say(
                fa=f"درگاه {port} روی {host} در دست برنامهٔ دیگری است. با TAKRIM_PORT درگاه دیگری بدهید.",
                en=f"Port {port} of {host} is taken by another program. Choose another with TAKRIM_PORT.",
            ),
            file=sys.stderr,
        )
        return Exit.REFUSED
    static_files.collect()
    serve.serve(
        host=host,
        port=port,
        processes=values["WEB_PROCESSES"],
        proxies=values["PROXIES"],
        ready=partial(_greet, host, port, say),
    )
    return Exit.OK


def _greet(host: str, port: int, say: Say) -> None:
    shown = f"[{host}]" if ":" in host else host
    print(
        say(fa=f"تکریم روی http://{shown}:{port} آماده است.", en=f"Takrim is ready at http://{shown}:{port}"),
        flush=True,
    )
    from django.db import connections

    from takrim.site.commands.demo import print_people

    print_people(say)
    print(say(fa="برای پایان Ctrl-C را بزنید.", en="Press Ctrl-C to stop."), flush=True)
    # The children must not inherit a connection.
    connections.close_all()


PLUGIN = Command(
    name=("serve",),
    help={
        "fa": "صفحه‌ها، کارگر و زمان‌بند را با هم راه می‌اندازد",
        "en": "run the pages, the worker and the scheduler together",
    },
    about={
        "fa": "پردازه‌ای که بمیرد بی‌درنگ از نو راه می‌افتد؛ Ctrl-C یا SIGTERM همه را تا سه ثانیه می‌بندد.",
        "en": "A process that dies is replaced at once; Ctrl-C or SIGTERM stops all of them within three seconds.",
    },
    add_arguments=add_arguments,
    run=run,
)
