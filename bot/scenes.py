"""Scenes: one click sets a stage and plays a story on it. A browser test looks at each of them."""

from dataclasses import dataclass
from datetime import time, timedelta

from bot import deeds
from bot.guided import begins
from bot.stories import AREA
from bot.theatre import FREE, Play, Stage
from messaging.notice_buttons import ActOnNotice, NoticeAct, NoticeDesk, NoticeList
from programme.activities import Words
from programme.localtime import STOCKHOLM, instant
from programme.people import Role
from services import areas, born, demo_crowd, staff_links
from simulator.users import Person

NEWBORN, ALMOST_SIX_WEEKS = 2, 40  # days
CROWD = 500
NOTICE = {
    "sv": Words("Öppna förskolan flyttar", "Från måndag ses vi i biblioteket. Välkomna!"),
    "ar": Words("الروضة المفتوحة تنتقل", "ابتداءً من يوم الاثنين نلتقي في المكتبة. أهلًا بكم!"),
    "so": Words(
        "Xannaanada furan way guuraysaa", "Isniinta laga bilaabo maktabadda ayaan ku kulannaa."
    ),
    "en": Words("Open preschool is moving", "From Monday we meet in the library. Welcome!"),
}


@dataclass(frozen=True)
class Scene:
    """One story: what it is called, what one sees."""

    play: Play
    title: str
    text: str


async def _team(stage: Stage) -> None:
    await stage.story.open_area()
    await stage.story.join_team("Anna", Role.NURSE)
    await stage.story.join_team("Bo", Role.PARENT_SUPPORTER)


async def _family(stage: Stage, name: str, language: str, days_old: int = NEWBORN) -> int:
    family_id, code = await stage.story.register(days_old)
    await stage.story.join(name, language, code)
    return family_id


async def _father(stage: Stage, family_id: int) -> None:
    code = await stage.story.another_link(family_id)
    await stage.story.join("Yusuf", "ar", code, second=True)


async def _at(stage: Stage, days: int, hour: int) -> None:
    await stage.winder.to(instant(stage.day + timedelta(days=days), time(hour), STOCKHOLM))


async def _first(stage: Stage) -> None:
    """Registered, joined, booked, reminded, answered."""
    await _team(stage)
    family_id = await _family(stage, "Amina", "so")
    await stage.story.book(family_id, 1, stage.day + timedelta(days=2))
    await _at(stage, 1, 17)
    amina = stage.hands.named("Amina")
    yes = next(each for each in stage.hands.buttons(amina, "v:") if each.endswith(":yes"))
    await stage.hands.press(amina, yes)
    await stage.winder.settle()


async def _twins(stage: Stage) -> None:
    """Two children, two languages: each message once to each parent, in their own."""
    await _team(stage)
    family_id, code = await stage.story.register(NEWBORN)
    rules = stage.house.settings.rules
    async with stage.house.db.write() as tx:
        there = stage.day - timedelta(days=NEWBORN)
        await born.add(tx, family_id, there, None, stage.now, rules)
    await stage.story.join("Amina", "so", code)
    await _father(stage, family_id)
    await stage.story.intend(family_id)
    await stage.winder.by(timedelta(weeks=2))


async def _ill(stage: Stage) -> None:
    """Two visits on one day; a colleague can take the first, the other gets new times."""
    await _team(stage)
    day = stage.day + timedelta(days=1)
    for name, language in (("Amina", "so"), ("Maria", "sv")):
        await stage.story.book(await _family(stage, name, language), 1, day)
    await stage.story.join_team("Sara", Role.NURSE, hours=((8 * 60, 10 * 60),))
    await _at(stage, 0, 9)
    await deeds.fall_ill(stage, "Anna", day)


async def _notice(stage: Stage) -> None:
    """Telegram says *slower* twice while a notice leaves; nobody is left out, nobody gets two."""
    await stage.story.open_area()
    carla, world = await stage.story.join_team("Carla", Role.COORDINATOR), stage.hands.world
    readers = [_reader(stage, n) for n in range(stage.size or CROWD)]
    async with stage.house.db.write() as tx:
        area_id = await areas.find(tx, AREA)
        chats = [(each.id, each.language_code or "sv") for each in readers]
        joined, there = stage.now - timedelta(days=30), stage.day - timedelta(days=45)
        await demo_crowd.move_in(tx, area_id, chats, there, joined)
        await demo_crowd.planned_until(tx, stage.now)
        boss = await staff_links.find(tx, AREA, "Carla")
        rules = stage.house.settings.rules
        number = await demo_crowd.draft(tx, boss, NOTICE, stage.now, rules)
    for part in (3, 1.5):
        world.faults.too_many("sendMessage", retry_after=2, skip=int(len(readers) / part), times=3)
    for data in (
        NoticeDesk(),
        NoticeList(),
        ActOnNotice(notice=number, act=NoticeAct.SHOW),
        ActOnNotice(notice=number, act=NoticeAct.CHECK),
        ActOnNotice(notice=number, act=NoticeAct.SEND),
    ):
        await stage.hands.press(carla, data.pack())


def _reader(stage: Stage, number: int) -> Person:
    names = {"so": "Amina", "ar": "Yusuf", "sv": "Maria", "en": "Grace"}
    code = tuple(names)[number % len(names)]
    name = names[code] if number < len(names) else f"{names[code]} {number + 1}"
    person = stage.hands.world.person(name, code)
    stage.hands.world.where(person, None).started = True
    return person


async def _outage(stage: Stage) -> None:
    """A day without Lotsen: what has become pointless is dropped, the rest comes once."""
    await _team(stage)
    visited = await _family(stage, "Amina", "so")
    await _family(stage, "Maria", "sv", ALMOST_SIX_WEEKS)
    await stage.story.book(visited, 1, stage.day + timedelta(days=2))
    await _at(stage, 1, 15)
    await stage.outage(timedelta(days=1))
    await stage.winder.by(timedelta(hours=1))


async def _loss(stage: Stage) -> None:
    """One parent presses; it is quiet for both, and whoever writes is answered quietly."""
    await _team(stage)
    family_id = await _family(stage, "Amina", "so")
    await _father(stage, family_id)
    await stage.story.book(family_id, 1, stage.day + timedelta(days=2))
    await stage.winder.settle()
    await deeds.tell_of_loss(stage, "Amina")
    await stage.winder.by(timedelta(weeks=2))
    await stage.hands.write(stage.hands.named("Yusuf"), "مرحبا")


SCENES = (
    Scene(FREE, "Fri lek", "Fyra familjer och tre kollegor. Vrid på klockan och tryck själv."),
    Scene(
        Play("first", _first, begins, ("Amina", "Anna", "Bo")),
        "Första familjen",
        "Amina öppnade sin länk och sa ja. Anna bokade, påminnelsen kom klockan 17 och Amina "
        "svarade med ett tryck.",
    ),
    Scene(
        Play("twins", _twins, begins, ("Amina", "Yusuf")),
        "Tvillingar, två språk",
        "Två veckor med tvillingar. Ett besök gäller båda barnen, och varje meddelande kommer "
        "en gång till var och en: på somaliska till Amina, på arabiska till Yusuf.",
    ),
    Scene(
        Play("ill", _ill, begins, ("Anna", "Amina", "Maria", "Bo")),
        "Någon är sjuk",
        "Anna är sjuk i morgon. Sara kan ta det tidiga besöket hos Amina, på samma tid. Ingen "
        "kan ta Marias: hon får nya tider att välja på.",
    ),
    Scene(
        Play("notice", _notice, begins, ("Carla", "Amina", "Yusuf", "Maria")),
        "Utskick till 500",
        "Carla skickar till 500 familjer på fyra språk. Telegram säger två gånger att det går "
        "för fort: Lotsen väntar precis så länge och fortsätter. Följ stapeln i Carlas "
        "telefon.",
    ),
    Scene(
        Play("outage", _outage, begins, ("Amina", "Maria", "Anna")),
        "Ett dygn utan ström",
        "Från tisdag 15 till onsdag 15 stod allt stilla. Påminnelsen till Amina om ett besök "
        "som redan har varit skickas inte. Marias tips kommer en gång, sent men fortfarande "
        "till nytta.",
    ),
    Scene(
        Play("loss", _loss, begins, ("Amina", "Yusuf", "Anna", "Bo")),
        "När något svårt har hänt",
        "Amina tryckte en gång. Två veckor senare är det fortfarande tyst hos båda. Yusuf "
        "skriver och får ett stilla svar. Teamet vet att familjen ska lämnas i fred.",
    ),
)
