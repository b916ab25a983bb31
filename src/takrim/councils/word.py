"""Minutes as a Word file, from a template that an office edits in Word itself."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import segno
from django.utils.translation import gettext_lazy as _

from takrim.base import words
from takrim.base.errors import Refusal
from takrim.base.late import late

if TYPE_CHECKING:
    import docxtpl
    import jinja2
    from docx import shared
    from docx.opc import exceptions
    from jinja2 import sandbox
else:
    docxtpl, jinja2, sandbox = late("docxtpl"), late("jinja2"), late("jinja2.sandbox")
    shared, exceptions = late("docx.shared"), late("docx.opc.exceptions")

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OURS = Path(__file__).with_name("minutes.docx")
LANG = "fa"


class BadWordTemplate(Refusal):
    code = "bad_word_template"
    status = 422
    message = _(
        "This file cannot be used as a template: {why}. Take the template offered here, change it, and send it again."
    )


def drawn(template: BinaryIO, given: Mapping[str, Any], picture: segno.QRCode) -> bytes:
    """The file, filled in. Raises BadWordTemplate for a template that cannot be filled."""
    try:
        document = docxtpl.DocxTemplate(template)
        image = io.BytesIO()
        picture.save(image, kind="png", scale=6, border=1)
        image.seek(0)
        context = {**given, "qr": docxtpl.InlineImage(document, image, width=shared.Mm(25))}
        # Only what was given can be reached from a template: it comes from an office, not from us.
        document.render(context, sandbox.SandboxedEnvironment(autoescape=True), autoescape=True)
    except (exceptions.PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise BadWordTemplate(why=_("it is no Word file")) from error
    except (jinja2.TemplateError, TypeError) as error:
        raise BadWordTemplate(why=str(error)) from error
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def context(paper: Mapping[str, Any]) -> dict[str, Any]:
    """What a template may name: plain words, nothing that can be called."""
    said, minutes, letterhead = paper["said"], paper["minutes"], paper["letterhead"]
    return {
        "office": paper["office"],
        "above": list(paper["above"]),
        "address": letterhead.address if letterhead else "",
        "telephone": words.digits(letterhead.telephone, LANG) if letterhead else "",
        "date": paper["date"],
        "issued": minutes.issued_at is not None,
        "fingerprint": paper["fingerprint"],
        "verify": paper["verify"],
        "unsigned_why": minutes.unsigned_why,
        **said,
        "signatures": [_signature(one, signature) for one, signature in paper["signing"]],
        "errata": [_erratum(one) for one in paper["errata"]],
    }


def _signature(one: Mapping[str, str], signature: Any) -> dict[str, str]:
    at: datetime | None = signature.at if signature else None
    said = str(_("signed in the system, {at}")).format(at=words.datetime(at, LANG)) if at else ""
    return {"place": one["place"], "name": one["name"], "title": one["title"], "signed": said}


def _erratum(one: Any) -> dict[str, str]:
    return {
        "place": words.number(one.place, LANG),
        "day": words.date(one.signed_at, LANG),
        "wrong": one.wrong,
        "right": one.right,
        "why": one.why,
        "name": one.signed_name,
    }
