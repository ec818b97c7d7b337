"""The power goes out, and people press twice: nothing acknowledged is lost, nothing is done twice."""

import random
import re
import threading

import pytest
from playwright.sync_api import expect

from support.city import link_in
from support.steps import (
    PASSWORD, invites_by_email, looks_for_contact, opens_an_active_permit, opens_contacts, registers, rows_about,
)


@pytest.fixture
def contractor(city, crowd):
    """Somebody at a contacts tab. Without JavaScript: the form posts are then exactly the browser's own."""
    somebody = crowd(city, javascript=False, name="the contractor")
    somebody.signs_in(city.account("company owner"))
    somebody.number = opens_an_active_permit(somebody)
    opens_contacts(somebody, somebody.number)
    return somebody


def posts_of(person):
    """Every form the person's browser sends from now on, as (address, type, body)."""
    posts = []

    def note(request):
        if request.method == "POST":
            posts.append((request.url, request.headers.get("content-type"), request.post_data_buffer))

    person.page.on("request", note)
    return posts


def sends_again(person, post):
    """The same form once more: same cookies, same fields, same once-key."""
    address, kind, body = post
    return person.context.request.post(
        address, data=body, headers={"Content-Type": kind, "Origin": person.city.url, "Sec-Fetch-Site": "same-origin"})


def test_what_was_acknowledged_is_there_after_the_power_went_out(city, contractor):
    acknowledged = []
    for turn in range(4):
        email = f"acknowledged-{turn}@example.org"
        invites_by_email(contractor, email)
        assert rows_about(contractor, email).count() == 1
        city.kill9()
        city.restart()
        acknowledged.append(email)
        opens_contacts(contractor, contractor.number)
        for known in acknowledged:
            assert rows_about(contractor, known).count() == 1, f"{known} was acknowledged and is not there once"


def test_power_going_out_while_a_form_is_sent_leaves_it_done_once_or_not_at_all(city, contractor):
    chance = random.Random(7)
    for turn in range(6):
        email = f"midway-{turn}@example.org"
        looks_for_contact(contractor, email)
        posts = posts_of(contractor)
        contractor.outage = True
        moment = threading.Timer(chance.uniform(0, 0.06), city.process.kill)
        moment.start()
        try:
            contractor.page.get_by_role("button", name=re.compile(rf"^Add {re.escape(email)}")).click()
            contractor.page.wait_for_load_state("load")
        except Exception:
            pass  # the browser shows that the server is gone
        moment.join()
        city.kill9()
        city.restart()
        contractor.outage = False

        contractor._documents.clear()
        opens_contacts(contractor, contractor.number)
        assert rows_about(contractor, email).count() in (0, 1)
        # Whoever saw nothing presses again; then it is there, once.
        assert posts, "the form was never sent"
        assert sends_again(contractor, posts[0]).status < 400
        opens_contacts(contractor, contractor.number)
        assert rows_about(contractor, email).count() == 1


def test_the_same_form_sent_again_has_one_effect_and_the_same_answer(city, contractor):
    email = "twice@example.org"
    looks_for_contact(contractor, email)
    posts = posts_of(contractor)
    contractor.presses(re.compile(rf"^Add {re.escape(email)}"))
    first = contractor.page.url
    city.mail(email)
    before = len(city.mails(email))
    for _ in range(2):
        again = sends_again(contractor, posts[0])
        assert again.status < 400
        assert again.url == first
    opens_contacts(contractor, contractor.number)
    assert rows_about(contractor, email).count() == 1
    assert len(city.mails(email)) == before


def test_pressing_twice_quickly_has_one_effect(contractor):
    email = "double.click@example.org"
    looks_for_contact(contractor, email)
    contractor.outage = True  # the browser drops the first of the two requests
    contractor.page.get_by_role("button", name=re.compile(rf"^Add {re.escape(email)}")).dblclick()
    # Both presses have to be over: opening a page meanwhile would cancel the second one, or be cancelled by it.
    expect(rows_about(contractor, email).first).to_be_visible()
    contractor.page.wait_for_load_state("networkidle")
    contractor.looks()
    contractor.outage = False
    opens_contacts(contractor, contractor.number)
    assert rows_about(contractor, email).count() == 1


def test_a_confirmation_survives_the_power_going_out(city, crowd):
    newcomer = crowd(city, javascript=False, name="the newcomer")
    email = "between.two.pages@example.org"
    newcomer.opens("/register")
    newcomer.fills("Email", email)
    newcomer.presses("Continue")
    newcomer.sees_heading("Check your email")
    city.kill9()
    city.restart()
    newcomer.opens(link_in(city.mail(email)))
    newcomer.presses("Confirm")
    newcomer.sees_heading("Finish your account")
    newcomer.fills("First name", "Between")
    newcomer.fills("Last name", "Pages")
    newcomer.fills("Phone", "303-555-0143")
    newcomer.fills("Password", PASSWORD)
    city.kill9()
    city.restart()
    posts = posts_of(newcomer)
    newcomer.presses("Create account")
    newcomer.sees_button("Account menu")
    # The form sent again makes no second account and shows no error.
    assert sends_again(newcomer, posts[0]).status < 400
    back = crowd(city, javascript=False, name="the same person, later")
    back.signs_in({"email": email, "password": PASSWORD})


def test_a_session_survives_the_power_going_out(city, crowd):
    somebody = crowd(city, javascript=False, name="somebody signed in")
    registers(somebody, "still.here@example.org")
    city.kill9()
    city.restart()
    somebody.opens("/dashboard")
    somebody.sees_heading("My cases")
