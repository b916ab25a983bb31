"""The invented people who work in the demonstration's offices: appointed by the usual deeds, one hash for all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.contrib.auth.hashers import make_password

from takrim.base.clock import local_date
from takrim.cases import signing
from takrim.cases.actions_views import save_view
from takrim.orgs.actions_posts import Titles, appoint, name_substitute, open_post
from takrim.orgs.actions_words import add_search_word
from takrim.orgs.actor import Actor, system
from takrim.orgs.models import Holding, Person, Unit
from takrim.orgs.paths import ROOT, lineage, province_of
from takrim.orgs.seats import actor_at
from takrim.site.demo.marker import PASSWORD, SignIn

HIRED = date(2024, 3, 20)
# Who may sign the answers of an office.
_SIGN = ("head", "director_general", "deputy")
# What an office without departments and counties needs, besides its director-general.
_DIRECTORATE = ("expert", "expert", "desk_officer")


@dataclass(frozen=True)
class Known:
    """Somebody the demonstration is told about: a user name, a name, and the post they take."""

    username: str
    name: str
    path: str
    role: str
    title: str = ""


KNOWN = (
    Known("sara", "سارا محمدی", "ir/alborz/nazarabad/", "desk_officer"),
    Known("mina", "مینا رضایی", "ir/alborz/nazarabad/", "expert", "کارشناس روابط کار"),
    Known("reza", "رضا کریمی", "ir/alborz/nazarabad/", "head"),
    Known("hadi", "هادی موسوی", "ir/alborz/labour-relations/", "expert", "کارشناس روابط کار"),
    Known("nima", "نیما احمدی", "ir/alborz/", "director_general"),
    Known("pari", "پری کاظمی", "ir/alborz/public-contact/", "caller"),
    Known("leyla", "لیلا نادری", "ir/alborz/", "secretary"),
    Known("maryam", "مریم صالحی", "ir/qom/", "secretary"),
    Known("omid", "امید حسینی", "ir/qom/", "director_general"),
    Known("tara", "تارا صادقی", "ir/provinces-office/", "national_officer"),
    Known("operator", "کیان نوری", "ir/", "operator"),
)


@dataclass
class Staff:
    """Who works where: seats by unit and role."""

    seats: dict[str, dict[str, list[Holding]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    actors: dict[str, Actor] = field(default_factory=dict)

    def add(self, holding: Holding) -> None:
        self.seats[holding.post.unit.path][holding.post.role].append(holding)
        self.actors[holding.person.username] = actor_at(holding)

    def with_role(self, path: str, *roles: str) -> list[str]:
        """User names of those who hold such posts in the unit."""
        return [seat.person.username for role in roles for seat in self.seats[path][role]]

    def experts(self, path: str) -> list[str]:
        return self.with_role(path, "expert")

    def signers(self, path: str) -> list[str]:
        return self.with_role(path, *_SIGN)

    def superior(self, path: str, level: str, but: Collection[str] = ()) -> Actor | None:
        """Who may put a signature of this level below an answer of the unit: somebody there, or in an office above.

        `but`: codes of people who may not, since they had a hand in what is judged.
        """
        roles = signing.RANKS[signing.RANKS.index(level) :]
        for office in reversed(lineage(path)):
            names = self.with_role(office, *roles) if office in self.seats else []
            fresh = [self.actors[name] for name in names if self.actors[name].code not in but]
            if fresh:
                return fresh[0]
        return None

    def below(self, province: str) -> list[str]:
        """Offices of the province that can be asked for something."""
        return [path for path in self.seats if path.startswith(province) and path != province and self.experts(path)]

    def desk(self, path: str) -> list[str]:
        """Who takes matters down for the unit: its own desk, or the desk of the directorate."""
        return self.with_role(path, "desk_officer") or self.with_role(
            f"{province_of(path)}public-contact/", "desk_officer"
        )


class _Names:
    """Names that nobody else in the demonstration's offices has."""

    def __init__(self, random: Random, people: Mapping[str, Any]) -> None:
        self.random, self.people = random, people
        self.names = {known.name for known in KNOWN}
        self.usernames = {known.username for known in KNOWN}

    def new(self) -> tuple[str, str]:
        """A user name and a name."""
        while True:
            first, family = any_name(self.random, self.people)
            name, username = f"{first['fa']} {family['fa']}", f"{first['en'][0]}.{family['en']}".lower()
            if name not in self.names and username not in self.usernames:
                self.names.add(name)
                self.usernames.add(username)
                return username, name


def any_name(random: Random, people: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """A first name and a family name."""
    return random.choice(people[random.choice(("women", "men"))]), random.choice(people["families"])


def _posts(random: Random, unit: Unit, rows: Sequence[Mapping[str, Any]], led: bool) -> Iterator[Mapping[str, Any]]:
    """The posts of a unit. A directorate with nothing below it gets people who do the work itself."""
    slug = unit.path.rstrip("/").rsplit("/", 1)[-1]
    if unit.kind == "directorate" and not led:
        for role in ("director_general", *_DIRECTORATE):
            yield next(row for row in rows if row["role"] == role)
        return
    for row in rows:
        if unit.kind in row["kinds"] and slug in row.get("only", [slug]):
            for _n in range(random.randint(*row["many"])):
                yield row


def hire(
    random: Random,
    people: Mapping[str, Any],
    units: Sequence[Unit],
    *,
    with_below: set[str],
    first: datetime,
    now: datetime,
) -> Staff:
    """Open the posts of the units and appoint invented people to them; `with_below` are directorates with counties.

    It happens before the first matter comes in; but at the top, where the house has written of its seeds by now, now.
    """
    names, by, hash_ = _Names(random, people), system("demonstration"), make_password(PASSWORD)
    wanted = {(known.path, known.role, known.title): known for known in KNOWN}
    rows: list[tuple[Unit, Mapping[str, Any], Person]] = []
    for unit in units:
        for post in _posts(random, unit, people["post"], unit.path in with_below):
            place = (unit.path, post["role"], post["fa"])
            known = wanted.pop(place, None) or wanted.pop((*place[:2], ""), None)
            username, name = (known.username, known.name) if known else names.new()
            email = f"{username}@takrim.example"
            rows.append((unit, post, Person(username=username, name=name, email=email, password=hash_)))
    Person.objects.bulk_create([person for _unit, _post, person in rows])
    staff = Staff()
    for unit, row, person in rows:
        titles = Titles(fa=row["fa"], en=row["en"])
        at = now if unit.path == ROOT else first
        opened = open_post(unit=unit, role=row["role"], titles=titles, by=by, now=at)
        staff.add(appoint(person=person, post=opened, since=HIRED, by=by, now=at))
    return staff


# Posts that only somebody known has: they are opened and filled when the others are.
_LATER = {
    "caller": Titles(fa="تماس‌گیر نظرسنجی", en="Survey caller"),
    "secretary": Titles(fa="دبیر کمیته‌ها و شوراها", en="Secretary of committees and councils"),
}


def hire_known(role: str, staff: Staff, now: datetime) -> None:
    """Who calls people for the survey at the public contact of the province; the secretaries of two provinces."""
    by = system("demonstration")
    colleague = next(iter(staff.seats["ir/alborz/"]["director_general"])).person
    for known in KNOWN:
        if known.role == role:
            unit = Unit.objects.get(path=known.path)
            email = f"{known.username}@takrim.example"
            person = Person(username=known.username, name=known.name, email=email, password=colleague.password)
            person.save(force_insert=True)
            opened = open_post(unit=unit, role=known.role, titles=_LATER[known.role], by=by, now=now)
            staff.add(appoint(person=person, post=opened, since=HIRED, by=by, now=now))


def sign_ins(staff: Staff) -> list[SignIn]:
    """The people who may sign in to look around, as the marker keeps them."""
    seats = {seat.person.username: seat for roles in staff.seats.values() for row in roles.values() for seat in row}
    found = []
    for known in KNOWN:
        if known.username in seats:
            post = seats[known.username].post
            found.append(SignIn(known.username, known.name, post.title_fa, post.title_en, post.unit.path))
    return found


def settle_in(staff: Staff, now: datetime) -> None:
    """What people have arranged for themselves: a substitute, a view of the cartable, words for the search."""
    _send_on_leave(staff, now)
    if "reza" in staff.actors:
        save_view(name="شکایت‌های میز خدمت", query="kind=complaint&channel=desk", by=staff.actors["reza"], now=now)
    if "nima" in staff.actors:
        add_search_word(word="بیمه بیکاری", same_as="مقرری بیکاری", by=staff.actors["nima"], now=now)


def _send_on_leave(staff: Staff, now: datetime) -> None:
    """The senior expert of Nazarabad is away for some days and Mina stands in."""
    experts = staff.seats["ir/alborz/nazarabad/"]["expert"]
    mina = next((seat.person for seat in experts if seat.person.username == "mina"), None)
    away = next((seat for seat in experts if seat.post.title_fa == "کارشناس مسئول"), None)
    if mina is None or away is None:
        return
    today = local_date(now)
    by = staff.actors[away.person.username]
    name_substitute(holding=away, person=mina, since=today, until=today + timedelta(days=6), by=by, now=now)
