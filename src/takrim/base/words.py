"""Numbers, times and sizes in the words of the reader's language ("fa" or "en")."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

from .clock import local
from .jalali import format_date
from .persian import persian_digits

NOTHING: Final = "—"
_PERSIAN_MARKS: Final = str.maketrans(",.", "٬٫")
_UNITS: Final = {"fa": ("روز", "ساعت", "دقیقه"), "en": ("day", "hour", "minute")}
_SIZES: Final = {"fa": ("بایت", "کیلوبایت", "مگابایت", "گیگابایت"), "en": ("bytes", "kB", "MB", "GB")}


def _fa(lang: str) -> bool:
    return lang.startswith("fa")


def _rounded(value: int | float | Fraction | Decimal, decimals: int) -> Decimal:
    """Half is rounded up, as people do; a Fraction is never turned into a float on the way."""
    if isinstance(value, Fraction):
        scaled = value * 10**decimals
        whole = (abs(scaled.numerator) * 2 + scaled.denominator) // (scaled.denominator * 2)
        return Decimal(whole if scaled >= 0 else -whole).scaleb(-decimals)
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def digits(text: object, lang: str) -> str:
    """The text with its digits as that language writes them."""
    return persian_digits(str(text)) if _fa(lang) else str(text)


def number(value: int | float | Fraction | Decimal | None, lang: str, decimals: int = 0) -> str:
    """«۱٬۲۳۴٫۵» or "1,234.5"; None, which means that nothing was measured, is a dash."""
    if value is None:
        return NOTHING
    exact = isinstance(value, int) and not decimals
    text = f"{value:,}" if exact else f"{_rounded(value, decimals):,f}"
    return persian_digits(text.translate(_PERSIAN_MARKS)) if _fa(lang) else text


def percent(value: Fraction | float | None, lang: str, decimals: int = 1) -> str:
    """A share (1 is all) as «۸۷٫۵٪» or "87.5%"; a needless ".0" is left out, None is a dash."""
    if value is None:
        return NOTHING
    rounded = _rounded(value * 100, decimals)
    text = number(rounded, lang, 0 if rounded == rounded.to_integral_value() else decimals)
    return f"{text}٪" if _fa(lang) else f"{text}%"


def date(moment: dt.date, lang: str) -> str:
    """A date, or the Tehran date of a moment: «۲ آذر ۱۴۰۵» or "2 Azar 1405"."""
    return format_date(local(moment).date() if isinstance(moment, dt.datetime) else moment, lang)


def time(moment: dt.datetime, lang: str) -> str:
    """The Tehran time of a moment: «۱۰:۳۰»."""
    here = local(moment)
    return _minute(here.hour, here.minute, _fa(lang))


@lru_cache(maxsize=2 * 24 * 60)
def _minute(hour: int, minute: int, persian: bool) -> str:
    return digits(f"{hour:02}:{minute:02}", "fa" if persian else "en")


def datetime(moment: dt.datetime, lang: str) -> str:
    """A moment by Tehran's clock: «۲ آذر ۱۴۰۵، ساعت ۱۰:۳۰» or "2 Azar 1405, 10:30"."""
    here = local(moment)
    joint = "، ساعت " if _fa(lang) else ", "
    return f"{format_date(here.date(), lang)}{joint}{_minute(here.hour, here.minute, _fa(lang))}"


def duration(length: dt.timedelta | int | float | Fraction, lang: str) -> str:
    """A length of time, or a number of hours, in its two largest units: «۳ روز و ۴ ساعت» or "3 days and 4 hours".

    Days are of 24 hours; less than a minute is «کمتر از یک دقیقه»; the sign is left out.
    """
    seconds = abs(length.total_seconds() if isinstance(length, dt.timedelta) else float(length) * 3600)
    minutes = int(seconds // 60)
    amounts = (minutes // 1440, minutes // 60 % 24, minutes % 60)
    first = next((place for place, amount in enumerate(amounts) if amount), None)
    if first is None:
        return "کمتر از یک دقیقه" if _fa(lang) else "less than a minute"
    shown = [_amount(amounts[place], place, lang) for place in range(first, min(first + 2, 3)) if amounts[place]]
    return (" و " if _fa(lang) else " and ").join(shown)


def _amount(amount: int, unit: int, lang: str) -> str:
    if _fa(lang):
        return f"{number(amount, lang)} {_UNITS['fa'][unit]}"
    return f"{amount:,} {_UNITS['en'][unit]}{'' if amount == 1 else 's'}"


def time_left(now: dt.datetime, due: dt.datetime, lang: str) -> str:
    """How far a due moment is, in its largest unit: «۲ روز مانده», «۳ روز گذشته», "2 days left", "3 days late"."""
    # Through UTC: moments that share a zone are subtracted by its wall clock.
    left = (due.astimezone(dt.UTC) - now.astimezone(dt.UTC)).total_seconds()
    minutes = int(abs(left) // 60)
    amounts = (minutes // 1440, minutes // 60, minutes)
    unit = next((place for place, amount in enumerate(amounts) if amount), None)
    late = left < 0
    if unit is None:
        amount = "کمتر از یک دقیقه" if _fa(lang) else "less than a minute"
    else:
        amount = _amount(amounts[unit], unit, lang)
    return f"{amount} {('گذشته' if late else 'مانده') if _fa(lang) else ('late' if late else 'left')}"


def file_size(size: int, lang: str) -> str:
    """A number of bytes: «۲٫۴ مگابایت» or "2.4 MB" (thousands, not 1024s, as file managers show)."""
    names = _SIZES["fa" if _fa(lang) else "en"]
    amount, unit = Fraction(size), 0
    # 999,500 and more would be rounded to «1,000 kB».
    while amount >= Fraction(1999, 2) and (unit or amount >= 1000) and unit < len(names) - 1:
        amount, unit = amount / 1000, unit + 1
    if size == 1 and not _fa(lang):
        return "1 byte"
    return f"{number(amount, lang, 1 if unit and amount < 10 else 0)} {names[unit]}"
