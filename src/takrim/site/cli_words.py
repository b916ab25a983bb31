"""argparse's own words in Persian."""

from __future__ import annotations

from typing import Final

PARSER_WORDS: Final = {
    "usage: ": "شیوهٔ کاربرد: ",
    "positional arguments": "آنچه باید داد",
    "options": "گزینه‌ها",
    "show this help message and exit": "همین راهنما را نشان می‌دهد",
    "%(prog)s: error: %(message)s\n": "%(prog)s: خطا: %(message)s\n",
    "unrecognized arguments: %s": "چنین گزینه‌ای نیست: %s",
    "the following arguments are required: %s": "این‌ها را هم باید داد: %s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "expected one argument": "یک مقدار می‌خواهد",
    "expected at least one argument": "دست‌کم یک مقدار می‌خواهد",
    "expected at most one argument": "بیش از یک مقدار نمی‌پذیرد",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r پذیرفته نیست؛ یکی از این‌ها: %(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r مقدار درستی نیست",
    "not allowed with argument %s": "همراه %s نمی‌آید",
    "one of the arguments %s is required": "یکی از این‌ها لازم است: %s",
}
