"""Two rounds of evaluation in the demonstration, both finished: Alborz's county offices, and the 31 provinces."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import cached_property
from random import Random

from takrim.base.clock import TEHRAN, local_date
from takrim.base.period import Period, PeriodKind
from takrim.councils.models import Body
from takrim.evaluation import actions_rounds as rounds
from takrim.evaluation import actions_rounds_assess as assessing
from takrim.evaluation import actions_rounds_declare as declaring
from takrim.evaluation import actions_rounds_improve as improving
from takrim.evaluation import actions_rounds_object as objecting
from takrim.evaluation import actions_rounds_results as results
from takrim.evaluation.actions_rounds import DAYS, Wish
from takrim.evaluation.actions_rounds_freeze import Reading, keep_frozen
from takrim.evaluation.models_entrants import Assessment, Entrant, ResultOf
from takrim.evaluation.models_plans import PlanState, PlanVersion
from takrim.evaluation.models_rounds import Round
from takrim.evaluation.models_values import Value
from takrim.evaluation.plan import plans, ready_texts
from takrim.evaluation.plan_form import Answer
from takrim.evaluation.round_changes import Said
from takrim.evaluation.round_counted import counted, positions, read_to_the_end
from takrim.evaluation.round_measures import Row, plan_of, rows_of
from takrim.evaluation.round_work import compute
from takrim.evidence.actions import Upload, keep
from takrim.evidence.models import StoredFile
from takrim.orgs.actions_posts import Titles, appoint, open_post
from takrim.orgs.actor import Actor, system
from takrim.orgs.models import Person, Unit
from takrim.orgs.paths import ROOT
from takrim.site.demo.staff import HIRED, Staff, any_name
from takrim.site.demo.texts import texts
from takrim.site.demo.weeks import Aside
from takrim.site.seeded import seeded

# Days after the end of the period on which the steps of the calendar fall, and on which each thing is done.
_CALENDAR = (3, 14, 28, 32, 42, 48)
_ROLE = "director_general"
_REPORT = "گزارش عملکرد دوره.txt"
_CODES = {"ir/alborz/": "05110000013", ROOT: "05310000019"}
_LESS = "پیوست‌ها تنها این مقدار را نشان می‌دهد."
_MORE = "بخشی از مستندات در پیوست دوم بود و دیده نشده است."
_LATE = "یکی از پاسخ‌ها پیش از موعد ابلاغ شده بود و رسید آن دیر ثبت شد."
_UPHELD = "پیوست دوم بررسی شد و مقدار اعلام‌شده درست است."
_STEPS = (
    "برای هر پرونده‌ای که به دو روز مانده تا موعد رسیده، رئیس اداره هر صبح پیگیری می‌کند.",
    "پرسشنامه رضایت همان روز پاسخ برای مراجعه‌کننده فرستاده می‌شود.",
)


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who has a part in one round. `speakers`: by path, who speaks for an office."""

    plan: str
    path: str
    title_fa: str
    title_en: str
    runner: Actor
    assessors: Sequence[Actor]
    referees: Sequence[Actor]
    speakers: Mapping[str, Actor]


def rounds_held(seed: int, staff: Staff, *, first: datetime, now: datetime) -> list[Aside]:
    """What happens in both, in the order of time. In every province there is somebody to speak for it."""
    _lead(staff, seeded(seed), first)
    period = Period.containing(local_date(now), PeriodKind.HALF).previous()
    while period.end() + timedelta(days=_CALENDAR[-1] + 3) > local_date(now):
        period = period.previous()
    casts = [cast for cast in (_alborz(staff), _nation(staff)) if cast is not None]
    found: list[Aside] = []
    for number, cast in enumerate(casts):
        found += _Held(cast, period, seeded(seed + number)).asides()
    return found


def _lead(staff: Staff, random: Random, at: datetime) -> None:
    """Directors-general for the provinces that are too small for the rest of the demonstration."""
    by, row = system("demonstration"), next(row for row in texts().people["post"] if row["role"] == _ROLE)
    password = next(iter(staff.seats["ir/alborz/"][_ROLE])).person.password
    known = {actor.name for actor in staff.actors.values()}
    for unit in Unit.objects.filter(kind="directorate").exclude(posts__role=_ROLE).order_by("path"):
        names = (any_name(random, texts().people) for _turn in range(1000))
        name = next(name for first, last in names if (name := f"{first['fa']} {last['fa']}") not in known)
        known.add(name)
        slug = unit.path.rstrip("/").rpartition("/")[2]
        person = Person(username=f"dg.{slug}", name=name, email=f"dg.{slug}@takrim.example", password=password)
        person.save(force_insert=True)
        post = open_post(unit=unit, role=_ROLE, titles=Titles(fa=row["fa"], en=row["en"]), by=by, now=at)
        staff.add(appoint(person=person, post=post, since=HIRED, by=by, now=at))


def _first(staff: Staff, path: str, *roles: str) -> list[Actor]:
    return [staff.actors[name] for name in staff.with_role(path, *roles)]


def _alborz(staff: Staff) -> Cast | None:
    here = "ir/alborz/"
    runner = _first(staff, here, _ROLE)
    helpers = _first(staff, here, "secretary") + _first(staff, "ir/alborz/inspection/", "head", "expert")
    paths = [path for path in sorted(staff.seats) if path.startswith(here) and staff.with_role(path, "head")]
    counties = set(Unit.objects.filter(kind="county", path__in=paths).values_list("path", flat=True))
    if not runner or len(helpers) < 2 or len(counties) < rounds.FEWEST:
        return None
    return Cast(
        plan="county_offices",
        path=here,
        title_fa="ارزیابی ادارات شهرستان البرز",
        title_en="Evaluation of the county offices of Alborz",
        runner=runner[0],
        assessors=helpers,
        referees=_first(staff, here, "deputy"),
        speakers={path: _first(staff, path, "head")[0] for path in sorted(counties)},
    )


def _nation(staff: Staff) -> Cast | None:
    runner = _first(staff, "ir/provinces-office/", "national_officer")
    helpers = _first(staff, "ir/inspection-centre/", "national_officer", "expert")
    speakers = {path: _first(staff, path, _ROLE)[0] for path in sorted(staff.seats) if staff.with_role(path, _ROLE)}
    if not runner or len(helpers) < 2 or len(speakers) < rounds.FEWEST:
        return None
    return Cast(
        plan="service_competition",
        path=ROOT,
        title_fa="رقابت خدمت استان‌ها",
        title_en="Competition in service of the provinces",
        runner=runner[0],
        assessors=helpers,
        referees=_first(staff, "ir/provinces-office/", "head", "expert") or runner,
        speakers=speakers,
    )


class _Held:
    """One round from its definition to its plan of improvement."""

    def __init__(self, cast: Cast, period: Period, random: Random) -> None:
        self.cast, self.period, self.random = cast, period, random

    def asides(self) -> list[Aside]:
        steps: list[tuple[int, Callable[[datetime], None]]] = [
            (2, self.define),
            (3, self.open),
            (10, self.declare),
            (15, self.freeze),
            (24, self.assess),
            (32, self.publish),
            (35, self.object),
            (40, self.answer),
            (48, self.finish),
            (50, self.improve),
        ]
        return [(at, _later(deed, at)) for days, deed in steps for at in [self._at(days)]]

    def _at(self, days: int) -> datetime:
        return datetime.combine(self.period.end() + timedelta(days=days), time(10), TEHRAN)

    @cached_property
    def round(self) -> Round:
        return Round.objects.select_related("plan").get(code=_CODES[self.cast.path])

    @cached_property
    def rows(self) -> list[Row]:
        return rows_of(plan_of(self.round.plan))

    @cached_property
    def entrants(self) -> list[Entrant]:
        found = list(self.round.entrants.select_related("unit").order_by("unit_path"))
        for entrant in found:
            entrant.round = self.round
        return found

    def define(self, at: datetime) -> None:
        cast, plan = self.cast, plans()[self.cast.plan]
        titles = plan.scoring.titles or {}
        version = PlanVersion.objects.create(
            code=plan.code,
            number=1,
            title_fa=titles.get("fa", plan.code),
            title_en=titles.get("en", ""),
            of=plan.of,
            text=ready_texts()[plan.code],
            why="نسخه آماده سامانه",
            state=PlanState.READY,
            at=at,
            by=cast.runner.code,
            by_name=cast.runner.name,
            changed_at=at,
        )
        days: dict[str, date] = {
            name: self.period.end() + timedelta(days=after) for name, after in zip(DAYS, _CALENDAR, strict=True)
        }
        body = Body.objects.filter(unit_path=cast.path).order_by("pk").first() if cast.path != ROOT else None
        wish = Wish(
            title_fa=f"{cast.title_fa}، {self.period.title('fa')}",
            title_en=f"{cast.title_en}, {self.period.title('en')}",
            plan=version,
            path=cast.path,
            units=list(Unit.objects.filter(kind=plan.of).under(cast.path)),
            period=self.period,
            days=days,
            assessors=_people(cast.assessors),
            committee=body,
            referees=_people(cast.referees),
            seed=self.random.randrange(10**9),
            code=_CODES[cast.path],
        )
        rounds.define(wish=wish, by=cast.runner, now=at)

    def open(self, at: datetime) -> None:
        rounds.open_round(round=self.round, by=self.cast.runner, now=at)

    def declare(self, at: datetime) -> None:
        """Whoever has people declares; the others are assessed by what the journal counted."""
        paper = _paper(at)
        standards = {row.code: row.normalise.given.get("standard", Fraction(1)) for row in plans()[self.cast.plan].rows}
        for entrant in self.entrants:
            by = self.cast.speakers.get(entrant.unit_path)
            if by is None:
                continue
            said = [
                Said(indicator=row.code, text=_amount(row, standards[row.code], self.random))
                for row in self.rows
                if not row.counted
            ]
            declaring.declare(entrant=entrant, said=said, by=by, now=at)
            for value in entrant.values.filter(indicator__in=declaring.unproven(entrant)):
                value.entrant = entrant
                declaring.attach(value=value, stored=paper, name=_REPORT, by=by, now=at)
            declaring.hand_in(entrant=entrant, note="", by=by, now=at)

    def freeze(self, at: datetime) -> None:
        read_to_the_end()
        paths = [entrant.unit_path for entrant in self.entrants]
        read = list(counted(plan_of(self.round.plan), paths, self.period, at))
        reading = Reading(offices=read, positions=positions())
        keep_frozen(round=self.round, reading=reading, by=self.cast.runner, now=at)

    def assess(self, at: datetime) -> None:
        """What was declared is mostly proven; here and there a little less. The second mostly sees the same."""
        people = {actor.person: actor for actor in self.cast.assessors}
        looks = Assessment.objects.filter(entrant__round=self.round).select_related("assessor")
        by_number = {entrant.pk: entrant for entrant in self.entrants}
        for look in looks.order_by("entrant__unit_path", "blind"):
            look.entrant = by_number[look.entrant_id]
            by = people[look.assessor.person_id]
            found = list(look.entrant.values.exclude(declared="").order_by("indicator"))
            said = [self._judged(value, look, place) for place, value in enumerate(found)]
            assessing.assess(assessment=look, said=said, by=by, now=at)
            assessing.finish(assessment=look, by=by, now=at)
        self._settle(at)

    def _judged(self, value: Value, look: Assessment, place: int) -> Said:
        turn = look.entrant.unit_id + place
        if turn % 9 == 0 or (look.blind and turn % 11 == 0):
            return Said(indicator=value.indicator, text=_less(value.declared), why=_LESS)
        return Said(indicator=value.indicator, text=value.declared)

    def _settle(self, at: datetime) -> None:
        for entrant in self.entrants:
            for value in assessing.differing(entrant):
                value.entrant = entrant
                assessing.settle(value=value, text=value.assessed, why=_LESS, by=self.cast.runner, now=at)

    def publish(self, at: datetime) -> None:
        results.take_what_counts(round=self.round, by=system("rounds"), now=at)
        found, hashed = compute(self.round, ResultOf.PRELIMINARY)
        results.publish(round=self.round, found=found, hashed=hashed, by=system("rounds"), now=at)

    def object(self, at: datetime) -> None:
        """Two offices of which less was found than they had declared; where nothing was asked, than they had done."""
        for value in (self._lowered() or self._counted())[:2]:
            entrant = self._of(value)
            asked, text = (value.declared, _MORE) if value.declared else (_more(value.final), _LATE)
            by = self.cast.speakers[entrant.unit_path]
            objecting.object_to(entrant=entrant, indicator=value.indicator, asked=asked, text=text, by=by, now=at)

    def _counted(self) -> list[Value]:
        """Shares of answers given on time that were not all on time."""
        rows = Value.objects.filter(entrant__round=self.round, indicator="answered_on_time", final__contains="/")
        ours = rows.filter(entrant__unit_path__in=list(self.cast.speakers)).order_by("entrant__unit_path")
        return [value for value in ours if _more(value.final) != value.final]

    def _lowered(self) -> list[Value]:
        rows = Value.objects.filter(entrant__round=self.round).exclude(declared="").select_related("entrant")
        return [value for value in rows.order_by("entrant__unit_path", "indicator") if value.final != value.declared]

    def _of(self, value: Value) -> Entrant:
        return next(entrant for entrant in self.entrants if entrant.pk == value.entrant_id)

    def answer(self, at: datetime) -> None:
        """The first is upheld, the second refused."""
        waiting = [one for value in self._objected() for one in value.objections.select_related("duty")]
        for place, one in enumerate(waiting):
            one.value.entrant = self._of(one.value)
            deed = objecting.refuse if place % 2 else objecting.uphold
            deed(objection=one, reason=_LESS if place % 2 else _UPHELD, by=self._referee(one.value), now=at)

    def _objected(self) -> list[Value]:
        rows = Value.objects.filter(entrant__round=self.round, objections__isnull=False)
        return list(rows.order_by("entrant__unit_path", "indicator"))

    def _referee(self, value: Value) -> Actor:
        busy = set(self._of(value).assessments.values_list("assessor__person_id", flat=True))
        return next(actor for actor in self.cast.referees if actor.person not in busy)

    def finish(self, at: datetime) -> None:
        found, hashed = compute(self.round, ResultOf.FINAL)
        results.finish(round=self.round, found=found, hashed=hashed, by=system("rounds"), now=at)

    def improve(self, at: datetime) -> None:
        """The first office plans two steps; of one it has reported that it is done."""
        entrant = self.entrants[0]
        by = self.cast.speakers[entrant.unit_path]
        counts = [row.code for row in self.rows if row.counted][:2]
        for place, (code, text) in enumerate(zip(counts, _STEPS, strict=False)):
            step = improving.Step(indicator=code, text=text, until=(at + timedelta(days=60)).date())
            made = improving.plan(entrant=entrant, step=step, by=by, now=at)
            if place == 0:
                improving.report(improvement=made, text="از آغاز ماه انجام می‌شود.", by=by, now=at)


def _later(deed: Callable[[datetime], None], at: datetime) -> Callable[[], None]:
    return lambda: deed(at)


def _people(actors: Sequence[Actor]) -> list[Person]:
    return list(Person.objects.filter(pk__in=[actor.person for actor in actors]).order_by("pk"))


def _paper(at: datetime) -> StoredFile:
    """One report proves them all: a demonstration need not fill a disk."""
    return keep(upload=Upload(_REPORT, [_MORE.encode()]), now=at)


def _amount(row: Row, standard: Fraction, random: Random) -> str:
    """An amount about the standard, as an office would declare it."""
    if row.measure is Answer.YES_NO:
        return random.choice(("1", "1", "0.5", "0"))
    if row.measure is Answer.SHARE:
        whole = random.randint(8, 40)
        return f"{min(whole, round(whole * float(standard) * random.uniform(0.6, 1.08)))}/{whole}"
    return str(max(0, round(float(standard) * random.uniform(0.4, 1.25))))


def _more(text: str) -> str:
    """One more of the whole, where there is one."""
    part, _slash, whole = text.partition("/")
    return f"{min(int(part) + 1, int(whole))}/{whole}"


def _less(text: str) -> str:
    """A little less than was declared."""
    part, slash, whole = text.partition("/")
    return f"{max(int(part) - 1, 0)}{slash}{whole}" if part.isdecimal() else "0"
