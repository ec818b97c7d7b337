"""Passkeys with the browser's own virtual authenticator, and codes of an authenticator app as another program makes them (A3)."""

import re
import shutil
import subprocess

import pytest

from support.spanish import Beginning
from support.steps import PASSWORD, registers

EMAIL = "key.holder@example.org"


@pytest.fixture
def devices(crowd, city):
    """`devices("Rosa")`: somebody at a browser with a device that keeps passkeys. `devices.verifies` switches the fingerprint off."""

    def enter(name, verifies=True):
        person = crowd(city, True, name)
        session = person.context.new_cdp_session(person.page)
        session.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                   "isUserVerified": verifies, "automaticPresenceSimulation": True}
        person.device = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
        person.cdp = session
        return person

    return enter


def keys_of(person):
    return person.cdp.send("WebAuthn.getCredentials", {"authenticatorId": person.device})["credentials"]


def hands_over(one, other):
    """The keys of one device are on the other too, as a synced account has them."""
    for key in keys_of(one):
        other.cdp.send("WebAuthn.addCredential", {"authenticatorId": other.device, "credential": key})


def adds_a_passkey(person, name):
    person.opens("/account/security")
    person.presses("Add a passkey")
    person.sees_heading("Add a passkey")
    person.fills("Name of the passkey", name)
    person.presses("Make a passkey")


def test_a_passkey_signs_in_without_a_name_or_a_password(city, devices):
    owner = devices("the owner")
    registers(owner, EMAIL)
    adds_a_passkey(owner, "Kitchen computer")
    owner.sees_heading("Recovery codes")
    assert owner.page.locator("ol.codes code").count() == 10
    owner.follows("I have kept them")
    owner.sees_link("Kitchen computer")
    owner.signs_out()

    owner.opens("/sign-in?return=/account/security")
    owner.presses("Sign in with a passkey")
    owner.sees_heading("Sign-in and security")
    owner.sees("last used")

    # A second one on the same device is not made; one on another device is.
    adds_a_passkey(owner, "Again")
    owner.sees("The device gave no passkey.")
    owner.opens("/account/security")
    owner.follows("Kitchen computer")
    owner.fills("Name of the passkey", "Old computer")
    owner.presses("Save name")
    owner.sees_link("Old computer")

    phone = devices("the same person at a phone")
    phone.opens("/sign-in")
    phone.fills("Email", EMAIL)
    phone.fills("Password", PASSWORD)
    phone.presses("Sign in")
    phone.sees_heading("Second step")
    hands_over(owner, phone)
    phone.presses("Sign in with a passkey")
    phone.sees_button("Account menu")

    owner.opens("/account/security")
    owner.follows("Old computer")
    owner.presses("Remove this passkey")
    owner.sees("is removed")
    assert owner.page.get_by_role("main").get_by_role("link", name="Old computer").count() == 0
    phone.signs_out()
    phone.opens("/sign-in")
    with phone.expecting(422):
        phone.presses("Sign in with a passkey")
        phone.sees("This passkey did not work here.")


def test_a_device_that_does_not_ask_who_is_there_makes_no_passkey(city, devices):
    owner = devices("the owner", verifies=False)
    registers(owner, EMAIL)
    adds_a_passkey(owner, "Kitchen computer")
    owner.sees("The device gave no passkey.")
    assert keys_of(owner) == []
    owner.opens("/account/security")
    owner.does_not_see("Kitchen computer")


def test_without_scripts_the_page_says_that_passkeys_need_them(city, crowd):
    visitor = crowd(city, False, "somebody without scripts")
    visitor.opens("/sign-in")
    visitor.presses("Sign in with a passkey")
    visitor.sees("Passkeys need JavaScript.")
    visitor.follows("Sign in with a password instead")
    visitor.sees_heading("Sign in")


def code_of(secret, seconds=0):
    """What an app shows now; `oathtool` makes it, which knows nothing of us."""
    when = ["--now", f"now + {seconds} seconds"] if seconds else []
    return subprocess.run(
        ["oathtool", "--totp", "--base32", *when, secret], capture_output=True, text=True, check=True).stdout.strip()


def test_a_code_of_any_app_is_the_second_step(city, person):
    assert shutil.which("oathtool"), "script/bootstrap --test installs oathtool"
    owner = person("the owner")
    registers(owner, EMAIL)
    owner.opens("/account")
    owner.follows("Sign-in and security")
    owner.presses("Set up an app")
    owner.sees_heading("Set up your authenticator app")
    assert owner.page.get_by_role("img", name=owner.said("A picture that your authenticator app reads", within=True)).count() == 1
    secret = re.sub(r"\s", "", owner.page.get_by_role("main").locator("code").inner_text())
    with owner.expecting(422):
        owner.fills("Code", "000000")
        owner.presses("Turn on the second step")
    owner.sees("This code is not right.")
    # The code before this half minute's is good too, so that the next one is still unused when somebody signs in.
    owner.fills("Code", code_of(secret, -30))
    owner.presses("Turn on the second step")
    owner.sees_heading("Recovery codes")
    recovery = owner.page.locator("ol.codes code").first.inner_text()
    owner.signs_out()

    back = person("the owner, later")
    back.opens("/sign-in")
    back.fills("Email", EMAIL)
    back.fills("Password", PASSWORD)
    back.presses("Sign in")
    back.sees_heading("Second step")
    back.fills("Code", code_of(secret))
    back.presses("Continue")
    back.sees_button("Account menu")

    lost = person("the owner without a phone")
    lost.opens("/sign-in")
    lost.fills("Email", EMAIL)
    lost.fills("Password", PASSWORD)
    lost.presses("Sign in")
    lost.follows("Use a recovery code")
    lost.fills("Recovery code", recovery.upper())
    lost.presses("Continue")
    lost.sees_button("Account menu")
    lost.opens("/account/security")
    lost.sees("9 unused codes left")
    lost.presses("Remove the app")
    lost.sees_heading("Sign-in and security")
    assert city.mail(EMAIL)
    lost.sees_button(Beginning("Set up an app"))
