"""Classes and assignments on the page: a teacher who is signed in, and a pupil without an account."""

import re
from dataclasses import replace

import pytest

from bot.core.roles import LOCAL_OWNER
from bot.service.assign_part import AssignPart
from bot.service.class_part import ClassPart
from bot.service.desk import Desk
from bot.service.learners import ZONE
from bot.service.signing import owners_link
from tests.frontends.web.visitor import HERE, Visitor
from tests.quizzes import BUILT, CAVEAT, YEAR, library

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def school(desk: Desk) -> Desk:
    """A desk with a quiz of two questions, and the parts for classes."""
    parts = (ClassPart(lambda: HERE), AssignPart(lambda: HERE))
    return replace(desk, library=library(BUILT, YEAR), parts=parts)


@pytest.fixture
async def teacher(school: Desk) -> Visitor:
    """The owner, signed in by the link that is printed at the start."""
    async with school.store.work(school.clock()) as work:
        await work.wishes.put(LOCAL_OWNER, ZONE, "UTC")
    visitor = Visitor(school)
    path = await owners_link(school.store, school.clock())
    await visitor.open(path)
    return await sends(visitor, path)


async def sends(visitor: Visitor, path: str, **fields: str) -> Visitor:
    """Send a form for people with a role, and go where it leads."""
    for name, value in re.findall(
        r'<input type="hidden" name="(\w+)" value="([^"]*)"', visitor.page
    ):
        fields.setdefault(name, value)
    headers = {"Origin": visitor.here, "Content-Type": FORM}
    visitor.response = await visitor.client.post(path, data=fields, headers=headers)
    where = visitor.response.headers.get("location")
    return await visitor.open(where) if where else visitor


def code_on(page: str) -> str:
    found = re.search(r"<strong><code>(\w{8})</code>", page)
    assert found
    return found[1]


async def test_a_class_goes_from_the_teachers_page_to_a_pupils_answer(
    school: Desk, teacher: Visitor
):
    await teacher.open("/classes")
    await sends(teacher, "/classes", name="7B")
    pupil = Visitor(school)
    await pupil.open(f"/c/{code_on(teacher.page)}")
    await pupil.submit(text=f"/class join {code_on(teacher.page)}")
    assert "its teacher sees: the name that you go by here" in pupil.words
    await pupil.press("Join 7B")
    await teacher.ask("/assign 7B 2 due in 3 days")
    await teacher.press("Publish")
    found = re.search(r"/a/([\w-]+)", teacher.page)
    assert found

    await pupil.open(f"/a/{found[1]}")
    await pupil.submit(text=f"/start a_{found[1]}")
    await pupil.press("Begin")
    await pupil.press("A 1820")
    await pupil.press("Next question")
    assert 'for="text">Your answer<' in pupil.page
    await pupil.submit(text="1820")
    await pupil.press("Hand in")

    assert "2 of 2 right." in pupil.words
    assert pupil.page.count(CAVEAT) >= 4
    await teacher.open("/classes/1")
    assert "The old mill" in teacher.words
    assert "Open. 1" in teacher.words


async def test_the_teacher_gives_codes_and_time_on_the_roster(school: Desk, teacher: Visitor):
    await teacher.open("/classes")
    await sends(teacher, "/classes", name="7B")
    pupil = Visitor(school)
    await pupil.ask(f"/class join {code_on(teacher.page)}")
    await pupil.press("Join 7B")
    await teacher.open("/classes/1")
    await sends(teacher, "/classes/1", member="1", label="7B-12", factor="1.5")

    assert 'value="7B-12"' in teacher.page
    assert '<option value="1.5" selected>' in teacher.page
    await sends(teacher, "/classes/1", remove="1")
    assert "Nobody has joined yet." in teacher.words


async def test_a_new_code_ends_the_old_one(teacher: Visitor):
    await teacher.open("/classes")
    await sends(teacher, "/classes", name="7B")
    old = code_on(teacher.page)

    await sends(teacher, "/classes/1", recode="1")

    assert code_on(teacher.page) != old


@pytest.mark.parametrize("name", ["", "x" * 41, "7b"])
async def test_a_name_that_does_not_do_is_told_so(teacher: Visitor, name: str):
    await teacher.open("/classes")
    await sends(teacher, "/classes", name="7B")
    await teacher.open("/classes")

    await sends(teacher, "/classes", name=name)

    assert teacher.response.status_code == 422
    assert 'role="alert"' in teacher.page


@pytest.mark.parametrize(
    "fields", [{"member": "9"}, {"remove": "9"}, {"member": "1", "factor": "9"}, {}]
)
async def test_what_is_not_on_the_roster_cannot_be_changed(
    school: Desk, teacher: Visitor, fields: dict[str, str]
):
    await teacher.open("/classes")
    await sends(teacher, "/classes", name="7B")
    pupil = Visitor(school)
    await pupil.ask(f"/class join {code_on(teacher.page)}")
    await pupil.press("Join 7B")
    await teacher.open("/classes/1")

    await sends(teacher, "/classes/1", **fields)

    assert teacher.response.status_code in {400, 404}


@pytest.mark.parametrize("path", ["/classes", "/classes/1"])
async def test_the_pages_are_for_teachers_who_are_signed_in(school: Desk, path: str):
    stranger = Visitor(school)
    await stranger.open(path)
    assert stranger.response.status_code == 403

    await sends(stranger, path, name="7B", csrf="x")
    assert stranger.response.status_code == 403


@pytest.mark.parametrize("path", ["/classes/7", "/classes/99999999999", "/c/!", "/a/a b"])
async def test_what_is_not_there_is_told_so(teacher: Visitor, path: str):
    await teacher.open(path)

    assert teacher.response.status_code == 404


async def test_who_is_in_a_class_is_known_for_longer(school: Desk, teacher: Visitor):
    await teacher.open("/classes")
    await sends(teacher, "/classes", name="7B")
    pupil = Visitor(school)
    await pupil.ask("hello")
    before = pupil.response.headers["set-cookie"]
    await pupil.ask(f"/class join {code_on(teacher.page)}")
    await pupil.press("Join 7B")

    assert "Max-Age=86400;" in before
    assert "Max-Age=31536000;" in pupil.response.headers["set-cookie"]
