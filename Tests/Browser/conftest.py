"""Fixtures: a demo city, a browser, people at it with JavaScript on or off. What they check is told in docs/testing.md."""

import os
import zlib

import pytest
from playwright.sync_api import sync_playwright
from xdist.scheduler import LoadScopeScheduling

from support.browser import launch
from support.checks import Checker, Known, PageCollection
from support.city import City, PROGRAM, build_demo
from support.furnished import Furnished
from support.person import Person
from support.routes import Routes
from support.tour import Tour


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The folder every city of this run is copied from."""
    assert PROGRAM.exists(), f"{PROGRAM} is not built; script/test builds it"
    folder = tmp_path_factory.mktemp("demo") / "data"
    build_demo(folder)
    return folder


@pytest.fixture
def city(demo, tmp_path):
    """A served city of this test's own."""
    served = City(tmp_path / "data", template=demo).start()
    try:
        yield served
        served.stop()
    finally:
        if served.process:
            served.kill9()


@pytest.fixture(scope="session")
def read_only_city(demo, tmp_path_factory):
    """A served city shared by tests that only read."""
    served = City(tmp_path_factory.mktemp("read-only") / "data", template=demo).start()
    try:
        yield served
        served.stop()
    finally:
        if served.process:
            served.kill9()


@pytest.fixture(scope="session")
def furnished(demo, tmp_path_factory):
    """A served city in which no page is empty."""
    city = Furnished(tmp_path_factory.mktemp("furnished") / "data", demo)
    try:
        city.furnish()
        yield city
        city.city.stop()
    finally:
        if city.city.process:
            city.city.kill9()


@pytest.fixture(scope="session")
def tour(furnished):
    """Every page of that city as everybody is served it."""
    return Tour(furnished, Routes(furnished.city.folder))


@pytest.fixture(scope="session")
def playwright_driver():
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright_driver):
    chromium = launch(playwright_driver)
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def known(tmp_path_factory, worker_id):
    """What axe has seen in this run, in this process and in those beside and before it."""
    base = tmp_path_factory.getbasetemp()
    return Known(os.environ.get("GROUNDWORK_TEST_KNOWN") or (base if worker_id == "master" else base.parent) / "known")


@pytest.fixture(scope="session")
def checker(browser, known):
    one = Checker(browser, known)
    yield one
    one.leaves()


@pytest.fixture(scope="session")
def collection():
    """Every different page that the tests of this process were served; at its end their HTML is checked."""
    served = PageCollection()
    yield served
    problems = served.problems()
    if problems:
        pytest.fail(f"{len(problems)} problems on {len(served.pages)} pages:\n\n" + "\n\n".join(problems[:40]), pytrace=False)


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def javascript(request):
    return request.param


@pytest.fixture
def crowd(browser, checker, collection):
    """Lets people into a city, and at the end fails the test for anything that went wrong in their browsers."""
    present = []

    def enter(city, javascript=True, name="somebody", **options):
        present.append(Person(browser, city, javascript, checker, collection, name, **options))
        return present[-1]

    yield enter
    problems = [problem for person in present for problem in person.problems]
    for person in present:
        person.leaves()
    if problems:
        pytest.fail(f"{len(problems)} problems on the pages:\n\n" + "\n\n".join(problems), pytrace=False)


# Files whose tests share a city that takes minutes to make, or a server.
TOGETHER = {
    "furnished": ["test_accessibility.py", "test_calibration.py", "test_coverage.py"], "joined": ["test_directory.py"],
}
PHONE = {"width": 320, "height": 640}
# Without JavaScript the way is the same at every width: the small phone stands for all. In Spanish people have a mouse or a finger and
# a wide or a small page by turns, each test its own.
WAYS = {
    "by keyboard": {"keyboard": True}, "on a small phone, without JavaScript": {"javascript": False, "viewport": PHONE},
    "in Spanish": {"language": "es"},
}


@pytest.fixture(params=WAYS.values(), ids=WAYS)
def person(city, crowd, request):
    """`person("Rosa")`: somebody new at this test's city, who goes about in this run's way."""

    way = dict(request.param)
    if "language" in way and zlib.crc32(request.function.__name__.encode()) % 2:
        way["viewport"] = PHONE

    def enter(name="somebody", **options):
        return crowd(city, name=name, **{**way, **options})

    return enter


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Puts the end of the server's log beside a failure."""
    report = yield
    if report.failed:
        for fixture in ("city", "read_only_city"):
            served = getattr(item, "funcargs", {}).get(fixture)
            if served:
                report.sections.append(("end of the server's log", served.log_tail()))
    return report


class Sharing(LoadScopeScheduling):
    """Two processes share the tests: whoever is free takes the next one, and what takes long to set up stays together."""

    def _split_scope(self, nodeid):
        file = nodeid.split("::")[0].rsplit("/", 1)[-1]
        return next((group for group, files in TOGETHER.items() if file in files), nodeid)


def pytest_xdist_make_scheduler(config, log):
    return Sharing(config, log)
