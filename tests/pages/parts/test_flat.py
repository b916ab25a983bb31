"""Templates whose fixed stretches are one node say the same as Django's own."""

from __future__ import annotations

from django.template import Context, Engine
from django.template.loader_tags import BlockNode
from django.utils.translation import override

from takrim.web.parts.flat import Fixed, Flat

PIECES = {
    "frame.html": (
        '<p>{% translate "Answer" %} {% icon "clock" %}</p>'
        '{% block main %}{% endblock main %}<i>{% translate "Number" %}</i>'
    ),
    "page.html": (
        '{% extends "frame.html" %}{% block main %}{% for one in many %}'
        '{% if one %}<b>{% translate "Due" %}</b>{{ one }}'
        '{% else %}<hr>{% icon "lock" %}{% endif %}{% empty %}{% translate "None yet." %}-{% endfor %}'
        '{% with other=1 %}<u>{% translate "Office" %}</u>{% include "part.html" %}{% endwith %}{% endblock main %}'
    ),
    "part.html": '{% translate "Name" as word %}{{ word }}{% translate "Name" %}<s>{% translate "Mobile" %}</s>',
}
BUILTINS = [
    "django.templatetags.i18n",
    "django.templatetags.static",
    "takrim.web.parts.templatetags.takrim",
    "takrim.web.parts.templatetags.settled",
]


def engine(loader: str) -> Engine:
    plain = ("django.template.loaders.locmem.Loader", PIECES)
    return Engine(loaders=[(loader, [plain])], builtins=BUILTINS)


FLAT = engine("takrim.web.parts.flat.Loader")
PLAIN = engine("django.template.loaders.cached.Loader")


def test_the_page_is_the_same_in_both_languages_and_again() -> None:
    for lang in ("fa", "en", "fa"):
        for many in ([], [0, 3], [5]):
            with override(lang):
                drawn = [each.get_template("page.html").render(Context({"many": many})) for each in (FLAT, PLAIN)]
            assert drawn[0] == drawn[1]


def test_words_side_by_side_are_one_node() -> None:
    part = FLAT.get_template("part.html").nodelist
    assert isinstance(part, Flat)
    assert [type(node).__name__ for node in part] == ["Settled", "VariableNode", "Fixed"]
    frame = FLAT.get_template("frame.html").nodelist
    assert [isinstance(node, Fixed) for node in frame] == [True, False, True]


def test_the_blocks_of_a_frame_are_looked_for_once() -> None:
    frame = FLAT.get_template("frame.html").nodelist
    blocks = frame.get_nodes_by_type(BlockNode)
    assert len(blocks) == 1
    assert frame.get_nodes_by_type(BlockNode) is blocks


def test_a_page_is_written_in_the_language_it_was_begun_in() -> None:
    context = Context({"many": []})
    with override("en"):
        english = FLAT.get_template("page.html").render(context)
    with override("fa"):
        persian = FLAT.get_template("page.html").render(Context({"many": []}))
    assert "Office" in english
    assert "Office" not in persian
