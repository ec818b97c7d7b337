"""Invitations, from both sides: to a case, and to act for a company."""

import re

from support.city import link_in
from support.spanish import Beginning
from support.steps import looks_for_contact, opens_an_active_permit, opens_contacts, registers


def test_somebody_invited_to_a_case_declines_without_an_account(city, person):
    contractor = person("the contractor")
    registers(contractor, city.account("unregistered company")["email"])
    number = opens_an_active_permit(contractor)
    opens_contacts(contractor, number)
    looks_for_contact(contractor, "not.for.me@example.org")
    contractor.presses(Beginning("Add not.for.me@example.org"))

    invited = person("the person invited")
    invited.opens(link_in(city.mail("not.for.me@example.org")))
    invited.sees_heading(f"Invitation to case {number}")
    invited.presses("Decline")
    invited.sees_heading("You declined")
    opens_contacts(contractor, number)
    contractor.sees("Declined")


def test_a_contractor_invites_with_fewer_rights_and_the_person_accepts(city, person):
    contractor = person("the contractor")
    registers(contractor, city.account("unregistered company")["email"])
    number = opens_an_active_permit(contractor)
    opens_contacts(contractor, number)
    looks_for_contact(contractor, "nova@example.org")
    contractor.unfolds("Choose what they can do, and for how long they can answer")
    contractor.presses("Invite nova@example.org")

    nova = person("the person invited")
    nova.opens(link_in(city.mail("nova@example.org")))
    nova.presses("Accept")
    nova.sees_heading("Sign in")
    # The same browser comes back to the invitation after the account is made.
    registers(nova, "nova@example.org", first="Nova", last="Quist")
    nova.sees_heading(f"Invitation to case {number}")
    nova.presses("Accept")
    nova.sees_heading(number)
    opens_contacts(contractor, number)
    contractor.sees(re.compile("Accepted on"))


def test_an_owner_invites_a_colleague_and_chooses_their_cases(city, person):
    owner = person("the owner").signs_in(city.account("company owner"))
    owner.opens("/account")
    owner.follows("People of Juniper Ledge Builders LLC")
    owner.follows("Invite somebody")
    owner.fills("Email", "kai@example.org")
    owner.field("Chosen ones").check()
    owner.presses("Send the invitation")
    owner.sees_button("Send again to kai@example.org")

    kai = person("the colleague")
    kai.opens(link_in(city.mail("kai@example.org")))
    kai.sees_heading("Invitation to Juniper Ledge Builders LLC")
    kai.presses("Accept")
    registers(kai, "kai@example.org", first="Kai", last="Quist")
    kai.presses("Accept")
    kai.sees_heading("Juniper Ledge Builders LLC")
    kai.opens("/dashboard")
    assert kai.case_numbers() == []

    owner.opens("/account")
    owner.follows("People of Juniper Ledge Builders LLC")
    owner.follows("Cases of Kai Quist")
    box = owner.page.get_by_role("checkbox").first
    number = box.get_attribute("id").removeprefix("case-")
    box.check()
    owner.presses("Save")
    kai.opens("/dashboard")
    assert set(kai.case_numbers()) == {number}

    owner.opens("/account")
    owner.follows("People of Juniper Ledge Builders LLC")
    owner.presses("Remove Kai Quist")
    kai.opens("/dashboard")
    assert kai.case_numbers() == []
