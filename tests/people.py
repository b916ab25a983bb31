"""Who lives in the tests: offices of two provinces, the people who work there, and one matter.

Sara sits at the service desk of Alborz. Reza heads the office of Nazarabad, Mina is an expert there, Hadi an expert in
Karaj. Nima is director-general of Alborz. Omid heads the directorate of Qom: to all the others a stranger. Tara works
for the ministry, Kian runs the system. Shirin is the secretary of committees at the directorate of Alborz.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from takrim.base import clock
from takrim.cards.models import Card, CardVersion
from takrim.cases.actions_intake import Place, receive
from takrim.cases.models import Case
from takrim.channels.channel import Intake, Sender
from takrim.orgs import stamps
from takrim.orgs.actor import Actor, holder
from takrim.orgs.models import Holding, Person, Post, Unit
from takrim.orgs.powers import ROLE_TITLES
from takrim.orgs.seats import actor_at

# A Tuesday without a holiday near it: 3 Azar 1405, ten o'clock in Tehran.
NOW = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
# Since when everybody holds their posts.
HIRED = date(2024, 3, 20)

UNITS = [
    ("ministry", "ir/", "ministry", "وزارت تعاون، کار و رفاه اجتماعی", "Ministry of Labour", "وزارتخانه", "Ministry"),
    ("alborz", "ir/alborz/", "directorate", "اداره کل استان البرز", "Directorate of Alborz", "البرز", "Alborz"),
    (
        "nazarabad",
        "ir/alborz/nazarabad/",
        "county",
        "اداره شهرستان نظرآباد",
        "Office of Nazarabad",
        "نظرآباد",
        "Nazarabad",
    ),
    ("karaj", "ir/alborz/karaj/", "county", "اداره شهرستان کرج", "Office of Karaj", "کرج", "Karaj"),
    ("qom", "ir/qom/", "directorate", "اداره کل استان قم", "Directorate of Qom", "قم", "Qom"),
    ("kahak", "ir/qom/kahak/", "county", "اداره شهرستان کهک", "Office of Kahak", "کهک", "Kahak"),
]
TEXT = "سه ماه است که حق بیمه‌ام واریز نشده و کارفرما پاسخ نمی‌دهد."


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    """What one test kept in memory of its database, and the language a page was drawn in, are not those of the next."""
    stamps.forget()
    translation.activate("fa")


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def units(db: None) -> dict[str, Unit]:
    """Offices by a short name: ministry, alborz, nazarabad, karaj, qom, kahak."""
    fields = ("path", "kind", "name_fa", "name_en", "short_fa", "short_en")
    made = {key: Unit.objects.create(**dict(zip(fields, row, strict=True))) for key, *row in UNITS}
    stamps.forget()
    return made


@pytest.fixture
def fardis(units: dict[str, Unit]) -> Unit:
    """A third office of Alborz, where next to nothing happens."""
    names = ("اداره شهرستان فردیس", "Office of Fardis", "فردیس", "Fardis")
    units["fardis"] = Unit.objects.create(
        path="ir/alborz/fardis/",
        kind="county",
        **dict(zip(("name_fa", "name_en", "short_fa", "short_en"), names, strict=True)),
    )
    stamps.forget()
    return units["fardis"]


Hire = Callable[..., Actor]


@pytest.fixture
def hire(units: dict[str, Unit]) -> Hire:
    """Give a person a post: `hire("mina", "مینا رضایی", "expert", "nazarabad")`. The same person may get several."""

    def give(
        username: str, name: str, role: str, unit: str, *, since: date = HIRED, until: date | None = None
    ) -> Actor:
        person, _ = Person.objects.get_or_create(username=username, defaults={"name": name, "password": "!"})
        title = str(ROLE_TITLES[role])
        post = Post.objects.create(unit=units[unit], role=role, title_fa=title, title_en=title)
        return actor_at(Holding.objects.create(person=person, post=post, since=since, until=until))

    return give


@pytest.fixture
def sara(hire: Hire) -> Actor:
    return hire("sara", "سارا محمدی", "desk_officer", "alborz")


@pytest.fixture
def reza(hire: Hire) -> Actor:
    return hire("reza", "رضا کریمی", "head", "nazarabad")


@pytest.fixture
def mina(hire: Hire) -> Actor:
    return hire("mina", "مینا رضایی", "expert", "nazarabad")


@pytest.fixture
def hadi(hire: Hire) -> Actor:
    return hire("hadi", "هادی موسوی", "expert", "karaj")


@pytest.fixture
def nima(hire: Hire) -> Actor:
    return hire("nima", "نیما احمدی", "director_general", "alborz")


@pytest.fixture
def shirin(hire: Hire) -> Actor:
    return hire("shirin", "شیرین شریفی", "secretary", "alborz")


@pytest.fixture
def omid(hire: Hire) -> Actor:
    return hire("omid", "امید حسینی", "head", "qom")


@pytest.fixture
def tara(hire: Hire) -> Actor:
    return hire("tara", "تارا صادقی", "national_officer", "ministry")


@pytest.fixture
def kian(hire: Hire) -> Actor:
    return hire("kian", "کیان نوری", "operator", "ministry")


@pytest.fixture
def zahra() -> Actor:
    """Who brought the matter; she has no account."""
    return holder()


@pytest.fixture
def card(db: None) -> CardVersion:
    """A service card that promises an answer in ten working days."""
    return CardVersion.objects.create(
        card=Card.objects.create(code="unemployment-insurance"),
        number=1,
        valid_from=HIRED,
        title_fa="بیمه بیکاری",
        title_en="Unemployment insurance",
        promise="10 working_days",
        content={},
        recorded_at=NOW,
        recorded_by="system:test",
    )


SENDER = Sender(name="زهرا اکبری", national_code="0084575948", mobile="09121234567", email="zahra@example.ir")
MakeCase = Callable[..., Case]


@pytest.fixture
def make_case(units: dict[str, Unit]) -> MakeCase:
    """Let a matter come in: `make_case(unit="karaj", kind="request", text="…", sender=Sender(…), card=…, at=…)`."""
    numbers = count(1)

    def make(*, unit: str = "nazarabad", at: datetime = NOW, card: CardVersion | None = None, **fields: Any) -> Case:
        words: dict[str, Any] = {"channel": "web", "kind": "complaint", "text": TEXT, "sender": SENDER, **fields}
        intake = Intake(key=f"test-{next(numbers)}", **words)
        return receive(intake=intake, place=Place(unit=units[unit], card=card), by=holder(), now=at)

    return make


@pytest.fixture
def case(make_case: MakeCase) -> Case:
    """Zahra's complaint, owed by Nazarabad."""
    return make_case()


SignIn = Callable[[Actor], Client]


@pytest.fixture
def sign_in() -> SignIn:
    """A browser in which this member of staff has signed in: `sign_in(mina).get("/staff/")`."""

    def go(actor: Actor) -> Client:
        client = Client()
        client.force_login(Person.objects.get(pk=actor.person_id))
        return client

    return go


@pytest.fixture
def pages_at_now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Pages read the clock; here it stands at `now`."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return NOW
