"""The help desk: questions, corrections and a company's email, from both sides (I1)."""

from support.city import link_in
from support.spanish import AsTyped

# --- questions


def test_a_guest_asks_a_question_and_talks_with_the_help_desk(city, person):
    email = "curious@example.org"
    guest = person("the guest")
    guest.opens("/help")
    guest.follows("Ask the help desk")
    guest.sees_heading("Ask the help desk")
    guest.follows("Question about a permit")
    guest.fills("What is it about?", "ELE2026-00001")
    guest.fills("Your question", "May I move the panel to the garage?")
    guest.fills("Email", email)
    guest.presses("Send question")
    guest.sees_heading("Request received")
    first = city.mail(email)

    intake = person("intake").signs_in(city.account("intake"), at="/staff/sign-in")
    intake.opens("/staff/desk")
    intake.follows("Questions and corrections")
    intake.opens_row("curious@example.org")
    intake.sees(AsTyped("May I move the panel to the garage?"))
    intake.presses("Take it")
    intake.sees("works on HD-00001 now.")
    intake.chooses("Ready-made answer")
    intake.presses("Insert")
    assert intake.typed("Write to them")
    intake.fills("Write to them", "Yes, with a new drawing.")
    intake.presses("Send message")
    intake.sees(AsTyped("Yes, with a new drawing."))

    answer = city.mail(email, more_than=1)
    assert "Yes, with a new drawing." in answer["text"]
    guest.opens(link_in(first))
    guest.sees_heading("We are waiting for you")
    guest.fills("Add a message", "Thank you.")
    guest.presses("Send message")
    guest.sees(AsTyped("Thank you."))
    intake.reloads()
    intake.sees(AsTyped("Thank you."))
    intake.presses("Close this request")
    guest.reloads()
    guest.sees("The help desk closed this request.")


def test_an_empty_question_says_what_is_missing(person):
    guest = person("the guest")
    guest.opens("/help/ask")
    guest.follows("Question about a permit")
    with guest.expecting(422):
        guest.presses("Send question")
    guest.sees("Say what it is about, for example a case number.")


# --- corrections


def test_a_person_corrects_their_phone_and_a_steward_applies_it(city, person):
    owner = person("the homeowner").signs_in(city.account("homeowner"))
    owner.opens("/help/ask")
    owner.follows("Correct a contact")
    owner.sees_heading("Correct a record")
    owner.opens_row("", role="listitem")
    owner.fills("Mobile phone", "303-555-0177")
    owner.presses("Send request")
    owner.sees_heading("Request received")

    steward = person("the steward").signs_in(city.account("contact steward"), at="/staff/sign-in")
    steward.opens("/staff/desk/questions")
    steward.opens_row("What is on file about")
    steward.sees("303-555-0177")
    steward.presses("Correct the record")
    owner.reloads()
    owner.sees_heading("Your request was answered")
    steward.opens("/staff/desk/numbers")
    steward.sees_heading("The day in numbers")


# --- a company's email


def test_a_company_names_its_email_and_only_its_mailbox_can_confirm_it(city, person):
    company = city.account("unregistered company")
    guest = person("the office manager")
    guest.opens("/help/primary-email")
    guest.fills("Company name", company["name"])
    guest.fills("Primary email", "front.office@example.org")
    guest.fills("What is your role in the company?", "I am the office manager.")
    guest.fills("Email", "manager@example.org")
    guest.presses("Send request")
    guest.sees_heading("Request received")

    mailbox = person("whoever reads the mailbox")
    mailbox.opens(link_in(city.mail("front.office@example.org")))
    mailbox.sees_heading("Confirm the primary email")
    mailbox.presses("Confirm this email")

    steward = person("the steward").signs_in(city.account("contact steward"), at="/staff/sign-in")
    steward.opens("/staff/desk/questions")
    steward.opens_row("front.office@example.org")
    steward.sees("front.office@example.org was confirmed")
    steward.presses(f"Make it the primary email of {company['name']}")
    steward.sees("is the primary email of")
