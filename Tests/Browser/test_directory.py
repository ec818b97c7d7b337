"""Staff sign in with the account they have at the city: a real provider, its own pages, and this portal as its client (A3)."""

import re

import pytest

from support.city import City, run
from support.provider import Employee, Provider

DANA = Employee("dana", "a password for the whole city", "Dana", "Whitfield")
LEE = Employee("lee", "another password for the city", "Lee", "Ortega")

KIM = Employee("kim", "a third password for the city", "Kim", "Aster")


@pytest.fixture(scope="module")
def joined(demo, tmp_path_factory):
    """A city and its sign-in service."""
    folder = tmp_path_factory.mktemp("joined")
    city = City(folder / "data", template=demo)
    provider = Provider(folder / "provider", city.url)
    try:
        for employee in (DANA, LEE, KIM):
            provider.employs(employee)
        provider.start()
        city.settings = provider.settings()
        city.provider = provider
        yield city.start(city.settings)
        city.stop()
    finally:
        if city.process:
            city.kill9()
        provider.stop()


def at_the_service(person, employee=None):
    """Does there what the service asks for: a name and a password the first time, a yes to this portal."""
    page = person.page
    person.outage = True
    if employee:
        page.get_by_role("textbox", name="Login").fill(employee.name)
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("textbox", name="Password").fill(employee.password)
        page.get_by_role("button", name="Sign in").click()
        # Asked once; the service keeps the answer.
        page.get_by_role("button", name="Accept").click()
    person.outage = False
    page.wait_for_url(person.city.url + "/**")
    person.looks()


def goes_to_the_service(person):
    person.page.get_by_role("link", name=person.said("Sign in with your city account")).click()


@pytest.mark.parametrize("language", ["en", "es"])
def test_an_employee_connects_and_signs_in_without_a_password_here(joined, crowd, language):
    role, employee = ("supervisor", DANA) if language == "en" else ("inspector", LEE)
    known = joined.account(role)
    dana = crowd(joined, name="an employee", language=language)
    dana.opens("/staff/sign-in")
    goes_to_the_service(dana)
    at_the_service(dana, employee)

    # Nobody is found by the address or the name that the service tells.
    dana.sees_heading("Connect your city account")
    dana.activates(dana.page.get_by_role("main").get_by_role("link", name=dana.said("Staff sign-in")))
    dana.signs_in(known, at="/staff/sign-in")
    dana.sees_heading("Connect your city account")
    dana.presses("Connect")
    dana.sees("Your city account is connected. You can sign in with it from now on.")
    joined.mail(known["email"], "")
    dana.signs_out()

    dana.opens("/staff/sign-in?return=/account/security")
    goes_to_the_service(dana)
    at_the_service(dana)
    dana.sees_heading("Sign-in and security")
    dana.sees(re.compile(employee.name))
    dana.presses("Disconnect")
    dana.sees("Your city account is no longer connected.")


def test_a_second_browser_cannot_end_what_another_began(joined, crowd):
    one, other = crowd(joined, name="one"), crowd(joined, name="the other")
    one.opens("/staff/sign-in")
    one.outage = True
    seen = []
    back = joined.url + "/staff/sign-in/directory/return"
    one.page.on("request", lambda request: seen.append(request.url) if request.url.startswith(back) else None)
    goes_to_the_service(one)
    at_the_service(one, KIM)
    other.opens(seen[0].removeprefix(joined.url))
    other.sees("This took too long, or was begun in another browser. Start again.")
    other.sees_heading("Staff sign-in")


def test_without_the_setting_there_are_no_such_pages(joined):
    assert "/staff/sign-in/directory" not in run(joined.folder, "routes")


def test_the_service_is_down(joined, crowd):
    joined.provider.stop()
    joined.stop()
    joined.start(joined.settings)
    try:
        dana = crowd(joined, name="an employee")
        dana.opens("/staff/sign-in")
        dana.follows("Sign in with your city account")
        dana.sees("The city’s sign-in service does not answer. Try again in a minute, or sign in another way.")
        dana.signs_in(joined.account("intake"), at="/staff/sign-in")
    finally:
        joined.provider.start()
