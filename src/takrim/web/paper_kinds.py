"""What stands on the papers: the signed answer under the letterhead of its office, and the receipt of a case."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import segno
from django.conf import settings

from takrim.base import codes
from takrim.cases import verifying
from takrim.cases.actions_intake import secret_of
from takrim.cases.kind import KINDS
from takrim.cases.letters._answers import OUTCOMES
from takrim.cases.models import Answer, Case, Outcome
from takrim.cases.objections import days_to_object
from takrim.cases.papers import letterhead_of
from takrim.orgs.paths import lineage
from takrim.orgs.units import unit_name
from takrim.web import papers


def qr(address: str) -> str:
    """The picture of an address, to stand on a paper."""
    return str(segno.make(address, error="m").svg_data_uri(border=1, scale=4))


def head_of(path: str, lang: str) -> dict[str, Any]:
    """What the letterhead of an office needs."""
    return {
        "office": unit_name(path, lang),
        "above": [unit_name(place, lang) for place in lineage(path)[:-1]],
        "letterhead": letterhead_of(path),
    }


def verify_address(answer: Answer) -> str:
    """Where anybody who holds the paper checks it."""
    asked = urlencode({"number": answer.letter_number, "fingerprint": answer.fingerprint})
    return f"{settings.ADDRESS}/verify/?{asked}"


def answer_paper(case: Case, answer: Answer) -> bytes:
    """The signed answer, in the language in which its person wrote."""
    context = {
        **head_of(answer.register_path or case.unit_path, case.lang),
        "case": case,
        "answer": answer,
        "outcome": OUTCOMES[Outcome(answer.outcome)].in_(case.lang, {}),
        "signed_for": answer.signatures[-1].get("for", "") if answer.signatures else "",
        "days": days_to_object(case.unit_path),
        "fingerprint": verifying.short(answer.fingerprint),
        "verify": f"{settings.ADDRESS}/verify/",
        "track": f"{settings.ADDRESS}/track/",
        "qr": qr(verify_address(answer)),
    }
    return papers.drawn("papers/answer.html", context, case.lang)


def receipt_paper(case: Case, due: datetime | None) -> bytes:
    """The receipt, with the secret: only for who has just filed, or wrote the matter down."""
    context = {
        **head_of(case.unit_path, case.lang),
        "case": case,
        "kind": KINDS[case.kind].title,
        "secret": codes.pretty_secret(secret_of(case)),
        "due": due,
        "track": f"{settings.ADDRESS}/track/",
        "qr": qr(f"{settings.ADDRESS}/track/?{urlencode({'code': case.code})}"),
    }
    return papers.drawn("papers/receipt.html", context, case.lang)
