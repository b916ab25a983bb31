"""What the demonstration is composed of: every paper and every text, also those that a small one does not use."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from random import Random

from takrim.evidence.kinds import kind_of
from takrim.site.demo.compose import Setting, Slots
from takrim.site.demo.papers import draw_paper
from takrim.site.demo.texts import texts

NOW = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)


def test_every_paper_can_be_drawn() -> None:
    for paper in texts().papers:
        drawn = draw_paper(Random(1), paper)
        assert kind_of(BytesIO(drawn)) == ("pdf" if paper["name"].endswith(".pdf") else "jpeg")
        assert len(drawn) < 200_000
        assert drawn == draw_paper(Random(1), paper)


def test_every_text_can_be_filled() -> None:
    """Also those that a small demonstration does not happen to use."""
    for card in texts().cards:
        for matter in card.matters:
            slots = Slots(Random(1), texts(), matter, Setting(towns=["کرج"], at=NOW, channel="web"))
            said = [text.text for register in matter.situations.values() for text in register]
            said += [part for reply in matter.answers for part in (reply.reason, reply.ground, reply.next)]
            said += [part for task in card.tasks for part in (task.task, *task.answers)]
            said += [part for row in texts().office["completion"] for part in (row["ask"], *row["answers"])]
            for text in [*said, *matter.subjects]:
                assert "{" not in text.format_map(slots)
