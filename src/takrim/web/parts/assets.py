"""Which styles and scripts a page loads, written once as finished HTML."""

from __future__ import annotations

from functools import lru_cache

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django_htmx.jinja import htmx_script

import takrim

VENDOR = "takrim/vendor"
STYLES = ("tokens", "layout", "controls", "components", "data")
SCRIPTS = ("page", "forms", "draft", "copy")


@lru_cache(maxsize=4)
def head(lang: str) -> SafeString:
    """Everything of <head> that is the same on all pages of a language: addresses with a hash, so computed once."""
    bootstrap = "bootstrap.rtl.min.css" if lang == "fa" else "bootstrap.min.css"
    font = static(f"{VENDOR}/vazirmatn-33.0.3/Vazirmatn-wght.woff2")
    sheets = [f"{VENDOR}/bootstrap-5.3.9/{bootstrap}", *(f"takrim/css/{name}.css" for name in STYLES)]
    return (
        format_html('<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>', font)
        + format_html_join("", '<link rel="stylesheet" href="{}">', ((static(sheet),) for sheet in sheets))
        + format_html('<link rel="stylesheet" href="{}" media="print">', static("takrim/css/print.css"))
        + format_html('<link rel="icon" href="{}" type="image/svg+xml">', static("takrim/favicon.svg"))
        + htmx_script()
        + format_html_join(
            "", '<script src="{}" defer></script>', ((static(f"takrim/js/{name}.js"),) for name in SCRIPTS)
        )
    )


@lru_cache(maxsize=16)
def fixed(template: str, lang: str) -> SafeString:
    """A piece of the frame that is the same for everybody who reads this language: rendered once, not on every page."""
    return render_to_string(template)


@lru_cache(maxsize=1)
def chart_scripts() -> SafeString:
    """Chart.js and our drawing of it; only pages with charts ask for these 70 kB."""
    names = (f"{VENDOR}/chart.js-4.6.1/chart.umd.min.js", "takrim/js/charts.js")
    return format_html_join("", '<script src="{}" defer></script>', ((static(name),) for name in names))


@lru_cache(maxsize=1)
def date_scripts() -> SafeString:
    """The Jalali date picker; without it the field is a text field where 1405/09/02 is typed."""
    folder = f"{VENDOR}/jalalidatepicker-0.9.12/jalalidatepicker.min"
    return format_html('<link rel="stylesheet" href="{}">', static(f"{folder}.css")) + format_html_join(
        "", '<script src="{}" defer></script>', ((static(name),) for name in (f"{folder}.js", "takrim/js/dates.js"))
    )


@lru_cache(maxsize=1)
def sort_scripts() -> SafeString:
    """Dragging items of a list; without it the buttons beside each item move it."""
    names = (f"{VENDOR}/sortablejs-1.15.7/Sortable.min.js", "takrim/js/agenda.js")
    return format_html_join("", '<script src="{}" defer></script>', ((static(name),) for name in names))


@lru_cache(maxsize=1)
def live_scripts() -> SafeString:
    """Minutes that are saved while they are typed; without it the button saves."""
    return format_html('<script src="{}" defer></script>', static("takrim/js/live.js"))


@lru_cache(maxsize=1)
def sprite() -> str:
    return static("takrim/icons.svg")


def version() -> str:
    return takrim.__version__
