"""The main journeys in Spanish, on a phone of 320 pixels: by keyboard with scripts, and by touch without them."""

import re

import pytest

from support.city import link_in
from support.steps import PASSWORD, last_name

PHONE = {"width": 320, "height": 640}
WAYS = {"by keyboard": {"javascript": True, "keyboard": True}, "without JavaScript": {"javascript": False}}


@pytest.fixture(params=WAYS.values(), ids=WAYS)
def person(city, crowd, request):
    """Somebody who reads Spanish: they chose it once, from the link on every page."""

    def enter(name, **options):
        visitor = crowd(city, name=name, viewport=PHONE, **{**request.param, **options})
        visitor.opens("/")
        visitor.follows("Español")
        assert visitor.page.locator("html").get_attribute("lang") == "es"
        return visitor

    return enter


def registers(visitor, email, first="Jordan", last="Avery"):
    visitor.opens("/register")
    visitor.sees_heading("Crear una cuenta")
    visitor.fills("Correo electrónico", email)
    before = len(visitor.city.mails(email))
    visitor.presses("Continuar")
    visitor.sees_heading("Revise su correo electrónico")
    visitor.opens(link_in(visitor.city.mail(email, more_than=before)))
    visitor.sees_heading("Confirme su correo electrónico")
    visitor.presses("Confirmar")
    visitor.sees_heading("Termine su cuenta")
    visitor.fills("Nombre", first)
    visitor.fills("Apellido", last)
    visitor.fills("Teléfono", "303-555-0142")
    visitor.fills("Contraseña", PASSWORD)
    visitor.presses("Crear la cuenta")
    visitor.sees_button("Menú de la cuenta")


def signs_in(visitor, account, at="/sign-in"):
    visitor.opens(at)
    visitor.fills("Correo electrónico", account["email"])
    visitor.fills("Contraseña", account["password"])
    visitor.presses("Iniciar sesión")
    visitor.sees_button("Menú de la cuenta")


def test_a_contractor_finds_the_companys_cases_and_adds_a_homeowner(city, person):
    company, homeowner = city.account("unregistered company"), city.account("homeowner")
    name = homeowner["name"]
    contractor = person("the contractor")
    registers(contractor, company["email"])
    contractor.sees(re.compile(rf"Ahora usted actúa en nombre de {re.escape(company['name'])}"))
    contractor.opens("/dashboard")
    contractor.sees_heading("Mis casos")
    contractor.sees_heading("Necesita su atención", level=2)
    number = contractor.case_numbers("Activos")[0]
    contractor.follows(number)
    tabs = contractor.page.get_by_role("navigation", name="Caso", exact=True)
    contractor.activates(tabs.get_by_role("link", name=re.compile("^Contactos")))
    contractor.sees_heading("Agregar un contacto", level=2)
    contractor.chooses("Agregar contacto como")
    contractor.fills("Apellido, empresa o correo electrónico", last_name(homeowner))
    contractor.presses("Buscar")
    contractor.presses(f"Agregar a {name}")
    contractor.sees_button(f"Quitar a {name}")
    contractor.presses(f"Quitar a {name}")
    contractor.presses(f"Volver a agregar a {name}")
    contractor.sees_button(f"Quitar a {name}")
    contractor.activates(contractor.page.get_by_role("button", name="Menú de la cuenta", exact=True))
    contractor.activates(contractor.page.get_by_role("button", name="Cerrar sesión", exact=True))
    contractor.sees_link("Iniciar sesión")

    resident = person("the homeowner")
    signs_in(resident, homeowner)
    resident.opens("/dashboard")
    assert number in resident.case_numbers()


def test_somebody_asks_for_access_and_a_steward_links_them(city, person):
    known = city.account("unregistered person")
    number, name = known["cases"][0], known["name"]
    first, last = name.rsplit(" ", 1)
    asker = person("the asker")
    registers(asker, "otra.direccion@example.org", first=first, last=last)
    asker.opens("/dashboard")
    asker.follows("¿Falta algo?")
    asker.sees_heading("Pedir acceso")
    asker.fills("Número de caso o dirección", number)
    asker.answers("¿Qué relación tiene usted con el caso?", "Soy dueño de la casa")
    asker.presses("Enviar solicitud")
    asker.sees_heading("Recibimos su solicitud")

    steward = person("the contact steward")
    signs_in(steward, city.account("contact steward"), at="/staff/sign-in")
    steward.opens("/staff/desk")
    steward.sees_heading("Escritorio")
    steward.follows("Solicitudes de acceso")
    steward.follows(re.compile(r"^[A-Z]+-?\d"))
    steward.sees_button("Rechazar")
    steward.presses(f"Conectar con {name}")

    asker.opens("/dashboard")
    asker.sees_link(number)


def test_somebody_forgot_their_password_and_mistypes_on_the_way(city, person):
    homeowner = city.account("homeowner")
    visitor = person("the forgetful one")
    visitor.opens("/sign-in")
    visitor.follows("Olvidé mi contraseña")
    visitor.fills("Correo electrónico", "nadie")
    with visitor.expecting(422):
        visitor.presses(re.compile("^(Continuar|Enviar)"))
    visitor.sees_heading("Hay un problema", level=2)
    visitor.fills("Correo electrónico", homeowner["email"])
    visitor.presses(re.compile("^(Continuar|Enviar)"))
    visitor.sees_heading("Revise su correo electrónico")
    visitor.opens(link_in(city.mail(homeowner["email"])))
    visitor.fills(re.compile("contraseña$", re.I), PASSWORD)
    visitor.activates(visitor.page.get_by_role("main").get_by_role("button").last)
    back = person("the same one, later")
    signs_in(back, {**homeowner, "password": PASSWORD})


def test_a_neighbor_searches_the_records_and_opens_a_case(person):
    neighbor = person("the neighbor")
    neighbor.opens("/search")
    neighbor.fills("Buscar registros", "panel")
    neighbor.presses("Buscar")
    number = neighbor.case_numbers()[0]
    neighbor.follows(number)
    neighbor.sees_heading(number)
