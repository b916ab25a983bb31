"""Everything that can be done to a report: begin, write, review, send back, sign."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.base.period import Period, PeriodKind
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power
from takrim.reports.build import canonical
from takrim.reports.chapter import CHAPTERS
from takrim.reports.models import Remark, Report, ReportText, State
from takrim.reports.moves import Move, ReportMoved, move

# A month is no report's period.
KINDS = (PeriodKind.HALF, PeriodKind.SEASON, PeriodKind.YEAR)
LONGEST = 20_000


class NotYourReport(Refusal):
    code = "not_your_report"
    status = 403
    message = _("This report is about an office outside your own. Its own secretary writes it, its own head signs it.")


class BadReportPeriod(Refusal):
    code = "bad_report_period"
    status = 422
    message = _("A report is about three months, half a year or a year. Choose one of these.")


class NotBegunYet(Refusal):
    code = "period_not_begun"
    status = 422
    message = _("This period has not begun yet. Choose an earlier one.")


class AlreadyBegun(Refusal):
    code = "report_already_begun"
    message = _("A report of this office about this period is already being written. Open it and go on there.")


class NoSuchChapter(Refusal):
    code = "no_such_chapter"
    status = 404
    message = _("There is no such chapter.")


class TooLongText(Refusal):
    code = "report_text_too_long"
    status = 422
    message = _("The text is too long: a chapter may have up to {most} characters.")


class NoDraft(Refusal):
    code = "report_is_no_draft"
    message = _("Only a draft can be changed. Send the report back to its writer first.")


class WrittenMeanwhile(Refusal):
    code = "report_written_meanwhile"
    message = _(
        "A colleague has written in this chapter meanwhile. Their text stands below yours: bring both together and "
        "keep it again."
    )


class NoFigures(Refusal):
    code = "report_has_no_figures"
    message = _("The figures of this report have not been computed since its period ended. Compute them first.")


class NotOver(Refusal):
    code = "period_not_over"
    message = _("The period is not over: the report can be written, but not yet reviewed and signed.")


class NothingWritten(Refusal):
    code = "report_without_words"
    message = _("No chapter has a text yet. Write at least one before the report is reviewed.")


class ByTheWriter(Refusal):
    code = "by_the_writer"
    status = 403
    message = _("You wrote in this report. A colleague reviews and signs it.")


class ReasonNeeded(Refusal):
    code = "remark_needed"
    status = 422
    message = _("Say what is to be changed, so that the writer knows.")


class OtherSeal(Refusal):
    code = "other_seal"
    message = _("The report is no longer what you looked at. Read it again and sign what you see then.")


@dataclass(frozen=True, kw_only=True)
class Begun(Event):
    verb = "report.begun"
    sentence = _("A report of {unit} was begun.")
    unit: str
    period: str
    edition: int


@dataclass(frozen=True, kw_only=True)
class Written(Event):
    verb = "report.written"
    sentence = _("Version {version} of the text of a chapter was kept.")
    unit: str
    chapter: str
    lang: str
    version: int


@dataclass(frozen=True, kw_only=True)
class Reviewed(Event):
    verb = "report.reviewed"
    sentence = _("The report was reviewed.")
    unit: str
    period: str
    figures: str


@dataclass(frozen=True, kw_only=True)
class SentBack(Event):
    verb = "report.sent_back"
    sentence = _("The report was sent back to its writer.")
    unit: str
    period: str


@dataclass(frozen=True, kw_only=True)
class Signed(Event):
    """`seal` is the hash over figures and words, `figures` that over the figures alone."""

    verb = "report.signed"
    sentence = _("The report was signed; its seal is {seal}.")
    unit: str
    period: str
    edition: int
    figures: str
    seal: str


def _allow(unit_path: str, by: Actor, power: Power) -> None:
    by.require(power)
    if not is_under(unit_path, by.unit_path):
        raise NotYourReport


def check_period(period: Period, now: datetime) -> None:
    """Whether there can be a report about it."""
    if period.kind not in KINDS:
        raise BadReportPeriod
    if period.start() > local_date(now):
        raise NotBegunYet


@transaction.atomic
def begin(*, unit: Unit, period: Period, by: Actor, now: datetime) -> Report:
    """Begin a report, or another edition of one that was signed."""
    _allow(unit.path, by, Power.REPORT_WRITE)
    check_period(period, now)
    last = Report.objects.filter(unit=unit, period=period.code).order_by("-edition").first()
    report = Report(
        unit=unit,
        unit_path=unit.path,
        period=period.code,
        edition=last.edition + 1 if last else 1,
        begun_at=now,
        begun_by=by.code,
        begun_name=by.name,
    )
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyBegun from error
    if last:
        _take_words_over(last, report)
    event = Begun(unit=unit.path, period=period.code, edition=report.edition)
    record(event, on=report.subject, unit_path=unit.path, by=by, at=now)
    return report


def _take_words_over(last: Report, report: Report) -> None:
    """A corrected edition begins with the words of the one before."""
    old = last.texts.order_by("pk")
    fields = ("chapter", "lang", "text", "by", "by_name", "at")
    ReportText.objects.bulk_create(
        [ReportText(report=report, **{name: getattr(text, name) for name in fields}) for text in old]
    )


@transaction.atomic
def write(*, report: Report, chapter: str, lang: str, text: str, seen: int, by: Actor, now: datetime) -> ReportText:
    """Keep the text of a chapter. `seen` is the version that was changed, 0 where there was none."""
    _allow(report.unit_path, by, Power.REPORT_WRITE)
    if chapter not in CHAPTERS:
        raise NoSuchChapter
    if len(text) > LONGEST:
        raise TooLongText(most=LONGEST)
    # Whoever reviews takes the row as well: a text kept at the same moment comes before or is refused.
    if Report.objects.filter(pk=report.pk, state=State.DRAFT).update(state=State.DRAFT) != 1:
        raise NoDraft
    who = {"text": text, "by": by.code, "by_name": by.name, "at": now}
    mine = ReportText.objects.filter(report=report, chapter=chapter, lang=lang)
    if seen:
        if mine.filter(version=seen).update(version=seen + 1, **who) != 1:
            raise WrittenMeanwhile
    else:
        new = ReportText(report=report, chapter=chapter, lang=lang, **who)
        if mine.exists():
            raise WrittenMeanwhile
        new.save(force_insert=True)
    event = Written(unit=report.unit_path, chapter=chapter, lang=lang, version=seen + 1)
    record(event, on=report.subject, unit_path=report.unit_path, by=by, at=now)
    return mine.get()


def _by_another(report: Report, by: Actor) -> None:
    if report.texts.filter(by=by.code).exists():
        raise ByTheWriter


@transaction.atomic
def review(*, report: Report, by: Actor, now: datetime) -> Report:
    """Say that it is right: another than the writer, once the period is over and its figures are there."""
    _allow(report.unit_path, by, Power.REPORT_WRITE)
    period = report.about
    if period.end() > local_date(now):
        raise NotOver
    if report.is_stale(period.bounds()[1]):
        raise NoFigures
    if not report.texts.exclude(text="").exists():
        raise NothingWritten
    _by_another(report, by)
    move(report, Move.REVIEW, by=by, reviewed_at=now, reviewed_by=by.code, reviewed_name=by.name)
    event = Reviewed(unit=report.unit_path, period=report.period, figures=report.figures_hash)
    record(event, on=report.subject, unit_path=report.unit_path, by=by, at=now)
    return report


@transaction.atomic
def send_back(*, report: Report, why: str, by: Actor, now: datetime) -> Report:
    """Make it a draft again, with what is to be changed."""
    _allow(report.unit_path, by, Power.REPORT_WRITE)
    if not why.strip():
        raise ReasonNeeded
    move(report, Move.SEND_BACK, by=by, reviewed_at=None, reviewed_by="", reviewed_name="")
    Remark.objects.create(report=report, text=why.strip(), by=by.code, by_name=by.name, at=now)
    event = SentBack(unit=report.unit_path, period=report.period)
    record(event, on=report.subject, unit_path=report.unit_path, by=by, at=now)
    return report


def seal_of(report: Report) -> str:
    """SHA-256 over all that is signed: office, period, edition, figures and words."""
    words = [list(row) for row in report.texts.order_by("chapter", "lang").values_list("chapter", "lang", "text")]
    signed = [report.unit_path, report.period, report.edition, report.figures_hash, report.position, words]
    return hashlib.sha256(canonical(signed).encode()).hexdigest()


@transaction.atomic
def sign(*, report: Report, seal: str, by: Actor, now: datetime) -> Report:
    """Sign and freeze it. `seal` is what the signer saw; the writer does not sign."""
    _allow(report.unit_path, by, Power.REPORT_SIGN)
    if report.state != State.REVIEWED:
        raise ReportMoved
    _by_another(report, by)
    if seal != seal_of(report):
        raise OtherSeal
    move(
        report, Move.SIGN, by=by, signed_at=now, signed_by=by.code, signed_name=by.name, signed_post=by.post, seal=seal
    )
    event = Signed(
        unit=report.unit_path, period=report.period, edition=report.edition, figures=report.figures_hash, seal=seal
    )
    record(event, on=report.subject, unit_path=report.unit_path, by=by, at=now)
    return report
