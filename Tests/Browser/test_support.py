"""Help for people who cannot get in (A8), and how an account ends (A7)."""

import re

from support.city import eventually, link_in
from support.spanish import AsTyped
from support.steps import PASSWORD, registers
from test_sign_in import adds_a_passkey, code_of, devices  # noqa: F401: a fixture

EMAIL = "lost.phone@example.org"
WHY = "Called from the number on file."


def finds(staff, email):
    staff.opens("/staff/desk")
    staff.follows("Help with an account")
    staff.sees_heading("Help with an account")
    staff.fills("Email address of the account", email)
    staff.presses("Find account")


def mail(city, to, *subjects):
    """The newest mail to that address with one of these subjects: people get their mail in their own language."""
    return eventually(
        lambda: next((one for one in city.mails(to) if one["subject"] in subjects), None), lambda: f"no mail {subjects} to {to}")


def test_a_lost_second_step_goes_only_when_nobody_stops_it(city, person):
    owner = person("the owner")
    registers(owner, EMAIL)
    owner.opens("/account/security")
    owner.presses("Set up an app")
    secret = re.sub(r"\s", "", owner.page.get_by_role("main").locator("code").inner_text())
    owner.fills("Code", code_of(secret))
    owner.presses("Turn on the second step")
    owner.sees_heading("Recovery codes")

    staff = person("the supervisor").signs_in(city.account("supervisor"), at="/staff/sign-in")
    staff.opens("/staff/accounts")
    staff.fills("Email address of the account", "nobody.at.all@example.org")
    with staff.expecting(422):
        staff.presses("Find account")
    staff.sees("No account has this address")
    finds(staff, EMAIL)
    staff.sees_heading("Account of Jordan Avery")
    staff.follows("Remove a lost second step")
    with staff.expecting(422):
        staff.presses("Remove a lost second step")
    staff.fills("Why are you doing this?", WHY)
    staff.presses("Remove a lost second step")
    staff.sees("The 24 hours have begun.")
    staff.sees("Second step to be removed")
    staff.sees(AsTyped(WHY))

    link = link_in(
        mail(city, EMAIL, "Your second step will be removed in 24 hours", "Su segundo paso se quitará en 24 horas"))
    anybody = person("the owner, without signing in")
    anybody.opens(link)
    anybody.presses("Keep my second step")
    anybody.sees("Your second step stays as it is.")
    owner.opens("/account/activity")
    owner.sees("The second step stays.")
    owner.sees("City staff opened the account to help.")


def test_staff_send_a_link_for_a_new_password_and_see_no_password(city, person):
    owner = person("the owner")
    registers(owner, "forgetful@example.org")
    staff = person("the supervisor").signs_in(city.account("supervisor"), at="/staff/sign-in")
    finds(staff, "forgetful@example.org")
    staff.follows("Send a link for a new password")
    assert staff.page.locator("input[type=password]").count() == 0
    staff.fills("Why are you doing this?", WHY)
    staff.presses("Send a link for a new password")
    staff.sees("The link is on its way.")
    owner.opens(link_in(mail(city, "forgetful@example.org", "Reset your password", "Restablezca su contraseña")))
    owner.fills("Password", "nine copper kettles at dawn")
    owner.presses("Save password")
    owner.sees_button("Account menu")


def test_an_account_is_closed_and_its_address_is_free_again(city, person):
    email = "leaves@example.org"
    owner = person("somebody who leaves")
    registers(owner, email)
    owner.opens("/account")
    owner.follows("Close my account")
    owner.sees_heading("Close my account")
    owner.sees("What stays with the city")
    owner.presses("Close my account")
    owner.sees("Your account is closed.")
    assert mail(city, email, "Your account is closed", "Su cuenta está cerrada")
    owner.opens("/sign-in")
    owner.fills("Email", email)
    owner.fills("Password", PASSWORD)
    with owner.expecting(422):
        owner.presses("Sign in")
    registers(person("the same person, later"), email)


def test_a_passkey_confirms_who_is_there(city, devices):  # noqa: F811
    owner = devices("the owner")
    registers(owner, "quick.key@example.org")
    adds_a_passkey(owner, "Kitchen computer")
    owner.sees_heading("Recovery codes")
    owner.opens("/account/confirm-password?return=/account/details")
    owner.presses("Use my passkey")
    owner.sees_heading("Name and phone")
